"""Character recognition: RapidOCR with the models that its wheel brings, run by OpenVINO.

Nothing is fetched: the models are named by their files, so that the library never looks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import rapidocr
from rapidocr.main import RapidOCRError

from checker.boxes import Box
from checker.readers.pdf_grid import TooManyLines, grids_of
from checker.readers.pdf_page import Rule
from checker.readers.scan_image import (
    Picture,
    Quad,
    cut_at_rules,
    ink_of,
    overlooked,
    rules_in,
    slope,
    turned_back,
    without_strokes,
)
from checker.readers.scan_seen import Seen, Sign, Strip, Turn

THREADS = 2
LEGIBLE = 0.5  # where no strip is read so surely, the picture is no text
COARSER = 0.6  # lines of text are found as well in a picture of 120 dpi as in one of 200, in a third of the time


@cache
def _library() -> Any:  # noqa: ANN401 (it has no types)
    models = Path(rapidocr.__file__).parent / "models"
    openvino = rapidocr.EngineType.OPENVINO
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,  # text that stands on its head
            "Global.return_word_box": True,
            "Global.use_vertical_padding": False,
            "EngineConfig.openvino.inference_num_threads": THREADS,
            "Det.engine_type": openvino,
            "Det.model_path": str(next(models.glob("*_det_*.onnx"))),
            "Rec.engine_type": openvino,
            "Rec.model_path": str(next(models.glob("*_rec_*.onnx"))),
        }
    )


def see(picture: Picture, unit: float) -> Seen:
    """What stands in the picture of a page; ``unit`` is the number of pixels of a point."""
    height, width = picture.shape
    quads = _text_in(picture)
    angle = slope(quads, unit)
    turn = Turn(angle, width / 2, height / 2)
    upright = turned_back(picture, angle) if angle else picture
    ink = ink_of(upright, unit)
    found = [_box(quad, turn) for quad in quads]
    rules = without_strokes(rules_in(ink, unit), found)
    boxes = [part for box in found for part in cut_at_rules(box, rules, unit)]
    boxes += overlooked(ink, _grids(rules, unit), boxes, unit)
    strips = _read(upright, [box for box in boxes if box.x1 - box.x0 > 1 and box.bottom - box.top > 1])
    return Seen(tuple(strips), rules, angle)


def _text_in(picture: Picture) -> list[Quad]:
    """The corners of each line of text, from the upper left one."""
    coarse = cv2.resize(picture, None, fx=COARSER, fy=COARSER, interpolation=cv2.INTER_AREA)
    try:
        _, found = _library().detect_and_crop(cv2.cvtColor(coarse, cv2.COLOR_GRAY2BGR), {})
    except RapidOCRError:  # its word for an empty page
        return []
    quads: list[Quad] = (found.boxes / COARSER).tolist()
    return quads


def _box(quad: Quad, turn: Turn) -> Box:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (turn.upright(x, y) for x, y in quad)
    return Box((ax + dx) / 2, (ay + by) / 2, (bx + cx) / 2, (cy + dy) / 2)


def _grids(rules: Sequence[Rule], unit: float) -> list[Any]:
    try:
        return grids_of(rules)
    except TooManyLines:
        return []


def _read(picture: Picture, boxes: Sequence[Box]) -> list[Strip]:
    """The signs in the boxes; a box in which nothing can be read has none."""
    if not boxes:
        return []
    cuts = [_cut(picture, box) for box in boxes]
    read = _library().recognize_txt(cuts)
    strips = []
    for box, text, words in zip(boxes, read.txts, read.word_results, strict=True):
        if text.strip():
            strips.append(Strip(tuple(_signs(box, text, words)), box))
    return strips if any(strip.confidence >= LEGIBLE for strip in strips) else []


def _cut(picture: Picture, box: Box) -> Picture:
    top, left = max(0, round(box.top)), max(0, round(box.x0))
    return cv2.cvtColor(
        picture[top : max(top + 1, round(box.bottom)), left : max(left + 1, round(box.x1))], cv2.COLOR_GRAY2BGR
    )


def _signs(box: Box, text: str, words: Any) -> list[Sign]:  # noqa: ANN401
    """The characters with their places: columns of the strip as the model divides it."""
    column = (box.x1 - box.x0) / words.line_txt_len
    places = iter(box.x0 + (at + 0.5) * column for word in words.word_cols for at in word)
    signs: list[Sign] = []
    for sign, confidence in zip(text, words.confs, strict=True):
        if sign.isspace():  # stands where the one before it ends, for it has no column
            signs.append(Sign(" ", (signs[-1].x if signs else box.x0) + column, confidence))
        else:
            signs.append(Sign(sign, next(places), confidence))
    return signs
