"""A trainer who runs late on the shipped Session B, without a desk: for whoever looks at what could be done about it."""

from pmworkshop.core import commands as c
from pmworkshop.core.apply import apply
from pmworkshop.core.at_risk import Lack
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import DeliveryId, ProposalId
from pmworkshop.core.plan import SegmentId, Session
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Delivery, nobody
from pmworkshop.core.units import DAY, HOUR, MINUTE, NOTHING, Instant
from pmworkshop.library import load_kit, shipped_kit_path
from pmworkshop.live.views.catching_up.evidence_left import EvidenceLeft, known_criteria
from pmworkshop.live.views.catching_up.view import CatchUpRow, CatchUpView, catch_up_view
from pmworkshop.live.views.catching_up.wished import Wishes

HALF_PAST_NINE = Instant(20_878 * DAY + 9 * HOUR + 30 * MINUTE)
DELIVERY = DeliveryId("d")
KIT = load_kit(shipped_kit_path())
SESSION_B = KIT.sessions["session-b"]
KNOWN = known_criteria(nobody(), KIT.exercises, KIT.decks)
GOALS, FEEDBACK, BREAK, REWARD, HARD = (
    SegmentId(name)
    for name in ("goal-setting", "effective-feedback", "break", "reward-and-recognition", "difficult-conversations")
)  # fmt: skip


class Day:
    """A session under way, with a clock that is set by hand, in minutes after 09:30."""

    def __init__(self, session: Session = SESSION_B) -> None:
        self.state, self.minute = nobody(), 0.0
        self.do(c.CreateCohort(name="spring"))
        self.do(
            c.OpenDelivery(
                delivery=DELIVERY, session_id="b", session=session, resources=(), zone="GMT", utc_offset=NOTHING
            )
        )  # fmt: skip
        self.do(c.StartDelivery(delivery=DELIVERY, zone="GMT", utc_offset=NOTHING))

    @property
    def now(self) -> Instant:
        return Instant(HALF_PAST_NINE + round(self.minute * MINUTE))

    @property
    def delivery(self) -> Delivery:
        return self.state.deliveries[DELIVERY]

    def at(self, minute: float, *, on: int = 0) -> "Day":
        """Let it be that minute, and go on by so many segments."""
        self.minute = minute
        for _ in range(on):
            self.do(c.MoveOn(delivery=DELIVERY))
        return self

    def do(self, command: c.Command) -> None:
        decision = decide(self.state, command, self.now)
        assert not isinstance(decision, Refusal), decision.words
        for event in decision:
            self.state = apply(self.state, event, self.now)

    def accept(self, view: CatchUpView, name: str = "p") -> None:
        self.do(
            c.AcceptProposal(
                delivery=DELIVERY, proposal=ProposalId(name), moves=view.moves, dropped=view.dropped,
                options=view.options, sliding=view.sliding,
            )
        )  # fmt: skip

    def look(self, wishes: Wishes | None = None, lacking: tuple[Lack, ...] = ()) -> CatchUpView:
        evidence = EvidenceLeft(lacking=lacking, known=KNOWN)
        return catch_up_view(self.state, self.delivery, self.now, wishes, evidence)


def of(view: CatchUpView, name: SegmentId) -> CatchUpRow:
    return next(row for row in view.rows if row.segment == name)
