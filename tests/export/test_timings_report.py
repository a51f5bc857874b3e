"""Planned and actual over all deliveries, as the centre reads it: one page and one table, from the same figures."""

import csv
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pmworkshop import library
from pmworkshop.cli import cli
from tests.wiring.taught import delivered

HOSTILE = "<script>alert(1)</script> =1+1 [red]x[/] مريم"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return three mornings of three cohorts, one of them with a hostile name, one that skipped a segment, a demo."""
    folder = tmp_path_factory.mktemp("data")
    plan = library.load_kit(library.shipped_kit_path()).sessions["session-a"]
    delivered(folder, "spring", plan, {"introductions": 24})
    delivered(folder, HOSTILE, plan, {"introductions": 31}, week=1, folder="hostile")
    delivered(folder, "summer", plan, {"introductions": 27}, week=2, skipped=["best-practice"])
    delivered(folder, "shown", plan, {"introductions": 90}, demonstration=True)
    return folder


def report(data: Path, to: Path, cohort: str = "spring") -> str:
    done = CliRunner().invoke(cli, ["report", cohort, "--data", str(data), "--to", str(to)])
    assert done.exit_code == 0, done.output
    return done.stderr


def test_the_page_and_the_table_say_the_same_of_every_delivery(data: Path, tmp_path: Path) -> None:
    """Median and range over the three real ones, the skip beside them; the demonstration is told, and nowhere counted."""
    report(data, tmp_path)
    page = (tmp_path / "timings.html").read_text("utf-8")
    assert "3 deliveries: spring (1 March 2027)" in page
    assert "1 demonstration left out" in page
    assert "90" not in re.sub(r"<svg.*?</svg>|[0-9a-f]{20,}|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "Introductions: planned 20 min, took 24, 31, 27" in page
    text = (tmp_path / "timings.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    mine = [row for row in rows if row["Segment"] == "Introductions"]
    assert [row["Minutes"] for row in mine] == ["24", "31", "27"]
    assert {(row["Median minutes"], row["Shortest"], row["Longest"]) for row in mine} == {("27", "24", "31")}
    practice = [row for row in rows if row["Segment"].startswith("Best practice")]
    assert [row["What became of it"] for row in practice] == ["run", "run", "skipped"]
    assert {row["Times skipped"] for row in practice} == {"1"}
    assert '<td class="number">1 of 3</td>' in page


def test_another_cohorts_name_is_text(data: Path, tmp_path: Path) -> None:
    """Markup in a cohort's name is shown and never run, on the page as in the picture's words."""
    report(data, tmp_path)
    page = (tmp_path / "timings.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; =1+1 [red]x[/]" in page


def test_a_record_beside_it_that_cannot_be_read_is_told(data: Path, tmp_path: Path) -> None:
    """The report is made from the others; stderr says which one was left out."""
    broken = data / "broken"
    broken.mkdir()
    (broken / "journal.db").write_bytes(b"nothing" * 999)
    try:
        assert "broken is left out: " in report(data, tmp_path)
        assert "3 deliveries" in (tmp_path / "timings.html").read_text("utf-8")
    finally:
        (broken / "journal.db").unlink()


def test_a_demonstration_is_not_among_its_own_figures(tmp_path: Path, data: Path) -> None:
    """Its report is marked, and holds only what real deliveries took."""
    report(data, tmp_path, "shown")
    page = (tmp_path / "timings.html").read_text("utf-8")
    assert "DEMONSTRATION" in page
    assert "took 24, 31, 27" in page
