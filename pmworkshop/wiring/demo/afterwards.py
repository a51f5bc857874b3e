"""After the second morning: records, a criterion that the trainer adds, signatures, and one change too many."""

from pmworkshop.core import commands as c
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.ids import OutputId, RecordId
from pmworkshop.core.packing import may_choose
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.signing import covered, holds
from pmworkshop.live.views.packing import pack_view
from pmworkshop.wiring.demo.people import Guest, data
from pmworkshop.wiring.demo.script import Script
from pmworkshop.wiring.demo.stage import TRAINER, Stage

MAPPED = ("simin", "improvement-plan", "2.3")
WHY = "“Measure” says what both look at, how often, and why that is the same for everybody."
LATE_CHANGE = "feedback-script"


def afterwards(script: Script) -> None:
    """Play what is left to do until the room is closed."""
    stage = script.stage
    stage.go(178)
    for number, one in enumerate(data("records.yaml"), 1):
        _keep(stage, number, one)
    key, sheet, criterion = MAPPED
    stage.do(c.MapCriterion(output=stage.made[key, sheet], criterion=criterion, on=True, reason=WHY))
    stage.go(180)
    script.close_activities(but={LATE_CHANGE})
    for number, guest in enumerate(stage.guests.values()):
        if guest.sign:
            stage.go(182 + 2.5 * number)
            _sign(stage, guest)
    stage.go(206)
    for guest in stage.guests.values():
        for sheet in guest.after_signing:
            stage.hand_in(guest.key, sheet, guest.after_signing[sheet])
    stage.go(210)
    script.close_activities()
    stage.go(214)
    _for_the_centre(stage)
    stage.close_door()


def _keep(stage: Stage, number: int, found: dict[str, str]) -> None:
    said = Particulars(
        kind="witness" if found["kind"] == "witness" else "observation",
        criteria=tuple(found["criteria"]),
        text=found["text"],
        by=found["by"],
        role=found["role"],
        relation=found.get("relation"),
        day=stage.days.of(found["day"]) or "",
        place=found["place"],
    )
    stage.do(
        c.KeepRecord(
            record=RecordId(f"demo-record-{number}"),
            participant=stage.ids[found["participant"]],
            particulars=said,
            no_relative=True,
        )
    )


def _whole(stage: Stage, guest: Guest) -> list[OutputId]:
    """Return the sheets that somebody wants to go in with their private answers too."""
    state = stage.workshop.state
    wanted = [stage.made[guest.key, sheet] for sheet in guest.whole]
    return [one for one in wanted if may_choose(state, state.outputs[one], state.outputs[one].participant)]


def _sign(stage: Stage, guest: Guest) -> None:
    agreed, whole = [one.id for one in stage.centre.learner], _whole(stage, guest)
    if guest.route == "phone":
        stage.phones[guest.key].sign(guest.name, agreed, whole, guest.sign)
        return
    who = stage.ids[guest.key]
    for output in whole:
        stage.do(c.ChooseForPack(output=output, participant=who, on=True))
    stage.do(
        c.SignPack(
            participant=who,
            name=guest.name,
            agreed=tuple(agreed),
            seen=covered(stage.workshop.state, who),
            ai_use=guest.sign["ai-use"],
            reuse=guest.sign["reuse"],
            route=guest.route,
            entered_by="trainer" if guest.route == "paper" else "participant",
        )
    )


def _for_the_centre(stage: Stage) -> None:
    """Sign for the centre whatever is signed and has no blanks."""
    agreed = tuple(one.id for one in stage.centre.centre)
    for who in stage.ids.values():
        state = stage.workshop.state
        view = pack_view(state, who, stage.clock.now(), (0, ""), "")
        if isinstance(view, Refusal) or not holds(state, who) or any(one.blanks for one in view.outputs):
            continue
        stage.do(c.SignForCentre(participant=who, name=TRAINER, agreed=agreed))
