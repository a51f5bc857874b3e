"""What was changed in the kit's plan since a session took its copy: read it, take it over, or leave it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from pmworkshop.core import commands as c
from pmworkshop.core.plan import Session
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.keys import PLAN_CHANGES
from pmworkshop.desk.screens.day.planning import Planning
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.markdown import GAP, Block
from pmworkshop.desk.widgets.safe import safe, safe_line
from pmworkshop.live.views.plan_changes import (
    PlanChanges,
    SegmentChange,
    plan_changes,
    reworded,
    still_to_come,
)

TAKEN: Final = "The changes are taken over."
NOTHING_AHEAD: Final = "Nothing that is still to be run was changed in the plan."


def exercises_changed(run: Planning, changes: PlanChanges) -> tuple[str, ...]:
    """Say which exercises of the segments ahead are worded otherwise in the kit."""
    kits = run.desk.kits
    if kits.newest is None:
        return ()
    before = kits.contents.exercises if kits.contents else {}
    segments = still_to_come(run.delivery, changes.session)
    kit = kits.newest
    return reworded(run.state, segments, before, kit.exercises, kit.unit, {**kit.titles, **_titles(run)})


def _titles(run: Planning) -> dict[str, str]:
    return {name: editions[-1].title for name, editions in run.state.editions.items()}


def worth_showing(run: Planning) -> bool:
    """Whether anything differs at all, be it only where nothing can be taken over."""
    changes = run.changes()
    return changes is not None and bool(changes.offered or changes.begun or exercises_changed(run, changes))


class PlanChangesScreen(WorkshopScreen):
    """Lists `plan_changes` for one version of the plan, which is the one that Enter takes over."""

    PURPOSE = "What was changed in the kit's plan. What has begun stays as it was, whatever you choose."
    BINDINGS: ClassVar[list[BindingType]] = PLAN_CHANGES

    def __init__(self, run: Planning, newer: Session) -> None:
        super().__init__(run.workshop, run.delivery_id)
        self._run, self._newer = run, newer
        self._kit = run.desk.kits.newest

    def compose(self) -> ComposeResult:
        """Lay the changes out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Leaf()
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin on the page."""
        self.query_one(Leaf).focus()

    def _changes(self) -> PlanChanges:
        course = self._kit.course if self._kit else None
        return plan_changes(self.delivery, self._newer, course, self._kit.titles if self._kit else {})

    def redraw(self) -> None:
        """Show what differs as the session stands now."""
        changes = self._changes()
        top = self.query_one("#top", Ends)
        top.left = f"Changes in the plan: {self.delivery.session.title}"
        top.right = self.state.mark or self.state.name
        blocks = _blocks(changes, exercises_changed(self._run, changes), started=self.delivery.started)
        self.query_one(Leaf).show(tuple(blocks))

    def _hint(self, action: str, label: str) -> str:
        """Return what the hints call an action now."""
        return "" if action == "take" and not _can_be_taken(self._changes()) else label

    async def action_take(self) -> None:
        """Take over what is still to be run."""
        changes = self._changes()
        if changes.refused:
            self.say_no(refuse(changes.refused))
            return
        if not _can_be_taken(changes):
            self.say_no(refuse(NOTHING_AHEAD))
            return
        command = c.TakeOverPlan(delivery=self.delivery_id, session=self._newer, resources=changes.resources)
        if await self.ask(command):
            self.desk.kits.use()
            self.app.notify(TAKEN, markup=False, timeout=4)
            self.action_leave()

    def action_not_again(self) -> None:
        """Leave it, and do not be asked about this version again."""
        self._run.decline()
        self.action_leave()


def _can_be_taken(changes: PlanChanges) -> bool:
    return bool(changes.about or changes.ahead) and not changes.refused


def _blocks(changes: PlanChanges, exercises: Sequence[str], *, started: bool) -> Iterator[Block]:
    if changes.refused:
        yield Block(Content.styled(safe_line(changes.refused).plain, "$text-warning"), "! ")
        yield GAP
    if changes.about:
        yield _heading("The session")
        yield from (Block(safe(words)) for words in changes.about)
        yield GAP
    if changes.ahead:
        yield _heading("Still to be run" if started else "Segments")
        yield from (_row(one) for one in changes.ahead)
        yield GAP
    elif not changes.refused and not changes.about:
        yield Block(Content(NOTHING_AHEAD))
        yield GAP
    if changes.begun:
        yield _heading("Begun already: stays as it was here")
        yield from (_row(one) for one in changes.begun)
        yield GAP
    if exercises:
        yield _heading("Exercises")
        yield from (Block(safe_line(words)) for words in exercises)


def _row(change: SegmentChange) -> Block:
    """Return a segment's line: its start before and after, its title, and what else differs."""
    times = {
        "new": f"  new → {change.now}",
        "gone": f"{change.was} → gone",
        "changed": change.was if change.was == change.now else f"{change.was} → {change.now}",
    }[change.kind]
    words = "".join(f" · {safe_line(one).plain}" for one in change.words)
    return Block(Content.assemble((safe_line(change.title).plain, "bold"), words), f"{times:<15}")


def _heading(words: str) -> Block:
    return Block(Content.styled(words, "bold $text-primary"))
