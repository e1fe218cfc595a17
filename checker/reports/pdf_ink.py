"""The annotations that marks are drawn with, each with an appearance that every viewer shows alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from checker.boxes import Box
from checker.reports.marks import Badge, Mark, Tick
from checker.reports.pdf_space import Point, Space

if TYPE_CHECKING:
    import pikepdf

AUTHOR = "checker"
PRINTED = 4
"""Annotation flag: the mark is printed with the page."""
Colour = tuple[float, float, float]
RED: Colour = (0.87, 0.17, 0.17)
AMBER: Colour = (0.93, 0.6, 0.05)
GREEN: Colour = (0.1, 0.58, 0.27)
STRONG, FAINT = 0.4, 0.17
"""How dense a highlight is at a questioned figure, and at those it is compared with."""
QUARTERS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
"""How a drawing is turned so that it stands upright on a page of this rotation."""


class Ink:
    """Makes the annotations of one PDF; drawings that are alike are stored once."""

    def __init__(self, pdf: pikepdf.Pdf, spaces: Mapping[int, Space]) -> None:
        """``spaces`` has the coordinates of every page by its number."""
        self._pdf = pdf
        self._spaces = spaces
        self._drawings: dict[tuple[object, ...], Any] = {}

    def highlight(self, mark: Mark) -> Any:  # noqa: ANN401 (an object of the PDF, here and below)
        """The highlight of a mark, its note as the comment."""
        space = self._spaces[mark.page]
        colour = RED if mark.contradicts else AMBER
        density = STRONG if mark.stated else FAINT
        quads = [space.corners(box) for box in mark.boxes]
        return self._annotation(
            "Highlight",
            space.rectangle(*mark.boxes),
            Contents=mark.note,
            Subj=" ".join(dict.fromkeys(finding.rule for _, finding in mark.findings)),
            NM=f"{mark.findings[0][1].fingerprint}/{mark.page}/{mark.boxes[0].x0:.0f}/{mark.boxes[0].top:.0f}",
            C=list(colour),
            CA=density,
            QuadPoints=[edge for quad in quads for point in quad for edge in point],
            AP=self._wash(quads, space.rectangle(*mark.boxes), colour, density),
        )

    def tick(self, tick: Tick, box: Box) -> Any:  # noqa: ANN401
        """A small green tick."""
        space = self._spaces[tick.page]
        drawing = self._drawing(("tick", space.rotation), "{} {} {} RG 1.4 w 1 J 1 j 1 5 m 4 2 l 9 9 l S", GREEN, space)
        return self._annotation("Stamp", space.rectangle(box), Contents=tick.note, C=list(GREEN), AP=drawing)

    def badge(self, badge: Badge, box: Box) -> list[Any]:
        """The number of a finding, and a link over it to the finding's next place."""
        import pikepdf

        space = self._spaces[badge.page]
        rectangle = space.rectangle(box)
        colour = RED if badge.contradicts else AMBER
        digits = str(badge.number)
        start = 7.5 - len(digits) * 2.1
        picture = f"{{}} {{}} {{}} rg 0 0 15 10 re f BT 1 g /F 7.5 Tf {start} 2.4 Td ({digits}) Tj ET"
        drawing = self._drawing((digits, colour, space.rotation), picture, colour, space, width=15)
        made = [self._annotation("Stamp", rectangle, Contents=digits, C=list(colour), AP=drawing)]
        if badge.target:
            page, place = badge.target
            x, y = self._spaces[page].point(place.x0, max(0, place.top - 60))
            goal = pikepdf.Array([self._pdf.pages[page - 1].obj, pikepdf.Name.XYZ, int(x), int(y), 0])
            link = {"Dest": goal, "Border": [0, 0, 0]}
            made.append(self._annotation("Link", rectangle, **link))
        return made

    def _annotation(self, kind: str, rectangle: Sequence[float], **fields: object) -> Any:  # noqa: ANN401
        import pikepdf

        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name("/" + kind), Rect=_rounded(rectangle), F=PRINTED
        )
        if kind != "Link":
            made.T = AUTHOR
        for name, value in fields.items():
            made[f"/{name}"] = _rounded(value) if isinstance(value, list) else value
        return self._pdf.make_indirect(made)

    def _wash(
        self, quads: Sequence[Sequence[Point]], rectangle: Sequence[float], colour: Colour, density: float
    ) -> Any:  # noqa: ANN401
        """Highlights under the text: the colour is multiplied with what is there."""
        paths = [f"{_pair(a)} m {_pair(b)} l {_pair(d)} l {_pair(c)} l h" for a, b, c, d in quads]
        content = f"/G gs {colour[0]} {colour[1]} {colour[2]} rg {' '.join(paths)} f"
        return self._form(content, rectangle, {"ExtGState": {"/G": self._multiply(density)}})

    def _multiply(self, density: float) -> Any:  # noqa: ANN401
        import pikepdf

        key = ("multiply", density)
        if key not in self._drawings:
            state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, BM=pikepdf.Name.Multiply, ca=density)
            self._drawings[key] = self._pdf.make_indirect(state)
        return self._drawings[key]

    def _drawing(self, key: tuple[object, ...], content: str, colour: Colour, space: Space, width: int = 10) -> Any:  # noqa: ANN401
        """A drawing ten points high, turned with the page, made once for each key."""
        import pikepdf

        if key not in self._drawings:
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica-Bold")
            )
            box = (0, 0, width, 10)
            form = self._form(content.format(*colour), box, {"Font": {"/F": font}})
            form.N.Matrix = [*QUARTERS[space.rotation], 0, 0]
            self._drawings[key] = form
        return self._drawings[key]

    def _form(self, content: str, box: Sequence[float], resources: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """An appearance with one drawing."""
        import pikepdf

        stream = self._pdf.make_stream(content.encode("ascii"))
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox = _rounded(box)
        stream.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency)
        stream.Resources = pikepdf.Dictionary({f"/{name}": value for name, value in resources.items()})
        return pikepdf.Dictionary(N=stream)


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 2) for value in values]


def _pair(point: Point) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}"
