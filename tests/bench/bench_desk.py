"""How fast the desk starts, answers and idles, against the smallest Textual app and the barest click program."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terminal import Terminal

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, NoteId, ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.units import Duration
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.house import House
from pmworkshop.wiring.places import shipped_kit

Row = tuple[str, float, float, float]

SMALLEST_APP = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self):
        yield Static("smallest")
Smallest().run()
"""
BARE_CLICK = """
import click
@click.command()
@click.option("--name", help="A name.")
def hello(name):
    "Say hello."
hello()
"""
ROUNDS = 9


def run() -> list[Row]:
    """Return (what, ours, floor, target ratio or limit); a floor of 1 makes the target a plain limit."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        _prepared(data, "spring-2027", notes=30)
        _prepared(data, "long", notes=10_000)
        return [
            *_starting(data),
            _helping(),
            _idling(data),
            _answering(data),
        ]


def _prepared(data: Path, cohort: str, notes: int) -> None:
    """Record 30 participants, a session under way, and `notes` notes."""
    house = House(data, shipped_kit())
    workshop = house.open_cohort(cohort, new=True)
    if isinstance(workshop, Refusal):
        raise SystemExit(workshop.words)
    session = house.kit().sessions["session-a"]
    delivery = DeliveryId("a")
    people = tuple((ParticipantId(str(n)), Person(name=f"Participant {n}")) for n in range(30))
    workshop.handle(c.AddParticipants(people=people))
    workshop.handle(
        c.OpenDelivery(
            delivery=delivery, session_id="session-a", session=session, zone="UTC", utc_offset=Duration(0)
        )
    )
    workshop.handle(c.StartDelivery(delivery=delivery, move_plan=True, zone="UTC", utc_offset=Duration(0)))
    _note(workshop, delivery, notes)
    workshop.close()


def _note(workshop: Workshop, delivery: DeliveryId, count: int) -> None:
    futures = [
        workshop.submit(
            c.TakeNote(note=NoteId(f"n{n}"), delivery=delivery, kind="observation", text=f"Note number {n}")
        )
        for n in range(count)
    ]
    for future in futures:
        future.result()


def _paint(command: list[str], wanted: bytes) -> float:
    terminal = Terminal(command)
    try:
        return terminal.until(wanted) * 1000
    finally:
        terminal.close()


def _desk(data: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "pmworkshop", *more, "--data", str(data)]


def _starting(data: Path) -> list[Row]:
    smallest, home, resumed, long = [], [], [], []
    for _ in range(ROUNDS):
        smallest.append(_paint([sys.executable, "-c", SMALLEST_APP], b"smallest"))
        home.append(_paint([sys.executable, "-m", "pmworkshop", "--data", str(data)], b"spring-2027"))
        resumed.append(_paint(_desk(data, "run", "session-a", "--cohort", "spring-2027"), b"Introductions"))
        long.append(_paint(_desk(data, "run", "session-a", "--cohort", "long"), b"Introductions"))
    floor = statistics.median(smallest)
    return [
        ("start to Home, ms", statistics.median(home), floor, 1.5),
        ("start to a resumed session, ms", statistics.median(resumed), floor, 3.0),
        (
            "the same with 10,000 events, ms beyond that",
            statistics.median(long) - statistics.median(resumed),
            1,
            1000,
        ),
    ]


def _helping() -> Row:
    def best(command: list[str]) -> float:
        took = []
        for _ in range(15):
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            took.append((time.perf_counter() - began) * 1000)
        return statistics.median(took)

    floor = best([sys.executable, "-c", BARE_CLICK, "--help"])
    return ("--help, ms", best([sys.executable, "-m", "pmworkshop", "--help"]), floor, 2.5)


def _idling(data: Path) -> Row:
    terminal = Terminal(_desk(data, "run", "session-a", "--cohort", "spring-2027"))
    try:
        terminal.until(b"Introductions")
        terminal.drain(5)
        before, seconds = terminal.cpu_seconds(), 30
        terminal.drain(seconds)
        return (
            "idle desk with a running clock, % of a core",
            (terminal.cpu_seconds() - before) / seconds * 100,
            1,
            1,
        )
    finally:
        terminal.close()


def _answering(data: Path) -> Row:
    terminal = Terminal(_desk(data, "run", "session-a", "--cohort", "spring-2027"))
    took = []
    try:
        terminal.until(b"Introductions")
        terminal.drain(2)
        for number in range(200):
            terminal.forget()
            began = time.perf_counter()
            terminal.type(b"1")
            terminal.until("☑ 1".encode() if number % 2 == 0 else "☐ 1".encode())
            took.append((time.perf_counter() - began) * 1000)
            terminal.drain(0.05)
        return ("key to screen, recorded in between, p99 ms", sorted(took)[int(len(took) * 0.99)], 1, 50)
    finally:
        terminal.close()
