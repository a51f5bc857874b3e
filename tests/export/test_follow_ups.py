"""What to follow up: the centre's reviews and the dates that people set, in a calendar that any diary takes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pmworkshop.core import commands as c
from pmworkshop.export.report_calendar import calendar
from pmworkshop.export.report_files import report_files
from pmworkshop.live.views.follow_ups import follow_ups, review_day
from tests.export.pack_cohort import Day
from tests.export.report_cohort import (
    BRONWEN,
    DAY,
    EVIDENCE,
    FORMULA,
    NAMES,
    PEOPLE,
    SECRET,
    cohort,
    view_of,
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    found = cohort(tmp_path_factory.mktemp("reports") / "journal.db")
    yield found
    found.close()


def test_the_calendar_reads_back_as_it_was_meant(day: Day) -> None:
    """Whole days, titles verbatim, ids that stay and are nobody else's, reviews in the first such month afterwards."""
    view = view_of(day)
    content = calendar("spring-2027", view.follow_ups, view.origin.at)
    assert content == calendar("spring-2027", view_of(day).follow_ups, view.origin.at)
    entries: list[Any] = list(Calendar.from_ical(content).walk("VEVENT"))
    assert [str(one["summary"]) for one in entries] == [one.title for one in view.follow_ups]
    assert [one["dtstart"].dt for one in entries] == [one.day for one in view.follow_ups]
    assert len({str(one["uid"]) for one in entries}) == len(entries)
    assert {one["dtstamp"].dt.timestamp() * 1000 for one in entries} == {view.origin.at}
    assert any(FORMULA in str(one["summary"]) for one in entries)
    reviews = {one.what: one.day for one in view.follow_ups if not one.who}
    assert reviews == {
        "January review of goals": date(2028, 1, 10),
        "April review of goals": date(2027, 4, 12),
    }


def test_the_trainers_dates_hold_nothing_private(day: Day) -> None:
    """A day that stands only on a private sheet is in no report; shared ones and evidence are in the calendar."""
    files = dict(report_files(view_of(day)))
    texts = b"".join(files[name] for name in files if not name.endswith(".pdf")).decode()
    assert SECRET not in texts
    assert SECRET.replace("-", "") not in texts
    assert "5 November 2031" not in texts
    titles = {one.title for one in view_of(day).follow_ups}
    assert "Hand in the assignment (Bronwen Pugh)" in titles
    assert "Look at the goal and the evidence together: TM1 (Amara Okafor)" in titles


def test_somebodys_own_dates_are_theirs_alone(day: Day) -> None:
    """What goes with a pack names nobody, holds nobody else's dates and only what goes in: shared ones do not."""
    state = day.workshop.state
    theirs = {who: follow_ups(state, who) for who in PEOPLE}
    assert any("TM2" in one.about for one in theirs[BRONWEN])
    assert not [one for one in theirs[BRONWEN] if "assignment" in one.title]
    for who, mine in theirs.items():
        assert not any(name in f"{one.title} {one.lines}" for one in mine for name in NAMES)
        others = {one.uid for other in theirs if other != who for one in theirs[other]}
        assert not others & {one.uid for one in mine}


@given(st.dates(date(1900, 1, 1), date(9000, 1, 1)), st.integers(1, 12))
def test_a_review_falls_on_a_working_day_of_its_next_month(last: date, month: int) -> None:
    """A review's day is a Monday of its month, after New Year's, later than the session and within thirteen months."""
    found = review_day(last, month)
    assert (found.month, found.weekday()) == (month, 0)
    assert found.day > 7
    assert last < found <= last + timedelta(days=396)
    assert (found.year, found.month) > (last.year, last.month)


def test_a_withdrawn_sheet_asks_for_nothing(day: Day) -> None:
    """Dates of a sheet that no longer counts are not followed up; an amended one counts up, so that diaries take it."""
    state = day.workshop.state
    goal = next(one for one in state.outputs.values() if one.exercise_id == EVIDENCE[2])
    gone = c.WithdrawOutput(output=goal.id, reason="Twice")
    amended = c.SubmitOutput(
        output=goal.id,
        exercise_id=goal.exercise_id,
        participant=goal.participant,
        answers={**goal.newest.answers, "measured-on": "2027-06-01"},
        route="laptop",
        entered_by="participant",
        with_gaps=True,
    )
    before = next(one for one in follow_ups(state, goal.participant) if one.what.startswith("Look at"))
    day.do(DAY + 300, amended)
    after = next(
        one for one in follow_ups(day.workshop.state, goal.participant) if one.what.startswith("Look at")
    )
    assert (after.uid, after.sequence, after.day) == (before.uid, before.sequence + 1, date(2027, 6, 1))
    day.do(DAY + 301, gone)
    left = follow_ups(day.workshop.state, goal.participant)
    assert after.uid not in {one.uid for one in left}
    day.do(DAY + 302, c.RestoreOutput(output=goal.id))
