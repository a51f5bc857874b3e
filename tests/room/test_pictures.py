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
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from pmworkshop.core import commands as c
from pmworkshop.core.answers import read
from pmworkshop.core.exercise import Exercise
from pmworkshop.core.ids import OutputId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.text import clean_line
from pmworkshop.core.unit import Unit
from pmworkshop.desk.widgets.result_blocks import apart as desk_apart
from pmworkshop.desk.widgets.result_blocks import handed_in_blocks
from pmworkshop.desk.widgets.room_blocks import idea_words as desk_idea_words
from pmworkshop.desk.widgets.room_blocks import together_blocks
from pmworkshop.library import load_kit, shipped_kit_path
from pmworkshop.live.views.board import Idea
from pmworkshop.live.views.outputs import OutputPage, output_page
from pmworkshop.live.views.places import Field, Spot
from pmworkshop.live.views.results import Spread, Together, Words, together
from pmworkshop.live.workshop import Workshop
from pmworkshop.room import pictures, room_pictures
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener
from tests.core.conftest import carried_out, some_answers
from tests.desk.handing_in import NAMES, Sheets

ROOM = Path(room_pictures.__file__).parent
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
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOM / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


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


def well_made(html: str) -> ET.Element:
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
        assert set(FIGURE.findall(shown)) <= set(FIGURE.findall(seen(around))), (title, seen(around))
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


@st.composite
def own_pages(draw: st.DrawFn) -> OutputPage:
    """Draw somebody's sheet of any shipped exercise, amended now and then, and both views where two are compared."""
    name = draw(st.sampled_from([key for key, one in kit()[0].items() if one.privacy != "anonymous"]))
    state = taken_up(name)
    exercise = state.exercise(name)
    assert exercise is not None
    compare = exercise.item(exercise.compare) if exercise.compare else None
    for number, view in enumerate(compare.options[:2] if compare else [None]):
        raw = draw(some_answers(exercise, gaps=draw(st.booleans())))
        raw |= {compare.id: view.id} if compare and view else {}
        raw |= {one: raw.get(one, "TM1") for one in exercise.named_by}
        answers = read(exercise, raw).answers
        state = carried_out(state, submitted(name, f"one <{number}>", answers))
        if draw(st.booleans()):
            more = {key: one for key, one in draw(some_answers(exercise)).items() if key not in answers}
            again = read(exercise, {**more, **answers}).answers
            state = carried_out(state, submitted(name, f"one <{number}>", again))
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
    assert ("What this is not" in said) == bool(found.caveats)
    assert said.endswith(" ".join(" ".join(found.caveats).split()))


@given(page=own_pages(), explain=st.booleans())
@laws
def test_the_words_are_the_desks(page: OutputPage, explain: bool) -> None:
    """Every word of a result at the desk stands on the phone as well, in the same order."""
    page = replace(page, named="", compared=())
    desk = DRAWN.sub(" ", "\n".join(line.plain for b in handed_in_blocks(page, explain=explain) for line in b.lines(6_100)))
    rest = iter(words(seen(ET.fromstring(own(page, explain=explain)))))
    missing = next((word for word in words(desk) if word not in rest), None)
    assert missing is None, (missing, desk)


def words(text: str) -> list[str]:
    """Return the words of a text without the signs that a desk's and a page's pictures are made of."""
    return [word for word in text.split() if word not in "●X·•"]


@given(page=own_pages())
@laws
def test_two_views(page: OutputPage) -> None:
    """Two views are named A and B, each thing is said as at the desk, and drawn where either is a figure."""
    pairs = list(pictures.compared(page))
    assert [one.title for one in pairs] == [one.title for one in page.compared]
    for pair, one in zip(pairs, page.compared, strict=True):
        assert pair.words.startswith(f"A {one.first}; B {one.second}")
        if one.apart is not None:
            assert pair.words.split("; ")[-1] in (desk_apart(one.apart), desk_apart(one.apart, whole=True))
        letters = re.findall(r">([AB])</text>", pair.picture)
        assert sorted(letters) == [key for key, text in (("A", one.first), ("B", one.second)) if text[0].isdigit() and not text.count(" of ")]


def test_right_answers_wait_for_the_second_try() -> None:
    """While a second try is open, what is right and why is not on the page, unless it was asked for."""
    exercises, _ = kit()
    quiz = exercises["recap-quiz"]
    state = taken_up("recap-quiz")
    answers = {"part": "session-a", "formal-informal": "close"}
    page = output_page(carried_out(state, submitted("recap-quiz", "q", answers)), OutputId("q"), for_trainer=False)
    again = carried_out(state, submitted("recap-quiz", "q", answers), submitted("recap-quiz", "q", answers | {"formal-informal": "record"}))
    second = output_page(again, OutputId("q"), for_trainer=False)
    item = quiz.item("formal-informal")
    assert page is not None
    assert second is not None
    assert item is not None
    why = " ".join((item.why or "").split())
    assert [why in seen(ET.fromstring(own(page, explain=one))) for one in (None, False, True)] == [False, False, True]
    assert "Right:" not in own(page)
    assert "✗ not yet" in own(page)
    said = seen(ET.fromstring(own(second)))
    assert why in said
    assert "right at the second try" in said
