"""What stands below a segment's title: options to choose from and things to look for, apart from all other lines."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from pmworkshop.core.value import value
from pmworkshop.library.notes.mentions import Mention, joined, mentions
from pmworkshop.library.notes.reading import NoteLine, lines_of
from pmworkshop.library.notes.titles import titled

MOST_OPTIONS: Final = 12
MOST_LOOK_FOR: Final = 20
LONGEST_LINE: Final = 200
LONGEST_LEAD: Final = 500
_LEADS = re.compile(r"option|choose|pick|select|one of|choice of|either|for\b", re.IGNORECASE)
_OPTIONS = re.compile(
    r"(?:^(?:[\w/&-]+\s+){0,4}options?\s*:?$|\boptions?\b[^.!?]*:$|\b(?:choose|pick|select) (?:one|from|between|any)\b[^.!?]*:$"
    r"|\b(?:one of (?:the following|these|three|two)|choice of)\b[^.!?]*:$|^either\s*:$)",
    re.IGNORECASE,
)
_LOOK = re.compile(r"\b(?:look|listen|watch)(?:ing)?\s+(?:out\s+)?for\b[^.!?]*:?$", re.IGNORECASE)
_OPTION = re.compile(
    r"^option(?:al)?\b\s*(?P<key>[a-f]|\d{1,2})?\s*(?:(?P<to>to)\b|\bfor\b|[:.\-–—)])\s*(?P<rest>\S.*)$"  # noqa: RUF001
    r"|^optional(?:\s+\w+){1,2}\s*[:\-–—]\s*(?P<extra>\S.*)$",  # noqa: RUF001
    re.IGNORECASE,
)


@value
class Choice:
    """One option: where it stood, its title, its own lines for the notes, and what it mentions."""

    number: int
    title: str
    lines: tuple[NoteLine, ...]
    minutes: int | None
    mentions: tuple[Mention, ...]

    def numbers(self, kind: str) -> str | None:
        """Return the slides or pages that it mentions."""
        return joined(one.numbers for one in self.mentions if one.kind == kind)


@value
class Body:
    """The lines below a title, sorted: for the notes, to look for, and to choose from."""

    notes: tuple[NoteLine, ...]
    look_for: tuple[NoteLine, ...]
    choices: tuple[Choice, ...]
    choose: Literal["one", "any"]


def sorted_out(lines: Sequence[NoteLine]) -> Body:
    """Return the lines in three parts; each line is in exactly one of them."""
    notes: list[NoteLine] = []
    look_for: list[NoteLine] = []
    choices: list[Choice] = []
    chosen_from = at = 0
    while at < len(lines):
        line = lines[at]
        short = len(line.bare) <= LONGEST_LEAD
        bullets = _bullets(lines, at + 1) if short and _LEADS.search(line.bare) else []
        if bullets and _LOOK.search(line.bare) and _fit_to_look_for(bullets, look_for):
            notes.append(line)
            look_for += bullets
            at = _behind(lines, at, bullets)
        elif bullets and _OPTIONS.search(line.bare) and (found := _listed(bullets, len(choices))):
            notes.append(line)
            choices += found
            chosen_from += len(found)
            at = _behind(lines, at, bullets)
        elif len(choices) < MOST_OPTIONS and (single := _single(lines, at)) is not None:
            choice, keyed, at = single
            choices.append(choice)
            chosen_from += keyed
        else:
            notes.append(line)
            at += 1
    choose: Literal["one", "any"] = "one" if chosen_from > 1 else "any"
    return Body(notes=tuple(notes), look_for=tuple(look_for), choices=tuple(choices), choose=choose)


def _bullets(lines: Sequence[NoteLine], at: int) -> list[NoteLine]:
    """Return the bullets from a line on, with lines indented below them; blank lines between are passed over."""
    found: list[NoteLine] = []
    for line in lines[at:]:
        if line.blank:
            continue
        below = found and line.indent > found[0].indent and not line.heading
        if not line.bullet and not below:
            break
        found.append(line)
    return found


def _behind(lines: Sequence[NoteLine], at: int, bullets: Sequence[NoteLine]) -> int:
    """Return the position after the last of the bullets."""
    last = bullets[-1]
    return next(place for place in range(at, len(lines)) if lines[place] is last) + 1


def _fit_to_look_for(bullets: Sequence[NoteLine], before: Sequence[NoteLine]) -> bool:
    few = 0 < len(bullets) <= MOST_LOOK_FOR - len(before)
    return few and all(len(line.plain) <= LONGEST_LINE for line in bullets)


def _listed(bullets: Sequence[NoteLine], before: int) -> list[Choice]:
    """Return a choice for every bullet of the first level; none where there are too many."""
    groups: list[list[NoteLine]] = []
    for line in bullets:
        if groups and line.indent > bullets[0].indent:
            groups[-1].append(line)
        else:
            groups.append([line])
    if len(groups) + before > MOST_OPTIONS:
        return []
    return [_choice(group[0], group[0].bare, group[1:]) for group in groups]


def _single(lines: Sequence[NoteLine], at: int) -> tuple[Choice, bool, int] | None:
    """Return the choice that one line is, such as “Option to relate to motivation”, and the position after it."""
    line = lines[at]
    found = _OPTION.match(line.bare)
    if found is None or len(line.bare) > LONGEST_LEAD:
        return None
    wanted = found["rest"] or line.bare
    below = [] if line.bullet else _bullets_right_below(lines, at + 1)
    return _choice(line, wanted, below), bool(found["key"]), at + 1 + len(below)


def _bullets_right_below(lines: Sequence[NoteLine], at: int) -> list[NoteLine]:
    found = []
    for line in lines[at:]:
        if not line.bullet or _OPTION.match(line.bare):
            break
        found.append(line)
    return found


def _choice(line: NoteLine, words: str, below: Sequence[NoteLine]) -> Choice:
    title = titled(words)
    text = title.text or line.bare[:LONGEST_LINE] or "Option"
    text = text[:1].upper() + text[1:]
    kept = lines_of([(line.number, line.plain)]) if text.casefold() != line.plain.casefold() else ()
    said = [one for each in (line, *below) for one in mentions(each.bare)]
    return Choice(
        number=line.number, title=text, lines=(*kept, *below), minutes=title.minutes, mentions=tuple(said)
    )
