"""How long records are kept: Home says when a cohort's are due for deletion, and not before."""

from typing import TYPE_CHECKING

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.centre import Centre, Declaration
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.units import Duration
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.places import journal_path
from pmworkshop.wiring.record import opener
from tests.desk.evidence import Cohort

if TYPE_CHECKING:
    from tests.desk.conftest import Place

DAY = 24 * 60
DELIVERY = DeliveryId("a")
SAID = (Declaration(id="own", text="Mine."),)


def held_once(place: "Place", *, months: int) -> None:
    """Hold session A on 1 March 2027, for a centre that keeps records for so many months."""
    cohort = Cohort(place)
    session = cohort.kit.sessions["session-a"]
    zone, offset = "GMT", Duration(0)
    cohort.do(
        c.OpenDelivery(
            delivery=DELIVERY, session_id="session-a", session=session, zone=zone, utc_offset=offset
        )
    )
    cohort.do(c.StartDelivery(delivery=DELIVERY, zone=zone, utc_offset=offset))
    cohort.do(c.FinishDelivery(delivery=DELIVERY))
    cohort.do(c.TakeCentre(centre=Centre(learner=SAID, centre=SAID, keep_months=months)))
    cohort.close()


@pytest.mark.parametrize(
    ("months", "days", "due"),
    [(1, 30, ""), (1, 31, "1 April 2027"), (36, 3 * 365, ""), (36, 3 * 365 + 1, "1 March 2030")],
)
async def test_home_says_what_is_due_for_deletion(place: "Place", months: int, days: int, due: str) -> None:
    """From the day that lies the centre's months after the last session, the cohort's line says since when it is due."""
    held_once(place, months=months)
    place.clock.minute = days * DAY
    async with place.desk((120, 36)) as trainer:
        await trainer.sees("spring", "Session A: ended")
        if due:
            await trainer.sees("records due for deletion since", due)
        else:
            assert "due for deletion" not in trainer.text


async def test_a_demonstration_is_marked_everywhere(place: "Place") -> None:
    """A made-up cohort says so on Home, on the run screen and on its evidence."""
    made_up = Workshop(opener(journal_path(place.data, "spring"), new=True), place.clock.now)
    made_up.handle(c.CreateCohort(name="spring", demonstration=True))
    made_up.close()
    async with place.desk((120, 36)) as trainer:
        await trainer.sees("DEMONSTRATION")
    async with place.desk((120, 36), session="session-a") as trainer:
        await trainer.sees("DEMONSTRATION: made up, nothing here counts")
        await trainer.press("v")
        await trainer.on("CoverageScreen")
        await trainer.sees("DEMONSTRATION · Evidence of spring")
