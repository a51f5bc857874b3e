"""One person's evidence pack as a tagged PDF: `pack_pdf` hands the view to its template, in the template's terms."""

from collections.abc import Mapping
from typing import Final

from pmworkshop.export import pack_words as words
from pmworkshop.export.pack_sheets import Data, Files, brief, from_right, sheet
from pmworkshop.export.typesetting import Typeset, typeset
from pmworkshop.live.views.pack import CriterionLine, IndexLine, PackRecord, PackView, SessionRecord, Signing

TEMPLATE: Final = "pack.typ"
LONGEST_RUNNING: Final = 60
HEADINGS: Final = {
    "title": words.TITLE,
    "declarations": words.DECLARATIONS,
    "contents": words.CONTENTS,
    "index": words.INDEX,
    "matrix": words.MATRIX,
    "outputs": words.OUTPUTS,
    "records": words.RECORDS,
    "sessions": words.SESSIONS,
    "provenance": words.PROVENANCE,
    "assessor": words.ASSESSOR,
    "nothing": words.NOTHING_YET,
    "no-photo": words.NO_PHOTO,
}


def pack_pdf(view: PackView, photos: Mapping[str, bytes]) -> Typeset:
    """Return a pack as PDF, the same bytes for the same view; `photos` are by their SHA-256, JPEG or PNG.

    A photo that is not handed over is named in its place. Raises `TypesettingError`.
    """
    files = Files(photos)
    data = _data(view, files)
    title = f"Evidence pack: {view.cover.learner}, {view.cover.unit_reference}"
    return typeset(TEMPLATE, data, title=title, files=files.kept, at=view.at)


def _data(view: PackView, files: Files) -> Data:
    cover, proof = view.cover, view.provenance
    return {
        "headings": HEADINGS,
        "mark": view.mark,
        "lacks": list(view.lacks),
        "running": brief(cover.learner, LONGEST_RUNNING),
        "learner": cover.learner,
        "unit": [cover.unit_reference, cover.unit_title],
        "caution": cover.caution,
        "cover": [list(one) for one in words.cover_facts(view)],
        "signings": [_signing(view.learner), _signing(view.centre)],
        "index": [_index(one) for one in view.index],
        "coverage": _coverage([line for outcome in view.matrix for line in outcome.criteria]),
        "outcomes": [
            {"id": one.id, "title": one.title, "criteria": [_criterion(line) for line in one.criteria]}
            for one in view.matrix
        ],
        "outputs": [sheet(one, files) for one in view.outputs],
        "records": [_record(one) for one in view.records],
        "sessions": [_session(one) for one in view.sessions],
        "head": proof.head_hash,
        "provenance": [list(one) for one in words.origin(view)],
        "versions": [list(one) for one in proof.versions],
        "mapped": list(proof.mapped),
        "retention": view.retention,
        "vacsr": [list(one) for one in words.VACSR],
    }


def _signing(one: Signing) -> Data:
    return {
        "whose": one.whose,
        "declarations": list(one.declarations),
        "name": one.name,
        "words": one.words,
        "signed": one.signed,
        "void": list(one.void),
        "statements": [list(pair) for pair in one.statements],
    }


def _index(one: IndexLine) -> Data:
    return {
        "number": one.number,
        "day": one.day,
        "title": brief(one.title),
        "kind": one.kind,
        "criteria": list(one.criteria),
    }


def _coverage(lines: list[CriterionLine]) -> str:
    """Say in one sentence how the criteria stand."""
    supported = sum(one.supported for one in lines)
    found = f"{supported} of {len(lines)} criteria have the evidence that supports them."
    open_ones = ", ".join(one.id for one in lines if not one.supported)
    return f"{found} Not yet: {open_ones}." if open_ones else found


def _criterion(one: CriterionLine) -> Data:
    kinds: dict[str, list[str]] = {}
    for number, kind in one.evidence:
        kinds.setdefault(kind, []).append(number)
    notes = list(words.criterion_notes(one))
    return {
        "id": one.id,
        "text": one.text,
        "open": notes.pop() if one.still_open else "",
        "more": notes,
        "evidence": [[kind, list(dict.fromkeys(numbers))] for kind, numbers in kinds.items()],
        "supported": one.supported,
        "words": one.words,
    }


def _record(one: PackRecord) -> Data:
    return {
        "number": one.number,
        "title": brief(one.title),
        "facts": [list(pair) for pair in words.record_facts(one)],
        "observed": one.kind == "observation",
        "text": one.text,
        "rtl": from_right(one.text),
    }


def _session(one: SessionRecord) -> Data:
    return {
        "title": one.title,
        "day": one.day,
        "headline": one.headline,
        "attendance": one.attendance,
        "segments": [[row.title, row.planned, row.actual, row.difference] for row in one.segments],
        "charts": [{"text": text, "rtl": from_right(text)} for text in one.charts],
    }
