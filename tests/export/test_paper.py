"""The kit on paper: everything that is asked is on it, for whoever it is meant, and nobody else."""

from collections.abc import Iterator
from dataclasses import replace

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp

from pmworkshop.core.deck import Deck
from pmworkshop.core.exercise import expanded
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.plan import Session
from pmworkshop.core.saying import PRIVACY
from pmworkshop.core.sheet_id import MARK, find_sheet
from pmworkshop.core.state import Cohort, Participant, nobody
from pmworkshop.export.paper.cards import ACROSS, ON_A_PAGE, cards, stacks
from pmworkshop.export.paper.handouts import Handout, for_cohort, handouts
from pmworkshop.export.paper.poster import poster
from pmworkshop.export.paper.run_sheet import Around, run_sheet
from pmworkshop.export.typesetting import STANDARDS
from pmworkshop.library.kit import load_kit
from pmworkshop.wiring.places import shipped_kit
from tests.browser.every_kind import EVERY_KIND
from tests.export.pdf_looks import assert_kept, kinds, pictures, squeezed, texts

KIT = load_kit(shipped_kit())
FORMS = {name: expanded(one, KIT.unit) for name, one in KIT.exercises.items()} | {"every-kind": EVERY_KIND}
NAMES = (
    "Anna Berg",
    "../../x",
    "CON",
    "مريم الحسيني",
    "王小明",
    "#panic() " * 20,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
)
PEOPLE = {
    ParticipantId(f"p{number}"): Participant(id=ParticipantId(f"p{number}"), name=name.strip())
    for number, name in enumerate(NAMES)
}
COHORT: Cohort = replace(nobody(), name="spring", participants=PEOPLE)
AROUND = Around(
    course=KIT.course, unit=KIT.unit, exercises=KIT.exercises, decks=KIT.decks, planned=KIT.planned
)


def read_codes(pdf: bytes) -> Iterator[list[str]]:
    for page in pictures(pdf):
        yield [code.text for code in zxingcpp.read_barcodes(page)]


@pytest.mark.parametrize("name", FORMS)
def test_every_exercise_is_a_sheet_with_all_its_questions(name: str) -> None:
    """Each shipped exercise, and one with every kind of question, is an accessible PDF that asks all it asks."""
    form = FORMS[name]
    made = handouts([Handout(exercise_id=name, exercise=form)])
    assert made.standards == STANDARDS
    assert made.replaced == ()
    assert_kept(made.pdf, form.title)
    whole = "".join(texts(made.pdf))
    for item in form.items:
        assert squeezed(item.text) in whole
        choices = [one.text for one in item.options] + [one.title for one in item.columns]
        assert all(squeezed(text) in whole for text in choices)
    assert whole.index(squeezed(PRIVACY[form.privacy])) < whole.index(squeezed(form.items[0].text))
    assert ("Name" in whole) != (form.privacy == "anonymous")


def test_all_exercises_together_begin_on_leaves_of_their_own() -> None:
    """Printed on both sides, no exercise begins on the back of another; each counts its own pages."""
    sheets = [Handout(exercise_id=name, exercise=form) for name, form in FORMS.items()]
    made = handouts(sheets)
    assert made.standards == STANDARDS
    opened = assert_kept(made.pdf, f"{len(FORMS)} exercises on paper")
    assert kinds(opened).count("H1") == len(FORMS)
    pages = texts(made.pdf)
    first = [number for number, page in enumerate(pages) if squeezed("Page 1 of") in page]
    assert len(first) == len(FORMS)
    assert all(number % 2 == 0 for number in first)
    blank = sum(not page for page in pages)
    assert len(texts(handouts(sheets, leaves=False).pdf)) == len(pages) - blank


def test_a_persons_sheet_names_person_and_exercise_to_a_camera_and_a_typist() -> None:
    """The code on each sheet leads to the very person and exercise whose name and title stand beside it."""
    forms = ("amo", "skill-will")
    sheets = [one for name in forms for one in for_cohort(name, FORMS[name], list(PEOPLE.values()))]
    made = handouts(sheets, cohort="spring")
    assert made.standards == STANDARDS
    pages = texts(made.pdf)
    found = []
    for page, codes in zip(pages, read_codes(made.pdf), strict=True):
        if codes:
            assert codes[0].startswith(MARK)
            assert codes[0].removeprefix(MARK) in page
            who, exercise = find_sheet(COHORT, codes[0], FORMS)  # type: ignore[misc]  # no refusal
            if PEOPLE[who].name.isascii():
                assert squeezed(PEOPLE[who].name) in page
            assert squeezed(FORMS[exercise].title) in page
            found.append((who, exercise))
    assert found == [(who, name) for name in forms for who in PEOPLE]


def test_what_is_anonymous_or_done_together_carries_no_name_and_no_code() -> None:
    """An anonymous sheet cannot be traced; a group's has room for its names."""
    for name, count in (("evaluation", len(PEOPLE)), ("reward-ideas", 2)):
        sheets = list(for_cohort(name, FORMS[name], list(PEOPLE.values())))
        made = handouts(sheets, cohort="spring")
        assert len(sheets) == count
        assert all(codes == [] for codes in read_codes(made.pdf))
        whole = "".join(texts(made.pdf))
        assert not any(squeezed(person) in whole for person in NAMES if person.isascii() and person != "CON")
        assert ("Nonameonthissheet" in whole) == (name == "evaluation")


@pytest.mark.parametrize("name", KIT.decks)
def test_backs_lie_behind_their_fronts(name: str) -> None:
    """Turned over the long edge, each card's back lies where its front is: same row, other column, same size."""
    deck = KIT.decks[name]
    made = cards(deck)
    assert made.standards == STANDARDS
    opened = assert_kept(made.pdf, f"Cards: {deck.title}")
    assert {tuple(round(float(one)) for one in page.mediabox) for page in opened.pages} == {(0, 0, 595, 842)}
    document = pypdfium2.PdfDocument(made.pdf)
    side = 0
    for stack in stacks(deck):
        for start in range(0, len(stack.cards), ON_A_PAGE):
            for place, (card, _) in enumerate(stack.cards[start : start + ON_A_PAGE]):
                row, column = divmod(place, ACROSS)
                number = f"{deck.cards.index(card) + 1} of {len(deck.cards)} "
                assert where(document[side], number) == (row, column)
                assert where(document[side + 1], number) == (row, ACROSS - 1 - column)
            side += 2
    assert side == len(document) - 1


def where(page: pypdfium2.PdfPage, words: str) -> tuple[int, int]:
    """Return the row and column of the card that `words` begin a line of."""
    text = page.get_textpage()
    search = text.search(words)
    while (found := search.get_next()) is not None:
        start, _ = found
        if start and text.get_text_range(start - 1, 1).isdigit():
            continue
        left, _, _, top = text.get_charbox(start)
        return int((page.get_height() - top - 35.4) // 192.75), int((left - 28.3) // 269.3)
    raise AssertionError(words)


@pytest.mark.parametrize("name", [name for name, deck in KIT.decks.items() if deck.roles])
def test_no_side_of_a_page_holds_the_briefs_of_two_roles(name: str) -> None:
    """Each brief is printed once; the sides with one role's briefs hold no other's, and no front holds any."""
    deck: Deck = KIT.decks[name]
    pages = texts(cards(deck).pdf)
    found = []
    for number, page in enumerate(pages):
        here = [
            (card.id, brief.role)
            for card in deck.cards
            for brief in card.briefs
            if squeezed(brief.text) in page
        ]
        assert len({role for _, role in here}) <= 1
        assert not here or number % 2 == 1
        assert not here or not any(squeezed(card.turn or "-" * 9) in page for card in deck.cards)
        found += here
    assert sorted(found) == sorted((card.id, brief.role) for card in deck.cards for brief in card.briefs)


def heights(page: pypdfium2.PdfPage, words: str) -> Iterator[float]:
    """Yield how high above the foot of the page each of these words stands, in points."""
    text = page.get_textpage()
    search = text.search(words)
    while (found := search.get_next()) is not None:
        yield text.get_charbox(found[0])[1]


def test_the_longest_cards_still_fit() -> None:
    """Every text at its greatest length stays within its card, in whatever script."""
    deck = KIT.decks["difficult-conversations"]
    card = deck.cards[0]
    full = replace(
        card,
        title="漢字 long " * 20,
        text="word " * 118 + "ENDS",
        briefs=tuple(replace(one, text="w" * 595 + " ENDS") for one in card.briefs),
        turn="turn " * 120,
        listen_for=("listen " * 28,) * 6,
    )
    made = cards(replace(deck, cards=(full,) * 9))
    pages = texts(made.pdf)
    assert made.standards == STANDARDS
    assert pages[1].count("w" * 595) == 8
    document = pypdfium2.PdfDocument(made.pdf)
    for side, foot in ((0, "General guidance"), (1, "For the eyes")):
        ends, feet = (list(heights(document[side], words)) for words in ("ENDS", foot))
        assert len(ends) == len(feet) == 8
        assert all(end > foot for end, foot in zip(ends, feet, strict=True))
    whole = "".join(pages)
    assert whole.count(squeezed(full.listen_for[0])) == 9 * 6
    assert whole.count("turn" * 120) == 9


@pytest.mark.parametrize("name", KIT.sessions)
def test_the_run_sheet_holds_all_that_the_day_needs(name: str) -> None:
    """Whoever runs the session alone finds every segment, look-for, caution, material, option and exercise in it."""
    session: Session = KIT.sessions[name]
    made = run_sheet(session, AROUND)
    assert made.standards == STANDARDS
    opened = assert_kept(made.pdf, f"Run sheet, {session.title}: {session.subtitle}")
    assert {"Table", "TH", "L", "H1", "H2"} <= set(kinds(opened))
    whole = "".join(texts(made.pdf))
    for segment in session.segments:
        wanted = [segment.title, segment.purpose or "", segment.output or "", *segment.look_for]
        wanted += [option.title for option in (segment.options.of if segment.options else ())]
        wanted += [KIT.exercises[one].title for one in segment.activities if one in KIT.exercises]
        assert [text for text in wanted if squeezed(text) not in whole] == []
    assert all(squeezed(one.what) in whole for one in session.provenance)
    assert "**" not in whole


def test_the_poster_is_blank_or_filled_in() -> None:
    """Without particulars there is room to write them; with them, a camera finds the room."""
    blank, known = poster(), poster(address="http://192.168.1.20:8600", code="4F7K", wifi="Guest <b>")
    for made in (blank, known):
        assert made.standards == STANDARDS
        assert len(assert_kept(made.pdf, "How to join the room").pages) == 1
    assert list(read_codes(blank.pdf)) == [[]]
    assert list(read_codes(known.pdf)) == [["http://192.168.1.20:8600/?code=4F7K"]]
    assert "4F7K" in texts(known.pdf)[0]
    assert "Guest<b>" in texts(known.pdf)[0]
