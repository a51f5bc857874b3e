"""A cohort with evidence of several kinds, for whoever looks at coverage, signs or makes packs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pmworkshop.core import commands as c
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.workshop import Workshop

if TYPE_CHECKING:
    from tests.desk.conftest import Place

AMARA, BRONWEN, LONG, STRANGE = (ParticipantId(f"p{number}") for number in range(4))
PEOPLE = (
    (AMARA, "Amara Okafor"),
    (BRONWEN, "Bronwen Pugh"),
    (LONG, "Wilhelmina " + "x" * 180),
    (STRANGE, "\u202egnp.exe ../../CON #panic() [b]漢字[/b]"),
)
WAYS = ("Agree the standard first", "Keep dated notes all year")
WHERE = "Before the June reviews, with two other managers."


class Cohort:
    """Hands in beside the desk what the kit's own exercises ask for."""

    def __init__(self, place: "Place", *people: tuple[ParticipantId, str], new: bool = True) -> None:
        self.workshop: Workshop = place.workshop("spring", new=new)
        self.kit = place.house().kit()
        listed = (people or PEOPLE) if new else ()
        if not listed:
            return
        self.do(c.AddParticipants(people=tuple((one, Person(name=name)) for one, name in listed)))

    def do(self, command: c.Command) -> None:
        outcome = self.workshop.handle(command)
        assert not isinstance(outcome, Refusal), outcome.words

    def hand_in(
        self, name: str, who: ParticipantId, answers: Mapping[str, Any], *members: ParticipantId
    ) -> OutputId:
        """Hand in as it is; return the output, called by exercise and person."""
        kit = self.kit
        exercise = kit.exercises[name]
        self.do(c.TakeUpExercise(exercise_id=name, exercise=exercise, unit=kit.unit, centre=kit.centre))
        self.do(c.OpenActivity(exercise_id=name))
        output = OutputId(f"{name}-{who}")
        self.do(
            c.SubmitOutput(
                output=output,
                exercise_id=name,
                participant=who,
                members=members,
                answers=answers,
                route="phone",
                entered_by="participant",
                with_gaps=True,
            )
        )
        return output

    def ways(self, who: ParticipantId, *ways: str) -> OutputId:
        """Name ways to be fair, of which the unit asks for two."""
        return self.hand_in("fair-assessment", who, {"own-ways": list(ways), "where": WHERE})

    def sign(self, who: ParticipantId, name: str) -> None:
        centre = self.kit.centre
        assert centre is not None
        self.do(
            c.SignPack(
                participant=who,
                name=name,
                agreed=tuple(one.id for one in centre.learner),
                ai_use="none",
                reuse="none",
                route="phone",
                entered_by="participant",
            )
        )

    def close(self) -> None:
        self.workshop.close()
