"""The room's results in one exercise, as they come in; a brainstorm's ideas are sorted and voted on here."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.keys import RESULTS
from pmworkshop.desk.screens.dialogs import AskLine, Pick
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.bars import Ends
from pmworkshop.desk.widgets.hints import Hints
from pmworkshop.desk.widgets.leaf import Leaf
from pmworkshop.desk.widgets.room_blocks import people_words, together_blocks
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.live.views.board import Idea, IdeaGroup, votes_on_wall
from pmworkshop.live.views.results import Together, together
from pmworkshop.live.workshop import Workshop

MOST_DOTS = 99
NO_CATEGORY = ""


class ResultsScreen(WorkshopScreen):
    """Shows `together`."""

    PURPOSE = "What the room's answers come to. It follows as people hand in; the arrow keys scroll."
    BINDINGS: ClassVar[list[BindingType]] = RESULTS

    def __init__(self, workshop: Workshop, delivery: DeliveryId, exercise_id: str) -> None:
        super().__init__(workshop, delivery)
        self._exercise_id = exercise_id
        self._at_least: int | None = None

    def compose(self) -> ComposeResult:
        """Lay the results out."""
        yield Ends(id="top")
        yield self.segment_clock()
        yield Leaf()
        yield Hints(self._hint)

    def on_mount(self) -> None:
        """Begin on the page, and read from how many people up it may show anything."""
        self.query_one(Leaf).focus()
        self._read_course()

    @work
    async def _read_course(self) -> None:
        kit = await self.desk.read_kit()
        self._at_least = kit.course.results_from if kit.course else AGGREGATE_FROM
        self.redraw()

    def _view(self) -> Together | None:
        if self._at_least is None:
            return None
        return together(self.state, self._exercise_id, self._at_least)

    def redraw(self) -> None:
        """Show the results as they are now; nothing before it is known from how many people up."""
        exercise, view = self.state.exercise(self._exercise_id), self._view()
        top = self.query_one("#top", Ends)
        top.left = f"Results · {exercise.title}" if exercise else "Results"
        if view is not None:
            shown = "the room sees it" if self._revealed else "only here"
            top.right = f"{people_words(view.people)} · {shown}"
            self.query_one(Leaf).show(together_blocks(view))
        self.query_one(Hints).refresh()

    @property
    def _revealed(self) -> bool:
        activity = self.state.activities.get(self._exercise_id)
        return activity is not None and activity.revealed

    def _hint(self, action: str, label: str) -> str:
        """Return what the hints call an action now; nothing for what this exercise has no use for."""
        exercise = self.state.exercise(self._exercise_id)
        board = exercise is not None and exercise.kind == "brainstorm"
        of_no_use = (
            (action == "sort" and not (board and exercise and exercise.categories))
            or (action == "dots" and not (board and exercise and exercise.dots))
            or (action == "hide" and not self._revealed)
        )
        return "" if of_no_use else label

    def _board(self) -> tuple[IdeaGroup, ...]:
        view = self._view()
        return view.board if view else ()

    async def _pick_idea(self, title: str, picked: str | None) -> Idea | None:
        """Have an idea picked, those that are not sorted yet first."""
        groups = sorted(self._board(), key=lambda group: group.id is not None)
        ideas = {idea.key: idea for group in groups for idea in group.ideas}
        if not ideas:
            self.say_no(refuse("There are no ideas yet."))
            return None
        choices = [(idea.key, _idea_line(idea, group)) for group in groups for idea in group.ideas]
        found = await self.put(Pick(title, choices, picked=picked))
        return ideas.get(found) if found is not None else None

    @work
    async def action_sort(self) -> None:
        """Put ideas into categories, one after the other, until Escape."""
        exercise = self.state.exercise(self._exercise_id)
        if exercise is None or not self._hint("sort", "sort"):
            self.say_no(refuse("Only the ideas of a brainstorm with categories are sorted."))
            return
        choices = [(one.id, one.text) for one in exercise.categories]
        while (idea := await self._pick_idea(f"Sort which idea? {self._left_to_sort()}", None)) is not None:
            now = next((group.id for group in self._board() if idea in group.ideas), None)
            title = f"Where does “{idea.text}” belong?"
            category = await self.put(
                Pick(title, [*choices, (NO_CATEGORY, "Not sorted yet")], picked=now or NO_CATEGORY)
            )
            if category is not None:
                command = c.SortIdea(exercise_id=self._exercise_id, idea=idea.key, category=category or None)
                await self.ask(command)

    def _left_to_sort(self) -> str:
        count = sum(len(group.ideas) for group in self._board() if group.id is None)
        return f"{count} not sorted yet." if count else "All are sorted."

    @work
    async def action_dots(self) -> None:
        """Say how many dots ideas have on the wall, one after the other, until Escape."""
        if not self._hint("dots", "dots"):
            self.say_no(refuse("Only a brainstorm with a vote has dots."))
            return
        picked: str | None = None
        while (idea := await self._pick_idea("Which idea has dots on the wall?", picked)) is not None:
            picked = idea.key
            wall = votes_on_wall(self.state, self._exercise_id)
            title = f"How many dots are on “{idea.text}”, on the wall?"
            given = await self.put(AskLine(title, value=str(wall.count(idea.key)), wrong=_no_count))
            if given is not None:
                others = tuple(key for key in wall if key != idea.key)
                ideas = (*others, *[idea.key] * int(given))
                await self.ask(c.PlaceDots(exercise_id=self._exercise_id, ideas=ideas))

    @work
    async def action_hide(self) -> None:
        """Let the room see the results no longer, and leave."""
        command = c.RevealResults(exercise_id=self._exercise_id, on=False)
        if not self._revealed or await self.ask(command) is not None:
            self.action_leave()


def _idea_line(idea: Idea, group: IdeaGroup) -> str:
    words = ", ".join(part for part in (group.title, idea.words) if part)
    return f"{idea.text} ({words})"


def _no_count(text: str) -> str:
    fits = text.strip().isdecimal() and int(text) <= MOST_DOTS
    return "" if fits else f"That is not a number from 0 to {MOST_DOTS}."
