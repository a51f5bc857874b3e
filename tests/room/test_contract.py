"""What the room promises to any client that hands something in, scripts or no scripts, once, twice or too late."""

import io

import pytest
from PIL import Image

from pmworkshop.core import events as e
from pmworkshop.core.answers import read
from pmworkshop.core.output import AnonymousSheet
from tests.room.conftest import FORM, RealRoom, filled, hand_in, page
from tests.room.forms import Fields, Page, as_it_stands, raw_of

HIDDEN = {"submission", "output", "edition"}


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    return out.getvalue()


def answers(fields: Fields) -> Fields:
    """Return what was typed and chosen, without what the form carries along."""
    return {name: given for name, given in fields.items() if name not in HIDDEN and any(given)}


@pytest.mark.parametrize("last", [False, True], ids=["first-choices", "last-choices"])
def test_every_shipped_form_without_scripts(full_room: RealRoom, last: bool) -> None:
    """Each of the kit's forms, filled in as it came, is handed in, and the journal has just what was written."""
    phone = full_room.join(f"Every Form {last}")
    given, places = dict[str, Fields](), dict[str, str]()
    for name in full_room.exercises:
        given[name] = filled(phone, name, last=last)
        answer = hand_in(phone, name, given[name])
        assert answer.status_code == 303, f"{name}: {Page(answer.text).text[:500]}"
        places[name] = answer.headers["location"]
        assert "Saved on the trainer's laptop" in page(phone, places[name]).text
    state = full_room.state
    me = full_room.who(f"Every Form {last}")
    mine = {one.exercise_id: one for one in state.outputs.values() if one.participant == me}
    assert len(given) >= 30
    assert given.keys() - mine.keys() == {"evaluation"}
    for name, output in mine.items():
        expected = read(state.editions[name][-1], raw_of(state.editions[name][-1], given[name]))
        assert expected.flaws == (), name
        assert output.newest.answers == expected.answers, name
        assert (output.newest.route, output.newest.submission) == ("phone", given[name]["submission"][0])
        assert places[name] == f"/done/{name}?output={output.id}"


def test_what_was_typed_is_kept_where_something_is_missing(full_room: RealRoom) -> None:
    """A form with a gap comes back with the gap named, everything else as it was typed, and nothing in the journal."""
    phone = full_room.join("Gap Everywhere")
    me, state = full_room.who("Gap Everywhere"), full_room.state
    for name in full_room.exercises:
        fields = filled(phone, name)
        exercise = state.editions[name][-1]
        gap = next(item for item in exercise.items if item.required and item.kind != "photo")
        given = {key: texts for key, texts in fields.items() if key.split(".")[0] != gap.id}
        answer = hand_in(phone, name, given)
        assert answer.status_code == 422, name
        again = Page(answer.text)
        stands = as_it_stands(again.form(f"/do/{name}"))
        typed = {key: [one.strip() for one in texts] for key, texts in given.items() if key not in HIDDEN}
        kept = {key: [one.strip() for one in stands.get(key, [])] for key in typed}
        assert kept == typed, name
        assert any(href.startswith(f"#q-{gap.id}") for href in again.links), name
        assert (stands["submission"], stands["output"]) == (fields["submission"], fields["output"])
    assert not [one for one in full_room.state.outputs.values() if one.participant == me]


def test_gaps_on_purpose(room: RealRoom) -> None:
    """Whoever says so hands in with gaps; the box to say it stands on the form that came back."""
    room.open("one-to-one")
    phone = room.join("Amara Okafor")
    fields = filled(phone, "one-to-one")
    given = {key: texts for key, texts in fields.items() if key in HIDDEN} | dict([list(fields.items())[-1]])
    answer = hand_in(phone, "one-to-one", given)
    assert answer.status_code == 422
    assert any(one.name == "with-gaps" for one in Page(answer.text).form("/do/one-to-one"))
    assert hand_in(phone, "one-to-one", given | {"with-gaps": ["yes"]}).status_code == 303
    assert len(room.outputs("one-to-one")) == 1


def test_sent_twice_is_handed_in_once(room: RealRoom) -> None:
    """The same form posted again, even after the closing, is one output with one version, and leads to its receipt."""
    room.open("goal-practice")
    phone = room.join("Amara Okafor")
    fields = filled(phone, "goal-practice")
    places = {hand_in(phone, "goal-practice", fields).headers["location"] for _ in range(3)}
    room.shut("goal-practice")
    places.add(hand_in(phone, "goal-practice", fields).headers["location"])
    (output,) = room.outputs("goal-practice")
    assert len(output.versions) == 1
    assert places == {f"/done/goal-practice?output={output.id}"}


def test_amending(room: RealRoom) -> None:
    """What was handed in stands on the form when it is opened again; a change is a second version of the same."""
    room.open("growth-goal")
    phone = room.join("Amara Okafor")
    first = filled(phone, "growth-goal")
    where = hand_in(phone, "growth-goal", first).headers["location"]
    (output,) = room.outputs("growth-goal")
    form = page(phone, f"/do/growth-goal?output={output.id}")
    stands = as_it_stands(form.form("/do/growth-goal"))
    assert answers(stands).keys() == answers(first).keys()
    texts = [name for name, given in first.items() if given[0].startswith("We agree")]
    changed = stands | {texts[0]: ["Something else by October."]}
    assert hand_in(phone, "growth-goal", changed).headers["location"] == where
    (output,) = room.outputs("growth-goal")
    assert [one.answers[texts[0]] for one in output.versions] == [
        first[texts[0]][0],
        "Something else by October.",
    ]


def test_the_back_button(room: RealRoom) -> None:
    """A form taken once, handed in, and handed in again with other answers gives a newer version, not a second output."""
    room.open("ten-practices", "growth-goal")
    for name in ("ten-practices", "growth-goal"):
        phone = room.join(f"Bo {name}")
        fields = filled(phone, name)
        assert hand_in(phone, name, fields).status_code == 303
        text = next(key for key, given in fields.items() if given[0].startswith("We agree"))
        assert hand_in(phone, name, fields | {text: ["Changed my mind."]}).status_code == 303
        (output,) = room.outputs(name)
        assert [one.answers[text] for one in output.versions][1] == "Changed my mind."


def test_closed_while_writing(room: RealRoom) -> None:
    """What comes after the closing is refused in plain words and kept, and stands on the form when it is opened again."""
    room.open("amo")
    phone = room.join("Amara Okafor")
    fields = filled(phone, "amo")
    room.shut("amo")
    answer = hand_in(phone, "amo", fields)
    assert answer.status_code == 409
    assert "This is closed, so it was not handed in. What you wrote is kept" in Page(answer.text).text
    assert room.outputs("amo") == []
    assert "The trainer has closed this." in page(phone, "/do/amo", 409).text
    room.end()
    room.begin()
    room.open("amo")
    stands = as_it_stands(page(phone, "/do/amo").form("/do/amo"))
    assert answers(stands) == answers(fields)
    assert hand_in(phone, "amo", stands).status_code == 303


def test_two_browsers_of_one_person(room: RealRoom) -> None:
    """A sheet handed in on one phone stands on the other, whose older form then makes a newer version of the same."""
    room.open("ten-practices")
    first, second = room.join("Amara Okafor"), room.phone()
    second.post("/rejoin", data={"code": room.code, "recovery": room.recovery("Amara Okafor")})
    here, there = filled(first, "ten-practices"), filled(second, "ten-practices", last=True)
    assert here["output"] != there["output"]
    assert hand_in(first, "ten-practices", here).status_code == 303
    assert "/done/ten-practices" in page(second, "/now").links
    assert hand_in(second, "ten-practices", there).status_code == 303
    (output,) = room.outputs("ten-practices")
    assert len(output.versions) == 2


def test_drafts(room: RealRoom) -> None:
    """A draft comes back on the form, is nobody else's, and is gone when the form has been handed in."""
    room.open("ten-practices", "why-appraise")
    phone, other = room.join("Amara Okafor"), room.join("Bo Lind")
    empty = as_it_stands(page(other, "/do/ten-practices").form("/do/ten-practices"))
    fields = filled(phone, "ten-practices")
    raw = raw_of(room.exercise("ten-practices"), fields)
    answer = phone.put("/do/ten-practices/draft", json=raw)
    assert (answer.status_code, list(answer.json())) == (200, ["saved"])
    stands = as_it_stands(page(phone, "/do/ten-practices").form("/do/ten-practices"))
    assert answers(stands) == answers(fields)
    seen = as_it_stands(page(other, "/do/ten-practices").form("/do/ten-practices"))
    assert answers(seen) == answers(empty) == {}
    assert hand_in(phone, "ten-practices", fields).status_code == 303
    assert not [one for one in room.workshop.drafts() if one.startswith("form:")]
    for path, body, status in (
        ("/do/nothing/draft", {"a": "b"}, 404),
        ("/do/ten-practices/draft", {"no-such-item": "b"}, 400),
        ("/do/ten-practices/draft", ["a"], 400),
    ):
        assert phone.put(path, json=body).status_code == status, path
    assert phone.put("/do/ten-practices/draft", content=b"x=1", headers=FORM).status_code == 415


def test_without_a_name(room: RealRoom) -> None:
    """An anonymous sheet goes into the box once for each person; the journal has what it says and nobody's name."""
    room.open("evaluation")
    people = {name: room.join(name) for name in ("Amara Okafor", "Bo Lind")}
    for name, phone in people.items():
        assert phone.get("/done/evaluation").headers["location"] == "/do/evaluation"
        fields = filled(phone, "evaluation", f"Sheet of {name[:2]}")
        for _ in range(2):
            answer = hand_in(phone, "evaluation", fields)
            assert (answer.status_code, answer.headers["location"]) == (303, "/done/evaluation")
        assert phone.get("/do/evaluation").headers["location"] == "/done/evaluation"
        assert "✓ handed in" in page(phone, "/now").text
        receipt = page(phone, "/done/evaluation")
        assert "without a name" in receipt.text
        assert f"Sheet of {name[:2]}" not in receipt.text
    assert (room.outputs("evaluation"), room.events(e.AnonymousEntered)) == ([], [])
    room.shut("evaluation")
    assert room.workshop.empty_boxes() is None
    (entered,) = room.events(e.AnonymousEntered)
    assert isinstance(entered, e.AnonymousEntered)
    assert len(entered.sheets) == 2
    assert all(isinstance(one, AnonymousSheet) for one in entered.sheets)
    kept = b"".join(one.read_bytes() for one in room.journal.parent.iterdir())
    for person in room.state.participants:
        assert person not in repr(entered)
        assert f'handed_in":["{person}'.encode() not in kept


def test_one_writes_for_a_group(room: RealRoom) -> None:
    """The scribe types who is in the group; those see the sheet among their own and cannot change it, nobody else sees it."""
    room.open("pm-inventory")
    scribe, member, other = (room.join(name) for name in ("Amara Okafor", "Zoë Müller", "Bo Lind"))
    fields = filled(scribe, "pm-inventory")
    answer = hand_in(scribe, "pm-inventory", fields | {"group-members": ["Zoe Muller\nSomebody Else"]})
    assert answer.status_code == 422
    again = Page(answer.text)
    assert "Nobody here is called “Somebody Else”" in again.text
    stands = as_it_stands(again.form("/do/pm-inventory"))
    assert answers(stands) == answers(fields) | {"group-members": ["Zoe Muller\nSomebody Else"]}
    assert hand_in(scribe, "pm-inventory", stands | {"group-members": ["zoe, "]}).status_code == 303
    (output,) = room.outputs("pm-inventory")
    assert output.members == (room.who("Zoë Müller"),)
    assert f"/done/pm-inventory?output={output.id}" in page(member, "/mine").links
    assert not [link for link in page(member, "/mine").links if link.startswith("/do/")]
    assert not [link for link in page(other, "/mine").links if output.id in link]
    stolen = filled(member, "pm-inventory") | {"output": [output.id]}
    assert hand_in(member, "pm-inventory", stolen).status_code == 303
    assert {one.participant for one in room.outputs("pm-inventory")} == {output.participant, *output.members}


def test_photos(room: RealRoom) -> None:
    """A photo comes with the form or before it, is kept under its hash, and only its owner's phone sees it."""
    room.open("why-appraise")
    phone, other = room.join("Amara Okafor"), room.join("Bo Lind")
    fields = filled(phone, "why-appraise")
    (item,) = (one.id for one in room.exercise("why-appraise").items if one.kind == "photo")
    plain = {key: given[0] if len(given) == 1 else given for key, given in fields.items() if key != item}
    answer = phone.post("/do/why-appraise", data=plain, files={item: ("chart.png", photo(), "image/png")})
    assert answer.status_code == 303, Page(answer.text).text[:400]
    (output,) = room.outputs("why-appraise")
    kept = output.newest.answers[item]
    assert isinstance(kept, str)
    path = f"/photo/{output.id}/{item}"
    assert path in page(phone, answer.headers["location"]).links
    seen = phone.get(path)
    assert (seen.status_code, seen.headers["content-type"]) == (200, "image/jpeg")
    assert other.get(path).status_code == 404
    assert room.phone().get(path).headers["location"] == "/"
    sent = other.put(f"/do/why-appraise/photo/{item}", content=photo(), headers={"content-type": "image/png"})
    assert sent.json() == {"photo": kept}


def test_while_the_record_cannot_be_written(room: RealRoom) -> None:
    """Nothing is called saved that is not: the form comes back with all that was typed and says so, and so do drafts."""
    room.open("ten-practices", "evaluation")
    phone = room.join("Amara Okafor")
    forms = {name: filled(phone, name) for name in ("ten-practices", "evaluation")}
    seen = len(room.events())
    room.workshop.close()
    for name, fields in forms.items():
        answer = hand_in(phone, name, fields)
        assert answer.status_code == 503, name
        assert "once more" in Page(answer.text).text
        assert answers(as_it_stands(Page(answer.text).form(f"/do/{name}"))) == answers(fields)
        assert phone.put(f"/do/{name}/draft", json=raw_of(room.exercise(name), fields)).status_code == 503
        assert phone.get(f"/do/{name}").status_code == 200
    assert room.phone().post("/join", data={"code": room.code, "name": "Bo Lind"}).status_code == 503
    assert phone.get("/now").status_code == 200
    assert len(room.events()) == seen
