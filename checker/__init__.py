"""checker: a linter for the numbers in a finished report.

The package is the engine: it reads documents, finds figures and the relations that a report
claims between them, offers the relations to rules and prints what they say. It knows no rule;
rules come from packages that declare the entry point ``checker.rules``.
"""

__version__ = "0.1.0"
