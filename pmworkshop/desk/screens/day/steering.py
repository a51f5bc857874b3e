"""What the trainer does with the clock: start, pause, move, give time, put right, end. Keys become commands here."""

import asyncio
from typing import Final

from textual import on, work

from pmworkshop.core import commands as c
from pmworkshop.core.plan import SegmentId
from pmworkshop.core.refusal import refuse
from pmworkshop.core.running import NOT_UNDER_WAY
from pmworkshop.core.units import MINUTE, Instant, minutes
from pmworkshop.desk.screens.dialogs import AskLine, Pick, Question
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.look_fors import LookFors
from pmworkshop.live.views.run import Row, RunView, run_view

FAR_FROM_PLAN: Final = minutes(40)
SHORTER: Final = {"more": "/ - minutes", "began": "began"}
WHILE_UNDER_WAY: Final = {
    "next",
    "back",
    "jump",
    "more",
    "less",
    "more_five",
    "less_five",
    "began",
    "catch_up",
    "end",
    "pause",
}


class Steering(WorkshopScreen):
    """The clock's keys. What cannot be done now is not offered, and refused in words."""

    def view(self) -> RunView:
        """Return the day at this instant."""
        services = self.desk.services
        return run_view(self.state, self.delivery, services.now(), services.zone()[1])

    def hint(self, action: str, label: str) -> str:
        """Return what the hints line calls an action now; nothing for what cannot be done at this point of the day."""
        delivery = self.delivery
        if action == "pause" and not delivery.started:
            return "start"
        if action == "pause" and delivery.under_way:
            return "go on" if delivery.marks.paused else "pause"
        if action == "end" and delivery.started and not delivery.under_way:
            return "take the end back"
        segment = self.view().segment
        impossible = (
            (action in WHILE_UNDER_WAY and not delivery.under_way)
            or (action == "options" and (segment is None or segment.options is None))
            or (action == "prepare" and delivery.started)
        )
        return "" if impossible else SHORTER.get(action, label)

    async def action_pause(self) -> None:
        """Start the session, pause it, or go on."""
        delivery = self.delivery
        if not delivery.started:
            self._start()
        elif delivery.marks.paused:
            await self.ask(c.Resume(delivery=delivery.id))
        else:
            await self.ask(c.Pause(delivery=delivery.id))

    @work
    async def _start(self) -> None:
        zone, offset = self.desk.services.zone()
        view = self.view()
        move = False
        if abs(view.remaining) > FAR_FROM_PLAN:
            planned = view.rows[0].planned
            picked = await self.put(
                Pick(
                    f"The plan starts at {planned} and it is {view.time}.",
                    [
                        (
                            "move",
                            f"Start now and move every planned time, the break too ({planned} becomes {view.time})",
                        ),
                        ("keep", f"Start now and keep the plan's times, from {planned}"),
                    ],
                )
            )
            if picked is None:
                return
            move = picked == "move"
        await self.ask(
            c.StartDelivery(delivery=self.delivery_id, move_plan=move, zone=zone, utc_offset=offset)
        )

    async def action_next(self) -> None:
        """Go on, or offer to end after the last segment; before the start, start."""
        if not self.delivery.started:
            await self.action_pause()
            return
        view = self.view()
        if view.phase not in ("ended", "waiting") and view.next is None:
            self.action_end()
            return
        await self.ask(c.MoveOn(delivery=self.delivery_id))

    async def action_back(self) -> None:
        """Go back to the segment before."""
        await self.ask(c.GoBack(delivery=self.delivery_id))

    @work
    async def action_jump(self) -> None:
        """Go straight to a segment of the trainer's choice."""
        view = self.view()
        choices = [(row.segment, _row_words(row)) for row in view.rows]
        picked = await self.put(Pick("Go to", choices, picked=self.delivery.current))
        if picked is not None and picked != self.delivery.current:
            await self.ask(c.JumpTo(delivery=self.delivery_id, segment=SegmentId(picked)))

    async def _add(self, count: int) -> None:
        await self.ask(c.AddTime(delivery=self.delivery_id, by=minutes(count)))

    async def action_more(self) -> None:
        """One minute more."""
        await self._add(1)

    async def action_less(self) -> None:
        """One minute less."""
        await self._add(-1)

    async def action_more_five(self) -> None:
        """Five minutes more."""
        await self._add(5)

    async def action_less_five(self) -> None:
        """Five minutes less."""
        await self._add(-5)

    async def action_tick(self, index: int) -> None:
        """Tick or untick something to look for."""
        current = self.delivery.current
        segment = self.delivery.segment(current) if current else None
        if current and segment and index < len(segment.look_for):
            on = (current, index) not in self.delivery.seen
            await self.ask(c.TickLookFor(delivery=self.delivery_id, segment=current, index=index, on=on))

    @on(LookFors.Ticked)
    async def ticked(self, event: LookFors.Ticked) -> None:
        """Tick by mouse."""
        await self.action_tick(event.index)

    @work
    async def action_began(self) -> None:
        """Put right when this segment began."""
        if not self.delivery.under_way:
            self.say_no(NOT_UNDER_WAY)
            return
        view = self.view()
        title = view.segment.title if view.segment else ""
        given = await self.put(
            AskLine(f"“{title}” really began how many minutes ago?", hint="such as 6", wrong=_no_minutes)
        )
        if given is None:
            return
        ago = _milliseconds(given) or 0
        began = Instant(self.desk.services.now() - ago)
        await self.ask(c.CorrectStart(delivery=self.delivery_id, began=began))

    @work
    async def action_options(self) -> None:
        """Choose between the ways to run this segment."""
        view = self.view()
        if view.segment is None or view.segment.options is None:
            self.say_no(refuse("This segment has no options."))
            return
        choices = [(option.id, option.title) for option in view.segment.options.of]
        chosen = view.chosen[0] if view.chosen else None
        picked = await self.put(Pick("Which one is run?", [*choices, ("", "None of these")], picked=chosen))
        if picked is not None:
            command = c.ChooseOptions(
                delivery=self.delivery_id, segment=view.segment.id, options=(picked,) if picked else ()
            )
            await self.ask(command)

    @work
    async def action_end(self) -> None:
        """End the session, or take its end back."""
        if self.delivery.started and not self.delivery.under_way:
            words = "The session has ended. Take the end back and go on where it was?"
            if await self.put(Question(words, yes="Go on", no="Leave it")):
                await self.ask(c.ReopenDelivery(delivery=self.delivery_id))
            return
        view = self.view()
        left = f"\n“{view.next.title}” and what follows have not been run." if view.next else ""
        if self.delivery.under_way and not await self.put(
            Question(f"End the session?{left}", yes="End it", no="Go on", careful=True)
        ):
            return
        if await self.ask(c.FinishDelivery(delivery=self.delivery_id)):
            await self._close_boxes()
            await self.action_summary()

    async def action_summary(self) -> None:
        """Show what was planned and what happened."""
        from pmworkshop.desk.screens.day.summary import SummaryScreen  # noqa: PLC0415  # not before the day begins

        await self.app.push_screen(SummaryScreen(self.workshop, self.delivery_id))

    async def _close_boxes(self) -> None:
        """Offer to close what is still open; what has no name goes into the record only then."""
        still = [name for name, activity in self.state.activities.items() if activity.open]
        titles = [exercise.title for name in still if (exercise := self.state.exercise(name)) is not None]
        words = f"Still open for participants: {'; '.join(titles)}.\nClose them now?"
        close = bool(still)
        if close:
            close = await self.put(Question(words, yes="Close them", no="Leave them open")) is True
        if close:
            for name in still:
                await self.ask(c.CloseActivity(exercise_id=name))
        trouble = await asyncio.to_thread(self.workshop.empty_boxes)
        if trouble is not None:
            self.say_no(trouble)


def _row_words(row: Row) -> str:
    expected = f"now {row.expected}" if row.expected else f"{row.sign} min" if row.sign else ""
    return f"{row.planned}  {expected:<9}  {row.title}  ({row.mark})"


def _milliseconds(minutes_given: str) -> int | None:
    try:
        return int(float(minutes_given.strip().removesuffix("min").strip()) * MINUTE)
    except (ValueError, OverflowError):
        return None


def _no_minutes(text: str) -> str:
    return "That is not a number of minutes, such as 6." if _milliseconds(text) is None else ""
