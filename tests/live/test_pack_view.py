"""A pack as it reads: everything that goes in once, nothing that was not chosen, nobody else."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.exercise import Item, expanded
from pmworkshop.core.ids import DeliveryId, NoteId, OutputId, ParticipantId
from pmworkshop.core.packing import goes_in
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.slicing import shown_events
from pmworkshop.core.state import Cohort
from pmworkshop.core.units import NOTHING
from pmworkshop.library import load_kit, shipped_kit_path
from pmworkshop.live.views.pack import PackView
from pmworkshop.live.views.pack_names import without_others
from pmworkshop.live.views.packing import pack_view
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.exporting import held
from tests.core.any_commands import PLAN

ANNA, BORIS, CHLOE = (ParticipantId(one) for one in ("anna", "boris", "chloe"))
NAMES = {ANNA: "Anna Quillfeather", BORIS: "Boris Umbrella-Smith", CHLOE: "Chloé Xylander"}
CENTRE = Centre(
    learner=(Declaration(id="own", text="Mine."),), centre=(Declaration(id="seen", text="Seen."),)
)


def amo(secret: str, shown: str) -> dict[str, object]:
    """Fill a whole AMO sheet in: ratings and examples are private, causes and action are evidence."""
    exercise = load_kit(shipped_kit_path()).exercises["amo"]
    chance = random.Random(1)
    answers: dict[str, object] = {}
    for item in exercise.items:
        if item.kind == "rating":
            answers[item.id] = str(chance.randint(1, 5))
        elif item.kind == "choice":
            answers[item.id] = item.options[0].id
        elif item.kind == "code":
            answers[item.id] = "TM7"
        elif item.kind == "date":
            answers[item.id] = "2027-04-01"
        elif item.kind == "list":
            answers[item.id] = [f"{shown} cause", f"{shown} second cause"]
        else:
            answers[item.id] = f"{shown} words" if item.privacy == "evidence" else f"{secret} words"
    return answers


@pytest.fixture
def workshop(open_workshop: Callable[..., Workshop]) -> Workshop:
    """Three people; Anna and Boris did AMO for themselves, Boris wrote a group's inventory for all three."""
    kit = load_kit(shipped_kit_path())
    workshop = open_workshop()
    day = DeliveryId("day")
    inventory = expanded(kit.exercises["pm-inventory"], kit.unit)
    group = {item.id: _any(item) for item in inventory.items if item.kind != "photo"}
    script: list[c.Command] = [
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=tuple((who, Person(name=name)) for who, name in NAMES.items())),
        c.OpenDelivery(
            delivery=day, session_id="session-a", session=PLAN, zone="Europe/London", utc_offset=NOTHING
        ),
        c.StartDelivery(delivery=day, zone="Europe/London", utc_offset=NOTHING),
        *(
            c.TakeUpExercise(exercise_id=name, exercise=kit.exercises[name], unit=kit.unit, centre=CENTRE)
            for name in ("amo", "pm-inventory")
        ),
        c.TakeNote(
            note=NoteId("n"),
            delivery=day,
            kind="flip-chart",
            text="CHLOÉ XYLANDER and Boris said: fewer forms",
        ),
        submit("anna-amo", "amo", ANNA, amo("annasecret", "annashown")),
        submit("boris-amo", "amo", BORIS, amo("borissecret", "borisshown")),
        submit("group", "pm-inventory", BORIS, group, ANNA, CHLOE),
    ]
    for command in script:
        outcome = workshop.handle(command)
        assert not isinstance(outcome, Refusal), outcome.words
    return workshop


def _any(item: Item) -> object:
    if item.kind == "choice":
        return item.options[0].id
    if item.kind in ("choices", "ranking"):
        return [one.id for one in item.options]
    if item.kind == "table":
        row = {one.id: one.options[0].id if one.options else "groupwork" for one in item.columns}
        return [row, row]
    if item.kind == "list":
        return ["groupwork one", "groupwork two"]
    return "3" if item.kind == "rating" else "groupwork"


def submit(
    output: str, exercise: str, who: ParticipantId, answers: object, *members: ParticipantId
) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=OutputId(output),
        exercise_id=exercise,
        participant=who,
        members=members,
        answers=answers,  # type: ignore[arg-type]
        with_gaps=True,
        route="laptop",
        entered_by="participant",
    )


def pack(state: Cohort, who: ParticipantId) -> PackView:
    view = pack_view(state, who, state.created, (9, "f" * 64), "test")
    assert isinstance(view, PackView), view
    return view


def test_every_output_that_goes_in_is_there_once(workshop: Workshop) -> None:
    """Numbered in the order of handing in, in the index and in the matrix by the same numbers."""
    view = pack(workshop.state, ANNA)
    assert [one.output for one in view.outputs] == ["anna-amo", "group"]
    assert [one.number for one in view.index] == ["E01", "E02"]
    assert {one.output for one in view.outputs} == {
        one.id for one in workshop.state.outputs.values() if goes_in(workshop.state, one, ANNA)
    }
    lines = {one.id: one for outcome in view.matrix for one in outcome.criteria}
    assert lines["4.2"].evidence == (("E01", "individual"),)
    assert lines["1.1"].words == "not yet: group work only"
    assert lines["4.2"].words == "supports"


def test_private_answers_stay_out_until_their_owner_puts_them_in(workshop: Workshop) -> None:
    """Neither the answers nor a score that rests on them; both once she chose so."""
    view = pack(workshop.state, ANNA)
    assert "annasecret" not in repr(view)
    assert "annashown" in repr(view)
    assert view.outputs[0].withheld
    assert view.outputs[0].page.result.scores == ()
    workshop.handle(c.ChooseForPack(output=OutputId("anna-amo"), participant=ANNA, on=True))
    chosen = pack(workshop.state, ANNA)
    assert "annasecret" in repr(chosen)
    assert not chosen.outputs[0].withheld
    assert len(chosen.outputs[0].page.result.scores) == 3


@pytest.mark.parametrize("who", [ANNA, BORIS, CHLOE])
def test_nobody_else_is_in_it(workshop: Workshop, who: ParticipantId) -> None:
    """Others stand as initials, in group work and on the room's charts; none of their own words is there."""
    said = repr(pack(workshop.state, who))
    for other, name in NAMES.items():
        if other != who:
            assert not any(word.casefold() in said.casefold() for word in name.split())
            assert f"{other}secret" not in said
            assert f"{other}shown" not in said
    assert "groupwork" in said
    assert "fewer forms" in said


def test_who_agreed_is_named_on_group_work(workshop: Workshop) -> None:
    """Boris signs and agrees to be named; Chloé did not, and stays C. X."""
    sign = c.SignPack(
        participant=BORIS,
        name="Boris",
        agreed=("own",),
        ai_use="none",
        reuse="none",
        may_be_named=True,
        route="laptop",
        entered_by="participant",
    )
    assert not isinstance(workshop.handle(sign), Refusal)
    assert pack(workshop.state, ANNA).outputs[1].page.people == (
        "Anna Quillfeather",
        "Boris Umbrella-Smith",
        "C. X.",
    )


def test_what_keeps_a_pack_from_being_final_is_listed(workshop: Workshop) -> None:
    """Unsigned, and signed but not for the centre; then nothing is lacking, until something changes."""
    assert pack(workshop.state, BORIS).lacks == ("It is not signed.", "It is not signed for the centre.")
    for command in (
        c.SignPack(
            participant=BORIS,
            name="Boris",
            agreed=("own",),
            ai_use="none",
            reuse="none",
            route="laptop",
            entered_by="participant",
        ),
        c.SignForCentre(participant=BORIS, name="Tom", agreed=("seen",)),
    ):
        assert not isinstance(workshop.handle(command), Refusal)
    assert pack(workshop.state, BORIS).lacks == ()
    assert pack(workshop.state, BORIS).mark == ""
    workshop.handle(submit("boris-amo", "amo", BORIS, amo("x", "new")))
    view = pack(workshop.state, BORIS)
    assert view.mark == "DRAFT"
    assert "“Ability, motivation, opportunity” was amended" in " ".join(view.lacks)
    assert not view.learner.signed
    assert "No longer valid" in view.learner.words


def test_the_slice_of_the_record_shows_no_more_than_the_pack(workshop: Workshop, place: Path) -> None:
    """No event in full that holds another's words or private answers; once they go in, theirs is shown too."""

    def shown() -> str:
        found = held(place)
        numbers = shown_events(found.state, found.log, ANNA)
        return " ".join(row.body or "" for row in found.rows if row.seq in numbers)

    before = shown()
    assert "Anna Quillfeather" in before
    assert "groupwork" in before
    for hidden in ("annasecret", "Boris", "Xylander", "borisshown", "fewer forms"):
        assert hidden not in before
    workshop.handle(c.ChooseForPack(output=OutputId("anna-amo"), participant=ANNA, on=True))
    assert "annasecret" in shown()


def test_names_in_the_rooms_notes_become_initials(workshop: Workshop) -> None:
    """Whole names in any case, and parts of them as they are written; common words stay."""
    said = without_others(workshop.state, "chloé xylander, Boris and an umbrella. Anna was here.", ANNA)
    assert said == "C. X., B. and an umbrella. Anna was here."
