"""Reports reach the disk whole, are the same each time, and never take the place of what is not theirs."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from pmworkshop.cli import cli
from pmworkshop.core.refusal import Refusal
from pmworkshop.export.report_files import FILES, INDEX
from pmworkshop.live.views.activity import AGGREGATE_FROM
from pmworkshop.wiring.exporting import held
from pmworkshop.wiring.reporting import write_reports
from tests.export.report_cohort import begun, cohort


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the cohort `spring-2027`."""
    folder = tmp_path_factory.mktemp("data")
    cohort(folder / "spring-2027" / "journal.db").close()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_verb_writes_every_report_twice_the_same(data: Path, tmp_path: Path) -> None:
    """`report` names each file on stdout, the index first; once more gives the same bytes and writes no event."""
    journal = data / "spring-2027" / "journal.db"
    before = held(journal).head
    words = ["report", "spring-2027", "--data", str(data), "--to", str(tmp_path / "out")]
    first = CliRunner().invoke(cli, words)
    assert first.exit_code == 0, first.output
    assert [Path(line).name for line in first.stdout.splitlines()] == [INDEX, *FILES]
    made = contents(tmp_path / "out")
    assert set(made) == {INDEX, *FILES}
    assert before[1].encode() in made[INDEX]
    assert CliRunner().invoke(cli, words).exit_code == 0
    assert contents(tmp_path / "out") == made
    assert held(journal).head == before


def test_without_a_folder_they_lie_beside_the_record(data: Path) -> None:
    """Where no folder is named, the reports are in the cohort's own exports, where erasing finds them."""
    done = CliRunner().invoke(cli, ["report", "spring-2027", "--data", str(data)])
    assert done.exit_code == 0, done.output
    assert (data / "spring-2027" / "exports" / "report" / INDEX).is_file()


def test_what_is_not_ours_is_left_alone(data: Path, tmp_path: Path) -> None:
    """An index of somebody else's, or of another cohort, stays; the words say what to do."""
    found, index = held(data / "spring-2027" / "journal.db"), tmp_path / INDEX
    index.write_text("<h1>My own page</h1>", "utf-8")
    refused = write_reports(found, tmp_path, AGGREGATE_FROM)
    assert isinstance(refused, Refusal)
    assert "not one of our reports" in refused.words
    assert contents(tmp_path) == {INDEX: b"<h1>My own page</h1>"}
    index.unlink()
    begun(tmp_path / "other" / "journal.db", "other", rehearsal=True).close()
    other = tmp_path / "there"
    assert not isinstance(
        write_reports(held(tmp_path / "other" / "journal.db"), other, AGGREGATE_FROM), Refusal
    )
    assert b"REHEARSAL" in (other / INDEX).read_bytes()
    theirs = contents(other)
    refused = write_reports(found, other, AGGREGATE_FROM)
    assert isinstance(refused, Refusal)
    assert "another cohort" in refused.words
    assert contents(other) == theirs


def test_a_report_that_could_not_be_finished_has_no_index(data: Path, tmp_path: Path) -> None:
    """Where one file cannot be written, the words name it, and no index stands that would make the rest look whole."""
    found = held(data / "spring-2027" / "journal.db")
    assert not isinstance(write_reports(found, tmp_path, AGGREGATE_FROM), Refusal)
    (tmp_path / "evaluation.html").unlink()
    (tmp_path / "evaluation.html").mkdir()
    refused = write_reports(found, tmp_path, AGGREGATE_FROM)
    assert isinstance(refused, Refusal)
    assert "evaluation.html is a folder" in refused.words
    assert not (tmp_path / INDEX).exists()
    (tmp_path / "evaluation.html").rmdir()
    assert not isinstance(write_reports(found, tmp_path, AGGREGATE_FROM), Refusal)
    assert (tmp_path / INDEX).is_file()


def test_an_unknown_cohort_is_said_with_the_nearest_name(data: Path) -> None:
    """A slip in the cohort's name is answered with the name that was meant, exit 2, and nothing is written."""
    done = CliRunner().invoke(cli, ["report", "sprin-2027", "--data", str(data)])
    assert done.exit_code == 2
    assert "did you mean spring-2027?" in done.output
