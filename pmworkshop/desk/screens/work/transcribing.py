"""Printed sheets typed in by their short ids, one after the other, without the mouse."""

from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.sheet_id import find_sheet
from pmworkshop.desk.screens.dialogs import AskLine
from pmworkshop.desk.screens.work.filling import PAPER, Way, choose_output, fill, take_up
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.outputs import person_name

LONGEST = 60


async def transcribe(screen: CohortScreen, delivery: DeliveryId | None = None) -> None:
    """Ask for the id at the foot of a sheet, have that sheet entered, and ask for the next. Call from a worker."""
    exercises = (await screen.desk.read_kit()).exercises

    def wrong(typed: str) -> str:
        found = find_sheet(screen.state, typed, exercises)
        return found.words if isinstance(found, Refusal) else ""

    title = "Which sheet? Its short id stands beside the square code."
    while True:
        typed = await screen.put(AskLine(title, hint="such as BCDF-GHJB", wrong=wrong))
        found = None if typed is None else find_sheet(screen.state, typed, exercises)
        if found is None or isinstance(found, Refusal):
            return
        if not await enter(screen, *found, delivery):
            return
        name = safe_line(person_name(screen.state, found[0]), LONGEST).plain
        title = f"Recorded for {name}. Which sheet is next? Esc ends."


async def enter(
    screen: CohortScreen, participant: ParticipantId, exercise_id: str, delivery: DeliveryId | None
) -> bool:
    """Have one sheet entered from paper; return whether it was."""
    if not await take_up(screen, exercise_id):
        return False
    ready, amend = await choose_output(screen, exercise_id, participant, for_trainer=True)
    activity = screen.state.activities.get(exercise_id)
    held_in = activity.delivery if activity and activity.delivery else delivery
    way = Way(route=PAPER.route, entered_by=PAPER.entered_by, delivery=held_in)
    return ready and await fill(screen, exercise_id, participant, way, amend) is not None
