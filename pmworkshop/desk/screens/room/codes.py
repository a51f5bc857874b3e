"""The codes of a laptop that goes round: the trainer's own leads back, and somebody's recovery code opens what is theirs."""

import asyncio
from typing import Final

from pmworkshop.core.ids import ParticipantId
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.services import SHORTEST_CODE
from pmworkshop.live.phones import Keys, as_typed, room_secret
from pmworkshop.live.record import RecordTroubleError

WRONG: Final = "That is not the code. If it is forgotten: close this window and start again; nothing is lost."


async def choose_code(screen: CohortScreen) -> str | None:
    """Have the trainer choose the code that leads back; one chosen before goes on to hold."""
    if screen.desk.code:
        screen.app.notify("Your code from before leads back.", markup=False, timeout=3)
        return screen.desk.code
    count = len(screen.state.participants)
    code = await screen.put(
        AskLine(
            f"The laptop goes round in “{screen.state.name}”, {count} on the register. Which code leads back to you?",
            hint=f"at least {SHORTEST_CODE} letters or figures",
            wrong=lambda text: (
                "" if len(text.strip()) >= SHORTEST_CODE else f"At least {SHORTEST_CODE} letters or figures."
            ),
        )
    )
    if code is not None:
        screen.desk.code = code.strip()
    return code.strip() if code is not None else None


async def recovery(screen: CohortScreen, participant: ParticipantId) -> str:
    """Return somebody's recovery code, which their phone knows too; empty where the record cannot be read."""
    try:
        keys = Keys(await asyncio.to_thread(room_secret, screen.workshop))
    except RecordTroubleError:
        return ""
    return keys.recovery(screen.state, participant)


async def has_code(screen: CohortScreen, title: str, participant: ParticipantId | None = None) -> bool:
    """Ask for the trainer's code; the recovery code of a participant will do for what is theirs."""
    own = await recovery(screen, participant) if participant else ""
    given = await screen.put(
        AskLine(
            title,
            hint="your recovery code, or the trainer's code" if own else "the trainer's code",
            secret=True,
            wrong=lambda text: (
                "" if text.strip() == screen.desk.code or (own and as_typed(text) == own) else WRONG
            ),
        )
    )
    return given is not None
