"""What the trainer does with cards: draw, time the round, change roles, show what is not for everybody."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Final

from textual import work

from pmworkshop.core import commands as c
from pmworkshop.core.dealing import round_name
from pmworkshop.core.deck import Deck
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.text import clean_line, matching
from pmworkshop.core.units import SECOND, minutes
from pmworkshop.core.words import countdown
from pmworkshop.desk.screens.dialogs import AskLine, Pick, Question
from pmworkshop.desk.screens.work.hand_over import HandOver
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.card_face import playing
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views import cards
from pmworkshop.live.views.cards import CardsView
from pmworkshop.live.workshop import Accepted, Workshop

LONGEST_GROUP: Final = 40
NO_CARD: Final = refuse("Draw a card first.")


class Dealing(WorkshopScreen):
    """The keys of one deck. What cannot be done now is refused in words."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId, deck_id: str) -> None:
        super().__init__(workshop, delivery)
        self.deck_id = deck_id
        self.deck: Deck | None = None
        self.group = cards.newest_group(workshop.state, deck_id)
        self.theme: str | None = None
        self.difficulty: int | None = None
        self.turned: frozenset[tuple[str, int]] = frozenset()
        self._drawing = False

    def view(self) -> CardsView | None:
        """Return what the group has before it at this instant; None until the deck is there."""
        if self.deck is None:
            return None
        now = self.desk.services.now()
        return cards.cards_view(
            self.state, self.deck_id, self.deck, self.group, now, self.theme, self.difficulty
        )

    def show_from_the_top(self) -> None:
        """Show another card or another group. The screen says how."""

    @work
    async def action_draw(self) -> None:
        """Draw a card that this group has not had; a round that is still running is asked about first."""
        shown, deck = self.view(), self.deck
        if shown is None or deck is None or self._drawing or self._just_drawn(shown):
            return
        self._drawing = True
        try:
            await self._draw(shown, deck)
        finally:
            self._drawing = False

    def _just_drawn(self, shown: CardsView) -> bool:
        """Whether this is a key held down, which would deal the whole deck."""
        since = self.desk.services.now() - shown.face.drawn if shown.face else SECOND
        return 0 <= since < SECOND * self.desk.services.speed

    async def _draw(self, shown: CardsView, deck: Deck) -> None:
        if shown.running and not await self._sure(shown, "Draw another card now?", yes="Draw"):
            return
        command = c.DrawCard(
            deck_id=self.deck_id,
            deck=deck,
            group=shown.group,
            theme=self.theme,
            difficulty=self.difficulty,
            chance=self.desk.services.chance(),
        )
        if await self._ask_for(command):
            self.show_from_the_top()
            await self._stop(shown.group)

    async def _ask_for(self, command: c.DrawCard) -> Accepted | None:
        """Ask for a card; where the group has had every one, ask the trainer whether to begin again."""
        answer = self.workshop.submit(command)
        with suppress(RecordTroubleError):  # `_hear` tells of it
            outcome = await asyncio.wrap_future(answer)
            if isinstance(outcome, Refusal) and outcome.question:
                if not await self.put(Question(outcome.words, yes="Draw", no="Leave it")):
                    return None
                answer = self.workshop.submit(replace(command, again=True))
        return await self._hear(answer)

    async def _sure(self, shown: CardsView, question: str, *, yes: str) -> bool:
        """Ask whether to end a round before its time."""
        left = countdown(shown.timer.left) if shown.timer else ""
        words = f"The round of {safe_line(shown.group).plain} is running, {left} left. {question}"
        sure = await self.put(Question(words, yes=yes, no="Let it run", careful=True))
        return bool(sure)

    @work
    async def action_timer(self) -> None:
        """Start the round, or put its timer away."""
        shown, deck = self.view(), self.deck
        if shown is None or deck is None:
            return
        if shown.face is None:
            self.say_no(NO_CARD)
        elif deck.minutes is None:
            self.say_no(refuse("This deck does not say how long a round is: give it `minutes`."))
        elif shown.timer is None:
            name = round_name(self.deck_id, shown.group)
            await self.ask(c.StartTimer(timer=name, length=minutes(deck.minutes)))
        elif not shown.running or await self._sure(shown, "Put its timer away?", yes="Put away"):
            await self._stop(shown.group)

    async def _stop(self, group: str) -> None:
        name = round_name(self.deck_id, group)
        if name in self.state.timers:
            await self.ask(c.StopTimer(timer=name))

    @work
    async def action_brief(self, index: int) -> None:
        """Show the brief of one player, once the laptop is turned to that player."""
        shown, deck = self.view(), self.deck
        if shown is None or deck is None or index >= len(shown.players):
            return
        if shown.face is None:
            self.say_no(NO_CARD)
            return
        player = shown.players[index]
        text = cards.brief(self.state, self.deck_id, deck, shown.group, player.number)
        if not text:
            self.say_no(refuse(f"This card has no brief for {playing(player)}."))
            return
        cover = f"Only for {playing(player)}.\n\nTurn the laptop to them. Enter shows it."
        title = f"Player {player.number} · {player.role}"
        await self.put(HandOver(title, [Block(safe(text))], cover=cover))

    @work
    async def action_turn(self) -> None:
        """Show the turn; before half of the round, ask whether really now."""
        shown = self.view()
        if shown is None or shown.face is None:
            self.say_no(NO_CARD)
            return
        text = cards.turn(self.state, self.deck_id, shown.group)
        if not text:
            self.say_no(refuse("Nothing changes halfway on this card."))
            return
        early = "The round is not half over." if shown.running else "The round has not begun."
        question = Question(f"{early} Show the turn now?", yes="Show it", no="Wait", careful=True)
        if not shown.halfway and not await self.put(question):
            return
        self.turned |= {(shown.group, shown.number)}
        title = "The turn. The observer reads it out, or whoever it concerns reads it alone."
        await self.put(HandOver(title, [Block(safe(text))]))
        self.redraw()

    @work
    async def action_listen(self) -> None:
        """Show what the observer listens for."""
        shown = self.view()
        if shown is None or shown.face is None:
            self.say_no(NO_CARD)
            return
        signs = cards.signs(self.state, self.deck_id, shown.group)
        if not signs:
            self.say_no(refuse("This card does not say what to listen for."))
            return
        await self.put(HandOver("For the observer, to listen for", [Block(safe(one), "• ") for one in signs]))

    async def action_swap(self) -> None:
        """Let the players change roles."""
        if self.deck is not None and len(self.deck.roles) > 1:
            await self.ask(c.SwapRoles(deck_id=self.deck_id, group=self.group))
        else:
            self.say_no(refuse("This deck has no roles to change."))

    @work
    async def action_group(self) -> None:
        """Go to another group, or to a new one."""
        now, names = self.desk.services.now(), cards.in_order([*cards.groups(self.state), self.group])
        choices = [(one, f"{one} ({cards.group_words(self.state, self.deck_id, one, now)})") for one in names]
        title = "Which group? The others' rounds go on."
        picked = await self.put(Pick(title, [*choices, ("", "A new group")], picked=self.group))
        if picked == "":
            name = cards.next_name(names)
            given = await self.put(AskLine("What is the group called?", value=name, wrong=_no_group))
            known = {matching(one): one for one in names}
            picked = known.get(matching(given), clean_line(given)) if given else None
        if picked:
            self.group = picked
            self.show_from_the_top()

    @work
    async def action_filter(self) -> None:
        """Choose the theme and the difficulty that cards are drawn from."""
        shown, deck = self.view(), self.deck
        if shown is None or deck is None:
            return
        rows = cards.theme_rows(self.state, self.deck_id, deck, shown.group)
        choices = [("", f"Any theme ({shown.fresh_in_all} left)")]
        choices += [(one, f"{title} ({count} left)") for one, title, count in rows]
        theme = await self.put(Pick("Draw from which theme?", choices, picked=self.theme or ""))
        if theme is None:
            return
        levels = cards.difficulty_rows(self.state, self.deck_id, deck, shown.group, theme or None)
        choices = [("", f"Any difficulty ({sum(count for *_, count in levels)} left)")]
        choices += [(str(number), f"{words} ({count} left)") for number, words, count in levels]
        level = await self.put(Pick("How difficult?", choices, picked=str(self.difficulty or "")))
        if level is not None:
            self.theme, self.difficulty = theme or None, int(level) if level else None
            self.redraw()


def _no_group(name: str) -> str:
    if not matching(name):
        return "A group needs a name, such as Group 2."
    if len(clean_line(name)) > LONGEST_GROUP:
        return f"Shorter, please: {LONGEST_GROUP} characters at the most."
    return ""
