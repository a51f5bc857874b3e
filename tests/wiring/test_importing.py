"""`pmworkshop import` as an author meets it: real files of every sort in, plans or plain words out, nothing overwritten."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from click.testing import CliRunner, Result
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pmworkshop.cli import cli
from pmworkshop.library import check_paths, shipped_kit_path

NOTES = Path(__file__).parents[1] / "library" / "notes" / "trainer-notes.txt"
Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with data of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PMWORKSHOP_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Run the verb within this process; a traceback or an escape sequence in the output fails any test."""
    assert here.is_dir()

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli, ["import", *words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.output
        assert "\x1b" not in result.output
        return result

    return run


def plan(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text("utf-8")))


def starts(path: Path) -> list[str]:
    return [segment["at"] for segment in yaml.safe_load(path.read_text("utf-8"))["segments"]]


# ---- what is written, and where


def test_the_paths_go_to_stdout_and_the_doubts_to_stderr_with_their_lines(run: Run, here: Path) -> None:
    """A program reads where the plans are; an author reads what to look at; `check` has nothing against them."""
    done = run(str(NOTES))
    assert done.exit_code == 0
    assert done.stdout.split() == ["session-a.yaml", "session-b.yaml"]
    assert f"{NOTES}:91: end: the notes give no end" in done.stderr
    assert check_paths([here / "session-a.yaml", here / "session-b.yaml"], shipped_kit_path()) == ()


def test_a_kit_in_this_folder_takes_the_plans_and_lists_them(run: Run, here: Path) -> None:
    """Without --to they go to `sessions`, with --kit to that kit's."""
    for kit in (here, here / "other"):
        (kit / "sessions").mkdir(parents=True)
        (kit / "sessions" / "course.yaml").write_text("title: T\nunit: u\nsessions: []\n")
    done = run(str(NOTES), "--session", "A")
    assert Path(done.stdout.strip()) == Path("sessions/session-a.yaml")
    assert "sessions/course.yaml lists `session-a` now" in done.stderr
    assert "sessions: [session-a]" in (here / "sessions" / "course.yaml").read_text()
    assert run(str(NOTES), "--session", "Session B", "--kit", "other").exit_code == 0
    assert (here / "other" / "sessions" / "session-b.yaml").is_file()


def test_nothing_is_ever_overwritten_and_then_nothing_at_all_is_written(run: Run, here: Path) -> None:
    """One file that is there already keeps the others from being written as well."""
    (here / "session-b.yaml").write_text("mine")
    done = run(str(NOTES))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "session-b.yaml is there already" in done.stderr
    assert "--to" in done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["session-b.yaml"]
    assert (here / "session-b.yaml").read_text() == "mine"


def test_a_file_or_a_folder_can_be_named(run: Run, here: Path) -> None:
    """--to makes the folder; a file is for one session, and is named .yaml."""
    assert run(str(NOTES), "--to", "new/place").exit_code == 0
    assert starts(here / "new" / "place" / "session-a.yaml")[0] == "09:30"
    assert run(str(NOTES), "--to", "b.yaml", "--session", "b").exit_code == 0
    assert plan(here / "b.yaml")["title"] == "Session B"
    for words, told in (
        (["--to", "one.yaml"], "choose one with --session"),
        (["--to", "one.yml", "--session", "a"], "write --to one.yaml"),
        (["--session", "Sesion B", "--to", "x"], "did you mean Session B?"),
    ):
        done = run(str(NOTES), *words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert told in done.stderr


# ---- files as they come

TWO = "9.30 Café – Intro’s\r\n10.00 Two\r\n"  # noqa: RUF001  # as Windows saves it


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (TWO.encode("cp1252"), "Windows (1252)"),
        (f"\ufeff{TWO}".encode(), ""),
        (TWO.encode("utf-16"), "UTF-16"),
    ],
    ids=["cp1252", "utf-8 with a mark", "utf-16"],
)
def test_text_is_read_however_it_was_saved(run: Run, here: Path, content: bytes, told: str) -> None:
    """Accents, dashes and smart quotes survive; an odd encoding is mentioned."""
    (here / "my_notes.txt").write_bytes(content)
    done = run("my_notes.txt")
    assert done.exit_code == 0
    assert told in done.stderr
    assert done.stdout == "my-notes.yaml\n"
    segments = yaml.safe_load((here / "my-notes.yaml").read_text("utf-8"))["segments"]
    assert [segment["title"] for segment in segments] == ["Café – Intro’s", "Two"]  # noqa: RUF001  # as written


def pressed(names: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return into.getvalue()


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("empty.txt", b"", 2, "is empty"),
        ("blank.txt", b"\xef\xbb\xbf \r\n\t\n", 2, "is empty"),
        ("prose.txt", b"Dear all, see you at the workshop.", 1, "no time was found"),
        ("binary.txt", bytes(range(256)) * 20, 2, "no text has"),
        ("notes.pdf", b"%PDF-1.7\n" + bytes(1000), 2, "is a PDF"),
        ("renamed.txt", b"%PDF-1.7\n" + bytes(1000), 2, "is a PDF"),
        ("large.txt", b"9.30 Welcome\n" * 800_000, 2, "too large"),
        ("old.doc", OLD_WORD, 2, "old Word"),
        ("locked.docx", OLD_WORD + "EncryptedPackage".encode("utf-16-le"), 2, "password"),
        ("cut.docx", pressed({"word/document.xml": b"<w/>"})[:60], 2, "may be damaged"),
        ("not.docx", pressed({"content.xml": b"<x/>"}), 2, "not a Word document"),
        ("hollow.docx", pressed({"word/document.xml": b"<x/>"}), 2, "may be damaged"),
        ("bomb.docx", pressed({"word/document.xml": bytes(30_000_000)}), 2, "too large"),
        ("text.docx", b"9.30 Welcome\n10.00 Two\n", 2, "no Word document"),
        ("notes.odt", b"9.30 Welcome\n10.00 Two\n", 2, "not named .txt, .md or .docx"),
        ("rich.rtf", b"{\\rtf1 9.30 Welcome}", 2, "rich text"),
        ("many.txt", b"\n" * 6000 + b"9.30 Welcome\n10.00 Two", 1, "import a part"),
    ],
)
def test_what_is_no_notes_is_refused_in_words(
    run: Run, here: Path, name: str, content: bytes, code: int, told: str
) -> None:
    """The words name the file and what to do; nothing is written, and nobody waits."""
    (here / name).write_bytes(content)
    began = time.perf_counter()
    done = run(name)
    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr
    assert name in done.stderr
    assert time.perf_counter() - began < 10
    assert [path.name for path in here.iterdir()] == [name]


def test_a_file_that_is_not_there_and_a_folder_are_refused(run: Run, here: Path) -> None:
    """Bad usage, in words."""
    (here / "folder").mkdir()
    assert "there is no file gone.txt" in run("gone.txt").stderr
    assert "folder is not a file" in run("folder").stderr


# ---- Word


@pytest.fixture
def document(here: Path) -> Document:
    """Return a document with all that Word files hold; the test saves it."""
    assert here.is_dir()
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Acme Training, 14.30 edition"
    made.add_heading("Session 1: Trust", 1)
    made.add_paragraph("Bring pens")
    table = made.add_table(rows=0, cols=4)
    for row in (
        ("Time", "Topic", "Method", "Slides"),
        ("09:30", "Welcome\nSay hello", "Plenary", "1-2"),
        ("10.00 – 10.45", "Trust | doubt", "Pairs", "3, 4"),  # noqa: RUF001  # as Word writes it
        ("", "Merged words", "", ""),
        ("10.45", "Coffee", "", ""),
        ("11", "Feedback", "Input", "5"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.rows[3].cells[1].merge(table.rows[3].cells[3])
    made.add_heading("Session 2", 1)
    made.add_paragraph("2pm Start again\nin the same paragraph")
    made.add_paragraph("first", style="List Bullet")
    made.add_paragraph("deeper, slide 7", style="List Bullet 2")
    return made


def test_a_word_document_gives_headings_tables_bullets_and_what_stands_beside_them(
    run: Run, here: Path, document: Document
) -> None:
    """Rows begin segments, merged cells and headers are kept, and no time in a header begins anything."""
    document.save(str(here / "notes.docx"))
    done = run("notes.docx")
    assert done.stdout.split() == ["session-1-trust.yaml", "session-2.yaml"]
    assert "notes.docx, paragraph 5: " in done.stderr
    first = yaml.safe_load((here / "session-1-trust.yaml").read_text("utf-8"))
    found = [(one["at"], one["title"], one.get("slides")) for one in first["segments"]]
    assert found == [
        ("09:30", "Welcome", "1-2"),
        ("10:00", "Trust | doubt", "3, 4"),
        ("10:45", "Coffee", None),
        ("11:00", "Feedback", "5"),
    ]
    assert "Say hello" in first["segments"][0]["notes"]
    assert "Merged words" in first["segments"][1]["notes"]
    assert "Bring pens" in first["welcome"]
    assert "14.30 edition" in first["welcome"]
    second = yaml.safe_load((here / "session-2.yaml").read_text("utf-8"))
    assert second["segments"][0]["slides"] == "7"
    assert "in the same paragraph" in second["segments"][0]["notes"]
    assert "- first\n  - deeper, slide 7" in second["segments"][0]["notes"]


def test_suggested_words_boxes_and_contents_are_read_and_deleted_words_are_not(
    run: Run, here: Path, document: Document
) -> None:
    """What a reader of the document sees is in the plan, once."""
    names = nsdecls("w")
    document.element.body.insert(
        2,
        parse_xml(
            f"<w:sdt {names}><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    last = document.add_paragraph("Then: ")._p
    last.append(parse_xml(f'<w:ins {names} w:id="1" w:author="x"><w:r><w:t>suggested</w:t></w:r></w:ins>'))
    last.append(
        parse_xml(f'<w:del {names} w:id="2" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>')
    )
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    last.append(
        parse_xml(
            f'<w:r {names} xmlns:mc="{mc}"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    document.save(str(here / "notes.docx"))
    assert run("notes.docx").exit_code == 0
    text = "".join(path.read_text("utf-8") for path in sorted(here.glob("*.yaml")))
    assert [text.count(word) for word in ("controlled", "suggested", "boxed", "gone")] == [1, 1, 1, 0]


# ---- hostile notes


@pytest.mark.parametrize(
    "line",
    [
        "slide 1" + ", 1" * 60_000,
        "p " * 100_000,
        "option " * 30_000,
        "9.30 " + "look for " * 20_000,
        "1,2," * 50_000 + "x",
        "(" * 200_000,
        "9.30 [red]x[/] \u202e" + "9" * 200_000,
        "** " * 60_000,
        " " * 100_000 + "|" * 100_000,
    ],
    ids=["slides", "pages", "options", "look for", "numbers", "brackets", "figures", "stars", "pipes"],
)
def test_a_line_as_long_as_a_book_takes_no_longer_than_a_book(run: Run, here: Path, line: str) -> None:
    """No line makes a pattern run away: plans or words come within seconds, and plans pass `check`."""
    (here / "notes.txt").write_text(f"9.30 One\n{line}\n10.00 Two\n", "utf-8")
    began = time.perf_counter()
    done = run("notes.txt", "--to", "out")
    assert time.perf_counter() - began < 8
    assert done.exit_code in {0, 1}
    if done.exit_code == 0:
        assert check_paths([here / "out"], shipped_kit_path()) == ()


def test_five_thousand_lines_of_times_end_in_words_soon(run: Run, here: Path) -> None:
    """A log file is no running order; it is refused, and quickly."""
    lines = (
        f"{hour:02d}:{minute:02d} Entry" for _ in range(4) for hour in range(6, 22) for minute in range(60)
    )
    (here / "log.txt").write_text("\n".join(lines))
    began = time.perf_counter()
    done = run("log.txt")
    assert done.exit_code == 1
    assert "more than 500" in done.stderr
    assert time.perf_counter() - began < 15
