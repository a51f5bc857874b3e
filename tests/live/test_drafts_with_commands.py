"""A draft and the command that it became: forgotten together, kept where the command is refused, and cheap to miss."""

from collections.abc import Callable, Mapping
from pathlib import Path

from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import JournalRecord

Opening = Callable[..., Workshop]


class Counted(JournalRecord):
    """The real record, which counts how often drafts are written."""

    writes = 0

    def save_drafts(self, drafts: Mapping[str, str], *, at: int) -> None:
        self.writes += 1
        super().save_drafts(drafts, at=at)


def test_a_draft_goes_with_the_command_that_it_became(open_workshop: Opening) -> None:
    """What was half written is forgotten once its command is carried out, and by no other."""
    workshop = open_workshop()
    for key in ("form:a", "form:b"):
        workshop.save_draft(key, "half").result(10)
    assert isinstance(workshop.submit(c.CreateCohort(name="spring"), draft="form:a").result(10), Accepted)
    assert workshop.drafts() == {"form:b": "half"}


def test_what_is_refused_stays_half_written(open_workshop: Opening) -> None:
    """Where a command is refused, what was half written is still there."""
    workshop = open_workshop()
    workshop.handle(c.CreateCohort(name="spring"))
    workshop.save_draft("form:a", "half").result(10)
    refused = workshop.submit(c.CreateCohort(name="spring"), draft="form:a").result(10)
    assert isinstance(refused, Refusal)
    assert workshop.drafts() == {"form:a": "half"}


def test_a_draft_saved_after_the_command_is_kept(open_workshop: Opening) -> None:
    """The order in which a command and a draft were asked for is the order in which they count."""
    workshop = open_workshop()
    workshop.submit(c.CreateCohort(name="spring"), draft="form:a")
    workshop.save_draft("form:a", "begun anew").result(10)
    assert workshop.drafts() == {"form:a": "begun anew"}


def test_forgetting_what_is_not_there_writes_nothing(open_workshop: Opening, place: Path) -> None:
    """To forget a draft that nobody has begun costs no write; one that is there costs one."""
    made: list[Counted] = []

    def opening() -> Counted:
        made.append(Counted(place, new=True))
        return made[-1]

    workshop = open_workshop(opening)
    workshop.submit(c.CreateCohort(name="spring"), draft="form:a").result(10)
    workshop.save_draft("form:b", "").result(10)
    assert made[0].writes == 0
    workshop.save_draft("form:b", "half").result(10)
    workshop.save_draft("form:b", "").result(10)
    assert made[0].writes == 2
    assert workshop.drafts() == {}
