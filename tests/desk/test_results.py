"""Results and outputs at the desk: they follow the room, hide what is private, and say everything without colour."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.exercise import Axis, Choice, Corner, Exercise, Item, Reading, Scale
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.units import Minutes
from pmworkshop.desk.screens.work.handed_in import HandedInScreen
from pmworkshop.desk.screens.work.outputs import OutputsScreen, fitting
from pmworkshop.desk.screens.work.results import ResultsScreen
from pmworkshop.live.views.board import votes_on_wall
from pmworkshop.live.views.outputs import output_page
from tests.desk.handing_in import LONGEST, NAMES, Sheets, beside, told_all

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

SIZES = [(80, 24), (120, 36)]
ABC = tuple(Choice(id=name, text=f"Option {name}", advice=f"Think of {name}.") for name in "abc")
SCALE = Scale(id="how", labels=("Never", "Sometimes", "Always"))
AXIS = Axis(title="Skill", low="Little", high="Much")


def exercise(title: str, *items: Item, **keys: Any) -> Exercise:
    made: dict[str, Any] = {
        "title": title, "kind": "worksheet", "about": "me", "privacy": "evidence", "minutes": Minutes(5),
        "instructions": "Fill it in.", "items": items, "scales": (SCALE,),
        "reading": Reading(caveats=("This is no test.",)),
    }  # fmt: skip
    return Exercise(**(made | keys))


PRACTICES = exercise(
    "Practices",
    *(Item(id=f"r{n}", kind="rating", text=f"Practice {n}", scale="how", dont_know=True) for n in range(30)),
)
IDEAS = exercise(
    "Rewards",
    Item(id="ideas", kind="list", text="What can you do?"),
    kind="brainstorm",
    filled_by="group",
    privacy="shared",
    categories=(Choice(id="thanks", text="Thanks"), Choice(id="time", text="Time")),
    dots=3,
)
QUIZ = exercise(
    "Recap",
    Item(id="q1", kind="choice", text="Which one?", options=ABC, right=("b",), why="B it is."),
    Item(id="q2", kind="yes-no", text="Is it so?", right=("no",), why="Hardly ever."),
    kind="quiz",
    privacy="private",
)
NOTES = exercise(
    "Notes", Item(id="one", kind="short", text="What matters?"), Item(id="two", kind="long", text="And why?")
)
VIEWS = exercise(
    "How sure",
    Item(id="when", kind="choice", text="When?", options=ABC),
    Item(id="sure", kind="rating", text="How sure?", scale="how"),
    repeatable=True,
    compare="when",
)
SKILL = exercise(
    "Skill and will",
    Item(id="who", kind="code", text="Who?"),
    Item(id="place", kind="grid", text="Where?", x=AXIS, y=AXIS,
         corners=(Corner(x="low", y="low", title="Guide", advice="Show how."),)),
    Item(id="next", kind="long", text="What next?", privacy="evidence"),
    repeatable=True, named_by=("who",), privacy="private",
)  # fmt: skip
BOX = exercise("Evaluation", Item(id="text", kind="short", text="What else?"), privacy="anonymous")
SAVED = "Saved on the trainer's laptop, 10:52."


async def open_results(trainer: "Trainer", name: str) -> None:
    told_all(trainer)
    run = trainer.run
    await trainer.desk.push_screen(ResultsScreen(run.workshop, run.delivery_id, name))
    await trainer.on("ResultsScreen")


async def open_outputs(trainer: "Trainer", name: str | None = None) -> None:
    told_all(trainer)
    await trainer.desk.push_screen(OutputsScreen(trainer.run.workshop, name))
    await trainer.on("OutputsScreen")


@pytest.mark.parametrize("size", SIZES)
async def test_results_follow_the_room(place: "Place", size: tuple[int, int]) -> None:
    """Results show from five people up, as they hand in; below it there is the count; caveats stand at the end."""
    async with place.desk(size, session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("practices", PRACTICES)
        await open_results(trainer, "practices")
        await trainer.sees("Results · Practices", "Nobody has handed in yet.")
        for who in range(4):
            sheets.hand_in("practices", who)
        await trainer.sees("4 people so far; results show from 5 up.")
        sheets.hand_in("practices", 4)
        await trainer.sees("5 people", "How often each was given", "?=Don't know", "mean")
        await trainer.sees_no("so far")
        await trainer.press("end")
        await trainer.sees("What this is not")
        trainer.nothing_unprintable()
        sheets.do(c.WithdrawOutput(output=OutputId("practices-1"), reason="Twice"))
        await trainer.sees("4 people so far")
        await trainer.press("question_mark")
        await trainer.on("HelpScreen")
        await trainer.sees("What the room's answers come to", "results.hide")


async def test_results_show_from_the_course_s_number(place: "Place") -> None:
    """From how many people up results show is for the course to say."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("practices", PRACTICES)
        kit = await trainer.desk.read_kit()
        assert kit.course is not None
        trainer.desk.kit = replace(kit, course=replace(kit.course, results_from=2))
        sheets.hand_in("practices", 1)
        await open_results(trainer, "practices")
        await trainer.sees("1 person so far; results show from 2 up.")
        sheets.hand_in("practices", 2)
        await trainer.sees("How often each was given")
        await trainer.press("escape")
        trainer.desk.kit = replace(kit, course=None)
        await open_results(trainer, "practices")
        await trainer.sees("2 people so far; results show from 5 up.")


async def test_hiding_the_results(place: "Place") -> None:
    """`h` hides what was revealed, and leaves; it is offered only while the room sees the results."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("practices", PRACTICES)
        await open_results(trainer, "practices")
        await trainer.sees("only here")
        await trainer.sees_no("h hide")
        await trainer.press("h")
        await trainer.on("RunScreen")
        sheets.do(c.RevealResults(exercise_id="practices", on=True))
        await open_results(trainer, "practices")
        await trainer.sees("the room sees it", "h hide")
        await trainer.press("h")
        assert (await trainer.records("spring", e.ResultsRevealed)).on is False
        await trainer.on("RunScreen")


async def at_a_brainstorm(trainer: "Trainer", *lists: tuple[str, ...]) -> Sheets:
    sheets = await beside(trainer)
    sheets.take_up("ideas", IDEAS)
    for who, ideas in enumerate(lists):
        sheets.hand_in("ideas", who, {"ideas": ideas})
    return sheets


async def test_sorting_ideas(place: "Place") -> None:
    """`s` puts one idea after the other into a category, until Escape; those not sorted yet come first."""
    async with place.desk((120, 36), session="session-b") as trainer:
        await at_a_brainstorm(trainer, ("A card", "Cake", "[red]Leave early"), ("a CARD",))
        await open_results(trainer, "ideas")
        await trainer.sees(
            "s sort ideas", "d dots", "Not sorted yet (3)", "A card  (named 2 times)", "[red]Leave"
        )
        await trainer.press("s")
        await trainer.on("Pick")
        await trainer.sees("Sort which idea? 3 not sorted yet.", "A card (Not sorted yet, named 2 times)")
        await trainer.press("enter")
        await trainer.sees("Where does “A card” belong?")
        await trainer.press("home", "enter")
        sorted_in = await trainer.records("spring", e.IdeaSorted)
        assert (sorted_in.idea, sorted_in.category) == ("acard", "thanks")
        await trainer.sees("Sort which idea? 2 not sorted yet.")
        await trainer.press("end", "enter")
        await trainer.sees("Where does “A card” belong?")
        await trainer.press("end", "enter")
        assert (await trainer.records("spring", e.IdeaSorted)).category is None
        await trainer.press("enter", "escape", "escape")
        await trainer.on("ResultsScreen")
        await trainer.sees("Not sorted yet (3)")


async def test_counting_dots(place: "Place") -> None:
    """`d` writes down how many dots an idea has on the wall; those of the others and of people on phones stay."""
    async with place.desk((120, 36), session="session-b") as trainer:
        sheets = await at_a_brainstorm(trainer, ("A card", "Cake"))
        sheets.do(c.PlaceDots(exercise_id="ideas", voter=ParticipantId("p1"), ideas=("cake",)))
        await open_results(trainer, "ideas")
        await trainer.press("d")
        for keys, count, wall in (
            (("home", "enter"), "3", {"cake": 3}),
            (("end", "enter"), "12", {"cake": 3, "acard": 12}),
            (("end", "enter"), "0", {"acard": 12}),
        ):
            await trainer.on("Pick")
            await trainer.press(*keys)
            await trainer.on("AskLine")
            await trainer.write("many")
            await trainer.press("enter")
            await trainer.sees("That is not a number from 0 to 99.")
            await trainer.press("ctrl+u")
            await trainer.write(count)
            await trainer.press("enter")
            placed = await trainer.records("spring", e.DotsPlaced)
            assert {idea: placed.ideas.count(idea) for idea in placed.ideas} == wall
        await trainer.press("escape")
        await trainer.on("ResultsScreen")
        await trainer.sees("12 ● A card  (12 dots)", "● Cake (1 dot)")
        assert votes_on_wall(trainer.run.workshop.state, "ideas") == ("acard",) * 12


async def test_only_brainstorms_have_ideas(place: "Place") -> None:
    """Where there are no ideas, sorting and dots are not offered, and refused in words."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("practices", PRACTICES)
        await open_results(trainer, "practices")
        await trainer.sees_no("sort ideas", "d dots")
        await trainer.press("s")
        await trainer.told("Only the ideas of a brainstorm with categories are sorted.")
        await trainer.press("d")
        await trainer.told("Only a brainstorm with a vote has dots.")
    async with place.desk(session="session-b", cohort="empty") as trainer:
        trainer.run.workshop.handle(c.TakeUpExercise(exercise_id="ideas", exercise=IDEAS))
        await trainer.desk.push_screen(ResultsScreen(trainer.run.workshop, trainer.run.delivery_id, "ideas"))
        await trainer.on("ResultsScreen")
        await trainer.press("s")
        await trainer.told("There are no ideas yet.")


@pytest.mark.parametrize("size", SIZES)
async def test_browsing_outputs(place: "Place", size: tuple[int, int]) -> None:
    """Each output has a line with when, who, how many others, which, by which route, and what became of it."""
    async with place.desk(size, session="session-a") as trainer:
        sheets = await beside(trainer)
        await open_outputs(trainer)
        await trainer.sees("Nothing has been handed in yet.")
        await trainer.press("escape")
        for name, one in (("group", replace(NOTES, filled_by="group")), ("views", VIEWS), ("box", BOX)):
            sheets.take_up(name, one)
        sheets.hand_in("group", 4, members=(0, 1), route="laptop")
        place.clock.minute = 22
        sheets.hand_in("views", 1, {"when": "b", "sure": 2})
        sheets.hand_in("views", 1, {"when": "b", "sure": 3}, route="paper")
        sheets.hand_in("views", 0)
        sheets.do(c.WithdrawOutput(output=OutputId("views-0"), reason="Twice"))
        sheets.into_the_box("box", 6)
        await open_outputs(trainer)
        await trainer.sees("Outputs of spring", "2 that count, 1 withdrawn", "1 Mar 09:30", "1 Mar 09:52")
        await trainer.sees("2, amended", "1, withdrawn", " +2 ", "laptop", "paper", "6 more without a name")
        assert all(len(line) <= size[0] for line in trainer.lines)
        assert "1, withdrawn" in [line for line in trainer.lines if "Mar" in line][-1]
        await trainer.press("p")
        await trainer.on("Pick")
        await trainer.sees("Everybody's", "Amara Okafor")
        await trainer.press("down", "down", "enter")
        await trainer.sees("Outputs of spring · Bronwen Pugh", "2 that count")
        await trainer.sees_no("withdrawn")
        await trainer.press("x")
        await trainer.on("Pick")
        await trainer.press("down", "enter")
        await trainer.sees("1 that count")
        await trainer.press("p")
        await trainer.on("Pick")
        await trainer.press("home", "enter")
        await trainer.press("x")
        await trainer.on("Pick")
        await trainer.press("home", "enter")
        await trainer.sees("2 that count, 1 withdrawn")
        trainer.nothing_unprintable()


async def test_outputs_of_an_exercise_that_nobody_has_done(place: "Place") -> None:
    """An empty list says why, and which key shows more."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("practices", PRACTICES)
        await open_outputs(trainer, "practices")
        await trainer.sees("Nothing has been handed in here yet. x shows other exercises, or all of them.")


@pytest.mark.parametrize("room", [40, 60, 80, 200])
def test_columns_give_way(room: int) -> None:
    """The widest columns are cut first, and none below what can be recognised; the others keep their width."""
    texts = {"When": ["1 Mar 09:30"], "Who": ["x" * 90], "Exercise": ["y" * 50], "Versions": ["1, withdrawn"]}
    widths = fitting(texts, room)
    assert (widths["When"], widths["Versions"]) == (11, 12)
    assert all(widths[label] >= 8 for label in ("Who", "Exercise"))
    fits = sum(widths.values()) + 10 <= room
    assert fits or (widths["Who"], widths["Exercise"]) == (8, 8)


@pytest.mark.parametrize("size", SIZES)
async def test_one_output(place: "Place", size: tuple[int, int]) -> None:
    """An output reads answer by answer, says what was before; it is withdrawn with a reason, and counts again."""
    async with place.desk(size, session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("notes", NOTES)
        output = sheets.hand_in("notes", 1)
        sheets.hand_in("notes", 1, {"one": "[b]Something else[/]"})
        await open_outputs(trainer, "notes")
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.sees(
            "Bronwen Pugh", "Version 2", "amended from phone", "[b]Something else[/]", "2 versions"
        )
        await trainer.sees("before: Clear goals", "c correct", "w withdraw")
        await trainer.press("w")
        await trainer.on("AskLine")
        await trainer.press("enter")
        await trainer.sees("Say why")
        await trainer.write("Entered twice")
        await trainer.press("enter")
        withdrawn = await trainer.records("spring", e.OutputWithdrawn)
        assert (withdrawn.output, withdrawn.reason) == (output, "Entered twice")
        await trainer.sees("WITHDRAWN", "! Withdrawn: Entered twice", "w let it count again")
        await trainer.sees_no("c correct")
        await trainer.press("c")
        await trainer.told("Let it count again before correcting it")
        await trainer.press("w")
        await trainer.records("spring", e.OutputRestored)
        await trainer.sees_no("WITHDRAWN")
        await trainer.press("c")
        await trainer.on("FormScreen")
        await trainer.press("escape")
        await trainer.on("OutputScreen")


async def test_private_answers_are_not_on_the_desk(place: "Place") -> None:
    """Of a private exercise the trainer reads what is evidence, and how many answers there are besides."""
    async with place.desk((120, 36), session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("skill", SKILL)
        sheets.hand_in("skill", 1, {"who": "TM7", "place": [2, 2], "next": "I ask."})
        await open_outputs(trainer, "skill")
        await trainer.sees_no("TM7")
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.sees("2 answers are private", "I ask.", "What this is not")
        await trainer.sees_no("TM7", "Guide", "Skill 2")


async def show(trainer: "Trainer", output: OutputId | None, given: list[bool | None]) -> None:
    """Show what a participant sees after handing in; what they answer is added to `given`."""
    state = trainer.run.workshop.state
    page = output_page(state, output, for_trainer=False) if output else None
    await trainer.desk.push_screen(HandedInScreen(page, SAVED), given.append)
    await trainer.on("HandedInScreen")


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_handed_in_without_a_name(place: "Place", key: str) -> None:
    """What has no name on it has a receipt and nothing else; no key leads anywhere but back."""
    async with place.desk(session="session-a") as trainer:
        given: list[bool | None] = []
        await show(trainer, None, given)
        await trainer.sees(f"✓ {SAVED}")
        for other in ("r", "e", "q", "n", "a", "question_mark", "tab", "space", "down", "f1"):
            await trainer.press(other)
            assert type(trainer.desk.screen).__name__ == "HandedInScreen", other
        await trainer.press(key)
        await trainer.on("RunScreen")
        assert given == [False]


WRONG: dict[str, Any] = {"q1": "a", "q2": True}


async def test_a_quiz_that_is_not_all_right(place: "Place") -> None:
    """A first try offers a second, without telling what is right; whoever reads the explanations has no second try."""
    async with place.desk((120, 36), session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("quiz", QUIZ)
        output = sheets.hand_in("quiz", 1, WRONG)
        given: list[bool | None] = []
        await show(trainer, output, given)
        await trainer.sees(
            "0 of 2 right at the first try", "r second try", "e explanations", "✗ not yet", "Think of a."
        )
        await trainer.sees_no("Right:")
        await trainer.press("r")
        await trainer.on("RunScreen")
        assert given == [True]
        await show(trainer, output, given)
        await trainer.press("e")
        await trainer.sees("Right: Option b")
        await trainer.sees_no("second try", "e explanations")
        await trainer.press("r", "e")
        await trainer.on("HandedInScreen")
        await trainer.press("enter")
        await trainer.on("RunScreen")
        assert given == [True, False]


async def test_a_quiz_at_its_second_try(place: "Place") -> None:
    """After the second try, or where all is right, the explanations stand there at once."""
    async with place.desk((120, 36), session="session-a") as trainer:
        sheets = await beside(trainer)
        sheets.take_up("quiz", QUIZ)
        sheets.hand_in("quiz", 1, WRONG)
        output = sheets.hand_in("quiz", 1, WRONG | {"q1": "b"})
        await show(trainer, output, [])
        await trainer.sees("0 of 2 right at the first try, 1 after a second try", "right at the second try")
        await trainer.sees("Right: Option b")
        await trainer.sees_no("r second try", "e explanations")


async def test_pages_are_for_any_text(place: "Place") -> None:
    """Hostile names and answers stand on these screens as they were written, and nothing in them is obeyed."""
    names = ("[@click=app.quit]go[/]", "A\x1b[2JB\u202e", LONGEST)
    async with place.desk((80, 24), session="session-b") as trainer:
        await at_a_brainstorm(trainer, names, (*names, "👩‍👩‍👧‍👦 family"))
        await open_results(trainer, "ideas")
        await trainer.sees("[@click=app.quit]go[/]  (named 2 times)", "A[2JB")
        trainer.nothing_unprintable()
        await trainer.press("s")
        await trainer.on("Pick")
        trainer.nothing_unprintable()
        await trainer.press("escape")
        await trainer.press("escape")
        await open_outputs(trainer)
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.sees("[@click=app.quit]go[/]", "Group work, one sheet for all", NAMES[0])
        trainer.nothing_unprintable()
