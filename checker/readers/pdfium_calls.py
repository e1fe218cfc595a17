"""PDFium's functions for characters and drawn objects, called in the fastest way that Python has.

They are called as plain addresses with the lock of Python held: called as pypdfium2 declares
them, a page takes half as long again. Handles are addresses, outputs are addresses of ctypes
values. What each does stands in PDFium's ``fpdf_text.h``, ``fpdf_edit.h`` and ``fpdf_structtree.h``.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_char_p, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as raw

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Kinds of object on a page."""
LINE_TO, MOVE_TO = 0, 2
"""Kinds of segment of a path."""
NOT_DRAWN = (3, 7)
"""Ways to render text: invisible, and only to clip by."""
WHITE = 250
"""The least of a colour's three parts, of 255, for it to be white to the eye."""


def address(handle: Any) -> int:  # noqa: ANN401 (a pointer of ctypes)
    """The address that a pointer of pypdfium2 holds."""
    return ctypes.cast(handle, c_void_p).value or 0


def _function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    return ctypes.PYFUNCTYPE(result, *arguments)(address(getattr(raw, name)))


unicode_of = _function("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
is_unmapped = _function("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
text_object = _function("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
loose_box = _function("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
origin = _function("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
matrix = _function("FPDFText_GetMatrix", c_int, c_void_p, c_int, c_void_p)
font_size = _function("FPDFTextObj_GetFontSize", c_int, c_void_p, c_void_p)
font = _function("FPDFTextObj_GetFont", c_void_p, c_void_p)
font_name = _function("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_void_p, c_size_t)
render_mode = _function("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
fill_colour = _function("FPDFPageObj_GetFillColor", c_int, c_void_p, *(c_void_p,) * 4)
glyph_width = _function("FPDFFont_GetGlyphWidth", c_int, c_void_p, c_uint, c_float, c_void_p)
count_objects = _function("FPDFPage_CountObjects", c_int, c_void_p)
object_at = _function("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
count_parts = _function("FPDFFormObj_CountObjects", c_int, c_void_p)
part_at = _function("FPDFFormObj_GetObject", c_void_p, c_void_p, c_int)
kind = _function("FPDFPageObj_GetType", c_int, c_void_p)
bounds = _function("FPDFPageObj_GetBounds", c_int, c_void_p, *(c_void_p,) * 4)
object_matrix = _function("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
draw_mode = _function("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
count_segments = _function("FPDFPath_CountSegments", c_int, c_void_p)
segment_at = _function("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = _function("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_kind = _function("FPDFPathSegment_GetType", c_int, c_void_p)

mark_of = _function("FPDFPageObj_GetMarkedContentID", c_int, c_void_p)
is_tagged = _function("FPDFCatalog_IsTagged", c_int, c_void_p)
tree_of = _function("FPDF_StructTree_GetForPage", c_void_p, c_void_p)
close_tree = _function("FPDF_StructTree_Close", None, c_void_p)
count_roots = _function("FPDF_StructTree_CountChildren", c_int, c_void_p)
root_at = _function("FPDF_StructTree_GetChildAtIndex", c_void_p, c_void_p, c_int)
count_children = _function("FPDF_StructElement_CountChildren", c_int, c_void_p)
child_at = _function("FPDF_StructElement_GetChildAtIndex", c_void_p, c_void_p, c_int)
child_mark = _function("FPDF_StructElement_GetChildMarkedContentID", c_int, c_void_p, c_int)
element_type = _function("FPDF_StructElement_GetType", c_ulong, c_void_p, c_void_p, c_ulong)
count_attributes = _function("FPDF_StructElement_GetAttributeCount", c_int, c_void_p)
attributes_at = _function("FPDF_StructElement_GetAttributeAtIndex", c_void_p, c_void_p, c_int)
attribute = _function("FPDF_StructElement_Attr_GetValue", c_void_p, c_void_p, c_char_p)
number_of = _function("FPDF_StructElement_Attr_GetNumberValue", c_int, c_void_p, c_void_p)


_colour = (c_uint * 4)()
_PARTS = tuple(ctypes.addressof(_colour) + part * ctypes.sizeof(c_uint) for part in range(4))


def is_white(handle: int) -> bool:
    """Whether an object is filled in white."""
    known = fill_colour(handle, *_PARTS)
    return bool(known) and _colour[0] >= WHITE and _colour[1] >= WHITE and _colour[2] >= WHITE
