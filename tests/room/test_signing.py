"""Signing one's pack by phone: what is signed is what stood on the page, and nothing is called signed that is not."""

import httpx
import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.ids import DeliveryId, RecordId
from pmworkshop.core.signing import holds
from tests.room.conftest import FORM, RealRoom, do, filled, hand_in, page
from tests.room.forms import Fields, Page, as_it_stands, body_of

AMARA, BO = "Amara Okafor", "Bo Lind"
TYPED: Fields = {
    "name": [AMARA],
    "ai-use": ["A chatbot looked for synonyms.\nI wrote it myself."],
    "reuse": ["None"],
    "refuses": ["yes"],
}


def form_of(phone: httpx.Client, **typed: list[str]) -> Fields:
    """Take the form and fill it in as a person does who ticks every sentence."""
    controls = page(phone, "/sign").form("/sign")
    ticks = {"agreed": [one.text for one in controls if one.name == "agreed"]}
    return as_it_stands(controls) | ticks | TYPED | typed


def post(phone: httpx.Client, fields: Fields) -> httpx.Response:
    return phone.post("/sign", content=body_of(fields), headers=FORM)


def sign(phone: httpx.Client, **typed: list[str]) -> None:
    answer = post(phone, form_of(phone, **typed))
    assert (answer.status_code, answer.headers.get("location")) == (303, "/signed"), Page(answer.text).text[
        :600
    ]


def signatures(room: RealRoom) -> list[e.PackSigned]:
    return [one for one in room.events(e.PackSigned) if isinstance(one, e.PackSigned)]


def amend(phone: httpx.Client, exercise: str) -> None:
    """Hand an exercise in once more, with other words."""
    assert hand_in(phone, exercise, filled(phone, exercise, "Other words by October.")).status_code == 303


def watch(room: RealRoom, about: str, *criteria: str, by: str) -> None:
    """Have the trainer write an observation record."""
    said = Particulars(
        kind="observation",
        criteria=criteria,
        text=f"Seen by {by}.",
        by=by,
        role="Trainer",
        day="2027-03-01",
        place="Room 4",
    )
    record = RecordId(f"r{len(room.state.records)}")
    room.do(c.KeepRecord(record=record, participant=room.who(about), particulars=said))


def test_whoever_fills_the_form_in_has_signed(room: RealRoom) -> None:
    """The form as it came, filled in without scripts, is a signature in the journal, with what was chosen before it."""
    room.open("pm-responsibilities", "ten-practices", "learning-styles")
    phone = room.join(AMARA)
    for name in ("pm-responsibilities", "ten-practices", "learning-styles"):
        do(phone, name)
    (practices,) = room.outputs("ten-practices")
    sign(phone, whole=[practices.id])
    *_, chosen, signed = room.events()
    assert isinstance(chosen, e.PackChosen)
    assert (chosen.output, chosen.on) == (practices.id, True)
    assert isinstance(signed, e.PackSigned)
    assert (signed.participant, signed.name) == (room.who(AMARA), AMARA)
    assert (signed.route, signed.entered_by) == ("phone", "participant")
    assert (signed.ai_use, signed.reuse) == (TYPED["ai-use"][0], "None")
    assert (signed.refuses_standardisation, signed.may_be_named) == (True, False)
    covers = [(room.state.outputs[one.what].exercise_id, one.version, one.whole) for one in signed.covers]  # type: ignore[index]
    assert covers == [("pm-responsibilities", 1, False), ("ten-practices", 1, True)]
    receipt = page(phone, phone.get("/sign").headers["location"]).text
    for words in (
        "✓ Signed and saved",
        AMARA,
        "“My area against ten practices”, all of it",
        "I refuse that.",
    ):
        assert words in receipt
    assert all(one.text in receipt for one in signed.declarations)
    assert "How I like to learn" not in receipt


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"agreed": []}, "4 sentences are not ticked yet."),
        ({"agreed": ["own-work", "no-such-sentence"]}, "3 sentences are not ticked yet."),
        ({"ai-use": [" \n"]}, "Part 3: Not answered yet."),
        ({"reuse": ["x" * 2_001]}, "Part 4: 2001 characters; 2000 are the most."),
        ({"name": ["\t "]}, "Part 6: Type your name: that is your signature."),
        ({"name": ["n" * 201]}, "Part 6: A name may have 200 characters here."),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_what_is_missing_is_named_and_the_rest_kept(room: RealRoom, changed: Fields, words: str) -> None:
    """A form with a gap comes back with the gap named and all else as it was typed; nothing is signed or chosen."""
    room.open("ten-practices")
    phone = room.join(AMARA)
    do(phone, "ten-practices")
    fields = form_of(phone, whole=[room.outputs("ten-practices")[0].id]) | changed
    answer = post(phone, fields)
    assert answer.status_code == 422
    again = Page(answer.text)
    assert words in again.text
    stands = as_it_stands(again.form("/sign"))
    for name in ("name", "ai-use", "reuse", "refuses", "whole"):
        assert [one.strip() for one in stands[name]] == [one.strip() for one in fields[name]], name
    assert set(stands.get("agreed", [])) == set(fields["agreed"]) - {"no-such-sentence"}
    assert room.events(e.PackSigned, e.PackChosen) == []
    del stands["token"], stands["seen"]
    sign(phone, whole=fields["whole"])


def test_nobody_signs_what_they_have_not_seen(room: RealRoom) -> None:
    """Whatever is handed in, amended or written about somebody after the page was opened, brings the page back."""
    room.open("ten-practices", "amo", "pm-inventory")
    phone, other = room.join(AMARA), room.join(BO)
    do(phone, "ten-practices")

    def as_scribe() -> None:
        fields = filled(other, "pm-inventory") | {"group-members": [AMARA]}
        assert hand_in(other, "pm-inventory", fields).status_code == 303

    def withdraw() -> None:
        (amo,) = room.outputs("amo")
        room.do(c.WithdrawOutput(output=amo.id, reason="Not hers"))

    meanwhile = (
        lambda: amend(phone, "ten-practices"),
        lambda: do(phone, "amo"),
        as_scribe,
        lambda: watch(room, AMARA, "1.1", by="Dana Smith"),
        withdraw,
    )
    for change in meanwhile:
        fields = form_of(phone)
        change()
        answer = post(phone, fields)
        assert answer.status_code == 409
        again = Page(answer.text)
        assert "Not signed: something was handed in or changed in the meantime." in again.text
        stands = as_it_stands(again.form("/sign"))
        assert (stands["name"], stands["agreed"]) == (fields["name"], fields["agreed"])
        assert signatures(room) == []
    assert post(phone, stands).status_code == 303
    assert len(signatures(room)) == 1


def test_a_change_undoes_the_signature_and_says_so(room: RealRoom) -> None:
    """After a change Mine, Now and the receipt say that the signature no longer holds and why, and lead to signing again."""
    room.open("ten-practices", "pm-responsibilities")
    phone = room.join(AMARA)
    do(phone, "pm-responsibilities")
    sign(phone)
    assert "You have signed" in page(phone, "/mine").text
    assert "signed" not in page(phone, "/now").text
    receipt = do(phone, "ten-practices")
    assert "your signature no longer holds" in Page(receipt.text).text
    amend(phone, "pm-responsibilities")
    for path in ("/mine", "/now", "/signed", "/sign"):
        found = page(phone, path)
        assert "no longer holds" in found.text, path
        assert "“My area against ten practices” was added" in found.text, path
        assert "“What I am responsible for” was amended" in found.text, path
        assert "/sign" in found.links, path
    stands = as_it_stands(page(phone, "/sign").form("/sign"))
    assert (stands["ai-use"], stands["reuse"]) == (TYPED["ai-use"], TYPED["reuse"])
    assert (stands["name"], "agreed" in stands) == ([""], False)
    sign(phone)
    assert holds(room.state, room.who(AMARA))
    assert "no longer holds" not in page(phone, "/mine").text + page(phone, "/now").text


def test_signed_once_however_often_it_is_sent(room: RealRoom) -> None:
    """The same form sent three times is one signature; what the trainer signs for the centre stands on the receipt."""
    room.open("pm-responsibilities")
    phone = room.join(AMARA)
    do(phone, "pm-responsibilities")
    fields = form_of(phone)
    assert [post(phone, fields).status_code for _ in range(3)] == [303] * 3
    assert len(signatures(room)) == 1
    centre = room.state.centre
    assert centre is not None
    agreed = tuple(one.id for one in centre.centre)
    room.do(c.SignForCentre(participant=room.who(AMARA), name="Tom Trainer", agreed=agreed))
    assert "The trainer has signed it for the centre." in page(phone, "/signed").text
    assert page(phone, "/sign?again=1").form("/sign")


def test_nothing_to_sign(room: RealRoom) -> None:
    """Without evidence, or without the centre's declarations, the page says so plainly and takes no signature."""
    kit = room.house.kit()
    exercise = kit.exercises["pm-responsibilities"]
    room.do(c.TakeUpExercise(exercise_id="pm-responsibilities", exercise=exercise, unit=kit.unit))
    room.do(c.OpenActivity(exercise_id="pm-responsibilities"))
    phone = room.join(AMARA)
    do(phone, "pm-responsibilities")
    token = as_it_stands(page(phone, "/now").form("/leave"))["token"]
    assert "the centre's declarations have not been set out" in page(phone, "/sign").text
    assert post(phone, TYPED | {"token": token}).status_code == 409
    room.open("pm-inventory")
    bo = room.join(BO)
    assert "You have not handed anything in yet" in page(bo, "/sign").text
    assert bo.get("/signed").headers["location"] == "/sign"
    own = as_it_stands(page(bo, "/now").form("/leave"))["token"]
    assert post(bo, TYPED | {"token": own}).status_code == 409
    assert signatures(room) == []


def test_a_form_of_another_phone(room: RealRoom) -> None:
    """A form from somebody else's page signs nothing, for neither; all that is on it comes back."""
    room.open("pm-responsibilities")
    phone, other = room.join(AMARA), room.join(BO)
    do(phone, "pm-responsibilities")
    do(other, "pm-responsibilities")
    mine, theirs = form_of(phone), form_of(other)
    for token in (theirs["token"], [""], ["x"]):
        answer = post(phone, mine | {"token": token})
        assert answer.status_code == 403
        assert as_it_stands(Page(answer.text).form("/sign"))["ai-use"] == mine["ai-use"]
    assert post(phone, mine | {"seen": theirs["seen"]}).status_code == 409
    (his,) = (one for one in room.outputs("pm-responsibilities") if one.participant == room.who(BO))
    sign(phone, whole=[his.id])
    assert room.events(e.PackChosen) == []
    assert [one.participant for one in signatures(room)] == [room.who(AMARA)]


def test_while_the_record_cannot_be_written(room: RealRoom) -> None:
    """Nothing is called signed that is not in the journal; the form comes back with all that was typed."""
    room.open("pm-responsibilities")
    phone = room.join(AMARA)
    do(phone, "pm-responsibilities")
    fields, seen = form_of(phone), len(room.events())
    room.workshop.close()
    answer = post(phone, fields)
    assert answer.status_code == 503
    assert "Sign once more." in Page(answer.text).text
    stands = as_it_stands(Page(answer.text).form("/sign"))
    assert {name: stands[name] for name in (*TYPED, "agreed")} == {
        name: fields[name] for name in (*TYPED, "agreed")
    }
    assert len(room.events()) == seen


def test_mine_says_precisely_what_goes_in(room: RealRoom) -> None:
    """Each sheet says which answers go in and which only by choice, as the journal has it; choosing changes just that."""
    room.open("ten-practices", "pm-responsibilities", "learning-styles")
    phone = room.join(AMARA)
    for name in ("ten-practices", "pm-responsibilities", "learning-styles"):
        do(phone, name)
    mine = page(phone, "/mine").text
    assert (
        "“Your highest”, “Your lowest” and “What will you start yourself within a month?” go into my pack"
        in mine
    )
    assert "10 ratings stay out unless I choose." in mine
    assert "✓ Goes into my pack: it is evidence." in mine
    assert "Stays out of my pack unless I choose." in mine
    (practices,) = room.outputs("ten-practices")
    token = as_it_stands(page(phone, "/now").form("/leave"))["token"]
    for on, words in (
        ("yes", "also 10 ratings, as I chose."),
        ("no", "10 ratings stay out unless I choose."),
    ):
        fields: Fields = {"token": token, "output": [practices.id], "in-pack": [on]}
        assert phone.post("/mine", content=body_of(fields), headers=FORM).status_code == 303
        assert words in page(phone, "/mine").text
        assert room.state.for_pack[practices.id, room.who(AMARA)] == (on == "yes")


def test_my_own_coverage(room: RealRoom) -> None:
    """Mine says for each criterion how I stand, what would still support it, and what was written about me alone."""
    room.open("pm-inventory", "underperformance", "amo")
    phone, other = room.join(AMARA), room.join(BO)
    fields = filled(phone, "pm-inventory")
    assert hand_in(phone, "pm-inventory", fields).status_code == 303
    watch(room, AMARA, "3.2", by="Dana Smith")
    watch(room, BO, "4.1", by="Eve Jones")
    room.shut("amo")
    found = page(phone, "/mine")
    by_criterion = {
        name: found.text.partition(f" {name} ")[2].partition(after)[0]
        for name, after in (("1.1", " 1.2 "), ("3.2", " 4.1 "), ("4.1", " 4.2 "), ("4.2", " 4.3 "))
    }
    assert "not yet: group work only" in by_criterion["1.1"]
    assert "✓ supports" in by_criterion["3.2"]
    assert "Observation record by Dana Smith" in by_criterion["3.2"]
    assert "not yet: 2 of your own are asked for" in by_criterion["4.1"]
    assert "Areas and causes of underperformance , open now" in by_criterion["4.1"]
    assert "Ability, motivation, opportunity, when the trainer opens it" in by_criterion["4.2"]
    assert "/do/underperformance" in found.links
    assert "/do/amo" not in found.links
    assert "1 of the unit's 11 criteria are supported" in found.text
    assert "Written about me" in found.text
    assert "Eve Jones" not in found.html
    assert "Dana Smith" not in page(other, "/mine").html + page(other, "/sign").html


def test_now_points_to_signing_at_the_end(room: RealRoom) -> None:
    """The page of now says nothing of signing until the session's last part, then points to it, and last that it is done."""
    room.open("pm-responsibilities")
    plan = room.house.kit().sessions["session-a"]
    delivery, (zone, offset) = DeliveryId("a"), room.house.zone()
    opened = c.OpenDelivery(
        delivery=delivery, session_id="session-a", session=plan, zone=zone, utc_offset=offset
    )
    room.do(opened)
    room.do(c.StartDelivery(delivery=delivery, zone=zone, utc_offset=offset))
    phone, idle = room.join(AMARA), room.join(BO)
    do(phone, "pm-responsibilities")
    assert "/sign" not in page(phone, "/now").links
    room.do(c.JumpTo(delivery=delivery, segment=plan.segments[-1].id))
    assert "put your name to it" in page(phone, "/now").text
    assert "/sign" not in page(idle, "/now").links
    sign(phone)
    assert "You have signed" in page(phone, "/now").text
    room.do(c.FinishDelivery(delivery=delivery))
    assert "/signed" in page(phone, "/now").links
    do(idle, "pm-responsibilities")
    assert "/sign" in page(idle, "/now").links


def test_the_pages_say_what_is_kept_of_a_signature(room: RealRoom) -> None:
    """The page of what is kept names the signature, the packs, and for how long the centre keeps them."""
    room.open("pm-responsibilities")
    centre = room.state.centre
    assert centre is not None
    about = page(room.phone(), "/about").text
    assert f"{centre.keep_months} months after the last session" in about
    assert "your typed name" in about
    assert "only the initials" in about


def test_answers_of_any_length_can_be_looked_over(room: RealRoom) -> None:
    """The longest answer and a record of ten thousand characters, in any script, stand whole on the page that is signed."""
    room.open("pm-responsibilities")
    phone = room.join(AMARA)
    long = "אבג \u4f60\u597d \U0001f468\u200d\U0001f469\u200d\U0001f467 #panic() " * 500
    mine, theirs = f"Mine {long}"[:4_000].strip(), f"Theirs {long}"[:10_000].strip()
    fields = filled(phone, "pm-responsibilities")
    item = next(one.id for one in room.exercise("pm-responsibilities").items if one.kind == "long")
    answer = hand_in(phone, "pm-responsibilities", fields | {item: [mine]})
    assert answer.status_code == 303, Page(answer.text).text[:500]
    said = Particulars(
        kind="observation",
        criteria=("1.2",),
        text=theirs,
        by="Dana",
        role="Trainer",
        day="2027-03-01",
        place="Room 4",
    )
    room.do(c.KeepRecord(record=RecordId("long"), participant=room.who(AMARA), particulars=said))
    seen = page(phone, "/sign").text
    for words in (mine, theirs):
        assert " ".join(words.split()) in seen
    sign(phone)
