"""What stands once a proposal was accepted: what is said of it, what it lets begin late, and what becomes of it later."""

from dataclasses import replace

from pmworkshop.core import commands as c
from pmworkshop.core.at_risk import Lack
from pmworkshop.core.ids import ProposalId
from pmworkshop.live.views.catching_up import wishes as wish
from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft
from pmworkshop.live.views.catching_up.view import catch_up_hint
from pmworkshop.live.views.catching_up.wished import Wishes
from tests.live.late import BREAK, DELIVERY, FEEDBACK, KNOWN, REWARD, SESSION_B, Day, of


def test_a_break_that_was_let_start_late_is_not_late() -> None:
    """Once that is accepted, neither the run screen nor the proposal asks for its minutes or evidence again; undone, they do."""
    lacking = (Lack(criterion="3.1", people=5, nothing=5),)
    evidence = EvidenceLeft(lacking=lacking, known=KNOWN)
    day = Day().at(80, on=2)
    before = day.look(lacking=lacking)
    assert "criterion 3.1" in before.risk
    day.accept(day.look(Wishes(sliding=frozenset({BREAK})), lacking))
    hint = catch_up_hint(day.state, day.delivery, day.now, evidence)
    assert (hint.words, hint.risk) == ("caught up by 20 min: c takes it back", "")
    view = day.look(lacking=lacking)
    assert (view.headline, view.risk) == ("15 min behind: what follows takes it up.", "")
    assert (of(view, BREAK).slides, view.anything) == (True, False)
    assert view.accepted.startswith("Accepted 10:50 (u takes it back): Break may start late, 5 min less for")
    kept = wish.let_move(Wishes(sliding=frozenset({BREAK})), of(view, BREAK))
    assert isinstance(kept, Wishes)
    assert day.look(kept).anything
    day.accept(day.look(kept), "p2")
    assert day.look().standing == "behind"
    for name in ("p2", "p"):
        day.do(c.UndoProposal(delivery=DELIVERY, proposal=ProposalId(name)))
    assert day.look(lacking=lacking) == before


def test_letting_a_fixed_start_move_is_enough_to_accept() -> None:
    """Where nothing can be taken any more, that the break may start late is accepted by itself, and keeping it to its time too."""
    day = Day().at(80, on=2)
    day.accept(day.look(Wishes(sliding=frozenset({BREAK}))))
    keep = day.look(Wishes(by_hand={}))
    assert (keep.anything, keep.moves, keep.sliding) == (True, (), ())
    day.accept(keep, "p2")
    assert day.delivery.sliding == frozenset()
    again = day.look(Wishes(sliding=frozenset({BREAK}), by_hand={}))
    day.accept(again, "p3")
    assert day.look().accepted.endswith("2 accepted before it): Break may start late.")
    day.at(92).do(c.JumpTo(delivery=DELIVERY, segment=BREAK))
    assert day.look().sliding == ()
    assert not day.look().moves_fixed


def test_what_was_left_out_and_run_after_all() -> None:
    """A segment that was left out and then gone to is no minutes caught up, and is said to be run after all."""
    day = Day().at(50, on=1)
    day.accept(day.look(Wishes(dropped=frozenset({FEEDBACK}))))
    assert catch_up_hint(day.state, day.delivery, day.now).words == "caught up by 30 min: c takes it back"
    day.do(c.JumpTo(delivery=DELIVERY, segment=FEEDBACK))
    assert catch_up_hint(day.state, day.delivery, day.now).words == "changes accepted: c takes it back"
    assert (
        day.look().accepted
        == "Accepted 10:20 (u takes it back): Effective feedback left out, and run after all."
    )


def test_what_was_accepted_for_a_segment_that_the_plan_has_no_longer() -> None:
    """Taking a plan over without it, what stands is said of the rest alone, and can be taken back."""
    day = Day().at(42, on=1)
    day.accept(day.look(Wishes(by_hand={REWARD: -5})))
    rest = tuple(one for one in SESSION_B.segments if one.id != REWARD)
    day.do(c.TakeOverPlan(delivery=DELIVERY, session=replace(SESSION_B, segments=rest)))
    assert day.look().accepted == (
        "Accepted 10:12 (u takes it back): changes of segments that the plan has no longer."
    )
    day.do(c.UndoProposal(delivery=DELIVERY, proposal=ProposalId("p")))
    assert day.look().accepted == ""


def test_what_is_shorter_than_its_shortest_is_said_as_long_as_it_is() -> None:
    """By hand a segment can be made shorter than it bears: that stands on its row, and goes on to once it is accepted."""
    day = Day().at(50, on=1)
    day.accept(day.look(Wishes(by_hand={FEEDBACK: -15})))
    assert "Shorter than its shortest." in of(day.look(), FEEDBACK).detail
    assert "Shorter" not in of(day.look(), REWARD).detail
