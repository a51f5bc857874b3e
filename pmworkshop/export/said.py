"""An output's questions and answers in the shape they were given in: a text, a list, a table, a photo.

The words are those of `core.saying`; what is typed is verbatim.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from pmworkshop.core.answers import options
from pmworkshop.core.exercise import Item
from pmworkshop.core.result import Result
from pmworkshop.core.saying import cell_text
from pmworkshop.core.value import value
from pmworkshop.live.views.pack import PackOutput, Photo

LONGEST_BESIDE: Final = 60


@value
class Said:
    """One question with its answer, which is one of `text`, `entries`, `rows` or `photo`; none of them where it is blank.

    `section` is a heading above the question; `ordered` entries are a ranking; `head` names the columns of `rows`.
    """

    item: str
    section: str
    question: str
    text: str = ""
    entries: tuple[str, ...] = ()
    ordered: bool = False
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    photo: Photo | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return not (self.text or self.entries or self.rows or self.photo)

    @property
    def short(self) -> bool:
        """Whether there is room for the answer beside its question."""
        return self.blank or (0 < len(self.text) <= LONGEST_BESIDE and "\n" not in self.text)


def said(output: PackOutput) -> Iterator[Said]:
    """Yield every question of an output that goes in, in order."""
    raw: dict[str, Any] = dict(output.raw)
    photos = iter(output.photos)
    for line in output.page.answers:
        item = output.page.exercise.item(line.item)
        given = raw.get(line.item)
        shape: dict[str, Any] = {}
        if item is None or given is None:
            pass
        elif item.kind == "photo":
            shape["photo"] = next(photos, None)
        elif item.kind == "table":
            shape |= {"head": tuple(one.title for one in item.columns), "rows": tuple(_rows(item, given))}
        elif item.kind in ("list", "choices", "ranking"):
            shape |= {"entries": tuple(_entries(item, given)), "ordered": item.kind == "ranking"}
        else:
            shape["text"] = "\n".join(line.lines)
        yield Said(item=line.item, section=line.section or "", question=line.text, **shape)


def sections(output: PackOutput) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Yield an output's questions by the heading above them, which is empty where there is none."""
    heading, asked = "", list[Said]()
    for one in said(output):
        if one.section and asked:
            yield heading, tuple(asked)
            asked = []
        heading = one.section or heading
        asked.append(one)
    if asked:
        yield heading, tuple(asked)


def comes_to_something(output: PackOutput) -> bool:
    """Whether an output has a result beyond what it is not."""
    return replace(output.page.result, caveats=()) != Result()


def _rows(item: Item, given: tuple[dict[str, str], ...]) -> Iterator[tuple[str, ...]]:
    for row in given:
        yield tuple(cell_text(column, row.get(column.id, "")) for column in item.columns)


def _entries(item: Item, given: tuple[str, ...]) -> Iterator[str]:
    names = {one.id: one.text for one in options(item)}
    return (names.get(one, one) for one in given)
