"""From a cohort to the run screen: which session, go on where it stopped, or once more. Call from a worker."""

import asyncio

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import needed
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort, Delivery
from pmworkshop.core.units import MINUTE, Duration, Minutes
from pmworkshop.core.words import at_time, length_words
from pmworkshop.desk.screens.base import DeskScreen
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.desk.screens.dialogs import Pick
from pmworkshop.live.workshop import Workshop

WARN = Minutes(5)


async def choose_and_open(screen: DeskScreen, workshop: Workshop) -> None:
    """Ask which session of the kit to run for this cohort, and run it."""
    kit = await screen.desk.read_kit()
    known = {d.session_id: d.session.title for d in workshop.state.deliveries.values()}
    titles = known | {name: session.title for name, session in kit.sessions.items()}
    choices = [(name, f"{title}  {_standing(workshop.state, name)}") for name, title in titles.items()]
    under_way = next((d.session_id for d in workshop.state.deliveries.values() if d.under_way), None)
    picked = None
    if choices:
        picked = await screen.put(Pick(f"Run for {workshop.state.name}", choices, picked=under_way))
    else:
        screen.say_no(refuse("This kit has no session that can be run. p lists its problems."))
    if picked is None or not await open_session(screen, workshop, picked):
        await asyncio.to_thread(workshop.close)


async def open_session(screen: DeskScreen, workshop: Workshop, session_id: str) -> bool:
    """Open the session's delivery where it stopped, or a new one; False when the trainer thought better of it."""
    mine = [d for d in workshop.state.deliveries.values() if d.session_id == session_id]
    going = [d for d in mine if d.marks.ended is None]
    delivery = going[-1].id if going else None
    if delivery is None and mine:
        choices = [("look", "Look at what happened"), ("again", "Run it once more, from the start")]
        picked = await screen.put(Pick(f"{mine[-1].session.title} has ended for this cohort.", choices))
        if picked is None:
            return False
        delivery = mine[-1].id if picked == "look" else None
    if delivery is None:
        delivery = await _new_delivery(screen, workshop, session_id)
    if delivery is None:
        return False
    trouble = await asyncio.to_thread(workshop.empty_boxes)
    if trouble is not None:
        screen.say_no(trouble)
    run = RunScreen(workshop, delivery)
    run.warning = await _keep_time(screen, workshop, delivery)
    await screen.app.push_screen(run)
    return True


async def _new_delivery(screen: DeskScreen, workshop: Workshop, session_id: str) -> DeliveryId | None:
    kit = await screen.desk.read_kit()
    session = kit.sessions.get(session_id)
    if session is None:
        screen.say_no(
            refuse(f"The kit has no session “{session_id}” that can be run. Home lists its problems.")
        )
        return None
    zone, offset = screen.desk.services.zone()
    delivery = DeliveryId(screen.desk.services.new_id())
    command = c.OpenDelivery(
        delivery=delivery,
        session_id=session_id,
        session=session,
        resources=tuple(needed(session, kit.course)),
        warn_at=kit.course.warn_at if kit.course else WARN,
        zone=zone,
        utc_offset=offset,
    )
    outcome = await asyncio.wrap_future(workshop.submit(command))
    if isinstance(outcome, Refusal):
        screen.say_no(outcome)
        return None
    return delivery


def _standing(state: Cohort, session_id: str) -> str:
    mine = [d for d in state.deliveries.values() if d.session_id == session_id]
    return f"({_where(mine[-1])})" if mine else ""


def _where(delivery: Delivery) -> str:
    if delivery.marks.ended is not None:
        return f"ended {at_time(delivery.marks.ended, delivery.utc_offset)}"
    return "under way" if delivery.under_way else "prepared"


async def _keep_time(screen: DeskScreen, workshop: Workshop, delivery: DeliveryId) -> str:
    """Go on by the record's own time; where the laptop's clock was set back meanwhile, record it and say so."""
    behind = screen.desk.services.keep_time_of(workshop, delivery)
    if behind <= 0:
        return ""
    step = c.ReportClockStep(delivery=delivery, by=Duration(-behind))
    await asyncio.wrap_future(workshop.submit(step))
    back = length_words(max(behind // MINUTE, 1))
    return f"This laptop's clock was set back by {back}; the timer keeps its own time"
