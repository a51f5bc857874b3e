"""Drafts once somebody is erased: theirs are dropped, others' no longer count on them, everything else stays as it is."""

import json

from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.output import AnonymousSheet
from pmworkshop.live.box import Box, box_key, pack, unpack
from pmworkshop.live.forgetting import forgotten_drafts

ANNA, BO = ParticipantId("a1"), ParticipantId("b2")
SHEETS = tuple(AnonymousSheet(edition=0, answers={"why": why}) for why in ("one", "two"))


def test_what_has_their_id_in_its_key_is_theirs() -> None:
    """Begun on a phone, at the laptop or from paper, and whatever else is kept by person."""
    theirs = ("form:quiz:a1:", "paper:quiz:a1:o1", "sign:a1", "form:quiz:a1:o2")
    others = ("form:quiz:b2:", "note:d1", "room:secret", "form:a12:b2:")
    drafts = dict.fromkeys((*theirs, *others), "text")
    assert forgotten_drafts(drafts, {ANNA}, ["Anna"]) == dict.fromkeys(theirs)


def test_a_group_no_longer_counts_on_them() -> None:
    """By id in a sheet begun at the desk, by name in one begun on a phone; what else is in it stays."""
    desk = {"answers": {"x": "y"}, "members": ["a1", "c3"]}
    phone = {"answers": {}, "group": "ANNA berg\nBo\n"}
    drafts = {"form:q:b2:": json.dumps(desk), "form:r:b2:": json.dumps(phone), "note:d1": '["a1"]', "x": "{"}
    changes = forgotten_drafts(drafts, {ANNA}, ["Anna Berg", "Q"])
    assert {key: json.loads(body or "") for key, body in changes.items()} == {
        "form:q:b2:": desk | {"members": ["c3"]},
        "form:r:b2:": phone | {"group": "Bo\n"},
    }


def test_a_box_forgets_who_has_put_something_in() -> None:
    """Nobody can tell which sheet was theirs, unless all in the box were: then it is theirs, and goes."""
    key = box_key("box")
    both = pack(Box(id="x", handed_in=(ANNA, BO), sheets=SHEETS))
    changed = forgotten_drafts({key: both, box_key("other"): "broken"}, {ANNA}, [])
    assert set(changed) == {key}
    assert unpack(changed[key] or "") == Box(id="x", handed_in=(BO,), sheets=SHEETS)
    assert forgotten_drafts({key: both}, {ANNA, BO}, []) == {key: None}
    assert forgotten_drafts({key: both}, {ParticipantId("c3")}, []) == {}
