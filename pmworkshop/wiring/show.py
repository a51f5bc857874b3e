"""Timetables and records as lines to read and as JSON for programs. Times of day are `HH:MM`, at is UTC."""

import json
from contextlib import suppress
from typing import Any

from pmworkshop.core.plan import Session
from pmworkshop.core.text import clean_line
from pmworkshop.core.timetable import place
from pmworkshop.core.units import MINUTE, Duration, TimeOfDay, minute_of_day, time_of_day
from pmworkshop.core.words import length_words
from pmworkshop.journal import Row
from pmworkshop.live.views.run import particulars
from pmworkshop.wiring.clock import iso

LONGEST_BODY = 600


def timetable_json(name: str, session: Session) -> dict[str, Any]:
    """Return a session's timetable for programs."""
    timetable, _ = place(session)
    segments = []
    for slot, segment in zip(timetable.slots, session.segments, strict=True):
        segments.append(
            {
                "id": segment.id,
                "title": segment.title,
                "kind": segment.kind,
                "start": _time(session, slot.start),
                "end": _time(session, slot.end),
                "minutes": slot.length // MINUTE,
                "fixed": segment.fixed,
                "priority": segment.priority,
                "shortest": segment.shortest,
                "method": list(segment.method),
                "grouping": list(segment.grouping),
                "slides": segment.slides,
                "pages": segment.pages,
                "activities": list(segment.activities),
                "options": [option.id for option in segment.options.of] if segment.options else [],
                "criteria": list(segment.criteria),
            }
        )
    return {
        "id": name,
        "title": session.title,
        "start": session.start,
        "end": session.end,
        "end_assumed": session.end_assumed,
        "minutes": timetable.end // MINUTE,
        "segments": segments,
    }


def timetable_lines(session: Session) -> list[str]:
    """Return a session's timetable for reading."""
    timetable, _ = place(session)
    assumed = " (assumed)" if session.end_assumed else ""
    title = f"{session.title}: {session.subtitle}" if session.subtitle else session.title
    lines = [
        clean_line(title),
        f"{session.start} to {session.end}{assumed}, {length_words(timetable.end // MINUTE)}",
        "",
    ]
    widest = max(len(segment.title) for segment in session.segments)
    for slot, segment in zip(timetable.slots, session.segments, strict=True):
        parts = [particulars(segment)] if particulars(segment) else []
        parts += [f"criteria {', '.join(segment.criteria)}"] if segment.criteria else []
        parts += ["fixed"] if segment.fixed else []
        times = f"{_time(session, slot.start)}  {slot.length // MINUTE:>3} min"
        lines.append(f"{times}  {clean_line(segment.title):<{widest}}  {' · '.join(parts)}".rstrip())
    lines.append(f"{session.end}  end{assumed}")
    return lines


def log_line(row: Row, *, as_json: bool) -> str:
    """Return one event of a record as a line."""
    if as_json:
        fields = {
            "seq": row.seq,
            "at": iso(row.at),
            "name": row.name,
            "version": row.version,
            "body": _body(row),
        }
        return json.dumps({**fields, "hash": row.hash})
    body = "(erased)" if row.body is None else shortened_body(row)
    return f"{row.seq:>5}  {iso(row.at)}  {clean_line(row.name)} {row.version}  {body}  {clean_line(row.hash[:12])}"


def shortened_body(row: Row) -> str:
    """Return a body to be read on a screen that others may see: no answers, and copies of plans and forms cut."""
    found = _body(row)
    if isinstance(found, dict):
        for key, what in (("answers", "answers"), ("sheets", "sheets")):
            if isinstance(found.get(key), dict | list):
                found[key] = f"({len(found[key])} {what}, in --json)"
        return _cut(json.dumps(found, ensure_ascii=False, separators=(",", ":")))
    return _cut(row.body or "")


def _cut(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= LONGEST_BODY else f"{line[:LONGEST_BODY]}… (whole in --json)"


def _body(row: Row) -> Any:
    """Return the body as a program wants it; one that was tampered with until it is no JSON, as text."""
    with suppress(ValueError, RecursionError):
        return json.loads(row.body) if row.body is not None else None
    return row.body


def _time(session: Session, offset: Duration) -> TimeOfDay:
    return time_of_day(minute_of_day(session.start) + offset // MINUTE)
