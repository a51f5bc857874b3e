"""Typesetting: whatever anybody wrote becomes an accessible PDF, the same one every time."""

import io
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmworkshop.core.text import clean
from pmworkshop.core.units import Instant
from pmworkshop.export import typesetting
from pmworkshop.export.glyphs import FONTS, clusters, font_names, showable
from pmworkshop.export.typesetting import STANDARDS, TEMPLATES, TypesettingError, typeset
from tests.export.pdf_looks import assert_kept, kinds, squeezed, texts

PLAIN = """#import "house.typ": *
#show: house.with(mark: data.mark, foot: prose(data.foot))
= #prose(data.head)
#for one in data.texts { block(prose(one)) }
#sheet-table(columns: (1fr, 3fr), head: ("No.", "Text"), ..data.texts.enumerate().map(((n, one)) => ([#n], prose(one))).flatten())
"""
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
HOSTILE = (
    "\n".join(f'#panic() {number} $x$ *b* _i_ `c` <l> @r // /* #eval("1")' for number in range(40)),
    "كيف نقيّم الأداء بعدل؟ שלום עולם",
    "我们先约定标准 かな 한국어 Ωμέγα Ж नमस्ते தமிழ் ไทย አማርኛ",
    f"{FAMILY} \U0001f44d\U0001f3fd \U0001f1ec\U0001f1e7 1\ufe0f\u20e3",
    "bell\x07 escape\x1b[2J order\u202emark\ufeff null\x00 lone \u0301\u200d\ufe0f",
    "x" * 10_000,
    "hieroglyph \U00013000, private \uf123, e\u0301 and z\u0335\u0301",
    "../../x CON <b>&amp; =HYPERLINK(1) \t tab  two spaces",
)
FEW = settings(max_examples=25, deadline=None)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offer a template that uses all that papers share, beside the real ones."""
    bare = b'#import "house.typ": *\n#show: house\n= T\n#image("/files/" + data)'
    own = {"plain.typ": PLAIN.encode(), "no-words.typ": bare}
    everything = {**typesetting._templates(), **own}
    monkeypatch.setattr(typesetting, "_templates", lambda: everything)


def said(*lines: str, mark: str | None = "DRAFT") -> dict[str, object]:
    return {"texts": lines, "mark": mark, "head": "Heading", "foot": "Foot"}


def test_hostile_text_stands_word_for_word_in_an_accessible_pdf() -> None:
    """No text, whatever it looks like, is run, breaks the standards, leaves the page, or gets lost."""
    made = typeset("plain.typ", said(*HOSTILE), title="Täst 漢", at=Instant(1_800_000_000_000))
    assert made.standards == STANDARDS
    assert made.replaced == ("\U00013000", "\uf123")
    opened = assert_kept(made.pdf, "Täst 漢")
    assert {"Table", "THead", "TH", "TD", "H1"} <= set(kinds(opened))
    whole = "".join(texts(made.pdf))
    for one in (HOSTILE[0].split("\n")[39], HOSTILE[2], HOSTILE[7]):
        assert whole.count(squeezed(one)) == 2
    assert "‹U+13000›" in whole  # noqa: RUF001  # the mark
    assert whole.count("x") >= 20_000
    assert str(opened.docinfo.CreationDate).startswith("D:20270115")


def test_nothing_runs_off_the_paper() -> None:
    """Ten thousand letters without a space are broken within the column that holds them."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  # only here

    made = typeset("plain.typ", said("x" * 10_000, "W" * 300, mark=None), title="Long")
    for page in pypdfium2.PdfDocument(made.pdf):
        text = page.get_textpage()
        assert max(text.get_charbox(n)[2] for n in range(text.count_chars())) < page.get_width() - 50


def test_the_mark_stands_on_every_page() -> None:
    """A draft says so on each page, across it and in its header."""
    pages = texts(typeset("plain.typ", said(HOSTILE[0], HOSTILE[5]), title="Draft").pdf)
    assert len(pages) > 3
    assert all(page.count("DRAFT") >= 1 for page in pages)


def test_the_same_input_makes_the_same_bytes_from_any_thread() -> None:
    """Papers set side by side in several threads are the paper that is set alone."""
    alone = typeset("plain.typ", said(*HOSTILE), title="Same").pdf
    with ThreadPoolExecutor(3) as pool:
        made = [pool.submit(typeset, "plain.typ", said(*HOSTILE), title="Same") for _ in range(6)]
    assert {one.result().pdf for one in made} == {alone}


@given(st.lists(st.text(max_size=60), min_size=1, max_size=30))
@FEW
def test_any_text_keeps_the_standards(lines: list[str]) -> None:
    """There is no text for which the standards have to be dropped."""
    assert typeset("plain.typ", said(*lines), title=lines[0] or "-").standards == STANDARDS


@given(st.text(max_size=80))
def test_characters_are_never_lost_and_only_replaced_whole(text: str) -> None:
    """What readers take for one character is shown as it is or replaced as a whole; all else stays."""
    text = clean(text).replace("\ufeff", "")
    assert "".join(clusters(text)) == text
    shown, replaced = showable(text)
    assert bool(replaced) == (shown != text)
    assert set(replaced) <= set(clusters(text))


def test_an_emoji_family_and_a_letter_with_its_marks_are_one_character() -> None:
    """Marks, joined emoji, shades of skin, flags and Hangul letters are not torn apart."""
    parts = [
        FAMILY,
        "e\u0301\u0323",
        "\U0001f44d\U0001f3fd",
        "\U0001f1ec\U0001f1e7",
        "\U0001f1eb\U0001f1f7",
        "각",
        "1\ufe0f\u20e3",
    ]
    assert list(clusters("".join(parts))) == parts


def test_standards_are_dropped_only_as_a_last_resort_and_it_is_said() -> None:
    """A picture without words breaks PDF/UA: there is a PDF even so, and it does not pretend."""
    dot = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    made = typeset("no-words.typ", "dot.svg", title="Dot", files={"dot.svg": dot})
    assert made.standards == ()
    assert len(pikepdf.open(io.BytesIO(made.pdf)).pages) == 1


def test_a_picture_that_cannot_be_read_is_said_in_words() -> None:
    """A broken photo is no traceback out of the depths."""
    with pytest.raises(TypesettingError, match="could not be set"):
        typeset("no-words.typ", "p.jpg", title="P", files={"p.jpg": b"\xff\xd8 no picture"})


def test_nothing_is_fetched_from_the_network() -> None:
    """No template names a package, and none evaluates what it is given."""
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text("utf-8")
        assert "@preview" not in source
        assert "eval(" not in source


def test_every_font_comes_with_its_licence() -> None:
    """The fonts are ours to hand on, they cover what learners in Britain write, and they fit in the wheel."""
    assert {"OFL.txt", "Apache-2.0.txt", "README.md"} <= {one.name for one in FONTS.iterdir()}
    assert sum((FONTS / name).stat().st_size for name in font_names()) < 13_000_000
    for text in ("Łódź Çağan Nguyễn Siân", "বাংলা ਪੰਜਾਬੀ ગુજરાતી తెలుగు", "اردو پښتو کوردی", "ትግርኛ ქართული"):
        assert showable(text) == (text, ())
