"""The JSON Schemas that editors use, made from the same adapters that judge the files.

Schema and loader cannot disagree: both are `shape.adapter` of one type.
"""

import json
from typing import Any

from pmworkshop.core.centre import Centre
from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.plan import Course, PlannedList, Session
from pmworkshop.core.unit import Unit
from pmworkshop.library.problem import LibraryError, did_you_mean, listed
from pmworkshop.library.shape import adapter

TYPES: dict[str, type] = {
    "session": Session,
    "course": Course,
    "unit": Unit,
    "centre": Centre,
    "planned": PlannedList,
    "exercise": Exercise,
    "deck": Deck,
}
SCHEMAS = tuple(TYPES)

_TITLES = {
    "session": "A session: a timed plan",
    "course": "A course: its sessions, unit and resources",
    "unit": "An ILM unit: outcomes and criteria",
    "centre": "The centre: its particulars and declarations, how packs are called and how long they are kept",
    "planned": "What this folder will hold later",
    "exercise": "An exercise: one form that participants fill in",
    "deck": "A deck: cards that belong together",
}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one sort of file. Raises LibraryError for an unknown name."""
    if name not in TYPES:
        known = SCHEMAS
        raise LibraryError(
            f"there is no schema “{name}”; {did_you_mean(name, known, f'choose one of: {listed(known)}')}"
        )
    made = adapter(TYPES[name]).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": _TITLES[name]}


def schema_text(name: str) -> str:
    """Return the schema as the text of `.schema/<name>.json`, with its last line ended."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"
