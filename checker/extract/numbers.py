"""Where numbers are found: figures of prose, the number of a cell, the unit of a header."""

from checker.extract.cells import parse_cell, unit_in
from checker.extract.prose import Found, find_numbers

__all__ = ["Found", "find_numbers", "parse_cell", "unit_in"]
