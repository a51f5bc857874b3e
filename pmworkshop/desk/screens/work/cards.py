"""Cards on the table: what everybody may see of a group's card, its round's time, and the other groups' rounds."""

from typing import ClassVar, Final

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from pmworkshop.core.deck import Deck
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.teaming import stands_still
from pmworkshop.core.units import NOTHING, SECOND, minutes
from pmworkshop.core.words import countdown
from pmworkshop.desk.keys import CARDS
from pmworkshop.desk.screens.work.dealing import LONGEST_GROUP, Dealing
from pmworkshop.desk.widgets.bars import Ends, Progress
from pmworkshop.desk.widgets.big_time import BigTime
from pmworkshop.desk.widgets.card_face import before_the_first, face, foot, players, said
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.prose import Prose
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.cards import DIFFICULTY, CardsView
from pmworkshop.live.workshop import Workshop

SHORTEST_WAIT: Final = 0.1
SHORTER: Final = {"turn": "turn", "swap": "swap", "timer": "start"}
AT_ANY_TIME: Final = {"draw", "group", "filter", "leave", "help"}


class Table(VerticalScroll, can_focus=True):
    """The card, or before the first one what is read out; scrolls where there is more than fits."""

    HELP = "The card, or what is read out before the first one. The arrow keys scroll where there is more."


class CardsScreen(Dealing):
    """One deck, one group at a time. Shows `cards_view`; what stands here may be seen by everybody in the room."""

    PURPOSE = (
        "Cards to play or to talk about. What is on this screen is for everybody; a brief, the turn and what the "
        "observer listens for open over it, one at a time."
    )
    SHOWS: ClassVar[frozenset[str]] = frozenset({"cards"})
    BINDINGS: ClassVar[list[BindingType]] = CARDS

    def __init__(self, workshop: Workshop, delivery: DeliveryId, deck_id: str) -> None:
        super().__init__(workshop, delivery, deck_id)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the table."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Static(id="said")
        with Vertical(id="cards"):
            yield BigTime(id="time")
            yield Progress(id="progress")
            yield Static(id="players")
            with Table(id="table"):
                yield Static(id="face")
                yield Prose(id="prose")
        yield Ends(id="foot", keep_left=True)
        yield Hints(self.hint)

    def on_mount(self) -> None:
        """Begin on the table, so that the arrow keys scroll it."""
        self.query_one(Table).focus()
        self._take_deck()

    @work
    async def _take_deck(self) -> None:
        """Take the kit's deck as it is now; where there is none, say so and leave."""
        kit = await self.desk.read_kit()
        self.deck = kit.decks.get(self.deck_id)
        if self.deck is not None:
            self.redraw()
            return
        title = kit.titles.get(self.deck_id, self.deck_id)
        words = f"The kit has no cards “{title}” that can be used. Home lists its problems."
        self.query_one("#said", Static).update(safe(words))
        self.say_no(refuse(words))
        if self.app.screen is self:
            self.action_leave()

    def key_of(self, action: str) -> str:
        """Return the key that the trainer presses for an action."""
        found = (one.binding for one in self.active_bindings.values() if one.binding.action == action)
        return next((self.app.get_key_display(binding) for binding in found), "")

    def hint(self, action: str, label: str) -> str:
        """Return what the hints line calls an action now; nothing for what this card or deck does not have."""
        shown = self.view()
        if shown is None or self.deck is None:
            return label if action in ("leave", "help") else ""
        if action in AT_ANY_TIME:
            return label
        possible = shown.face is not None and {
            "timer": self.deck.minutes is not None,
            "turn": shown.face.has_turn,
            "listen": shown.face.has_signs,
            "swap": len(shown.players) > 1,
        }.get(action, True)
        if not possible:
            return ""
        return "put away" if action == "timer" and shown.timer else SHORTER.get(action, label)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no more briefs than the deck has players."""
        if action == "brief" and self.deck is not None:
            return parameters[0] in range(len(self.deck.roles))
        return super().check_action(action, parameters)

    @on(events.Resize)
    def resized(self) -> None:
        """Lay the players out afresh."""
        self.call_after_refresh(self.redraw)

    def show_from_the_top(self) -> None:
        """Show another card, or another group's, from its first line."""
        self.query_one(Table).scroll_home(animate=False)
        self.redraw()

    def redraw(self) -> None:
        """Show the table at this instant, and while a round runs come back when the next second shows."""
        shown = self.view()
        if shown is None or self.deck is None or not self.stands:
            return
        self._show_ends(shown, self.deck)
        self._show_time(shown, self.deck)
        self._show_card(shown, self.deck)
        self.query_one(Hints).refresh()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if shown.changes_in is not None:
            wait = shown.changes_in / SECOND / self.desk.services.speed
            self._timer = self.set_timer(max(wait, SHORTEST_WAIT), self.redraw)

    def _show_ends(self, shown: CardsView, deck: Deck) -> None:
        top, below = self.query_one("#top", Ends), self.query_one("#foot", Ends)
        top.left = f"{self.state.mark} · {deck.title}" if self.state.mark else deck.title
        drawn = f"card {shown.number}, " if shown.number else ""
        top.right = f"{safe_line(shown.group, LONGEST_GROUP).plain} · {drawn}{shown.fresh_in_all} left"
        below.left = foot(shown.others, self.turned)
        narrowed = [one.title for one in deck.themes if one.id == self.theme]
        narrowed += [DIFFICULTY[self.difficulty]] if self.difficulty else []
        below.right = f"drawn from: {', '.join(narrowed)}, {shown.fresh} left" if narrowed else ""

    def _show_time(self, shown: CardsView, deck: Deck) -> None:
        time, progress = self.query_one(BigTime), self.query_one(Progress)
        time.display = progress.display = shown.face is not None and deck.minutes is not None
        self.set_class(shown.timer is None, "-waiting")
        self.set_class(shown.over, "-over")
        words, loud = said(shown, deck, self.key_of, turned=(shown.group, shown.number) in self.turned)
        self._put("#said", words)
        self.query_one("#said").set_class(loud, "-loud")
        length = shown.timer.length if shown.timer else minutes(deck.minutes or 1)
        left = max(shown.timer.left, NOTHING) if shown.timer else length
        time.time = countdown(left)
        paused = ", paused" if shown.running and stands_still(self.state) else ""
        time.label = "time" if shown.over else f"left{paused}" if shown.running else "a round"
        progress.show(1 - left / length, f"of {countdown(length)}")

    def _show_card(self, shown: CardsView, deck: Deck) -> None:
        card, prose, below = self.query_one("#face"), self.query_one(Prose), self.query_one("#players")
        self.set_class(not deck.roles, "-question")
        card.display = shown.face is not None
        below.display = shown.face is not None and bool(shown.players)
        if shown.face is None:
            prose.show(before_the_first(deck))
            return
        prose.show([Block(safe_line(words), "! ") for words in deck.caveats])
        self._put("#face", face(shown.face))
        self._put("#players", players(shown.players, self.key_of, self.size.width - 2))

    def _put(self, where: str, content: Content) -> None:
        widget = self.query_one(where, Static)
        if widget.content != content:
            widget.update(content)
