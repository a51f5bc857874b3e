"""Who may come into the room, and as whom; and what the trainer says to everybody."""

from pathlib import Path

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.joining import LONGEST_MESSAGE
from pmworkshop.core.people import Person
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.units import NOTHING, Instant
from pmworkshop.live.phones import Asking, Presence
from pmworkshop.live.views.activity import draft_key
from pmworkshop.live.views.room import room_view
from tests.desk.doors import RoomPlace, room

P0, P1, P2 = (ParticipantId(f"p{n}") for n in range(3))


@pytest.fixture
def place(tmp_path: Path) -> RoomPlace:
    return RoomPlace(tmp_path / "data")


async def test_somebody_known_is_let_in(place: RoomPlace) -> None:
    """`y` lets in whoever waits longest, at once where it is plain who that is; a yes is on the record as the trainer's."""
    async with room(place) as (trainer, door):
        await trainer.press("y")
        await trainer.told("Nobody asks to come in.")
        await trainer.sees_no("y let in")
        door.ask("q", "bronwen  pugh", P1)
        door.ask("r", "Amara Okafor", P0)
        await trainer.sees("2 ask to come in", "y let in", "n turn away", "bronwen pugh", "asks to come in")
        await trainer.press("y")
        await trainer.told("bronwen pugh is let in.")
        joined = await trainer.records("spring", e.PhoneJoined)
        assert (joined.participant, joined.way) == (P1, "trainer")
        assert door.admitted == [("q", P1)]
        await trainer.sees("1 asks to come in · 1 of 3 in")


async def test_the_row_under_the_cursor_is_meant(place: RoomPlace) -> None:
    """With the cursor on somebody who asks, `n` and `y` are about them; a new row does not move the cursor's person."""
    async with room(place) as (trainer, door):
        await trainer.press("end")
        door.ask("q", "Bronwen Pugh", P1)
        door.ask("r", "Amara Okafor", P0)
        await trainer.sees("2 ask to come in")
        await trainer.press("x")
        await trainer.on("Question")
        await trainer.sees("Sign every phone of Dilip Rao out?")
        await trainer.press("escape", "home", "down", "n")
        await trainer.told("Amara Okafor is turned away.")
        assert door.turned_away == ["r"]
        await trainer.press("home", "d")
        await trainer.told("Choose somebody on the register first")
        assert door.admitted == []


async def test_two_of_one_name(place: RoomPlace) -> None:
    """Where two have the name the trainer chooses between them, by organisation and by who is in; Esc lets nobody in."""
    async with room(place, (80, 24), "Amara Okafor", "Amara Okafor", "Dilip Rao") as (trainer, door):
        door.seen(P0)
        door.ask("q", "Amara Okafor", P0, P1)
        await trainer.sees("asks to come in")
        await trainer.press("y")
        await trainer.on("Pick")
        await trainer.sees("Amara Okafor asks to come in. Who is it?", "in by phone now · Firm 0", "· Firm 1")
        await trainer.press("escape")
        await trainer.on("RoomScreen")
        assert door.admitted == []
        await trainer.press("y")
        await trainer.on("Pick")
        await trainer.press("down", "enter")
        await trainer.told("is let in")
        assert door.admitted == [("q", P1)]


async def test_a_namesake_is_not_taken_for_who_is_in(place: RoomPlace) -> None:
    """Where the one of that name is in already, the trainer is asked; somebody new is put on the register and let in."""
    async with room(place) as (trainer, door):
        door.join("Amara Okafor", "d0")
        await trainer.records("spring", e.PhoneJoined)
        door.ask("q", "Amara Okafor", P0)
        await trainer.sees("asks to come in")
        await trainer.press("y")
        await trainer.on("Pick")
        await trainer.sees("in by phone now · Firm 0", "Somebody else of this name: put them on the register")
        await trainer.press("end", "enter")
        added, joined = await trainer.records("spring", e.ParticipantAdded, e.PhoneJoined)
        assert (added.name, added.walk_in) == ("Amara Okafor", False)
        assert joined.participant == added.participant != P0
        await trainer.sees("2 of 4 in")


async def test_a_stray_enter_lets_nobody_in(place: RoomPlace) -> None:
    """Enter on somebody who asks always asks back, and refusal of the door is said."""
    async with room(place) as (trainer, door):
        door.ask("q", "Bronwen Pugh", P1)
        await trainer.sees("asks to come in")
        await trainer.press("home", "enter")
        await trainer.on("Pick")
        assert door.admitted == []
        trainer.run.workshop.handle(c.RemoveParticipant(participant=P1))
        await trainer.press("enter")
        await trainer.told("That person is not on the register.")


async def test_walk_ins(place: RoomPlace) -> None:
    """A walk-in is flagged until the trainer has confirmed or corrected the name; only a walk-in can be confirmed."""
    async with room(place) as (trainer, door):
        for number, name in enumerate(("Zofia", "Zoe")):
            door.join(name, f"w{number}")
        await trainer.records("spring", *[e.ParticipantAdded, e.PhoneJoined] * 2)
        await trainer.until(lambda: trainer.text.count("in, walk-in") == 2, "two walk-ins")
        await trainer.press("end")
        await trainer.sees("h belongs here")
        await trainer.press("h")
        confirmed = await trainer.records("spring", e.ParticipantCorrected)
        assert (confirmed.participant, confirmed.name) == ("w0", "Zofia")
        await trainer.sees_no("h belongs here")
        await trainer.press("h")
        await trainer.told("Zofia is on the register already.")
        await trainer.press("up", "e")
        await trainer.on("AskFields")
        await trainer.press("end", *" Ngata", "enter", "enter", "enter")
        renamed = await trainer.records("spring", e.ParticipantCorrected)
        assert (renamed.participant, renamed.name) == ("w1", "Zoe Ngata")
        await trainer.sees_no("walk-in")
        assert not any(one.walk_in for one in trainer.run.state.participants.values())


async def test_a_name_that_is_taken_is_asked_about(place: RoomPlace) -> None:
    """Renaming somebody to a name on the register asks first, for two people would have it."""
    async with room(place) as (trainer, _):
        for keys in (("enter",), ("y",)):
            await trainer.press("home", "e")
            await trainer.on("AskFields")
            await trainer.press(*["backspace"] * 20, *"DILIP rao", "enter", "enter", "enter")
            await trainer.on("Question")
            await trainer.sees("Somebody of this name is on the register already.")
            await trainer.press(*keys)
            await trainer.on("RoomScreen")
        renamed = await trainer.records("spring", e.ParticipantCorrected)
        assert renamed.participant == P0


async def test_signed_out_and_taken_off(place: RoomPlace) -> None:
    """Phones are signed out, and people taken off, once the trainer is sure; a code is shown only when asked for."""
    async with room(place) as (trainer, door):
        door.join("Amara Okafor", "d0")
        await trainer.records("spring", e.PhoneJoined)
        code = door.recovery(P0)
        await trainer.press("home", "c")
        await trainer.on("Question")
        await trainer.press("enter")
        await trainer.on("RoomScreen")
        await trainer.sees_no(code)
        await trainer.press("c", "y")
        await trainer.on("Telling")
        await trainer.sees(code, "Amara Okafor types this on the phone")
        await trainer.press("escape", "x")
        await trainer.on("Question")
        await trainer.press("enter")
        await trainer.on("RoomScreen")
        await trainer.press("x", "y")
        assert (await trainer.records("spring", e.PhonesSignedOut)).participant == P0
        assert door.recovery(P0) != code
        door.seen(P0, connected=False)
        await trainer.sees("0 of 3 in")
        await trainer.sees_no("dropped")
        await trainer.press("d", "enter")
        await trainer.on("RoomScreen")
        await trainer.press("d", "y")
        assert (await trainer.records("spring", e.ParticipantRemoved)).participant == P0
        await trainer.sees("0 of 2 in")


async def test_a_walk_in_who_was_expected_after_all(place: RoomPlace) -> None:
    """A misspelt name is merged with the right one, once the trainer is sure: what was begun goes along."""
    async with room(place) as (trainer, door):
        door.join("Amara Okafour", "d7")
        await trainer.records("spring", e.ParticipantAdded, e.PhoneJoined)
        workshop = trainer.run.workshop
        workshop.save_draft(draft_key("amo", "d7"), '{"answers":{}}').result()
        await trainer.sees("Amara Okafour", "walk-in")
        await trainer.press("home", "down")
        await trainer.sees("b is …")
        await trainer.press("b")
        await trainer.on("PickName")
        await trainer.write("okafor")
        await trainer.press("enter")
        await trainer.on("Question")
        await trainer.sees("Amara Okafour is Amara Okafor?")
        await trainer.press("y")
        merged = await trainer.records("spring", e.ParticipantMerged)
        assert (merged.participant, merged.into) == ("d7", P0)
        await trainer.sees_no("Okafour", "walk-in")
        await trainer.until(lambda: draft_key("amo", P0) in workshop.drafts(), "the draft to go along")
        assert draft_key("amo", "d7") not in workshop.drafts()
        await trainer.press("home", "b")
        await trainer.told("Only a walk-in can be somebody who is on the register already.")


async def test_messages(place: RoomPlace) -> None:
    """A ready-made message is shown and taken away; in a break it says when it is over, counting how late the day is."""
    async with room(place) as (trainer, _):
        await trainer.press("m")
        await trainer.on("Pick")
        await trainer.sees_no("Back at", "take the message away")
        await trainer.press("enter")
        assert (await trainer.records("spring", e.MessageShown)).text == "Please finish writing"
        await trainer.sees("Projector and phones say: Please finish writing")
        await trainer.press("m", "end", "enter")
        assert (await trainer.records("spring", e.MessageShown)).text == ""
        await trainer.sees_no("Projector and phones say")
        run = trainer.run
        await trainer.press("escape", "space")
        await trainer.records("spring", e.DeliveryStarted)
        await trainer.at(100)
        run.workshop.handle(c.JumpTo(delivery=run.delivery_id, segment=SegmentId("break")))
        await trainer.press("j", "m")
        await trainer.on("Pick")
        following = run.view().next
        assert following is not None
        back = f"Back at {following.at}"
        await trainer.sees(back)
        await trainer.press("enter")
        _, said = await trainer.records("spring", e.SegmentEntered, e.MessageShown)
        assert said.text == back > "Back at 11"


async def test_a_message_of_ones_own(place: RoomPlace) -> None:
    """A message that is too long is refused in words, and stays to be shortened."""
    async with room(place) as (trainer, _):
        await trainer.press("m", "end", "enter")
        await trainer.on("AskPage")
        await trainer.write("[/] " + "x" * LONGEST_MESSAGE)
        await trainer.press("ctrl+s")
        await trainer.told(f"The message has {LONGEST_MESSAGE + 4} characters")
        await trainer.on("AskPage")
        await trainer.press(*["delete"] * 4, "ctrl+s")
        said = await trainer.records("spring", e.MessageShown)
        assert said.text == "x" * LONGEST_MESSAGE
        trainer.nothing_unprintable()


async def test_the_projector(place: RoomPlace) -> None:
    """`p` shows the projector's page in the browser and tells the link for another machine; without one, what to do."""
    async with room(place) as (trainer, door):
        for refusal, words in ((None, "F11 fills the screen"), ("No browser was found.", "No browser was")):
            place.no_browser = refuse(refusal) if refusal else None
            await trainer.press("p")
            await trainer.on("Question")
            await trainer.sees(words, door.screen_link)
            await trainer.press("escape")
            await trainer.on("RoomScreen")
            await trainer.sees_no(door.screen_link)
        assert place.pages == [door.screen_url] * 2
        await trainer.press("p")
        await trainer.on("Question")
        await trainer.press("enter")
        await trainer.until(lambda: trainer.desk.clipboard == door.screen_link, "the link to be copied")


def test_the_view_of_the_room(place: RoomPlace) -> None:
    """Somebody is in, has dropped out since a time of day, or is not in; whoever was signed out has not dropped out."""
    workshop = place.workshop("spring", new=True)
    names = ("Zoe", "amara", "Éilidh", "Dilip")
    people = tuple((ParticipantId(f"p{n}"), Person(name=name)) for n, name in enumerate(names))
    workshop.handle(c.AddParticipants(people=people))
    for number in (0, 1):
        link = c.LinkPhone(participant=ParticipantId(f"p{number}"), device=f"{number}" * 64, way="code")
        workshop.handle(link)
    seen = {
        P0: Presence(connected=True, seen=Instant(0)),
        P1: Presence(connected=False, seen=Instant(60_000)),
        P2: Presence(connected=False, seen=Instant(60_000)),
    }
    asking = Asking(id="q", name="zoe", at=Instant(120_000), whose=(P0, ParticipantId("gone")))
    view = room_view(workshop.state, seen, (asking,), utc_offset=NOTHING)
    assert [(one.name, one.phone_words) for one in view.guests] == [
        ("amara", "dropped 00:01"),
        ("Dilip", "not in"),
        ("Éilidh", "not in"),
        ("Zoe", "in"),
    ]
    assert [(one.at, one.whose) for one in view.callers] == [("00:02", (P0,))]
    assert view.words == "1 of 4 in · 1 dropped"


def test_what_people_are_doing(place: RoomPlace) -> None:
    """With one thing open it is said who works at it and who has finished; with several, at what, by title."""
    workshop, kit = place.workshop("spring", new=True), place.house().kit()
    workshop.handle(c.AddParticipants(people=((P0, Person(name="Amara Okafor")),)))

    def doing(*drafts: str) -> str:
        return room_view(workshop.state, {}, utc_offset=NOTHING, drafts=drafts).guests[0].doing

    assert doing() == ""
    titles = []
    for name in ("amo", "goal-types"):
        exercise = kit.exercises[name]
        workshop.handle(c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=kit.unit))
        workshop.handle(c.OpenActivity(exercise_id=name))
        titles.append(exercise.title)
        if name == "amo":
            assert (doing(), doing("form:amo:p0:"), doing("paper:amo:p0:")) == ("", "working", "")
    assert doing("form:goal-types:p0:", "form:amo:p0:") == f"working: {', '.join(titles)}"
    workshop.handle(c.CloseActivity(exercise_id="amo"))
    assert doing("form:amo:p0:") == ""
