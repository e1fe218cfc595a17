"""What says that a count near a table is of all its rows, or of a part of what it lists."""

from __future__ import annotations

from checker.extract.clauses import sentence_at
from checker.extract.figures import Passage
from checker.extract.patterns import Pattern
from checker.figure import Figure

ALL = Pattern(r"(?:共计|共有|总计|合计|总共|累计|(?<!公)共(?![同享治性产青用识]))[^\d，,。；;：:、]{0,8}$")
_PART = Pattern(r"(?:其中|其余)[^，,。；;\d]{0,8}$")
CUE_REACH = 14
SHARED_NAME = 4  # how long a name must be that the clause shares with the table's caption


def follows_counted(passage: Passage, figure: Figure) -> bool:
    """共 15 类、692 台: the second count of one 共."""
    previous = passage.before(figure.start)
    if previous is None or passage.text.value[previous.end : figure.start].strip() not in {"、", "，", "和", ""}:
        return False
    return previous.quantity.unit.kind == "count" and bool(
        ALL.search(passage.text.value[max(0, previous.start - CUE_REACH) : previous.start])
    )


def shares_name(clause: str, caption: str) -> bool:
    """Whether the end of a clause and a caption have words in common."""
    plain = "".join(caption.split())
    near = "".join(clause.split())[-40:]
    return any(near[i : i + SHARED_NAME] in plain for i in range(len(near) - SHARED_NAME + 1))


def part_behind(passage: Passage, figure: Figure) -> Figure | None:
    """The last number of the same things that 其中 or 其余 counts among them in the sentence."""
    text = passage.text.value
    end = sentence_at(text, figure.start).end
    behind = [one for one in passage.within(figure.end, end) if one.quantity.unit == figure.quantity.unit]
    told = [one for one in behind if _PART.search(text, max(figure.end, one.start - CUE_REACH), one.start)]
    return told[-1] if told else None
