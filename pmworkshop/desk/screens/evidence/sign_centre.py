"""The trainer's name for the centre: under one pack, or at once under all that their owners have signed."""

import asyncio
from typing import Final

from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.signing import NO_CENTRE
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.desk.screens.evidence.sign_form import Signed, SignForm
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.coverage import signed_view
from pmworkshop.live.views.outputs import person_name

ONE, ALL = "one", "all"
LONGEST: Final = 60
NOBODY_SIGNED: Final = refuse(
    "Nobody waits for the centre's signature: it follows the participant's, where that still holds."
)


async def sign_for_centre(screen: CohortScreen, here: ParticipantId | None, name: str) -> str:
    """Have the trainer sign, beginning with the `name` from last time; return the name. Call from a worker."""
    centre = screen.state.centre
    if centre is None:
        screen.say_no(NO_CENTRE)
        return name
    people = await _whose(screen, here)
    if not people:
        return name
    signed = list[ParticipantId]()
    under = [name]

    async def sign(given: Signed) -> str:
        under[0] = given.name
        return await _sign_all(screen, people, given, signed)

    whose = person_name(screen.state, people[0]) if len(people) == 1 else f"{len(people)} packs"
    title = f"For the centre: {safe_line(whose, LONGEST).plain}. What you tick holds for each of them."
    form = SignForm(title, centre.centre, sign, asks=False, name=name)
    if await screen.put(form):
        packs = "1 pack" if len(signed) == 1 else f"{len(signed)} packs"
        screen.app.notify(f"{packs} signed for the centre.", markup=False, timeout=4)
    return under[0]


async def _whose(screen: CohortScreen, here: ParticipantId | None) -> tuple[ParticipantId, ...]:
    """Return whose packs are to be signed: those that are signed by their owners, and not yet for the centre."""
    state = screen.state
    ready = tuple(one for one in state.participants if signed_view(state, one).standing == "signed")
    if not ready:
        screen.say_no(NOBODY_SIGNED)
        return ()
    if here not in ready or len(ready) == 1:
        choices = [(ALL, _all_of(screen, ready))]
    else:
        choices = [(ONE, f"{person_name(state, here)}, and nobody else"), (ALL, _all_of(screen, ready))]
    picked = await screen.put(Pick("Sign for the centre", choices))
    if picked is None:
        return ()
    return (here,) if picked == ONE and here is not None else ready


def _all_of(screen: CohortScreen, ready: tuple[ParticipantId, ...]) -> str:
    if len(ready) == 1:
        return f"{person_name(screen.state, ready[0])}: nobody else waits for it"
    return f"All {len(ready)} that are signed and wait for the centre"


async def _sign_all(
    screen: CohortScreen, people: tuple[ParticipantId, ...], given: Signed, signed: list[ParticipantId]
) -> str:
    """Sign one after the other; return why one was refused, if so. Those before it stay signed."""
    for one in people:
        if one in signed:
            continue
        command = c.SignForCentre(participant=one, name=given.name, agreed=given.agreed)
        outcome = await asyncio.wrap_future(screen.workshop.submit(command))
        if isinstance(outcome, Refusal):
            done = f" {len(signed)} of {len(people)} were signed before." if signed else ""
            return f"{outcome.words}{done}"
        signed.append(one)
    return ""
