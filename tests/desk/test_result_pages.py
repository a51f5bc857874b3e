"""The pages of blocks themselves: they fit any width, name what they draw in words, and leave nobody's secret in."""

from collections.abc import Sequence
from functools import cache

import pytest
from rich.cells import cell_len
from textual.content import Content

from pmworkshop.core import commands as c
from pmworkshop.core.exercise import Axis, Corner, End, Exercise, Item
from pmworkshop.core.saying import apart
from pmworkshop.core.units import NOTHING, Duration, Instant
from pmworkshop.desk.widgets.grids import Grid, Places, Strip, legend, sign
from pmworkshop.desk.widgets.markdown import Block
from pmworkshop.desk.widgets.output_blocks import day_and_time, output_blocks
from pmworkshop.desk.widgets.pictures import Measure, bars, scatter, shaded
from pmworkshop.desk.widgets.result_blocks import handed_in_blocks
from pmworkshop.desk.widgets.room_blocks import together_blocks
from pmworkshop.live.views.outputs import OutputPage, output_page
from pmworkshop.live.views.results import Together, together
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit
from pmworkshop.wiring.record import opener
from tests.desk.handing_in import NAMES, Sheets

WIDTHS = (36, 60, 76, 112)
LONG = "long words " * 18
AXIS = Axis(title="Skill", low=f"little {LONG}", high=f"much {LONG}")


@cache
def kit() -> dict[str, Exercise]:
    return dict(House(shipped_kit(), shipped_kit(), Clock()).kit().exercises)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Sequence[tuple[str, Workshop]]:
    """Have seven people hand in every shipped exercise, twice where there are two views, and amend one sheet."""
    unit = House(shipped_kit(), shipped_kit(), Clock()).kit().unit
    workshop = Workshop(opener(tmp_path_factory.mktemp("c") / "journal.db", new=True), Clock().now)
    workshop.handle(c.CreateCohort(name="spring"))
    sheets = Sheets(workshop)
    for name, exercise in kit().items():
        taken = sheets.take_up(name, exercise, unit)
        if taken.privacy == "anonymous":
            sheets.into_the_box(name, 7)
            continue
        views = taken.item(taken.compare) if taken.compare else None
        for who in range(len(NAMES)):
            for view in views.options if views else [None]:
                answers = sheets.anything(taken) | ({views.id: view.id} if views and view else {})
                sheets.hand_in(name, who, answers, output=f"{name}-{who}-{view.id if view else ''}")
        sheets.hand_in(name, 1)
    return [(name, workshop) for name in kit()]


def lines(blocks: Sequence[Block], width: int) -> list[str]:
    return [line.plain for block in blocks for line in block.lines(width)]


def pages(workshop: Workshop, name: str) -> list[OutputPage]:
    state = workshop.state
    found = [one.id for one in state.outputs.values() if one.exercise_id == name]
    made = [output_page(state, one, for_trainer=who) for one in found for who in (False, True)]
    return [page for page in made if page is not None]


def room(workshop: Workshop, name: str, at_least: int = 5) -> Together:
    found = together(workshop.state, name, at_least)
    assert found is not None
    return found


def test_every_page_fits_every_width(filled: Sequence[tuple[str, Workshop]]) -> None:
    """No line of any page of any shipped exercise is wider than the page, from a narrow terminal to a wide one."""
    for name, workshop in filled:
        every = [together_blocks(room(workshop, name))]
        for page in pages(workshop, name)[:6]:
            every += [handed_in_blocks(page, explain=True), output_blocks(page, NOTHING)]
        for width in WIDTHS:
            wide = [line for blocks in every for line in lines(blocks, width) if cell_len(line) > width]
            assert not wide, (name, width, wide[0])


def test_what_it_is_not_is_always_said(filled: Sequence[tuple[str, Workshop]]) -> None:
    """Every result ends with what it is not, where the author says so."""
    for name, workshop in filled:
        caveats = kit()[name].reading.caveats
        for blocks in (
            together_blocks(room(workshop, name)),
            *(handed_in_blocks(page, explain=False) for page in pages(workshop, name)[:2]),
            *(output_blocks(page, NOTHING) for page in pages(workshop, name)[:2]),
        ):
            said = lines(blocks, 6_100)
            assert ("What this is not" in said) == bool(caveats)
            assert said[len(said) - len(caveats) :] == [f"• {' '.join(one.split())}" for one in caveats]


def test_below_the_number_there_is_the_count(filled: Sequence[tuple[str, Workshop]]) -> None:
    """Below the number of people a page says how many there are and from how many it shows, and nothing else."""
    for name, workshop in filled:
        if kit()[name].kind != "brainstorm":
            said = lines(together_blocks(room(workshop, name, 8)), 112)
            assert said[0] == "7 people so far; results show from 8 up."
            assert len(said) == (2 if kit()[name].privacy == "anonymous" else 1)


def test_nobody_is_named_in_results(filled: Sequence[tuple[str, Workshop]]) -> None:
    """The room's results hold no whole name; where the exercise is private, no initials either."""
    for name, workshop in filled:
        said = "\n".join(lines(together_blocks(room(workshop, name)), 112))
        assert not any(person in said for person in NAMES if " " in person)
        if kit()[name].privacy == "private":
            assert not any(mark in said.split() for mark in ("AO", "BP", "ØÅ"))


def test_right_answers_only_when_they_are_asked_for(filled: Sequence[tuple[str, Workshop]]) -> None:
    """Before the explanations a quiz says what is right and what is not yet, and never what would be right."""
    workshop = dict(filled)["recap-quiz"]
    page = pages(workshop, "recap-quiz")[0]
    before, after = ("\n".join(lines(handed_in_blocks(page, explain=one), 112)) for one in (False, True))
    assert "✗ not yet" in before
    assert "Right:" not in before
    assert after.count("Right:") == len(page.result.marks)
    asked = {mark.item for mark in page.result.marks}
    reasons = [item.why.split() for item in page.exercise.items if item.id in asked and item.why]
    assert all(" ".join(reason)[:30] in after for reason in reasons)


def test_prompts_are_questions(filled: Sequence[tuple[str, Workshop]]) -> None:
    """What the coach asks stands under its heading, with the question it is about, and holds no grade."""
    page = next(page for name, workshop in filled for page in pages(workshop, name) if page.prompts)
    said = lines(handed_in_blocks(page, explain=False), 200)
    asked = said[said.index("Before you build on it") + 1 :]
    assert asked[1] == f"  ? {page.prompts[0].words}"


ENDS: tuple[End, ...] = ("low", "high")


def grid(*marks: tuple[int, int, str]) -> tuple[Grid, Places]:
    places: dict[tuple[int, int], tuple[str, ...]] = {}
    for x, y, label in marks:
        places[x, y] = (*places.get((x, y), ()), label)
    corners = tuple(Corner(x=x, y=y, title=f"{y} {x}", advice="Go on.") for x in ENDS for y in ENDS)
    item = Item(id="g", kind="grid", text="Where?", x=AXIS, y=AXIS, corners=corners)
    return Grid(Content(""), item=item, places=places), places


def test_a_place_on_a_grid() -> None:
    """Places count from the left and from the bottom; corners stand at theirs, and each cell is four wide."""
    drawn, _ = grid((1, 1, "AO"), (10, 10, "BP"), (6, 5, "●"))
    said = [line.plain for line in drawn.lines(60)]
    rows = [line for line in said if "│" in line]
    assert len(rows) == 10
    assert rows[0].rstrip().endswith("BP")
    assert rows[9].startswith("AO   ·")
    assert rows[5][: 5 * 4].count("·") == 5
    assert rows[5][5 * 4 :].startswith("│ ● ")
    titles = [line for line in said if "high low" in line or "low low" in line]
    assert titles[0].split() == ["high", "low", "high", "high"]
    assert titles[1].split() == ["low", "low", "low", "high"]


def test_many_in_one_place() -> None:
    """A place of several shows how many, and the legend names them; so it does for what is too long for its place."""
    drawn, places = grid((2, 3, "AO"), (2, 3, "BP"), (2, 3, "•"), (4, 4, "TEAM12"), (5, 5, "漢"), (6, 6, "•"))
    rows = [line.plain for line in drawn.lines(60) if "│" in line.plain]
    assert rows[7].split()[1] == "3"
    assert rows[6].split()[3] == "1"
    assert "漢" in rows[5]
    assert lines(tuple(legend(places)), 60) == [
        "  3 at 2 across, 3 up: AO, BP, 1 without a name",
        "  1 at 4 across, 4 up: TEAM12",
    ]
    assert (sign(["•", "•"]), sign(["•"]), sign(["TM12"])) == ("2", "•", "1")


def test_a_line() -> None:
    """One's own place on a line is a cross; a room's places are numbers, and the legend says whose."""
    own = Strip(Content(""), axis=AXIS, places={(4, 1): ("●",)}, own=True)
    assert own.lines(60)[0].plain == "├───┼───┼───X───┼───┼───┼───┼───┼───┤"
    places = {(1, 1): ("AO", "BP"), (10, 1): ("•",) * 12}
    theirs = Strip(Content(""), axis=AXIS, places=places)
    assert theirs.lines(60)[0].plain == "2───┼───┼───┼───┼───┼───┼───┼───┼───12"
    assert lines(tuple(legend(places, across_only=True)), 60) == ["  2 at 1: AO, BP"]
    assert all(cell_len(line.plain) <= 38 for line in own.lines(60)), "its ends stay under it"


def test_bars_without_colour() -> None:
    """A bar has its figure in words; bars that belong together begin and end alike; a missing score has none."""
    made = bars(
        [
            Measure(label="Ability", share=0.5, words="3.0 of 5"),
            Measure(label="Opportunity", share=None, words="no score"),
            Measure(
                label="Will", share=1.0, words="5.0 of 5", spread=(0.0, 0.5, 0.5, 1.0), below="1.0 to 5.0"
            ),
        ]
    )
    said = lines(made, 50)
    assert said == [
        "Ability      ████████████▌░░░░░░░░░░░░  3.0 of 5",
        "Opportunity                             no score",
        "Will         █████████████████████████  5.0 of 5",
        "             1···········2···········1  1.0 to 5.0",
    ]
    narrow = lines(made, 16)
    assert [line for line in narrow if line in ("3.0 of 5", "no score")] == ["3.0 of 5", "no score"]


def test_a_long_label_stands_above_its_bar() -> None:
    """However long the label, its bar and its figure are whole."""
    (one,) = bars([Measure(label=LONG, share=0.25, words="1 of 4", sign="✓ ")])
    said = lines((one,), 60)
    assert said[0].startswith("✓ long words")
    assert said[-1].startswith("  ██████████░")
    assert said[-1].endswith("  1 of 4")


def test_scores_on_a_line_and_shades() -> None:
    """Where scores fall together their number stands; a shade never stands without its number."""
    assert scatter((0.0, 0.01, 1.0), 10).plain == "2········1"
    assert scatter((0.5,) * 12, 4).plain == "··+·"
    assert [shaded(count, 8).plain for count in (0, 1, 3, 5, 8)] == [
        " ·   ",
        " 1░░ ",
        " 3▒▒ ",
        " 5▓▓ ",
        " 8██ ",
    ]


def test_how_far_apart() -> None:
    """The second view less the first, with its sign; whole numbers stay whole."""
    assert [apart(one) for one in (12, -5, 0, None)] == ["+1.2", "−0.5", "same", ""]  # noqa: RUF001  # a minus sign
    assert apart(-20, whole=True) == "−2"  # noqa: RUF001  # a minus sign


def test_two_views_on_a_page(filled: Sequence[tuple[str, Workshop]]) -> None:
    """Two views stand side by side with their names, in the order in which the exercise offers them."""
    workshop = dict(filled)["criterion-confidence"]
    views = kit()["criterion-confidence"].item(kit()["criterion-confidence"].compare or "")
    assert views is not None
    for page in pages(workshop, "criterion-confidence")[:4]:
        said = lines(handed_in_blocks(page, explain=False), 80)
        start = said.index("Side by side")
        assert said[start + 1 : start + 3] == [
            f"{letter}  {view.text}" for letter, view in zip("AB", views.options, strict=True)
        ]
        assert said[start + 3].split() == ["A", "B", "B", "−", "A"]  # noqa: RUF001  # a minus sign


def test_days_and_times() -> None:
    """A version's day and time are local to the session."""
    half_past_nine = Instant(1_803_893_400_000)
    assert day_and_time(half_past_nine, NOTHING) == "1 Mar 09:30"
    assert day_and_time(half_past_nine, Duration(-10 * 3_600_000)) == "28 Feb 23:30"
