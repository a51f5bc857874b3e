"""What the trainer does with rounds: the next, the one before, a minute more, pause, end. Keys become commands here."""

from typing import Final

from textual import work

from pmworkshop.core import commands as c
from pmworkshop.core.ids import RotationId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.rotating import Rotation
from pmworkshop.core.teaming import NO_ROUNDS, elapsed, rounds_under_way
from pmworkshop.core.units import MINUTE, NOTHING, SECOND, Duration
from pmworkshop.core.value import value
from pmworkshop.core.words import countdown
from pmworkshop.desk.screens.day.pausing import Pausing
from pmworkshop.desk.screens.dialogs import Pick, Question
from pmworkshop.desk.screens.groups.regrouping import Regrouping
from pmworkshop.live.views.teams.words import ordinal

UNDO_WITHIN: Final = Duration(2 * MINUTE)
"""For so long a round that was begun too early can be taken back as if nothing had been."""


@value
class Left:
    """A round as it was left: what remained of its work and of its feedback."""

    rotation: RotationId
    number: int
    work: Duration
    feedback: Duration

    @property
    def words(self) -> str:
        """Say what remained."""
        if self.work > 0:
            return f", with {countdown(self.work)} left as it was"
        return f", with {countdown(self.feedback)} of feedback left as it was" if self.feedback > 0 else ""


class Rotating(Regrouping, Pausing):
    """The keys of the rounds. What cannot be done now is refused in words."""

    _left: Left | None = None

    @property
    def rotation(self) -> Rotation | None:
        """The rounds that are under way."""
        return rounds_under_way(self.state)

    def _past(self, rotation: Rotation) -> Duration:
        return elapsed(self.state, rotation.started, self.desk.services.now())

    async def action_next(self) -> None:
        """Begin the next round; after the last one, ask."""
        rotation = self.rotation
        if rotation is None:
            self.say_no(NO_ROUNDS)
        elif rotation.number >= rotation.rounds:
            self._after_the_last(rotation)
        elif not self._just_begun(rotation):
            await self._begin(rotation, rotation.number + 1)

    def _just_begun(self, rotation: Rotation) -> bool:
        """Whether this is a key held down, which would call all rounds at once."""
        since = self.desk.services.now() - rotation.started
        return 0 <= since < SECOND * self.desk.services.speed

    async def _begin(self, rotation: Rotation, number: int) -> bool:
        past = self._past(rotation)
        work, feedback = rotation.length
        remaining = Left(
            rotation=rotation.id,
            number=rotation.number,
            work=Duration(max(work - past, 0)),
            feedback=Duration(max(min(work + feedback - past, feedback), 0)),
        )
        done = await self.ask(c.BeginRound(rotation=rotation.id, number=number)) is not None
        if done:
            self._left = remaining
        return done

    @work
    async def _after_the_last(self, rotation: Rotation) -> None:
        view = self.rounds()
        turns = " ".join(view.remarks[-1:]) if view else ""
        choices = [
            ("end", "End the rounds"),
            ("more", f"A {ordinal(rotation.number + 1)} round: everybody goes one role on"),
        ]
        last = "That was the last round." if view and view.part == "over" else "This is the last round."
        picked = await self.put(Pick(f"{last} {turns}", choices))
        if picked == "more":
            await self._begin(rotation, rotation.number + 1)
        elif picked == "end":
            await self._end(rotation)

    @work
    async def action_back(self) -> None:
        """Begin this round again, or go back to the one before."""
        rotation = self.rotation
        if rotation is None:
            self.say_no(NO_ROUNDS)
            return
        before, left = rotation.number - 1, self._left
        as_it_was = left if left and (left.rotation, left.number) == (rotation.id, before) else None
        if as_it_was is not None and self._past(rotation) > UNDO_WITHIN:
            as_it_was = None
        choices = [("undo", f"Back to round {before}{as_it_was.words}")] if as_it_was else []
        choices.append(("again", f"Round {rotation.number} again, from its beginning"))
        choices += [("before", f"Round {before} again, from its beginning")] if before else []
        picked = await self.put(Pick("Which round?", choices))
        if picked == "undo" and as_it_was is not None:
            await self._take_back(rotation, as_it_was)
        elif picked is not None:
            await self._begin(rotation, before if picked == "before" else rotation.number)

    async def _take_back(self, rotation: Rotation, left: Left) -> None:
        if not await self.ask(c.BeginRound(rotation=rotation.id, number=left.number)):
            return
        by_work = Duration(left.work - rotation.work)
        by_feedback = Duration(left.feedback - rotation.feedback)
        await self.ask(c.AddRoundTime(rotation=rotation.id, by=by_work))
        await self.ask(c.AddRoundTime(rotation=rotation.id, by=by_feedback, feedback=True))

    async def action_more(self) -> None:
        """One minute more."""
        await self._add(MINUTE)

    async def action_less(self) -> None:
        """One minute less."""
        await self._add(Duration(-MINUTE))

    async def _add(self, by: Duration) -> None:
        rotation, view = self.rotation, self.rounds()
        if rotation is None or view is None:
            self.say_no(NO_ROUNDS)
        elif by < 0 and view.left + by < 0:
            self.say_no(refuse("There is less than a minute left of this."))
        else:
            feedback = view.part == "feedback" or (view.part == "over" and rotation.length[1] > 0)
            overrun = Duration(min(view.left, NOTHING))
            command = c.AddRoundTime(rotation=rotation.id, by=Duration(by - overrun), feedback=feedback)
            await self.ask(command)

    @work
    async def action_end(self) -> None:
        """End the rounds; before the last one is over, ask."""
        rotation, view = self.rotation, self.rounds()
        if rotation is None or view is None:
            self.say_no(NO_ROUNDS)
            return
        over = view.last and view.part == "over"
        words = f"{view.heading} is under way. End the rounds?"
        if over or await self.put(Question(words, yes="End them", no="Go on", careful=True)):
            await self._end(rotation)

    async def _end(self, rotation: Rotation) -> None:
        await self.ask(c.EndRotation(rotation=rotation.id))

    async def action_groups(self) -> None:
        """Show the groups, to move people."""
        from pmworkshop.desk.screens.groups.groups import GroupsScreen  # noqa: PLC0415  # which leads back here

        if isinstance(self.app.screen_stack[-2], GroupsScreen):
            self.action_leave()
        else:
            rotation = self.rotation
            grouping = rotation.grouping if rotation else None
            await self.app.push_screen(GroupsScreen(self.workshop, self.delivery_id, grouping))
