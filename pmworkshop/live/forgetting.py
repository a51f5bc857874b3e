"""What is left of the drafts once somebody is gone from the record: theirs go, and others' no longer count on them."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.text import matching
from pmworkshop.live.box import PREFIX, Box, pack, unpack
from pmworkshop.live.record import RecordTroubleError


def forgotten_drafts(
    drafts: Mapping[str, str], people: Collection[ParticipantId], names: Collection[str]
) -> dict[str, str | None]:
    """Return the drafts to change, or to drop (None), for these people to be gone from them.

    A draft is theirs whose key has their id in it. A box that only they have put a sheet into is theirs as well.
    """
    changes: dict[str, str | None] = {}
    for key, body in drafts.items():
        if set(key.split(":")) & set(people):
            changes[key] = None
        elif key.startswith(PREFIX):
            changes |= _box(key, body, people)
        else:
            changes |= _group(key, body, people, {matching(name) for name in names})
    return changes


def _box(key: str, body: str, people: Collection[ParticipantId]) -> dict[str, str | None]:
    try:
        box = unpack(body)
    except RecordTroubleError:
        return {}
    others = tuple(one for one in box.handed_in if one not in people)
    if others == box.handed_in:
        return {}
    return {key: pack(Box(id=box.id, handed_in=others, sheets=box.sheets)) if others else None}


def _group(
    key: str, body: str, people: Collection[ParticipantId], names: Collection[str]
) -> dict[str, str | None]:
    """Take them out of the group that a half-filled sheet is for: by id from the desk, by name from a phone."""
    try:
        draft = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(draft, dict):
        return {}
    left: dict[str, Any] = {}
    if isinstance(draft.get("members"), list):
        left["members"] = [one for one in draft["members"] if one not in people]
    if isinstance(draft.get("group"), str):
        lines = draft["group"].split("\n")
        left["group"] = "\n".join(line for line in lines if matching(line) not in names)
    if all(draft[field] == one for field, one in left.items()):
        return {}
    return {key: json.dumps(draft | left)}
