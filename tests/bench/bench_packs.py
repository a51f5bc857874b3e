"""Thirty complete evidence packs: beside the bare typesetting and writing of the same documents, and beside the desk.

`python bench_packs.py FOLDER` exports the cohort there and prints how much memory that took at most, in MB.
"""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import docx
import docx.document
import typst
from bench_exercises import COHORT, filled
from room_people import part_of

from pmworkshop.core import commands as c
from pmworkshop.core.refusal import Refusal
from pmworkshop.desk.app import Desk, Straight
from pmworkshop.desk.screens.day.run import RunScreen
from pmworkshop.wiring.exporting import export_packs, held
from pmworkshop.wiring.house import House
from pmworkshop.wiring.memory import collect_seldom
from pmworkshop.wiring.places import journal_path, shipped_kit

Row = tuple[str, float, float, float]
Texts = tuple[list[str], list[list[list[str]]]]
MOST_MB = 400.0
TICK = 0.1
LATE_MS = 30.0


def run() -> list[Row]:
    """Return the measurements. Takes half a minute."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        house = House(data, shipped_kit())
        filled(house).close()
        whole, bare = _seconds(data)
        memory = subprocess.run(
            [sys.executable, __file__, folder], check=True, capture_output=True, text=True
        ).stdout
        late = asyncio.run(_late(house, data))
    return [
        ("30 complete packs, s", whole, bare, 1.6),
        ("30 complete packs: memory at most, MB", float(memory), 1, MOST_MB),
        ("the desk's 10 Hz timer meanwhile: late, p99 ms", part_of(late, 0.99), 1, LATE_MS),
    ]


def _exported(data: Path) -> None:
    written = list(export_packs(held(journal_path(data, COHORT)), data / "packs", draft=True))
    if len(written) != 30 or any(one.path is None for one in written):
        raise RuntimeError(f"not all packs were written: {written}")


def _seconds(data: Path) -> tuple[float, float]:
    """Return how long the packs take, and how long the same documents take by themselves."""
    again: list[Callable[[], Any]] = []
    compile_, save = typst.compile, docx.document.Document.save

    def compiled(*args: Any, **more: Any) -> Any:
        if more.get("sys_inputs"):  # the empty ones only let go of memory
            again.append(lambda: compile_(*args, **more))
        return compile_(*args, **more)

    _exported(data)  # once to warm up, and to have what is imported imported
    documents: list[Texts] = []

    def saved(self: Any, place: Any) -> None:
        documents.append(_texts(self))
        save(self, place)

    with patch("typst.compile", compiled), patch("docx.document.Document.save", saved):
        _exported(data)
    began = time.perf_counter()
    _exported(data)
    whole = time.perf_counter() - began
    began = time.perf_counter()
    for job in again:
        job()
    for document in documents:
        _written_anew(document, data / "bare.docx")
    return whole, time.perf_counter() - began


def _most_memory() -> float:
    """Return the most memory that this program has held, in MB; `ru_maxrss` would count what started it as well."""
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return float(line.split()[1]) / 1024


def _texts(document: Any) -> Texts:
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [one.text for one in document.paragraphs], tables


def _written_anew(texts: Texts, path: Path) -> None:
    """Write a document of as many paragraphs and tables by python-docx alone."""
    document = docx.Document()
    for paragraph in texts[0]:
        document.add_paragraph(paragraph)
    for rows in texts[1]:
        table = document.add_table(rows=0, cols=max(map(len, rows), default=1))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    document.save(str(path))


async def _late(house: House, data: Path) -> list[float]:
    """Return how late a timer on the desk's loop was, in milliseconds, while packs were made in another thread."""
    collect_seldom()
    desk = Desk(house, Straight(session="session-a", cohort=COHORT))
    async with desk.run_test(size=(120, 36)) as pilot:
        while not isinstance(desk.screen, RunScreen):
            await pilot.pause(0.05)
        screen, (zone, offset) = desk.screen, house.zone()
        begin = c.StartDelivery(delivery=screen.delivery_id, move_plan=True, zone=zone, utc_offset=offset)
        outcome = screen.workshop.handle(begin)
        if isinstance(outcome, Refusal):
            raise TypeError(outcome.words)
        late: list[float] = []
        job = asyncio.create_task(asyncio.to_thread(_exported, data))
        now = asyncio.get_running_loop().time
        due = now()
        while not job.done():
            due += TICK
            await asyncio.sleep(due - now())
            late.append((now() - due) * 1000)
        await job
    return sorted(late)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _exported(Path(sys.argv[1]))
        print(_most_memory())
    else:
        for row in run():
            print(row)
