"""Results as participants and the projector see them: drawn with words beside them, and with nobody's name."""

import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, sync_playwright

import pmworkshop.room
from pmworkshop.core import commands as c
from pmworkshop.core.answers import read
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.saying import apart
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.text import clean_line
from pmworkshop.core.unit import Unit
from pmworkshop.desk.widgets.result_blocks import handed_in_blocks
from pmworkshop.desk.widgets.room_blocks import together_blocks
from pmworkshop.drawing import own as pictures
from pmworkshop.drawing import together as room_pictures
from pmworkshop.drawing.templating import STATIC, environment
from pmworkshop.library import load_kit, shipped_kit_path
from pmworkshop.live.views.outputs import OutputPage, output_page
from pmworkshop.live.views.places import Field, Spot
from pmworkshop.live.views.results import Spread, Together, Words, together
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener
from tests.core.conftest import carried_out, some_answers
from tests.desk.handing_in import NAMES, Sheets

ROOM = Path(pmworkshop.room.__file__).parent
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7 * 7 }}</title>'
FIGURE = re.compile(r"\d+(?:\.\d+)?")
DRAWN = re.compile(r"[█▏▎▍▌▋▊▉░▒▓│─┼├┤]")
laws = settings(deadline=None, database=None, max_examples=60)
texts = st.text(max_size=60) | st.sampled_from([HOSTILE, "\x1b[31mred", "two\nlines", "\ud800", "a & b"])


@cache
def kit() -> tuple[dict[str, Exercise], Unit | None]:
    loaded = load_kit(shipped_kit_path())
    return dict(loaded.exercises), loaded.unit


@cache
def templates() -> jinja2.Environment:
    """Read the templates as the room does: all text escaped, and nothing that is not there."""
    return environment(ROOM / "templates")


def own(page: OutputPage, *, explain: bool | None = None) -> str:
    macro: Any = templates().get_template("_result.html").module
    return str(macro.result(page, pictures, explain))


def shared(view: Together, *, wall: bool) -> str:
    macro: Any = templates().get_template("_together.html").module
    return str(macro.together(view, room_pictures, wall))


def seen(part: ET.Element) -> str:
    """Return what everybody reads in a part of a page: all text that is not inside a drawing."""
    return " ".join(" ".join(_seen(part)).split())


def _seen(part: ET.Element) -> Iterator[str]:
    yield part.text or ""
    for child in part:
        if child.tag != f"{SVG}svg":
            yield from _seen(child)
        yield child.tail or ""


def drawings(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield every drawing with the nearest part of the page that says the same in words."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for svg in root.iter(f"{SVG}svg"):
        around = parents[svg]
        while around.tag not in ("li", "section") and around is not root:
            around = parents[around]
        yield svg, around


def well_made(html: str, *, wall: bool = False) -> ET.Element:
    """Assert what holds of every page: it parses, each drawing is named and told in words, and nothing is fetched."""
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|data:|href=|src=|javascript:", html)
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "")
    root = ET.fromstring(html)
    ids = [one.get("id") for one in root.iter() if one.get("id") is not None]
    assert len(ids) == len(set(ids))
    for svg, around in drawings(root):
        named = svg.get("aria-labelledby", "").split()
        assert svg.get("role") == "img"
        assert [one.get("id") for one in svg if one.tag in (f"{SVG}title", f"{SVG}desc")] == named != []
        title = svg.findtext(f"{SVG}title", "")
        shown = " ".join([title, *(one.text or "" for one in svg.iter(f"{SVG}text"))])
        told = seen(around) + (svg.findtext(f"{SVG}desc", "") if wall else "")
        assert set(FIGURE.findall(shown)) <= set(FIGURE.findall(told)), (title, told)
    return root


@cache
def taken_up(name: str) -> Cohort:
    exercises, unit = kit()
    return carried_out(
        nobody(),
        c.CreateCohort(name="spring"),
        c.AddParticipants(people=((ParticipantId("p0"), Person(name=HOSTILE)),)),
        c.TakeUpExercise(exercise_id=name, exercise=exercises[name], unit=unit),
        c.OpenActivity(exercise_id=name, delivery=None),
    )


def submitted(name: str, output: str, answers: Mapping[str, Any]) -> c.SubmitOutput:
    return c.SubmitOutput(
        output=OutputId(output),
        exercise_id=name,
        participant=ParticipantId("p0"),
        members=(),
        delivery=None,
        answers=answers,
        route="phone",
        entered_by="participant",
        with_gaps=True,
    )


def is_drawn(exercise: Exercise) -> bool:
    """Whether a result of this exercise has pictures."""
    asked = any(item.x or item.right for item in exercise.items)
    return bool(asked or exercise.factors or exercise.reading.rates or exercise.compare)


@st.composite
def own_pages(draw: st.DrawFn, *, two_views: bool = False) -> OutputPage:
    """Draw somebody's sheet of any shipped exercise, amended now and then, and both views where two are compared."""
    names = [name for name, one in kit()[0].items() if one.privacy != "anonymous"]
    drawn = [name for name in names if is_drawn(kit()[0][name]) and (kit()[0][name].compare or not two_views)]
    name = draw(st.sampled_from(drawn) if two_views else st.sampled_from(drawn) | st.sampled_from(names))
    state = taken_up(name)
    exercise = state.exercise(name)
    assert exercise is not None
    compare = exercise.item(exercise.compare) if exercise.compare else None
    for number, view in enumerate(compare.options[:2] if compare else [None]):
        raw = draw(some_answers(exercise, gaps=draw(st.booleans())))
        raw |= {compare.id: view.id} if compare and view else {}
        raw |= {one: raw.get(one, "TM1") for one in exercise.named_by}
        answers = read(exercise, raw).answers
        assume(set(answers) - {exercise.compare})
        state = carried_out(state, submitted(name, f"one <{number}>", answers))
        if draw(st.booleans()):
            more = {key: one for key, one in draw(some_answers(exercise)).items() if key not in answers}
            again = read(exercise, {**more, **answers}).answers
            state = carried_out(state, *[submitted(name, f"one <{number}>", again)][: again != answers])
    page = output_page(state, OutputId("one <0>"), for_trainer=False)
    assert page is not None
    return page


@given(page=own_pages(), explain=st.sampled_from([None, False, True]))
@laws
def test_any_own_result(page: OutputPage, explain: bool | None) -> None:
    """Whatever was answered, each picture is named, every figure in it stands beside it in words, and caveats end it."""
    root = well_made(own(page, explain=explain))
    found = page.result
    known = [one for one in found.scores if one.tenths is not None]
    rates = [one for one in found.rates if one.percent is not None]
    drawn = [svg.get("aria-labelledby", "").partition("-")[0] for svg, _ in drawings(root)]
    for kind, count in (("score", known), ("rate", rates), ("place", found.placed)):
        assert drawn.count(kind) == len(count), kind
    assert drawn.count("marks") == bool(found.marks)
    said = seen(root)
    for one in found.placed:
        axes = [axis for axis in (one.x_axis, one.y_axis) if axis]
        told = [text for axis in axes for text in (axis.low, axis.high)]
        assert all(" ".join(text.split()) in said for text in (*told, one.corner or "", one.advice or ""))
        assert f"{one.x} of 10" in said
    assert ("What this is not" in said) == bool(found.caveats)
    assert said.endswith(" ".join(" ".join(found.caveats).split()))


@given(page=own_pages(), explain=st.booleans())
@laws
def test_the_words_are_the_desks(page: OutputPage, explain: bool) -> None:
    """Every word of a result at the desk stands on the phone as well, in the same order."""
    page = replace(page, named="", compared=(), result=replace(page.result, placed=()))
    desk = DRAWN.sub(
        " ", "\n".join(line.plain for b in handed_in_blocks(page, explain=explain) for line in b.lines(6_100))
    )
    rest = iter(words(seen(ET.fromstring(own(page, explain=explain)))))
    missing = next((word for word in words(desk) if word not in rest), None)
    assert missing is None, (missing, desk)


def words(text: str) -> list[str]:
    """Return the words of a text without the signs that a desk's and a page's pictures are made of."""
    return [word for word in text.split() if word not in "●X·•"]


@given(page=own_pages(two_views=True))
@laws
def test_two_views(page: OutputPage) -> None:
    """Two views are named A and B, each thing is said as at the desk, and drawn where either is a figure."""
    assume(page.compared)
    root = ET.fromstring(own(page))
    assert all(
        f"{letter} {view}" in seen(root) for letter, view in zip("AB", page.compared_views, strict=True)
    )
    pairs = list(pictures.compared(page))
    assert [one.title for one in pairs] == [one.title for one in page.compared]
    for pair, one in zip(pairs, page.compared, strict=True):
        assert pair.words.startswith(f"A {one.first}; B {one.second}")
        if one.apart is not None:
            assert pair.words.split("; ")[-1] in (apart(one.apart), apart(one.apart, whole=True))
        letters = re.findall(r">([AB])</text>", pair.picture)
        assert sorted(letters) == [
            key
            for key, text in (("A", one.first), ("B", one.second))
            if text[0].isdigit() and not text.count(" of ")
        ]


def test_right_answers_wait_for_the_second_try() -> None:
    """While a second try is open, what is right and why is not on the page, unless it was asked for."""
    item = kit()[0]["recap-quiz"].item("formal-informal")
    assert item is not None
    why = " ".join((item.why or "").split())
    tries = [
        {"part": "session-a", "formal-informal": "close", "policy-lived": "managers"},
        {"part": "session-a", "formal-informal": "record", "policy-lived": "managers"},
    ]
    state, found = taken_up("recap-quiz"), []
    for answers in tries:
        state = carried_out(state, submitted("recap-quiz", "q", answers))
        page = output_page(state, OutputId("q"), for_trainer=False)
        assert page is not None
        found.append([seen(ET.fromstring(own(page, explain=one))) for one in (None, False, True)])
    assert [why in said for said in found[0]] == [False, False, True]
    assert ["Right:" in said for said in found[0]] == [False, False, True]
    assert "✗ not yet" in found[0][0]
    assert [why in said for said in found[1]] == [True, False, True]
    assert "right at the second try" in found[1][0]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Together]:
    """Have seven people hand in every shipped exercise on a real record, both views where there are two."""
    exercises, unit = kit()
    workshop = Workshop(opener(tmp_path_factory.mktemp("c") / "journal.db", new=True), Clock().now)
    workshop.handle(c.CreateCohort(name="spring"))
    sheets = Sheets(workshop)
    for name, exercise in exercises.items():
        taken = sheets.take_up(name, exercise, unit)
        if taken.privacy == "anonymous":
            sheets.into_the_box(name, 7)
            continue
        views = taken.item(taken.compare) if taken.compare else None
        for who in range(len(NAMES)):
            for view in views.options if views else [None]:
                answers = sheets.anything(taken) | ({views.id: view.id} if views and view else {})
                sheets.hand_in(name, who, answers, output=f"{name}-{who}-{view.id if view else ''}")
    sheets.do(c.SortIdea(exercise_id="reward-ideas", idea="cleargoals", category="money"))
    sheets.do(c.PlaceDots(exercise_id="reward-ideas", voter=ParticipantId("p1"), ideas=("cleargoals",) * 3))
    found = {name: together(workshop.state, name, 5) for name in exercises}
    workshop.close()
    return {name: view for name, view in found.items() if view is not None}


@pytest.mark.parametrize("wall", [False, True])
def test_the_rooms_results(filled: Mapping[str, Together], wall: bool) -> None:
    """Everything that can be drawn of a room is drawn, with its figures in words; nobody is named or marked out."""
    for name, view in filled.items():
        root = well_made(shared(view, wall=wall), wall=wall)
        drawn = [svg.get("aria-labelledby", "").partition("-")[0] for svg, _ in drawings(root)]
        assert drawn.count("spread") == sum(one.mean is not None for one in view.spreads)
        assert drawn.count("field") == sum(bool(one.spots) for one in view.fields)
        assert drawn.count("share") == sum(len(one.bars) for one in view.bars)
        assert len(list(root.iter("tbody"))) == len(view.heat)
        everything = " ".join(root.itertext()).split()
        named = {part for person in NAMES for part in person.split()} | {
            "AO",
            "BP",
            "ØÅ",
            "漢名",
            "DR",
            "TM1",
        }
        own_words = set(" ".join(_texts(view.exercise)).split())
        assert not named & set(everything) - own_words, name
        said = seen(root)
        assert said.endswith(" ".join(" ".join(view.exercise.reading.caveats).split()))


def _texts(exercise: Exercise) -> Iterator[str]:
    yield from exercise.reading.caveats
    for item in exercise.items:
        yield item.text
        yield from (option.text for option in item.options)


def test_on_phones_the_rooms_words_are_the_desks(filled: Mapping[str, Together]) -> None:
    """What the desk says of a room below and beside its pictures, phones say too; headings at most say more."""
    for name, view in filled.items():
        own_words = replace(view, fields=(), heat=(), words=())
        said = words(seen(ET.fromstring(shared(own_words, wall=False))))
        desk = DRAWN.sub(
            " ", "\n".join(line.plain for b in together_blocks(own_words) for line in b.lines(6_100))
        )
        desk = re.sub(
            r"(?<!\S)[·\d+]{6,}(?!\S)|The figures under a bar .*|Read what was handed in, .*", " ", desk
        )
        assert set(words(desk)) <= set(said), name


def test_below_the_number_only_the_count(filled: Mapping[str, Together]) -> None:
    """Below the number of people a page says how many there are and from how many it shows, and draws nothing."""
    for name, view in filled.items():
        for wall in (False, True):
            few = replace(view, people=4, at_least=5)
            said = seen(well_made(shared(few, wall=wall)))
            assert said.startswith("4 people so far; results show from 5 up."), name
            assert ("a box" in said) == (view.exercise.privacy == "anonymous")
            assert "<svg" not in shared(few, wall=wall)
            assert "Nobody has handed in yet." in shared(replace(few, people=0), wall=wall)


def test_what_was_written_is_for_the_trainer(filled: Mapping[str, Together]) -> None:
    """What anonymous sheets say in words stands on no phone and on no wall."""
    secret = Words(text="What would you change?", entries=("The coffee",))
    view = replace(filled["evaluation"], words=(secret,))
    assert view.words
    for wall in (False, True):
        assert "coffee" not in shared(view, wall=wall)


def test_hostile_words_stay_words(filled: Mapping[str, Together]) -> None:
    """Whatever people and authors write stands on the page and in its pictures as they wrote it."""
    amo, quiz, ideas = (filled[name] for name in ("amo", "recap-quiz", "reward-ideas"))
    spreads = tuple(replace(one, title=HOSTILE, view=HOSTILE) for one in amo.spreads)
    heat = tuple(
        replace(one, view=HOSTILE, rows=tuple(replace(row, text=HOSTILE) for row in one.rows))
        for one in amo.heat
    )
    bars = tuple(
        replace(one, text=HOSTILE, bars=tuple(replace(bar, label=HOSTILE) for bar in one.bars))
        for one in quiz.bars
    )
    board = tuple(
        replace(one, title=HOSTILE, ideas=tuple(replace(idea, text=HOSTILE) for idea in one.ideas))
        for one in ideas.board
    )
    for view in (
        replace(amo, spreads=spreads, heat=heat),
        replace(quiz, bars=bars),
        replace(ideas, board=board),
    ):
        for wall in (False, True):
            root = ET.fromstring(shared(view, wall=wall))
            assert {one.tag for one in root.iter()}.isdisjoint({"script", "img", f"{SVG}script"})
            assert HOSTILE in seen(root)
            assert "49" not in seen(root)


@given(title=texts, desc=texts)
@laws
def test_a_drawing_takes_any_title(title: str, desc: str) -> None:
    """Any text names a drawing, cleaned and on one line, and the drawing still parses."""
    root = ET.fromstring(room_pictures.drawing("a", 10, title, room_pictures.bar(0.5), desc))
    assert root.findtext(f"{SVG}title", "") == clean_line(title)
    assert root.findtext(f"{SVG}desc", "") == clean_line(desc)


@given(one=st.lists(texts, max_size=3), other=st.lists(texts, max_size=3))
@laws
def test_ids_differ_where_their_parts_do(one: list[str], other: list[str]) -> None:
    """Two ids are the same only for the same parts, and none holds anything but plain characters."""
    assert (room_pictures.ident("a", *one) == room_pictures.ident("a", *other)) == (one == other)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", room_pictures.ident("a", *one))


@given(scores=st.lists(st.integers(10, 50), min_size=1, max_size=40).map(sorted))
@laws
def test_every_score_has_its_dot(scores: Sequence[int]) -> None:
    """A spread has a dot for each score, in its place, inside the drawing, and none hides behind another."""
    spread = Spread(title="Ability", mean=scores[0], lowest=1, highest=5, scores=tuple(scores))
    root = ET.fromstring(room_pictures.spread(spread, "k"))
    high = float(root.get("viewBox", "").split()[3])
    dots = [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in root.iter(f"{SVG}circle")]
    assert [x for x, _ in dots] == pytest.approx(
        [room_pictures.along((one - 10) / 40) for one in scores], abs=0.01
    )
    assert all(5 <= x <= room_pictures.WIDE - 5 and 5 <= y <= high - room_pictures.BAR - 5 for x, y in dots)
    assert len(set(dots)) == len(dots)
    assert high <= 110


@given(places=st.lists(st.tuples(st.integers(1, 10), st.integers(1, 10)), min_size=1, max_size=30))
@laws
def test_every_place_is_counted(places: list[tuple[int, int]]) -> None:
    """On a grid and on a line everybody is counted once, at their place, and the words say how many are where."""
    item = next(one for one in kit()[0]["skill-will"].items if one.kind == "grid")
    spots = tuple(Spot(label="Anna Secret", x=x, y=y) for x, y in places)
    grid = Field(item=item, spots=spots)
    line = Field(item=replace(item, y=None, corners=()), spots=tuple(replace(one, y=None) for one in spots))
    for one in (grid, line):
        drawn = ET.fromstring(room_pictures.field(one, "k"))
        counts = re.findall(r"(\d+) at ", room_pictures.places(one))
        assert sum(map(int, counts)) == len(places)
        figures = sorted(text.text or "" for text in drawn.iter(f"{SVG}text"))
        assert figures == sorted(count for count in counts if one is line or count != "1")
        assert "Secret" not in ET.tostring(drawn, encoding="unicode")
    assert sum(room_pictures.corners(grid).values()) == len(places)


PHONE = """() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    letters: [...document.querySelectorAll('svg text')].map((one) =>
        parseFloat(getComputedStyle(one).fontSize) * one.ownerSVGElement.getBoundingClientRect().width / 320),
    bars: [...document.querySelectorAll('.drawn-bar')].map((one) => getComputedStyle(one).fill),
    paper: getComputedStyle(document.body).backgroundColor,
})"""
WALL = """() => {
    const wall = document.querySelector('.on-wall'), room = wall.getBoundingClientRect();
    const parts = [...wall.querySelectorAll('h2, p, li, tr, .drawing')].map((one) => one.getBoundingClientRect());
    const words = [...wall.querySelectorAll('h2, p, li, th, td, span')];
    return {
        cut: parts.filter((one) => one.top < room.top - 1 || one.bottom > room.bottom + 1).length,
        split: [...wall.querySelectorAll('.measure, tr, h2, .drawing')].filter((one) => one.getClientRects().length > 1).length,
        pages: wall.scrollWidth / wall.clientWidth,
        letters: Math.min(...words.map((one) => parseFloat(getComputedStyle(one).fontSize))),
    };
}"""


def styled(*sheets: str) -> str:
    folders = {"results": STATIC}
    return "".join(
        (folders.get(one, ROOM / "static") / f"{one}.css").read_text(encoding="utf-8") for one in sheets
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("needs chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


def test_on_a_small_phone(browser: Browser, filled: Mapping[str, Together]) -> None:
    """At 320 pixels nothing runs off the side, letters can be read, and bars show where colours are few."""
    ideas = filled["reward-ideas"]
    long = replace(ideas.board[0], ideas=(replace(ideas.board[0].ideas[0], text="W" * 300),))
    views = {**filled, "reward-ideas": replace(ideas, board=(long,))}
    style = styled("room", "results")
    for name in ("amo", "skill-will", "results-behaviours", "recap-quiz", "reward-ideas"):
        for forced in (False, True):
            page = browser.new_page(
                viewport={"width": 320, "height": 640}, forced_colors="active" if forced else "none"
            )
            page.set_content(
                f"<!doctype html><style>{style}</style><main>{shared(views[name], wall=False)}</main>"
            )
            found = page.evaluate(PHONE)
            page.close()
            assert found["wide"] <= 0, name
            assert all(size >= 12 for size in found["letters"]), name
            assert not {found["paper"], "rgb(11, 92, 173)" if forced else "none"} & set(found["bars"]), name


def test_on_the_projector(browser: Browser, filled: Mapping[str, Together]) -> None:
    """On the projector letters are big, and what does not fit stands on further pages, nothing cut in two."""
    style = styled("room", "results", "screen")
    for name in ("amo", "skill-will", "results-behaviours", "recap-quiz", "reward-ideas", "evaluation"):
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.set_content(
            f'<!doctype html><style>{style}</style><body class="wall"><main class="with-results">'
            '<h1 class="segment">Now</h1><div class="clock"><p class="timer">12:43</p></div>'
            f'<section class="wall-results"><h2>Title</h2>{shared(filled[name], wall=True)}</section>'
            '<aside class="foot"><p class="big-code">4F7K</p></aside></main>'
        )
        found = page.evaluate(WALL)
        page.close()
        assert found["cut"] == 0, name
        assert found["letters"] >= 24, name
        assert found["split"] == 0, name
        assert name != "recap-quiz" or found["pages"] > 10
