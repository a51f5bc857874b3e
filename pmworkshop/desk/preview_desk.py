"""The desk as an author sees it: straight on one exercise or deck, in a place that is thrown away."""

import asyncio
from typing import Final

from textual.screen import Screen

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Minutes, time_of_day
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.previewing import Previewing
from pmworkshop.desk.screens.work.preview import PreviewScreen
from pmworkshop.live.phones import device_of
from pmworkshop.live.workshop import Workshop

COHORT: Final = "Preview"
PHONE: Final = ParticipantId("phone")


class PreviewDesk(Desk):
    """The desk, straight on one exercise or deck."""

    FOLLOWS_KIT = False

    def __init__(self, services: Previewing) -> None:
        super().__init__(services, Straight(cohort=COHORT, rehearsal=True))
        self.previewing = services

    async def _open_straight(self, to: Straight, home: Screen[object]) -> None:
        del home
        workshop = await asyncio.to_thread(self.services.open_cohort, to.cohort, new=True, rehearsal=True)
        refusal = (
            workshop if isinstance(workshop, Refusal) else await open_preview(self, workshop, self.previewing)
        )
        if refusal is not None:
            self.failure = refusal.words
            self.exit(return_code=1)


async def open_preview(desk: PreviewDesk, workshop: Workshop, previewing: Previewing) -> Refusal | None:
    """Make the throw-away place ready and open the preview on it; or say why it cannot be."""
    delivery = DeliveryId("preview")
    zone, offset = previewing.zone()
    commands: list[c.Command] = [
        c.AddParticipants(people=((PHONE, Person(name="On a phone")),)),
        c.LinkPhone(participant=PHONE, device=device_of(previewing.secret), way="trainer"),
        c.OpenDelivery(
            delivery=delivery,
            session_id="preview",
            session=_session(previewing.shown.id),
            zone=zone,
            utc_offset=offset,
        ),
    ]
    for command in commands:
        outcome = await asyncio.wrap_future(workshop.submit(command))
        if isinstance(outcome, Refusal):
            await asyncio.to_thread(workshop.close)
            return outcome
    await desk.push_screen(PreviewScreen(workshop, delivery, previewing))
    return None


def _session(activity: str) -> Session:
    segment = Segment(id=SegmentId("preview"), title="Preview", minutes=Minutes(60), activities=(activity,))
    return Session(title="Preview", start=time_of_day(540), end=time_of_day(600), segments=(segment,))
