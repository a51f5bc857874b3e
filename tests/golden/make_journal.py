"""Makes `version-1.db`: a short day in which every event that version 1 knows happens at least once.

Run it by hand, once for each new version of an event, under a new name; the journals that are there stay as they are.
    python tests/golden/make_journal.py tests/golden/version-2.db
"""

import sys
from pathlib import Path

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.plan import Option, Options, Provenance, Resource, Segment, SegmentId, Session
from pmworkshop.core.units import DAY, HOUR, MINUTE, Duration, Instant, Minutes, TimeOfDay
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import opener

MORNING = Instant(20_878 * DAY + 9 * HOUR + 30 * MINUTE)
DELIVERY, EMPTY = DeliveryId("d1"), DeliveryId("d2")
PLAN = Session(
    title="Golden morning",
    subtitle="Every field once",
    start=TimeOfDay("09:30"),
    end=TimeOfDay("10:30"),
    end_assumed=True,
    welcome="Set the tables.",
    resources=("register",),
    provenance=(Provenance(what="All of it", sure="inferred", source="This file", check="Nothing"),),
    segments=(
        Segment(
            id=SegmentId("talk"),
            title="Talk",
            minutes=Minutes(20),
            purpose="To begin.",
            method=("input", "plenary"),
            grouping=("whole group",),
            slides="2-3",
            pages="4",
            notes="**Say** this.",
            look_for=("gaps", "overkill"),
            output="A list",
            resources=("deck",),
            activities=("quiz",),
            criteria=("1.1", "2.3"),
            priority="should",
            shortest=Minutes(10),
            caution=("Slide 3 has an old logo.",),
        ),
        Segment(id=SegmentId("break"), title="Break", kind="break", at=TimeOfDay("09:50"), fixed=True),
        Segment(
            id=SegmentId("work"),
            title="Work",
            at=TimeOfDay("10:00"),
            options=Options(
                choose="any",
                of=(Option(id="film", title="Film", minutes=Minutes(5)), Option(id="cards", title="Cards")),
            ),
        ),
    ),
)
ANNA, BORIS, CHLOE, TWICE = (ParticipantId(f"p{number}") for number in (1, 2, 3, 4))


def script() -> list[tuple[int, c.Command]]:
    """Return the day: minutes after half past nine, and what was asked for."""
    first, second = NoteId("n1"), NoteId("n2")
    resources = (
        Resource(id="deck", title="The deck", note="With notes", link="https://example.org/deck"),
        Resource(id="register", title="The register"),
    )
    opened = c.OpenDelivery(
        delivery=DELIVERY,
        session_id="session-a",
        session=PLAN,
        resources=resources,
        zone="x",
        utc_offset=HOUR,
    )
    anna = Person(name="Zoë \U0001f9d1\u200d\U0001f3eb", organisation="Ærø", registration="ILM-1")
    people = ((ANNA, anna), (BORIS, Person(name="Борис")), (CHLOE, Person(name="Chloé <b>[b]</b>")))
    return [
        (-30, c.CreateCohort(name="Golden cohort")),
        (-29, opened),
        (
            -28,
            c.OpenDelivery(delivery=EMPTY, session_id="session-b", session=PLAN, zone="x", utc_offset=HOUR),
        ),
        (-20, c.AddParticipants(people=people)),
        (-19, c.CorrectParticipant(participant=CHLOE, person=Person(name="Chloe", organisation="Ærø"))),
        (-18, c.AddParticipants(people=((TWICE, Person(name="Chloe")),), doubles="add")),
        (-17, c.RemoveParticipant(participant=TWICE)),
        (-15, c.TickResource(delivery=DELIVERY, resource="deck", on=True)),
        (-14, c.TakeNote(note=first, delivery=DELIVERY, kind="note", text="Cold room")),
        (-5, c.MarkAttendance(delivery=DELIVERY, participant=ANNA, arrival="present")),
        (2, c.StartDelivery(delivery=DELIVERY, zone="Europe/London", utc_offset=Duration(0))),
        (6, c.CorrectStart(delivery=DELIVERY, began=Instant(MORNING + MINUTE))),
        (7, c.MarkAttendance(delivery=DELIVERY, participant=BORIS, arrival="late")),
        (8, c.TickLookFor(delivery=DELIVERY, segment=SegmentId("talk"), index=1, on=True)),
        (9, c.AddTime(delivery=DELIVERY, by=Duration(2 * MINUTE))),
        (10, c.Pause(delivery=DELIVERY)),
        (13, c.Resume(delivery=DELIVERY)),
        (14, c.MoveOn(delivery=DELIVERY)),
        (17, c.MoveOn(delivery=DELIVERY)),
        (20, c.TakeNote(note=second, delivery=DELIVERY, kind="parking lot", text="Pay?", owner="Anna")),
        (21, c.CorrectNote(note=second, kind="parking lot", text="Pay and rations?", owner="Boris")),
        (25, c.MoveOn(delivery=DELIVERY)),
        (26, c.ChooseOptions(delivery=DELIVERY, segment=SegmentId("work"), options=("film", "cards"))),
        (27, c.ReportClockStep(delivery=DELIVERY, by=Duration(-HOUR))),
        (40, c.MarkLeft(delivery=DELIVERY, participant=BORIS)),
        (45, c.FinishDelivery(delivery=DELIVERY)),
        (46, c.ReopenDelivery(delivery=DELIVERY)),
        (50, c.FinishDelivery(delivery=DELIVERY)),
    ]


def main(path: Path) -> None:
    """Run the day on a new journal at `path`."""
    minute = -60
    workshop = Workshop(opener(path, new=True), lambda: Instant(MORNING + minute * MINUTE))
    for minute, command in script():  # noqa: B007  # the clock above reads it
        outcome = workshop.handle(command)
        assert isinstance(outcome, Accepted), outcome
    workshop.save_draft("note:d1", "Half a thought").result()
    workshop.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
