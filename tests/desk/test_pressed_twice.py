"""Keys pressed twice or too early, lists that move under the cursor: nothing is lost, and nothing is somebody else's."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.widgets import Input

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.library import load_kit
from pmworkshop.live.views.activity import draft_key
from pmworkshop.wiring.places import journal_path, shipped_kit
from tests.desk.participant import CODE, fill_in, on_form, put_on_register
from tests.wiring.test_photos import phone_photo

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

NAMES = ("Ben Llewellyn", "Cara Nowak")
CARA = ParticipantId("p1")


def at_once(trainer: "Trainer", *keys: str) -> None:
    """Press keys one after the other without waiting for what they do."""
    assert trainer.desk._driver is not None
    for key in keys:
        event = events.Key(key, None)
        event.set_sender(trainer.desk)
        trainer.desk._driver.send_message(event)


async def test_leaving_while_it_is_handed_in_waits_for_the_receipt(place: "Place") -> None:
    """Ctrl+S and Esc at once: handed in, the receipt is shown, and no draft is left under somebody's name."""
    put_on_register(place, *NAMES)
    async with place.desk(exercise="evaluation", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("enter")
        await fill_in(trainer)
        at_once(trainer, "ctrl+s", "ctrl+s", "escape")
        await trainer.on("HandedInScreen")
        await trainer.sees("No name is kept with it")
        drafts = on_kiosk(trainer).workshop.drafts()
        assert set(drafts) == {"anonymous:evaluation"}
        assert not trainer.desk._notifications


async def test_nothing_on_the_disk_tells_in_which_order_the_box_was_filled(place: "Place") -> None:
    """The journal's -wal holds no earlier state of the box, and no draft of what went into it."""
    put_on_register(place, *NAMES)
    workshop = place.workshop("spring")
    evaluation = load_kit(shipped_kit()).exercises["evaluation"]
    workshop.handle(c.TakeUpExercise(exercise_id="evaluation", exercise=evaluation))
    workshop.handle(c.OpenActivity(exercise_id="evaluation"))
    for who in ("p1", "p0"):
        draft = draft_key("evaluation", who)
        workshop.save_draft(draft, f'{{"answers": {{"keep": "words of {who}"}}}}').result()
        given = {"keep": f"words of {who}"}
        workshop.hold("evaluation", ParticipantId(who), given, "box", with_gaps=True, draft=draft).result()
        assert draft not in workshop.drafts()
    raw = b"".join(
        path.read_bytes() for path in journal_path(place.data, "spring").parent.iterdir() if path.is_file()
    )
    assert b'"handed_in":["p0","p1"]' in raw
    assert b'"handed_in":["p1"]' not in raw
    assert b'{"answers": {"keep"' not in raw
    workshop.handle(c.CloseActivity(exercise_id="evaluation"))
    assert workshop.empty_boxes() is None
    raw = b"".join(
        path.read_bytes() for path in journal_path(place.data, "spring").parent.iterdir() if path.is_file()
    )
    assert b'"handed_in"' not in raw


async def test_a_draft_that_was_handed_in_is_another_sheet_when_taken_up_again(place: "Place") -> None:
    """The laptop failed between handing in and forgetting the draft: what is written in it later is recorded too."""
    put_on_register(place, *NAMES)
    workshop = place.workshop("spring")
    sheet = load_kit(shipped_kit()).exercises["goal-practice"]
    workshop.handle(c.TakeUpExercise(exercise_id="goal-practice", exercise=sheet))
    submit = c.SubmitOutput(
        output=OutputId("o1"),
        exercise_id="goal-practice",
        participant=ParticipantId("p0"),
        answers={"person": "TM1"},
        route="laptop",
        entered_by="participant",
        submission="s1",
        with_gaps=True,
    )
    assert not isinstance(workshop.handle(submit), Refusal)
    body = '{"answers": {"person": "TM2"}, "submission": "s1", "at": 1}'
    workshop.save_draft(draft_key("goal-practice", "p0"), body).result()
    workshop.close()
    async with place.desk(exercise="goal-practice", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        await trainer.press("ctrl+s")
        await trainer.on("Question")
        await trainer.press("y")
        await trainer.on("HandedInScreen")
    handed_in = [one for one in place.events("spring") if isinstance(one, e.OutputSubmitted)]
    assert [one.answers["person"] for one in handed_in] == ["TM1", "TM2"]


async def test_the_cursor_stays_on_the_person(place: "Place") -> None:
    """Somebody is added above while Cara looks for Enter: the form is Cara's."""
    put_on_register(place, *NAMES)
    async with place.desk(exercise="learning-styles", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("down")
        ada = ((ParticipantId("a"), Person(name="Ada Okafor")),)
        on_kiosk(trainer).workshop.handle(c.AddParticipants(people=ada))
        await trainer.sees("Ada Okafor")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        assert on_form(trainer)._filling.participant == CARA


async def test_whoever_adds_a_name_stands_on_it(place: "Place") -> None:
    """`n`, the name, Enter, Enter: the form is that of the new name, and the code's letters do not show."""
    put_on_register(place, *NAMES)
    async with place.desk(exercise="evaluation", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("n")
        await trainer.on("AskLine")
        await trainer.write("Zoë Ångström")
        await trainer.press("enter")
        await trainer.sees("Zoë Ångström")
        await trainer.press("enter")
        await trainer.on("FormScreen")
        assert on_form(trainer)._filling.name == "Zoë Ångström"
        await trainer.press("escape")
        await trainer.on("KioskScreen")
        await trainer.press("escape")
        await trainer.on("AskLine")
        assert trainer.desk.screen.query_one(Input).password


async def test_what_has_no_name_is_not_filled_in_twice(place: "Place") -> None:
    """Whoever has handed in without a name is told at once, not after a second form full of answers."""
    put_on_register(place, *NAMES)
    async with place.desk(exercise="evaluation", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("enter")
        await fill_in(trainer)
        await trainer.press("ctrl+s")
        await trainer.on("HandedInScreen")
        await trainer.press("enter")
        await trainer.sees("1 of 2 finished")
        await trainer.press("down", "enter")
        await trainer.told("cannot be changed")
        await trainer.on("KioskScreen")


async def test_a_photo_that_takes_long_comes_to_its_question(place: "Place", tmp_path: Path) -> None:
    """Going on while a large photo is still being kept loses neither the photo nor the desk."""
    photo = tmp_path / "chart.jpg"
    photo.write_bytes(phone_photo((400, 300)))
    put_on_register(place, *NAMES)
    async with place.desk(exercise="why-appraise", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        services: Any = trainer.desk.services
        keep = services.keep_photo

        def slowly(*given: Any) -> Any:
            time.sleep(0.5)
            return keep(*given)

        services.keep_photo = slowly
        await trainer.press("enter")
        await trainer.on("FormScreen")
        form = on_form(trainer)
        at = next(n for n, item in enumerate(form._items) if item.kind == "photo")
        while form._at < at:
            await trainer.press("ctrl+n")
        await trainer.until(lambda: form.focused is not None)
        await trainer.write(str(photo))
        await trainer.press("enter", "ctrl+n")
        await trainer.until(lambda: form._raw.get(form._items[at].id), "the photo")
        assert form._at > at


async def test_the_trainer_reads_no_private_name_when_entering_from_paper(place: "Place") -> None:
    """What tells a participant's private sheets apart is not listed for the trainer."""
    put_on_register(place, *NAMES)
    async with place.desk(session="session-a") as trainer:
        await trainer.press("i")
        await trainer.on("PickName")
        await trainer.write("skill and will")
        await trainer.press("enter")
        await trainer.on("ActivityScreen")
        submit = c.SubmitOutput(
            output=OutputId("o1"),
            exercise_id="skill-will",
            participant=ParticipantId("p0"),
            answers={"who": "TM7", "task": "Closing the till"},
            route="laptop",
            entered_by="participant",
            with_gaps=True,
        )
        trainer.run.workshop.handle(submit)
        assert any(isinstance(one, e.OutputSubmitted) for one in place.events("spring"))
        await trainer.press("e")
        await trainer.on("PickName")
        await trainer.press("enter")
        await trainer.on("Pick")
        await trainer.sees("Change: handed in")
        await trainer.sees_no("TM7")


def on_kiosk(trainer: "Trainer") -> Any:
    """Return the kiosk, whatever lies over it."""
    return next(one for one in trainer.desk.screen_stack if type(one).__name__ == "KioskScreen")
