"""A draft and the command that it became: forgotten together, kept where the command is refused, and cheap to miss."""

from collections.abc import Callable
from pathlib import Path

from pmworkshop import journal
from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.live.workshop import Accepted, Workshop

Opening = Callable[..., Workshop]


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
    workshop = open_workshop()
    workshop.handle(c.CreateCohort(name="spring"))
    with journal.open_journal(place) as looking_on:
        assert not looking_on.changed()
        workshop.save_draft("form:b", "").result(10)
        assert not looking_on.changed()
        for text in ("half", ""):
            workshop.save_draft("form:b", text).result(10)
            assert looking_on.changed()
    assert workshop.drafts() == {}
