"""The facilitator's guide: a session as one would hold it in hand, running the day alone."""

from collections.abc import Mapping
from typing import Any, Final

from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.plan import Course, Option, Provenance, Resource, Segment, Session, needed
from pmworkshop.core.saying import PRIVACY
from pmworkshop.core.timetable import Slot, place
from pmworkshop.core.unit import Unit, criteria_of
from pmworkshop.core.units import MINUTE, Duration, minute_of_day, time_of_day
from pmworkshop.core.value import value
from pmworkshop.core.words import length_words
from pmworkshop.export.paper.handouts import BY
from pmworkshop.export.paper.marked import marked
from pmworkshop.export.typesetting import Typeset, typeset

TEMPLATE: Final = "run-sheet.typ"
PRIORITY: Final = {"must": "keep it", "should": "shorten it before a must", "could": "the first to go"}
"""What gives way when time is short."""


@value
class Around:
    """What a session refers to in its kit; `planned` are the titles of what is not written yet."""

    course: Course | None
    unit: Unit | None
    exercises: Mapping[str, Exercise]
    decks: Mapping[str, Deck]
    planned: Mapping[str, str]


def run_sheet(session: Session, around: Around) -> Typeset:
    """Return the guide as PDF. Raises `TypesettingError`."""
    timetable, _ = place(session)
    slots = list(zip(timetable.slots, session.segments, strict=True))
    resources = {one.id: one for one in (around.course.resources if around.course else ())}
    title = f"{session.title}: {session.subtitle}" if session.subtitle else session.title
    data = {
        "title": session.title,
        "subtitle": session.subtitle or "",
        "course": around.course.title if around.course else "",
        "times": _times(session, timetable.end),
        "welcome": marked(session.welcome),
        "bring": [_resource(one) for one in needed(session, around.course)],
        "rows": [_row(session, slot, segment) for slot, segment in slots],
        "end": f"{session.end}{' (assumed)' if session.end_assumed else ''}",
        "segments": [_segment(session, slot, segment, around, resources) for slot, segment in slots],
        "check": [_fact(one) for one in _facts(session, around)],
    }
    return typeset(TEMPLATE, data, title=f"Run sheet, {title}")


def _times(session: Session, end: Duration) -> str:
    assumed = ", an end that is our assumption" if session.end_assumed else ""
    return f"{session.start} to {session.end}, {length_words(end // MINUTE)}{assumed}"


def _row(session: Session, slot: Slot, segment: Segment) -> dict[str, Any]:
    return {
        "from": _at(session, slot.start),
        "to": _at(session, slot.end),
        "minutes": slot.length // MINUTE,
        "title": segment.title,
        "how": _how(segment),
        "where": _where(segment.slides, segment.pages),
        "fixed": segment.fixed,
        "break": segment.kind == "break",
        "priority": segment.priority,
        "shortest": segment.shortest,
    }


def _segment(
    session: Session, slot: Slot, segment: Segment, around: Around, resources: Mapping[str, Resource]
) -> dict[str, Any]:
    verdict = PRIORITY[segment.priority]
    shortest = f"; works in {segment.shortest} min at the shortest" if segment.shortest else ""
    return {
        **_row(session, slot, segment),
        "when-late": f"{segment.priority.capitalize()}: {verdict}{shortest}.",
        "purpose": segment.purpose or "",
        "notes": marked(segment.notes),
        "look-for": list(segment.look_for),
        "output": segment.output or "",
        "materials": [resources[one].title if one in resources else one for one in segment.resources],
        "criteria": _criteria(segment, around.unit),
        "cautions": [marked(one) for one in segment.caution],
        "choose": _choose(segment),
        "options": [_option(one, around, resources) for one in segment.options.of] if segment.options else [],
        "exercises": [_activity(one, around) for one in segment.activities],
    }


def _how(segment: Segment) -> str:
    return "; ".join(part for part in (", ".join(segment.method), ", ".join(segment.grouping)) if part)


def _where(slides: str | None, pages: str | None) -> str:
    parts = [f"slides {slides}" if slides else "", f"pages {pages}" if pages else ""]
    return " · ".join(part for part in parts if part)


def _choose(segment: Segment) -> str:
    if segment.options is None:
        return ""
    return "Choose one:" if segment.options.choose == "one" else "Any of these, or none:"


def _option(option: Option, around: Around, resources: Mapping[str, Resource]) -> dict[str, Any]:
    length = length_words(option.minutes) if option.minutes else ""
    materials = [resources[one].title if one in resources else one for one in option.resources]
    return {
        "title": option.title,
        "aside": " · ".join(part for part in (length, _where(option.slides, option.pages)) if part),
        "notes": marked(option.notes),
        "materials": materials,
        "exercises": [_activity(one, around) for one in option.activities],
    }


def _activity(wanted: str, around: Around) -> dict[str, Any]:
    """Return what the trainer reads out for an exercise or a deck."""
    exercise, deck = around.exercises.get(wanted), around.decks.get(wanted)
    if exercise is not None:
        aside = f"{length_words(exercise.minutes)} · {BY[exercise.filled_by]} · {PRIVACY[exercise.privacy]}"
        return {"title": exercise.title, "aside": aside, "instructions": marked(exercise.instructions)}
    if deck is not None:
        rounds = f" · rounds of {length_words(deck.minutes)}" if deck.minutes else ""
        aside = f"{len(deck.cards)} cards{rounds}"
        return {"title": deck.title, "aside": aside, "instructions": marked(deck.instructions)}
    return {"title": around.planned.get(wanted, wanted), "aside": "not written yet", "instructions": []}


def _criteria(segment: Segment, unit: Unit | None) -> list[dict[str, str]]:
    words = {one.id: one.text for one in criteria_of(unit)} if unit else {}
    return [{"id": one, "text": words.get(one, "")} for one in segment.criteria]


def _resource(resource: Resource) -> dict[str, Any]:
    return {"title": resource.title, "note": resource.note or "", "link": resource.link or ""}


def _facts(session: Session, around: Around) -> list[Provenance]:
    return [*session.provenance, *(around.course.provenance if around.course else ())]


def _fact(fact: Provenance) -> dict[str, str]:
    sure = {
        "official": "read officially",
        "third_party": "read elsewhere",
        "general": "general knowledge",
        "inferred": "our own reading",
    }[fact.sure]
    return {"what": fact.what, "sure": sure, "source": fact.source or "", "check": fact.check or ""}


def _at(session: Session, offset: Duration) -> str:
    return time_of_day(minute_of_day(session.start) + offset // MINUTE)
