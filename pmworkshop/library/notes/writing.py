"""A session as YAML that a person wants to edit: notes as they were written, doubts right above the line concerned.

The text is made by hand, because comments, block texts and the order of keys are the point of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pmworkshop.core.filenames import slug
from pmworkshop.library.notes.choices import Choice
from pmworkshop.library.notes.parts import Part, Plan
from pmworkshop.library.notes.pieces import Doubt, Quote
from pmworkshop.library.notes.reading import NoteLine, words_of
from pmworkshop.library.notes.slugs import Names
from pmworkshop.library.scalars import resolve

SCHEMA: Final = "# yaml-language-server: $schema=../.schema/session.json"
LONGEST_TEXT: Final = 6000
LONGEST_LINE: Final = 200
_ROOM: Final = 5900
_WRAPPED: Final = 55
_PLAIN = re.compile(r"[^\W\d_][\w .,()/&+'’“”–—-]*")  # noqa: RUF001


class _Sheet:
    """Lines of YAML under way, and for each doubt the line it stands on in the end."""

    def __init__(self, unit: str, doubts: Sequence[Doubt], indent: str) -> None:
        self.lines: list[str] = []
        self._unit = unit
        self._doubts = list(doubts)
        self._indent = indent

    def say(self, key: str) -> None:
        """Write the doubts about a key above it."""
        for doubt in [one for one in self._doubts if one.key == key]:
            self._doubts.remove(doubt)
            self.lines.append(f"{self._indent}# unsure: {_doubt(doubt, self._unit)}")

    def put(self, key: str, text: str) -> None:
        """Write a key with a value on its own line."""
        self.say(key)
        self.lines.append(f"{self._indent}{key}: {text}")

    def block(self, key: str, lines: Sequence[NoteLine]) -> None:
        """Write notes as a block; what does not fit follows as comments."""
        text, over = fitted(markdown(lines))
        if not text and not over:
            return
        self.say(key)
        if text:
            self.lines.append(f"{self._indent}{key}: |")
            self.lines += [f"{self._indent}  {line}" if line else "" for line in text]
        if over:
            self.lines.append(
                f"{self._indent}# unsure: `{key}` takes {LONGEST_TEXT} characters; the rest of the notes:"
            )
            self.lines += [f"{self._indent}# {line}" for line in over if line]

    def left(self) -> list[str]:
        """Return the doubts whose keys are not written."""
        return [f"{self._indent}# unsure: {_doubt(one, self._unit)}" for one in self._doubts]


def written(plan: Plan, source: str, unit: str) -> str:
    """Return a session's file. `source` names the notes, `unit` is what their lines are called."""
    sheet = _Sheet(unit, plan.doubts, "")
    sheet.lines += [
        SCHEMA,
        f"# Made from the notes “{words_of(source)}” by `pmworkshop import`.",
        "# Look at every line below that says “unsure”; delete these remarks when they have served.",
    ]
    sheet.lines += _quotes(plan.quotes, unit, "")
    sheet.put("title", scalar(plan.title))
    sheet.put("start", f'"{plan.start}"')
    sheet.put("end", f'"{plan.end}"')
    if plan.end_assumed:
        sheet.put("end_assumed", "true")
    if any(not line.blank for line in plan.welcome):
        sheet.lines.append("")
        sheet.block("welcome", plan.welcome)
    lines = [*sheet.lines, *sheet.left(), "", "segments:"]
    for part in plan.parts:
        lines += [*_part(part, unit), ""]
    return "\n".join(lines[:-1]) + "\n"


def _part(part: Part, unit: str) -> list[str]:
    sheet = _Sheet(unit, part.doubts, "    ")
    values = {
        "title": scalar(part.title),
        "kind": "break" if part.kind == "break" else "",
        "at": f'"{part.at}"' if part.at else "",
        "minutes": str(part.minutes or ""),
        "fixed": "true" if part.fixed else "",
        "method": f"[{', '.join(part.method)}]" if part.method else "",
        "grouping": f"[{', '.join(part.grouping)}]" if part.grouping else "",
        "slides": f'"{part.slides}"' if part.slides else "",
        "pages": f'"{part.pages}"' if part.pages else "",
    }
    for key, text in values.items():
        if text:
            sheet.put(key, text)
        elif key == "minutes":
            sheet.say(key)
    sheet.block("notes", part.notes)
    if part.look_for:
        sheet.say("look_for")
        sheet.lines.append("    look_for:")
        sheet.lines += [f"      - {scalar(line.plain)}" for line in part.look_for]
    if part.choices:
        sheet.say("options")
        sheet.lines += _options(part, unit)
    head = _quotes(part.quotes, unit, "  ")
    return [*head, f"  - id: {scalar(part.id)}", *sheet.lines, *sheet.left()]


def _options(part: Part, unit: str) -> list[str]:
    names = Names()
    lines = ["    options:", f"      choose: {part.choose}", "      of:"]
    for number, choice in enumerate(part.choices, 1):
        lines += _option(choice, names.take(slug(choice.title, f"option-{number}")), unit)
    return lines


def _option(choice: Choice, name: str, unit: str) -> list[str]:
    sheet = _Sheet(
        unit,
        [Doubt(number=choice.number, key=one.kind, words=one.doubt) for one in choice.mentions if one.doubt],
        "          ",
    )
    sheet.put("title", scalar(choice.title))
    sheet.block("notes", choice.lines)
    for key in ("slides", "pages"):
        numbers = choice.numbers(key)
        if numbers:
            sheet.put(key, f'"{numbers}"')
    if choice.minutes:
        sheet.put("minutes", str(choice.minutes))
    return [f"        - id: {scalar(name)}", *sheet.lines, *sheet.left()]


def _quotes(quotes: Iterable[Quote], unit: str, indent: str) -> list[str]:
    return [f"{indent}# {unit} {number}: {words_of(text)}" for number, text in quotes]


def _doubt(doubt: Doubt, unit: str) -> str:
    """Return a doubt on one line, with the line of the notes that it is about."""
    where = "" if doubt.number is None else f" ({unit} {doubt.number} of the notes)"
    return f"{words_of(doubt.words)}{where}"


def said(plan: Plan) -> Iterator[tuple[int | None, str]]:
    """Yield every doubt about a session with its line and the key that it concerns, to be read aloud."""
    for doubt in plan.doubts:
        yield doubt.number, f"{doubt.key}: {words_of(doubt.words)}"
    for part in plan.parts:
        for doubt in part.doubts:
            yield doubt.number, f"“{words_of(part.title)}”, {doubt.key}: {words_of(doubt.words)}"
        for choice in part.choices:
            for one in choice.mentions:
                if one.doubt:
                    yield choice.number, f"“{words_of(choice.title)}”, {one.kind}: {words_of(one.doubt)}"


def scalar(text: str) -> str:
    """Return a text as it may stand after a key: plain where nothing in it means anything to YAML, else in quotes."""
    if (
        _PLAIN.fullmatch(text)
        and not text.endswith(" ")
        and " #" not in text
        and isinstance(resolve(text), str)
    ):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def markdown(lines: Sequence[NoteLine]) -> list[str]:
    """Return notes as Markdown that shows each of their lines: a blank line between those that would run together."""
    found: list[str] = []
    before: NoteLine | None = None
    gap = False
    base = min((line.indent for line in lines if line.bullet), default=0)
    for line in lines:
        if line.blank:
            gap = True
            continue
        together = before is not None and not gap and _go_together(before, line)
        if found and not together:
            found.append("")
        deeper = line.bullet and line.indent > base and before is not None and before.bullet
        below = together and not line.bullet and before is not None and before.bullet
        found.append(f"{'  ' if deeper or below else ''}{line.text}")
        before, gap = line, False
    return found


def _go_together(before: NoteLine, line: NoteLine) -> bool:
    """Whether one line follows another without a blank between: in a list, in a table, or where a sentence runs on."""
    if before.bullet and line.bullet:
        return True
    if line.text.startswith("|") and before.text.startswith("|"):
        return True
    runs_on = len(before.text) >= _WRAPPED and line.text[:1].islower()
    return not line.bullet and (runs_on or (before.bullet and line.indent > before.indent))


def fitted(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the lines that one text may hold, and those that do not fit; a longer line is cut between words."""
    kept: list[str] = []
    size = 0
    for at, line in enumerate(lines):
        if size + len(line) + 1 <= _ROOM:
            kept.append(line)
            size += len(line) + 1
            continue
        head, tail = _cut(line, _ROOM - size)
        kept += [head] if head else []
        return _trimmed(kept), [tail, *lines[at + 1 :]]
    return _trimmed(kept), []


def _cut(line: str, room: int) -> tuple[str, str]:
    if room < LONGEST_LINE:
        return "", line
    head = line[:room].rpartition(" ")[0].rstrip()
    return head, line[len(head) :].strip()


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines
