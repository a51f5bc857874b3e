"""What differs between two wordings of a plan, in a trainer's words: field by field, so that nothing goes unsaid.

Lengths and starts are not looked at here: they follow from the plan as a whole (`plan_changes`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from pmworkshop.core.plan import Option, Options, Resource, Segment, Session
from pmworkshop.live.views.run import numbered

Titles = Mapping[str, str]
LONGEST: Final = 60


def segment_words(old: Segment, new: Segment, titles: Titles) -> Iterator[str]:
    """Yield what differs in a segment but for its times; nothing where that is all the same."""
    for field, say in _SEGMENT.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield say(before, after, titles)


def session_words(old: Session, new: Session) -> Iterator[str]:
    """Yield what differs in a session but for its segments, its times and what to have in hand."""
    for field, say in _SESSION.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield say(before, after, {})


def resource_words(old: Sequence[Resource], new: Sequence[Resource]) -> Iterator[str]:
    """Yield what differs in what to have in hand."""
    before, after = {one.id: one for one in old}, {one.id: one for one in new}
    parts = [f"{_quoted(one.title)} added" for name, one in after.items() if name not in before]
    parts += [f"{_quoted(one.title)} gone" for name, one in before.items() if name not in after]
    parts += [
        f"{_quoted(one.title)} worded anew" for name, one in after.items() if before.get(name, one) != one
    ]
    if parts:
        yield f"In hand: {'; '.join(parts)}"
    elif tuple(old) != tuple(new):
        yield "In hand: in another order"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + '…'}”"


def _text(label: str) -> Callable[[Any, Any, Titles], str]:
    def say(old: Any, new: Any, _: Titles) -> str:
        return f"{label} {'added' if not old else 'worded anew' if new else 'taken out'}"

    return say


def _title(old: str, _: str, __: Titles) -> str:
    return f"was called {_quoted(old)}"


def _switch(on: str, off: str) -> Callable[[Any, Any, Titles], str]:
    return lambda _, new, __: on if new in (True, "break", "any") else off


def _plain(label: str, none: str = "none") -> Callable[[Any, Any, Titles], str]:
    def text(given: Any) -> str:
        return str(given) if isinstance(given, str | int) else ", ".join(given or ()) or none

    return lambda old, new, _: f"{label}: {text(new)} instead of {text(old)}"


def _numbers(noun: str) -> Callable[[str | None, str | None, Titles], str]:
    def say(old: str | None, new: str | None, _: Titles) -> str:
        if new is None:
            return f"no {noun}s any more"
        return numbered(noun, new) + (f" instead of {old.replace('-', '–')}" if old else "")  # noqa: RUF001  # a range is set with a dash

    return say


def _shortest(old: int | None, new: int | None, _: Titles) -> str:
    if new is None:
        return "no shortest length any more"
    return f"{new} min at the least" + (f" instead of {old}" if old else "")


def _listed(label: str, *, quote: bool = True) -> Callable[[Sequence[str], Sequence[str], Titles], str]:
    def say(old: Sequence[str], new: Sequence[str], titles: Titles) -> str:
        def name(one: str) -> str:
            return _quoted(titles.get(one, one)) if quote else one

        parts = [f"{name(one)} added" for one in dict.fromkeys(new) if one not in old]
        parts += [f"{name(one)} gone" for one in dict.fromkeys(old) if one not in new]
        return f"{label}: {'; '.join(parts) or 'in another order'}"

    return say


def _options(old: Options | None, new: Options | None, _: Titles) -> str:
    before, after = _of(old), _of(new)
    parts = [f"{_quoted(one.title)} added" for name, one in after.items() if name not in before]
    parts += [f"{_quoted(one.title)} gone" for name, one in before.items() if name not in after]
    parts += [f"{_quoted(one.title)} changed" for name, one in after.items() if before.get(name, one) != one]
    if old is not None and new is not None and old.choose != new.choose:
        parts.append("any of them may be run" if new.choose == "any" else "one of them is run")
    return f"options: {'; '.join(parts) or 'in another order'}"


def _of(options: Options | None) -> dict[str, Option]:
    return {one.id: one for one in options.of} if options else {}


_SEGMENT: Final[Mapping[str, Callable[[Any, Any, Titles], str]]] = {
    "title": _title,
    "kind": _switch("is a break now", "is no break any more"),
    "fixed": _switch("waits for its time now", "no longer waits for its time"),
    "purpose": _text("what it is for"),
    "method": _plain("method"),
    "grouping": _plain("grouping"),
    "slides": _numbers("slide"),
    "pages": _numbers("page"),
    "notes": _text("notes"),
    "look_for": _listed("what to look for"),
    "output": _text("outcome"),
    "resources": _listed("in hand"),
    "activities": _listed("activities"),
    "options": _options,
    "criteria": _listed("criteria", quote=False),
    "priority": _plain("priority"),
    "shortest": _shortest,
    "caution": _text("cautions"),
}
_SESSION: Final[Mapping[str, Callable[[Any, Any, Titles], str]]] = {
    "title": lambda old, new, _: f"Called {_quoted(new)} instead of {_quoted(old)}",
    "subtitle": _text("Subtitle"),
    "end_assumed": _switch("Its end is an assumption", "Its end is no assumption any more"),
    "welcome": _text("What to see to before the room fills"),
    "provenance": _text("Where its facts come from"),
}
