"""Results and outputs at the desk: they follow the room, hide what is private, and say everything without colour."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.desk.screens.handed_in import HandedInScreen
from pmworkshop.desk.screens.outputs import OutputsScreen, fitting
from pmworkshop.desk.screens.results import ResultsScreen
from pmworkshop.live.views.board import votes_on_wall
from pmworkshop.live.views.outputs import output_page
from tests.desk.handing_in import LONGEST, NAMES, Sheets, beside, taken_up, told_all

if TYPE_CHECKING:
    from tests.desk.conftest import Place, Trainer

SIZES = [(80, 24), (120, 36)]
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
        await taken_up(trainer, sheets, "ten-practices")
        await open_results(trainer, "ten-practices")
        await trainer.sees("Results · My area against ten practices", "Nobody has handed in yet.")
        for who in range(4):
            sheets.hand_in("ten-practices", who)
        await trainer.sees("4 people so far; results show from 5 up.")
        sheets.hand_in("ten-practices", 4)
        await trainer.sees("5 people", "How often each was given", "?=Don't know", "mean")
        await trainer.sees_no("so far")
        await trainer.press("end")
        await trainer.sees("What this is not")
        trainer.nothing_unprintable()
        sheets.do(c.WithdrawOutput(output=OutputId("ten-practices-1"), reason="Twice"))
        await trainer.sees("4 people so far")
        await trainer.press("question_mark")
        await trainer.on("HelpScreen")
        await trainer.sees("What the room's answers come to", "results.hide")


async def test_results_show_from_the_course_s_number(place: "Place") -> None:
    """From how many people up results show is for the course to say."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        await taken_up(trainer, sheets, "ten-practices")
        kit = await trainer.desk.read_kit()
        assert kit.course is not None
        trainer.desk.kit = replace(kit, course=replace(kit.course, results_from=2))
        sheets.hand_in("ten-practices", 1)
        await open_results(trainer, "ten-practices")
        await trainer.sees("1 person so far; results show from 2 up.")
        sheets.hand_in("ten-practices", 2)
        await trainer.sees("How often each was given")
        await trainer.press("escape")
        trainer.desk.kit = replace(kit, course=None)
        await open_results(trainer, "ten-practices")
        await trainer.sees("2 people so far; results show from 5 up.")


async def test_hiding_the_results(place: "Place") -> None:
    """`h` hides what was revealed, and leaves; it is offered only while the room sees the results."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        await taken_up(trainer, sheets, "ten-practices")
        await open_results(trainer, "ten-practices")
        await trainer.sees("only here")
        await trainer.sees_no("h hide")
        await trainer.press("h")
        await trainer.on("RunScreen")
        sheets.do(c.RevealResults(exercise_id="ten-practices", on=True))
        await open_results(trainer, "ten-practices")
        await trainer.sees("the room sees it", "h hide")
        await trainer.press("h")
        assert (await trainer.records("spring", e.ResultsRevealed)).on is False
        await trainer.on("RunScreen")


async def at_a_brainstorm(trainer: "Trainer", *lists: tuple[str, ...]) -> Sheets:
    sheets = await beside(trainer)
    await taken_up(trainer, sheets, "reward-ideas")
    for who, ideas in enumerate(lists):
        sheets.hand_in("reward-ideas", who, {"ideas": ideas})
    return sheets


async def test_sorting_ideas(place: "Place") -> None:
    """`s` puts one idea after the other into a category, until Escape; those not sorted yet come first."""
    async with place.desk((120, 36), session="session-b") as trainer:
        await at_a_brainstorm(trainer, ("A card", "Cake", "[red]Leave early"), ("a CARD",))
        await open_results(trainer, "reward-ideas")
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
        assert (sorted_in.idea, sorted_in.category) == ("acard", "thanks-private")
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
        sheets.do(c.PlaceDots(exercise_id="reward-ideas", voter=ParticipantId("p1"), ideas=("cake",)))
        await open_results(trainer, "reward-ideas")
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
        assert votes_on_wall(trainer.run.workshop.state, "reward-ideas") == ("acard",) * 12


async def test_only_brainstorms_have_ideas(place: "Place") -> None:
    """Where there are no ideas, sorting and dots are not offered, and refused in words."""
    async with place.desk(session="session-a") as trainer:
        sheets = await beside(trainer)
        await taken_up(trainer, sheets, "ten-practices")
        await open_results(trainer, "ten-practices")
        await trainer.sees_no("sort ideas", "d dots")
        await trainer.press("s")
        await trainer.told("Only the ideas of a brainstorm with categories are sorted.")
        await trainer.press("d")
        await trainer.told("Only a brainstorm with a vote has dots.")
    async with place.desk(session="session-b", cohort="empty") as trainer:
        kit = await trainer.desk.read_kit()
        trainer.run.workshop.handle(
            c.TakeUpExercise(exercise_id="reward-ideas", exercise=kit.exercises["reward-ideas"])
        )
        await trainer.desk.push_screen(
            ResultsScreen(trainer.run.workshop, trainer.run.delivery_id, "reward-ideas")
        )
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
        for name in ("pm-inventory", "criterion-confidence", "evaluation"):
            await taken_up(trainer, sheets, name)
        sheets.hand_in("pm-inventory", 4, members=(0, 1), route="laptop")
        place.clock.minute = 22
        sheets.hand_in("criterion-confidence", 1, {"when": "before", "sure-1-1": 2})
        sheets.hand_in("criterion-confidence", 1, {"when": "before", "sure-1-1": 3}, route="paper")
        sheets.hand_in("criterion-confidence", 0)
        sheets.do(c.WithdrawOutput(output=OutputId("criterion-confidence-0"), reason="Twice"))
        sheets.into_the_box("evaluation", 6)
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
        await taken_up(trainer, sheets, "ten-practices")
        await open_outputs(trainer, "ten-practices")
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
        await taken_up(trainer, sheets, "pm-responsibilities")
        output = sheets.hand_in("pm-responsibilities", 1)
        exercise = trainer.run.workshop.state.exercise("pm-responsibilities")
        assert exercise is not None
        first = exercise.items[0]
        sheets.hand_in("pm-responsibilities", 1, {first.id: "[b]Something else[/]"})
        await open_outputs(trainer, "pm-responsibilities")
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
        await taken_up(trainer, sheets, "skill-will")
        sheets.hand_in(
            "skill-will", 1, {"who": "TM7", "task": "Secret", "place": [2, 9], "next-step": "I ask."}
        )
        await open_outputs(trainer, "skill-will")
        await trainer.sees_no("TM7", "Secret")
        await trainer.press("enter")
        await trainer.on("OutputScreen")
        await trainer.sees("4 answers are private", "I ask.", "What this is not")
        await trainer.sees_no("TM7", "Secret", "Guide", "Skill for this task")


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


QUIZ: dict[str, Any] = {"part": "session-a", "amo-barrier": "later", "notes-kept": ("health",)}


async def test_a_quiz_that_is_not_all_right(place: "Place") -> None:
    """A first try offers a second, without telling what is right; whoever reads the explanations has no second try."""
    async with place.desk((120, 36), session="session-a") as trainer:
        sheets = await beside(trainer)
        await taken_up(trainer, sheets, "recap-quiz")
        output = sheets.hand_in("recap-quiz", 1, QUIZ)
        given: list[bool | None] = []
        await show(trainer, output, given)
        await trainer.sees("0 of 8 right at the first try", "r second try", "e explanations", "✗ not yet")
        await trainer.sees_no("Right:")
        await trainer.press("r")
        await trainer.on("RunScreen")
        assert given == [True]
        await show(trainer, output, given)
        await trainer.press("e")
        await trainer.sees("Right: A longer view and a record")
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
        await taken_up(trainer, sheets, "recap-quiz")
        sheets.hand_in("recap-quiz", 1, QUIZ)
        output = sheets.hand_in("recap-quiz", 1, QUIZ | {"formal-informal": "record"})
        await show(trainer, output, [])
        await trainer.sees("0 of 8 right at the first try, 1 after a second try", "right at the second try")
        await trainer.sees("Right: A longer view and a record")
        await trainer.sees_no("r second try", "e explanations")


async def test_pages_are_for_any_text(place: "Place") -> None:
    """Hostile names and answers stand on these screens as they were written, and nothing in them is obeyed."""
    names = ("[@click=app.quit]go[/]", "A\x1b[2JB\u202e", LONGEST)
    async with place.desk((80, 24), session="session-b") as trainer:
        await at_a_brainstorm(trainer, names, (*names, "👩‍👩‍👧‍👦 family"))
        await open_results(trainer, "reward-ideas")
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
