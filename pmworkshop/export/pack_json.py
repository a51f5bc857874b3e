"""A pack as data for another system: `evidence.json`, and the schema that says what stands where.

The shape is promised by `FORMAT`: whoever changes a field's meaning gives it a new number.
"""

import json
from pathlib import Path
from typing import Any, Final

from pmworkshop.core.units import Instant
from pmworkshop.drawing import own
from pmworkshop.export.pack_words import moment
from pmworkshop.live.views.outputs import OutputPage
from pmworkshop.live.views.pack import (
    OutcomeLines,
    PackOutput,
    PackRecord,
    PackView,
    Provenance,
    SessionRecord,
    Signing,
)

FORMAT: Final = "pmworkshop-evidence/1"
SCHEMA: Final = "evidence.schema.json"
_SCHEMA_FILE: Final = Path(__file__).parent / "templates" / SCHEMA

Json = dict[str, Any]


def evidence_json(view: PackView) -> bytes:
    """Return a pack as JSON in UTF-8 that keeps to `evidence_schema`. The same view gives the same bytes."""
    cover = view.cover
    found: Json = {
        "format": FORMAT,
        "schema": SCHEMA,
        "draft": view.draft,
        "demonstration": view.demonstration,
        "mark": view.mark,
        "lacks": view.lacks,
        "made": _time(view.at, view.made),
        "caution": cover.caution,
        "learner": {
            "id": view.participant,
            "name": cover.learner,
            "registration": cover.registration,
            "organisation": cover.organisation,
        },
        "centre": {"name": cover.centre_name, "number": cover.centre_number, "trainer": cover.trainer},
        "unit": {
            "reference": cover.unit_reference,
            "title": cover.unit_title,
            "level": cover.unit_level,
            "credits": cover.unit_credits,
        },
        "cohort": cover.cohort,
        "submission": cover.submission,
        "signatures": {"learner": _signing(view.learner), "centre": _signing(view.centre)},
        "evidence": [_output(one) for one in view.outputs],
        "records": [_record(one) for one in view.records],
        "criteria": [line for outcome in view.matrix for line in _criteria(outcome)],
        "sessions": [_session(one) for one in view.sessions],
        "provenance": _provenance(view.provenance),
        "retention": view.retention,
    }
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


def evidence_schema() -> bytes:
    """Return the JSON Schema (draft 2020-12) of `evidence.json`, with what each field means."""
    return _SCHEMA_FILE.read_bytes()


def _time(at: Instant, words: str) -> Json:
    found = moment(at)
    utc = found.isoformat(timespec="milliseconds").replace("+00:00", "Z") if found else ""
    return {"utc": utc, "words": words}


def _signing(one: Signing) -> Json:
    return {
        "signed": one.signed,
        "name": one.name,
        "at": None if one.at is None else _time(one.at, one.words)["utc"],
        "route": one.route,
        "words": one.words,
        "declarations": one.declarations,
        "statements": [{"question": question, "answer": answer} for question, answer in one.statements],
        "changed_since": one.void,
    }


def _output(one: PackOutput) -> Json:
    page = one.page
    kinds = {item.id: item.kind for item in page.exercise.items}
    answered = {item for item, _ in one.raw}
    return {
        "number": one.number,
        "output": one.output,
        "version": one.version,
        "exercise": page.title,
        "named": page.named,
        "kind": one.kind,
        "people": page.people,
        "route": one.route,
        "entered_by": one.entered_by,
        "at": _time(one.at, one.when),
        "where": one.delivered_in,
        "criteria": one.criteria,
        "questions": [
            {
                "id": line.item,
                "kind": kinds[line.item],
                "section": line.section or "",
                "text": line.text,
                "answer": "\n".join(line.lines) if line.item in answered else None,
            }
            for line in page.answers
        ],
        "answers": dict(one.raw),
        "result": _result(page),
        "photos": [{"file": photo.file, "sha256": photo.sha256, "alt": photo.alt} for photo in one.photos],
        "blanks": one.blanks,
        "withheld": one.withheld,
    }


def _result(page: OutputPage) -> Json:
    found = page.result
    text = {item.id: item.text for item in page.exercise.items}
    return {
        "headline": found.headline,
        "scores": [
            {
                "title": one.title,
                "score": None if one.tenths is None else one.tenths / 10,
                "lowest": one.lowest,
                "highest": one.highest,
                "meaning": one.band or "",
                "reason": one.reason,
                "highlighted": one.factor in found.named,
            }
            for one in found.scores
        ],
        "placed": [
            {
                "question": text[one.item],
                "words": own.place_words(page, one),
                "corner": one.corner or "",
                "advice": one.advice or "",
            }
            for one in found.placed
        ],
        "marks": [
            {"question": text[one.item], "said": own.said(page, one), "first": one.first, "now": one.now}
            for one in found.marks
        ],
        "rates": [{"title": one.title, "percent": one.percent, "reason": one.reason} for one in found.rates],
        "actions": [{"about": one.title, "lines": one.lines} for one in found.actions],
        "advice": [{"chosen": chosen, "words": words} for chosen, words in own.advice(page)],
        "caveats": found.caveats,
    }


def _record(one: PackRecord) -> Json:
    return {
        "number": one.number,
        "record": one.record,
        "kind": one.kind,
        "title": one.title,
        "at": _time(one.at, one.when),
        "particulars": [{"heading": heading, "text": text} for heading, text in one.particulars],
        "text": one.text,
        "criteria": one.criteria,
    }


def _criteria(outcome: OutcomeLines) -> list[Json]:
    return [
        {
            "id": one.id,
            "text": one.text,
            "outcome": {"id": outcome.id, "title": outcome.title},
            "supported": one.supported,
            "words": one.words,
            "minimum": one.minimum,
            "newest": one.newest,
            "evidence": [{"number": number, "kind": kind} for number, kind in one.evidence],
            "still_open": one.still_open,
        }
        for one in outcome.criteria
    ]


def _session(one: SessionRecord) -> Json:
    return {
        "title": one.title,
        "day": one.day,
        "headline": one.headline,
        "attendance": one.attendance,
        "segments": [
            {"title": s.title, "planned": s.planned, "actual": s.actual, "difference": s.difference}
            for s in one.segments
        ],
        "flip_charts": one.charts,
    }


def _provenance(one: Provenance) -> Json:
    return {
        "head": {"seq": one.head_seq, "hash": one.head_hash},
        "lines": [{"heading": heading, "text": text} for heading, text in one.lines],
        "versions": [{"number": number, "words": words} for number, words in one.versions],
        "mapping_changes": one.mapped,
    }
