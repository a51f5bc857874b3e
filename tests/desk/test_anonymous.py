"""Anonymous answers lie in a box until their exercise is closed; then nothing tells who wrote which, or when."""

from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.library import load_kit
from pmworkshop.live.box import box_key, pack
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import shipped_kit
from tests.desk.conftest import Place as RealPlace
from tests.desk.participant import CODE, fill_in, put_on_register

if TYPE_CHECKING:
    from tests.desk.conftest import Place

NAMES = ("Ada Okafor", "Ben Llewellyn", "Cara Nowak")
WORDS = ("Less talk.", "More practice!", "Keep the cards.")


def opened(place: "Place", cohort: str = "spring") -> Workshop:
    put_on_register(place, *NAMES)
    workshop = place.workshop(cohort)
    evaluation = load_kit(shipped_kit()).exercises["evaluation"]
    workshop.handle(c.TakeUpExercise(exercise_id="evaluation", exercise=evaluation))
    workshop.handle(c.OpenActivity(exercise_id="evaluation"))
    return workshop


def hold(workshop: Workshop, who: int, **answers: Any) -> Any:
    given = {"keep": WORDS[who], **answers}
    person = ParticipantId(f"p{who}")
    return workshop.hold("evaluation", person, given, f"box{who}", with_gaps=True).result()


def entered(place: "Place") -> list[e.AnonymousEntered]:
    return [one for one in place.events("spring") if isinstance(one, e.AnonymousEntered)]


def test_nothing_is_entered_before_it_is_closed_and_nobody_twice(place: "Place") -> None:
    """Until then the box holds the answers outside the record; a second sheet of the same person is refused."""
    workshop = opened(place)
    before = len(place.events("spring"))
    for who in (2, 0):
        assert not isinstance(hold(workshop, who), Refusal)
    assert "cannot be changed" in hold(workshop, 0).words
    assert len(place.events("spring")) == before
    assert workshop.empty_boxes() is None
    assert len(place.events("spring")) == before
    workshop.handle(c.CloseActivity(exercise_id="evaluation"))
    assert "closed" in hold(workshop, 1).words
    assert workshop.empty_boxes() is None
    (one,) = entered(place)
    assert sorted(sheet.answers["keep"] for sheet in one.sheets) == sorted([WORDS[0], WORDS[2]])
    assert workshop.drafts() == {}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_order_and_time_tell_nothing(tmp_path: Path, order: tuple[int, ...]) -> None:
    """In whichever order people hand in, the same event is recorded, with no name and no time of its own sheets."""
    place = RealPlace(tmp_path / "data")
    workshop = opened(place)
    for who in order:
        hold(workshop, who)
    workshop.handle(c.CloseActivity(exercise_id="evaluation"))
    workshop.empty_boxes()
    workshop.close()
    (one,) = entered(place)
    assert [sheet.answers["keep"] for sheet in one.sheets] == sorted(WORDS)
    assert not any(f"p{who}" in repr(one) for who in range(3))


def test_a_box_is_entered_once_whatever_happens_in_between(place: "Place") -> None:
    """A laptop that fails while the box is emptied neither loses a sheet nor enters one twice."""
    workshop = opened(place)
    hold(workshop, 0)
    hold(workshop, 1)
    box = workshop.boxes()["evaluation"]
    workshop.handle(c.CloseActivity(exercise_id="evaluation"))
    workshop.close()
    again = place.workshop("spring")
    assert again.empty_boxes() is None
    again.save_draft(box_key("evaluation"), pack(box)).result()
    assert again.empty_boxes() is None
    assert [len(one.sheets) for one in entered(place)] == [2]
    again.handle(c.OpenActivity(exercise_id="evaluation"))
    hold(again, 2)
    again.handle(c.CloseActivity(exercise_id="evaluation"))
    again.empty_boxes()
    assert [len(one.sheets) for one in entered(place)] == [2, 1]


async def test_assess_alone_enters_what_has_no_name_when_it_is_left(place: "Place") -> None:
    """`pmworkshop assess evaluation`: the list at once, only the code leads out, and the box is emptied on the way."""
    put_on_register(place, *NAMES)
    async with place.desk((80, 24), exercise="evaluation", code=CODE) as trainer:
        await trainer.sees("Choose your name")
        await trainer.press("n")
        await trainer.on("AskLine")
        await trainer.write("Zoë Ångström")
        await trainer.press("enter")
        await trainer.sees("Zoë Ångström")
        await trainer.press("enter")
        await fill_in(trainer)
        await trainer.press("ctrl+s")
        await trainer.on("HandedInScreen")
        await trainer.sees("No name is kept with it")
        await trainer.press("enter")
        await trainer.sees("1 of 4 finished")
        await trainer.press("escape")
        await trainer.on("AskLine")
        await trainer.write(CODE)
        await trainer.press("enter")
        await trainer.until(lambda: not trainer.desk.is_running, "the end")
    assert [len(one.sheets) for one in entered(place)] == [1]
    assert any(
        isinstance(one, e.ParticipantAdded) and one.name == "Zoë Ångström" for one in place.events("spring")
    )


def test_two_processes_fill_one_box(place: "Place") -> None:
    """The desk and `assess` on one cohort hold sheets in turn, and none of them is lost."""
    first = opened(place)
    second = place.workshop("spring")
    for who, workshop in ((0, first), (1, second), (2, first)):
        assert not isinstance(hold(workshop, who), Refusal)
    assert len(second.boxes()["evaluation"].sheets) == 3


def test_what_was_begun_without_a_name_is_gone_when_it_is_closed(place: "Place") -> None:
    """Half-filled anonymous forms stand under people's names until then; closing forgets them."""
    workshop = opened(place)
    hold(workshop, 0)
    workshop.save_draft("form:evaluation:p1:", "half").result()
    workshop.save_draft("form:amo:p1:", "half").result()
    workshop.handle(c.CloseActivity(exercise_id="evaluation"))
    workshop.empty_boxes()
    assert list(workshop.drafts()) == ["form:amo:p1:"]
