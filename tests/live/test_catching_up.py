"""What the trainer reads before accepting: the day as it runs and as it would be, in figures and in words."""

from dataclasses import replace

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.at_risk import Lack
from pmworkshop.core.ids import ProposalId
from pmworkshop.core.plan import Segment, SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import HOUR, MINUTE, Duration, Minutes, TimeOfDay
from pmworkshop.live.views.catching_up import wishes as wish
from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft
from pmworkshop.live.views.catching_up.view import catch_up_hint, catch_up_view
from pmworkshop.live.views.catching_up.wished import Wishes
from pmworkshop.live.views.run import run_view
from pmworkshop.live.views.summary import summary_view
from tests.live.late import BREAK, DELIVERY, FEEDBACK, GOALS, HARD, KNOWN, REWARD, Day, of


def test_before_and_after_in_figures_and_words() -> None:
    """12 min late in goal setting: what is taken from what, the break in time, and the end."""
    view = Day().at(42, on=1).look()
    assert view.headline == (
        "12 min behind. Taking 7 min from Effective feedback and 5 from Intelligent goal setting, "
        "the break starts on time and you finish at 12:30."
    )
    row = of(view, FEEDBACK)
    assert (row.starts, row.then, row.minutes, row.then_minutes, row.shortest) == (
        "10:42",
        "10:37",
        30,
        23,
        18,
    )
    assert (of(view, BREAK).starts, of(view, BREAK).then, of(view, BREAK).fixed) == ("11:12", "11:00", True)
    assert of(view, BREAK).why == "fixed 11:00 · break"
    assert of(view, REWARD).why == "could"
    assert row.why == "must · evidence 3.1 3.2"
    assert view.finish == "Finish 12:42 as it runs → 12:30 then, on time (planned 12:30, assumed)"


def test_what_cannot_be_recovered_is_said_with_what_would_do_it() -> None:
    """25 min late there are 22 to take before the break: 3 are missing, and leaving out what follows would do it."""
    day = Day().at(55, on=1)
    view = day.look()
    assert view.headline.endswith(
        "3 min cannot be recovered before the break. Leaving out Effective feedback (x) would do it, "
        "or let the break start 3 min late."
    )
    assert of(view, BREAK).then == "11:03"
    wishes = wish.left_out(Wishes(), of(view, FEEDBACK))
    assert isinstance(wishes, Wishes)
    without = day.look(wishes)
    assert without.headline == (
        "25 min behind. Leaving out Effective feedback, the break starts on time and you finish at 12:30."
    )
    assert of(without, FEEDBACK).left_out
    assert of(without, FEEDBACK).why.startswith("left out")
    for name in (GOALS, BREAK):
        assert isinstance(wish.left_out(Wishes(), of(view, name)), Refusal)


def test_a_fixed_start_that_may_move_shares_the_time_over_what_follows() -> None:
    """When the break may start late, what could be left out after it gives way before what must be there."""
    day = Day().at(42, on=1)
    wishes = wish.let_move(Wishes(), of(day.look(), BREAK))
    assert isinstance(wishes, Wishes)
    view = day.look(wishes)
    assert of(view, REWARD).change == -9
    assert of(view, BREAK).then == "11:10"
    assert "It may start at 11:10" in of(view, BREAK).detail
    assert "the break starts at 11:10 (10 min late) and you finish at 12:30." in view.headline
    assert isinstance(wish.let_move(Wishes(), of(view, REWARD)), Refusal)
    assert wish.let_move(wishes, of(view, BREAK)) == Wishes()


def test_time_given_later_in_the_day_is_late_too() -> None:
    """In time now, but with ten minutes given to a later segment: it says where it will be late."""
    day = Day().at(30, on=1)
    day.do(c.AddTime(delivery=DELIVERY, segment=HARD, by=Duration(10 * MINUTE)))
    assert day.look().headline.startswith(
        "On time here, but you finish 10 min late. Taking 9 min from Reward"
    )


def test_up_to_the_next_fixed_start_only() -> None:
    """Looking to the next fixed start leaves what comes after it alone."""
    day = Day().at(80, on=1)
    to_the_end, to_the_break = day.look(), day.look(wish.other_target(Wishes()))
    assert of(to_the_end, REWARD).change < 0
    assert of(to_the_break, REWARD).change == 0
    assert (to_the_end.target, to_the_break.target) == ("up to the end", "up to the break only")


def test_ahead_of_time_what_was_taken_is_offered_back_or_an_option() -> None:
    """10 min ahead there is time for the motivation option; with it, its minutes are given too."""
    day = Day().at(20, on=1)
    view = day.look()
    assert view.standing == "ahead"
    assert (
        "There is time for “Relate the goal to motivation” in Intelligent goal setting (6 min)"
        in view.headline
    )
    wishes = wish.run_extra(view, Wishes(), of(view, GOALS))
    assert isinstance(wishes, Wishes)
    chosen = day.look(wishes)
    assert chosen.changes == {GOALS: 6}
    day.accept(chosen)
    assert day.delivery.chosen[GOALS] == ("motivation",)
    assert wish.run_extra(chosen, wishes, of(chosen, GOALS)) == Wishes(by_hand={GOALS: 0})
    early = Day().at(42, on=1)
    early.accept(early.look())
    early.do(c.JumpTo(delivery=DELIVERY, segment=FEEDBACK))
    assert "What was taken can be given back: 7 min to Effective feedback." in early.look().headline


@pytest.mark.parametrize(
    ("minute", "on", "words"),
    [
        (30, 1, "On time: there is nothing to catch up."),
        (30.7, 1, "Less than a minute behind: left alone."),
        (29.6, 1, "Less than a minute ahead: left alone."),
        (300, 0, "The clock is 4 h 30 min behind: nobody catches up so much. Perhaps a segment was not gone on from"),
    ],
)  # fmt: skip
def test_small_and_absurd_drifts_are_left_alone(minute: float, on: int, words: str) -> None:
    """Nothing is proposed, the run screen says nothing of it, and the words say why; by hand goes all the same."""
    day = Day().at(minute, on=on)
    view = day.look()
    assert view.headline.startswith(words)
    assert not view.anything
    assert catch_up_hint(day.state, day.delivery, day.now).words == ""
    by_hand = wish.by_hand(view, Wishes(), of(view, REWARD), -1)
    assert isinstance(by_hand, Wishes)
    assert day.look(by_hand).changes == {REWARD: -1}


def test_nothing_runs_nothing_to_catch_up() -> None:
    """Before the start and after the end it says so, and there is nothing to change or to take back."""
    day = Day().at(42, on=1)
    day.accept(day.look())
    day.do(c.FinishDelivery(delivery=DELIVERY))
    view = day.look()
    assert (view.headline, view.rows, view.newest) == ("The session is not under way.", (), None)


def test_accepted_twice_and_taken_back_the_newest_first() -> None:
    """What was accepted is said with its time; with two, the newer one goes first, and then all is as it was."""
    day = Day().at(42, on=1)
    before = day.look()
    day.accept(before, "p1")
    assert day.look().accepted == (
        "Accepted 10:12 (u takes it back): 5 min less for Intelligent goal setting and 7 min less for Effective feedback."
    )
    day.accept(day.look(Wishes(by_hand={REWARD: -2})), "p2")
    assert day.look().newest == "p2"
    assert "(u takes it back; 1 accepted before it)" in day.look().accepted
    for name in ("p2", "p1"):
        day.do(c.UndoProposal(delivery=DELIVERY, proposal=ProposalId(name)))
    assert day.look() == before


def test_the_run_screen_says_it_for_a_while() -> None:
    """Behind it says that c catches up; accepted, that c takes it back, for ten minutes; then nothing."""
    day = Day().at(42, on=1)

    def hint() -> str:
        return catch_up_hint(day.state, day.delivery, day.now).words

    assert hint() == "catch up with c"
    day.accept(day.look())
    assert hint() == "caught up by 12 min: c takes it back"
    day.at(53)
    assert hint() == ""
    day.at(70)
    assert hint() == "catch up with c"


def test_the_run_screen_points_to_nothing_that_cannot_be_done() -> None:
    """In the last segment, over its time, nothing can be taken any more: the key is not named."""
    day = Day().at(175)
    day.do(c.JumpTo(delivery=DELIVERY, segment=SegmentId("review-and-assignment")))
    assert catch_up_hint(day.state, day.delivery, day.now).words == "catch up with c"
    day.at(200)
    assert day.look().headline == "20 min behind. As it is, you finish at 12:50. 20 min cannot be recovered."
    assert catch_up_hint(day.state, day.delivery, day.now).words == ""


def test_left_out_is_told_from_passed_over() -> None:
    """What the trainer left out is `left out` in rundown and summary, what was jumped over `skipped`."""
    day = Day().at(55, on=1)
    day.accept(day.look(Wishes(dropped=frozenset({FEEDBACK}))))
    day.do(c.JumpTo(delivery=DELIVERY, segment=REWARD))
    rows = {row.segment: row.mark for row in run_view(day.state, day.delivery, day.now).rows}
    assert (rows[FEEDBACK], rows[BREAK]) == ("left out", "skipped")
    summary = {row.segment: row for row in summary_view(day.state, day.delivery, day.now).rows}
    assert (summary[FEEDBACK].actual, summary[BREAK].actual) == ("left out", "skipped")
    day.do(c.GoBack(delivery=DELIVERY))
    day.do(c.GoBack(delivery=DELIVERY))
    assert day.delivery.current == GOALS
    assert FEEDBACK in day.delivery.marks.dropped


def test_evidence_at_risk_is_said_on_its_row_and_as_a_whole() -> None:
    """Where feedback would be cut and five have nothing for 3.1, that is said; not once its time is left whole."""
    lacking = (Lack(criterion="3.1", people=5, nothing=5), Lack(criterion="4.1", people=2, nothing=1))
    day = Day().at(42, on=1)
    view = day.look(lacking=lacking)
    assert view.risk == (
        "Running 12 min over: criterion 3.1 has no evidence from 5 people, and its activity is what would be cut."
    )
    assert of(view, FEEDBACK).why.startswith("at risk 3.1")
    assert (of(view, FEEDBACK).at_risk, of(view, HARD).at_risk) == ("3.1", "")
    spared = day.look(Wishes(by_hand={GOALS: -10}), lacking)
    assert (spared.risk, of(spared, FEEDBACK).at_risk) == ("", "")
    dropped = day.look(Wishes(dropped=frozenset({HARD}), by_hand={}), lacking)
    assert "criterion 4.1 has not enough evidence from 2 people" in dropped.risk
    day.accept(dropped)
    hint = catch_up_hint(day.state, day.delivery, day.now, EvidenceLeft(lacking=lacking[1:], known=KNOWN))
    assert hint.risk == "", "what was left out on purpose is no news"


def test_evidence_that_is_gathered_later_too_is_not_at_risk() -> None:
    """3.2 comes in feedback, which would be cut, and in difficult conversations, which would not."""
    day = Day().at(42, on=1)
    assert day.look(lacking=(Lack(criterion="3.2", people=5, nothing=5),)).risk == ""


@pytest.mark.parametrize("number", [1, 40])
def test_short_and_long_plans(number: int) -> None:
    """A plan of one segment and one of forty with hostile titles are looked at all the same."""
    title = "[red]x[/] \u202egnp " + "long " * 38
    segments = tuple(
        Segment(id=SegmentId(f"s{n}"), title=title.strip(), minutes=Minutes(4), priority="could")
        for n in range(number)
    )
    end = TimeOfDay("09:34" if number == 1 else "12:10")
    day = Day(Session(title="Long", start=TimeOfDay("09:30"), end=end, segments=segments)).at(9)
    view = day.look()
    assert len(view.rows) == number
    assert view.standing == "behind"
    assert len(view.headline) < 500
    if number == 1:
        assert "5 min cannot be recovered. Leaving out" not in view.headline
        assert view.headline == "5 min behind. As it is, you finish at 09:39. 5 min cannot be recovered."
    else:
        assert "others" in view.headline
    moved = replace(day.delivery, utc_offset=Duration(HOUR))
    assert catch_up_view(day.state, moved, day.now).rows[0].starts == "10:30"
