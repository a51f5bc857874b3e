"""A brainstorm's board: ideas merged over their spellings, sorted into categories, with the dots they were given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pmworkshop.core.answers import Answers
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.output import FLIP_CHART, empty_board
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import matching
from pmworkshop.core.value import value

NOT_SORTED = "Not sorted yet"


@value
class Idea:
    """One idea: its first spelling, on how many sheets it stands, and its dots."""

    key: str
    text: str
    named: int
    dots: int

    @property
    def words(self) -> str:
        """How many dots it has, and how often it was named, where that is more than once."""
        voted = f"{self.dots} dot{'s' if self.dots > 1 else ''}" if self.dots else ""
        named = f"named {self.named} times" if self.named > 1 else ""
        return ", ".join(part for part in (voted, named) if part)


@value
class IdeaGroup:
    """The ideas of one category; those that nobody has sorted have no id."""

    id: str | None
    title: str
    ideas: tuple[Idea, ...]


def board(
    state: Cohort, exercise_id: str, exercise: Exercise, sheets: Iterable[Answers]
) -> tuple[IdeaGroup, ...]:
    """Return the ideas by category, in each those with most dots first; categories without any are left out."""
    sorted_in = state.boards.get(exercise_id, empty_board()).sorted
    titles = {one.id: one.text for one in exercise.categories}
    groups: dict[str | None, list[Idea]] = {name: [] for name in (*titles, None)}
    for idea in _ideas(state, exercise_id, exercise, sheets):
        category = sorted_in.get(idea.key)
        groups[category if category in titles else None].append(idea)
    return tuple(
        IdeaGroup(
            id=name,
            title=titles[name] if name else NOT_SORTED,
            ideas=tuple(sorted(ideas, key=lambda one: (-one.dots, -one.named, one.text.casefold()))),
        )
        for name, ideas in groups.items()
        if ideas
    )


def _ideas(state: Cohort, exercise_id: str, exercise: Exercise, sheets: Iterable[Answers]) -> Iterator[Idea]:
    votes = state.boards.get(exercise_id, empty_board()).dots
    dots = Counter(idea for ideas in votes.values() for idea in ideas)
    named = Counter[str]()
    texts: dict[str, str] = {}
    for answers in sheets:
        found = _on_sheet(exercise, answers)
        named.update(found.keys())
        texts = {**found, **texts}
    for key, text in texts.items():
        yield Idea(key=key, text=text, named=named[key], dots=dots[key])


def _on_sheet(exercise: Exercise, answers: Answers) -> Mapping[str, str]:
    """Return one sheet's ideas in their first spelling, by what their spellings share."""
    found: dict[str, str] = {}
    for item in exercise.items:
        entries = answers.get(item.id, ()) if item.kind == "list" else ()
        for entry in entries if isinstance(entries, tuple) else ():
            found.setdefault(matching(str(entry)), str(entry))
    return found


def votes_on_wall(state: Cohort, exercise_id: str) -> tuple[str, ...]:
    """Return the dots that were counted on the flip chart."""
    return state.boards.get(exercise_id, empty_board()).dots.get(FLIP_CHART, ())
