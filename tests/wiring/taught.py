"""Deliveries on real journals, each segment as long as a test says: what `learn` and the reports learn from."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import MINUTE, Duration, Instant
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.record import opener

HALF_PAST_NINE = Instant(1_803_893_400_000)
"""1 March 2027, 09:30 UTC."""
WEEK = 7 * 24 * 60


class Room:
    """One cohort's record, written minute by minute."""

    def __init__(self, data: Path, name: str, *, week: int = 0, folder: str = "", **marks: bool) -> None:
        self.at = Instant(HALF_PAST_NINE + week * WEEK * MINUTE)
        place = data / (folder or name) / "journal.db"
        self.workshop = Workshop(opener(place, new=not place.exists()), lambda: self.at)
        if not self.workshop.state.exists:
            self.do(c.CreateCohort(name=name, **marks))

    def do(self, command: c.Command) -> None:
        outcome = self.workshop.handle(command)
        assert not isinstance(outcome, Refusal), f"{type(command).__name__}: {outcome.words}"

    def wait(self, minutes: float) -> None:
        self.at = Instant(self.at + int(minutes * MINUTE))

    def open(self, plan: Session, session: str = "session-a", delivery: str = "a") -> DeliveryId:
        opened = c.OpenDelivery(
            delivery=DeliveryId(delivery),
            session_id=session,
            session=plan,
            zone="UTC",
            utc_offset=Duration(0),
        )
        self.do(opened)
        return opened.delivery

    def start(self, delivery: DeliveryId) -> None:
        self.do(c.StartDelivery(delivery=delivery, zone="UTC", utc_offset=Duration(0)))


def delivered(
    data: Path,
    name: str,
    plan: Session,
    took: Mapping[str, float],
    *,
    session: str = "session-a",
    week: int = 0,
    skipped: Sequence[str] = (),
    folder: str = "",
    **marks: bool,
) -> None:
    """Record a delivery whose segments took these minutes, or as long as planned, and close the record."""
    room = Room(data, name, week=week, folder=folder, **marks)
    delivery = room.open(plan, session)
    room.start(delivery)
    table = room.workshop.state.deliveries[delivery].timetable
    order = [slot for slot in table.slots if slot.segment not in skipped]
    for slot, following in zip(order, [*order[1:], None], strict=True):
        room.wait(took.get(slot.segment, slot.length / MINUTE))
        if following is not None:
            room.do(c.JumpTo(delivery=delivery, segment=SegmentId(following.segment)))
    room.do(c.FinishDelivery(delivery=delivery))
    room.workshop.close()
