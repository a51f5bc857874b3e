"""`evidence.json`: everything that is due, nothing else, in the shape that its schema promises."""

import json
from collections import Counter
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pmworkshop.core.ids import ParticipantId
from pmworkshop.export.pack_json import FORMAT, evidence_json, evidence_schema
from tests.export.marked import MARK, OPEN, PEOPLE, due, raw_answers, strangers, withheld
from tests.export.pack_cohort import ANNA, BORIS, NAMES, Day


def read(day: Day, person: ParticipantId) -> Any:
    return json.loads(evidence_json(day.view(person)))


def schema() -> Draft202012Validator:
    promised = json.loads(evidence_schema())
    Draft202012Validator.check_schema(promised)
    return Draft202012Validator(promised)


@pytest.mark.parametrize("person", NAMES)
def test_every_pack_keeps_to_the_schema(spring: Day, person: ParticipantId) -> None:
    """Whatever somebody handed in, their data have the shape that the schema beside them describes, and no field more."""
    found = read(spring, person)
    assert [error.message for error in schema().iter_errors(found)] == []
    assert found["format"] == FORMAT


def test_the_schema_describes_every_field() -> None:
    """Whoever reads the data in another system is told what each field means, and that each is always there."""

    def fields(part: Any) -> list[tuple[str, Any, bool]]:
        if isinstance(part, list):
            return [one for each in part for one in fields(each)]
        if not isinstance(part, dict):
            return []
        named = [(name, one, name in part["required"]) for name, one in part.get("properties", {}).items()]
        return named + [one for each in part.values() for one in fields(each)]

    found = fields(json.loads(evidence_schema()))
    assert len(found) > 80
    assert [name for name, one, always in found if "description" not in one or not always] == []


def test_a_flaw_is_noticed(spring: Day) -> None:
    """The schema would not let a field pass that is missing, unknown or of another kind."""
    spoilt: tuple[dict[str, Any], ...] = ({"draft": "no"}, {"grade": "pass"}, {"evidence": [{}]})
    for spoil in spoilt:
        assert not schema().is_valid(read(spring, ANNA) | spoil)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_answers_are_those_of_the_record(marked_day: Day, person: ParticipantId) -> None:
    """Every answer that is due is there once, as the record holds it; nothing private without opt-in, nothing of others."""
    view = marked_day.view(person)
    text = evidence_json(view).decode()
    found = json.loads(text)
    answers = [MARK.findall(json.dumps(one["answers"])) for one in found["evidence"]]
    questions = [MARK.findall(json.dumps(one["questions"])) for one in found["evidence"]]
    assert Counter(mark for one in answers for mark in one) == due(marked_day, person)
    assert Counter(mark for one in questions for mark in one) == due(marked_day, person)
    recorded = raw_answers(marked_day, view)
    for one in found["evidence"]:
        assert one["answers"]
        for item, given in one["answers"].items():
            assert given == json.loads(json.dumps(recorded[one["output"]][item]))
    assert set(MARK.findall(text)) == set(due(marked_day, person))
    assert person == OPEN or len(withheld(marked_day, person)) > 20
    assert [one.pattern for one in strangers(person, view) if one.search(text)] == []


def test_signatures_say_when_and_whether_they_hold(spring: Day) -> None:
    """A signature has its time in UTC and in words; one that something was changed after says so, and what."""
    anna, boris = read(spring, ANNA)["signatures"]["learner"], read(spring, BORIS)["signatures"]["learner"]
    assert (anna["signed"], anna["at"], anna["changed_since"]) == (True, "2027-03-02T13:00:00.000Z", [])
    assert "2 March 2027, 13:00" in anna["words"]
    assert (boris["signed"], boris["changed_since"]) == (False, ["“Ask, tell, ask” was amended"])
    assert read(spring, BORIS)["draft"]


def test_the_same_view_gives_the_same_bytes(spring: Day) -> None:
    """A pack that is made again from the same record does not differ by a byte."""
    assert evidence_json(spring.view(ANNA)) == evidence_json(spring.view(ANNA))
