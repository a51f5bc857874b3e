"""Everything that a cohort holds on one person, put together for them: as a page to read, for programs, with the photos."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pmworkshop import journal
from pmworkshop.core import events as e
from pmworkshop.core.filenames import file_name
from pmworkshop.core.ids import OutputId
from pmworkshop.core.saying import answer_lines
from pmworkshop.core.state import Cohort
from pmworkshop.core.text import clean_line
from pmworkshop.core.theirs import Erasure, Known, Log, Logged, erasure
from pmworkshop.core.value import value
from pmworkshop.export.personal import Part, Piece, personal_page
from pmworkshop.export.stored import stored
from pmworkshop.wiring.clock import LAST_YEAR
from pmworkshop.wiring.erasing import person_named
from pmworkshop.wiring.left_behind import mentions
from pmworkshop.wiring.photos import photo_path
from pmworkshop.wiring.record import log_of, state_of

FORMAT: Final = "pmworkshop-personal-data/1"
PARTS: Final = {
    "On the register": (
        "ParticipantAdded",
        "ParticipantCorrected",
        "ParticipantRemoved",
        "ParticipantMerged",
    ),
    "In the room": ("AttendanceMarked", "LeftEarly", "SeatTaken", "SeatLeft"),
    "Phones": ("PhoneJoined", "PhonesSignedOut"),
    "Handed in": ("OutputSubmitted", "OutputAmended", "OutputWithdrawn", "OutputRestored", "CriterionMapped"),
    "Signatures and records": ("PackSigned", "CentreSigned", "RecordKept", "RecordWithdrawn", "PackChosen"),
}
TITLES: Final = {
    "ParticipantAdded": "Put on the register",
    "ParticipantCorrected": "Put right on the register",
    "ParticipantRemoved": "Taken off the register",
    "ParticipantMerged": "Found to be one with a walk-in",
    "LeftEarly": "Left before the end",
    "SeatTaken": "Sat down for the cards",
    "SeatLeft": "Stood up from the cards",
    "PhoneJoined": "Joined by phone",
    "PhonesSignedOut": "Phones signed out by the trainer",
    "OutputSubmitted": "Handed in",
    "OutputAmended": "Changed",
    "OutputWithdrawn": "Withdrawn",
    "OutputRestored": "Counts again",
    "CriterionMapped": "Held against a criterion by the trainer",
    "PackSigned": "Signed",
    "CentreSigned": "Signed for the centre",
    "RecordKept": "A record of their work",
    "RecordWithdrawn": "A record withdrawn",
    "PackChosen": "Chosen for the pack",
    "DotsPlaced": "Voted",
    "IdeaSorted": "Their idea sorted",
}
IDS: Final = (
    "participant",
    "output",
    "exercise_id",
    "edition",
    "segment",
    "submission",
    "record",
    "voter",
    "into",
)
OTHER: Final = "Everything else"
_PHOTO = re.compile(r"\b[0-9a-f]{64}\b")


@value
class Personal:
    """One person's data as a file: its name, its bytes, and how many events it tells of."""

    name: str
    file_name: str
    content: bytes
    events: int


def personal_data(path: Path, name: str) -> Personal:
    """Return all that is held on somebody. Raises `Unusable` where it is not clear on whom, `JournalError`."""
    with closing(journal.open_journal(path)) as record:
        rows, drafts = tuple(record.rows()), record.drafts()
    log = log_of(rows)
    known = person_named(log, name)
    found = erasure(log, known)
    state = state_of(log)
    about = [one for one in log if _is_about(one, found)]
    unfinished = {key: body for key, body in drafts.items() if set(key.split(":")) & set(known.people)}
    photos = _photos(path.parent, rows, about, unfinished)
    seqs = {one.seq for one in about}
    elsewhere = mentions((row for row in rows if row.seq not in seqs), {}, known.names)
    bodies = {row.seq: row for row in rows if row.seq in seqs}
    held = {
        "format": FORMAT,
        "cohort": state.name,
        "person": _person(known),
        "events": [_event(row) for row in bodies.values()],
        "unfinished": unfinished,
        "photos": sorted(photos),
        "may_be_named_in": [one.where for one in elsewhere],
    }
    files = {
        "data.json": (json.dumps(held, ensure_ascii=False, indent=2) + "\n").encode(),
        "data.html": _page(state, known, about, unfinished, [one.where for one in elsewhere], photos.keys()),
        **photos,
    }
    return Personal(
        name=known.name,
        file_name=f"Data on {file_name(known.name)} {file_name(known.people[0])}.zip",
        content=stored(files),
        events=len(about),
    )


def _is_about(one: Logged, found: Erasure) -> bool:
    """Whether an event belongs to somebody's data: theirs, and what they made with others; not others' votes."""
    people = set(found.known.people)
    if isinstance(one.event, e.DotsPlaced):
        return one.event.voter in people
    if isinstance(one.event, e.PackChosen):
        return one.event.participant in people
    return one.seq in found.seqs or getattr(one.event, "output", None) in found.kept


def _person(known: Known) -> dict[str, Any]:
    return {
        "ids": list(known.people),
        "name": known.name,
        "earlier_names": list(known.names[:-1]),
        "organisation": known.organisation,
        "registration": known.registration,
        "on_the_register": known.on_register,
    }


def _event(row: journal.Row) -> dict[str, Any]:
    body = json.loads(row.body) if row.body is not None else None
    return {
        "seq": row.seq,
        "at": row.at,
        "utc": _when(row.at),
        "event": row.name,
        "version": row.version,
        "body": body,
    }


def _photos(
    folder: Path, rows: tuple[journal.Row, ...], about: list[Logged], drafts: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the photos that their sheets refer to, by their names beside the page."""
    seqs = {one.seq for one in about}
    texts = [*(row.body or "" for row in rows if row.seq in seqs), *drafts.values()]
    found: dict[str, bytes] = {}
    for photo in sorted({one for text in texts for one in _PHOTO.findall(text)}):
        with suppress(OSError):
            found[f"photos/{photo}.jpg"] = photo_path(folder, photo).read_bytes()
    return found


def _page(
    state: Cohort,
    known: Known,
    about: Log,
    unfinished: Mapping[str, str],
    elsewhere: list[str],
    photos: Collection[str],
) -> bytes:
    kinds = {name: title for title, names in PARTS.items() for name in names}
    pieces: dict[str, list[Piece]] = {title: [] for title in (*PARTS, OTHER)}
    for one in about:
        title = kinds.get(type(one.event).__name__, OTHER)
        pieces[title].append(_piece(state, one, photos))
    begun = tuple(
        Piece(title=f"Begun: {key.split(':')[1]}", when="", lines=(("As it is kept", body),))
        for key, body in unfinished.items()
    )
    parts = [Part(title=title, pieces=tuple(found)) for title, found in pieces.items()]
    intro = [
        f"From the record of “{state.name}”, in the order in which it came; all times are UTC.",
        "Ids stand for other people. data.json has the same for programs, and photos are beside this page.",
    ]
    if elsewhere:
        places = "; ".join(dict.fromkeys(elsewhere))
        intro.append(f"These may name them as well, and are other people's records too: {places}.")
    return personal_page(
        f"What is held on {known.name}", intro, [*parts, Part(title="Not handed in yet", pieces=begun)]
    )


def _piece(state: Cohort, one: Logged, photos: Collection[str]) -> Piece:
    name = type(one.event).__name__
    about = _title(state, one.event)
    title = TITLES.get(name) or _words(name)
    shown = tuple(photo for photo in photos if Path(photo).stem in _photo_ids(one.event))
    return Piece(
        title=f"{title}: {about}" if about else title,
        when=f"{_when(one.at)}, event {one.seq}",
        lines=tuple(_lines(state, one.event)),
        photos=shown,
    )


def _photo_ids(event: e.Event) -> set[str]:
    answers = getattr(event, "answers", {}).values()
    return {one for one in answers if isinstance(one, str) and _PHOTO.fullmatch(one)}


def _title(state: Cohort, event: e.Event) -> str:
    """Return what an event is about: the exercise, by its title."""
    output = state.outputs.get(getattr(event, "output", OutputId("")))
    exercise = state.exercise(getattr(event, "exercise_id", output.exercise_id if output else ""))
    return exercise.title if exercise else ""


def _lines(state: Cohort, event: e.Event) -> Iterator[tuple[str, str]]:
    """Yield the particulars of an event: answers under the questions that were asked, and no ids but other people's."""
    for field in (one.name for one in fields(event)):
        given = getattr(event, field)
        if given is None or given in ("", ()) or field in IDS:
            continue
        if field == "answers" and isinstance(event, e.OutputSubmitted | e.OutputAmended):
            yield from _answers(state, event)
        elif field == "delivery" and given in state.deliveries:
            yield "Session", state.deliveries[given].session.title
        else:
            yield _words(field), _said(given)


def _answers(state: Cohort, event: e.OutputSubmitted | e.OutputAmended) -> Iterator[tuple[str, str]]:
    output = state.outputs.get(event.output)
    editions = state.editions.get(output.exercise_id, ()) if output else ()
    exercise = editions[event.edition] if event.edition < len(editions) else None
    for item_id, given in event.answers.items():
        item = exercise.item(item_id) if exercise else None
        if exercise and item and item.kind != "photo":
            yield item.text, "\n".join(answer_lines(exercise, item, given))
        else:
            yield item.text if item else item_id, "the photo below" if item else _said(given)


def _said(given: Any) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, tuple | list):
        return "\n".join(_said(one) for one in given)
    if isinstance(given, dict):
        return ", ".join(f"{_words(key)}: {_said(one)}" for key, one in given.items())
    if is_dataclass(given):
        return "; ".join(f"{_words(one.name)}: {_said(getattr(given, one.name))}" for one in fields(given))
    return str(given)


def _words(name: str) -> str:
    """Return an event's or a field's name as words."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ")
    return clean_line(spaced).capitalize()


def _when(at: int) -> str:
    if not 0 <= at < LAST_YEAR:
        return f"{at} ms"
    return datetime.fromtimestamp(at / 1000, tz=UTC).strftime("%d %B %Y, %H:%M:%S").lstrip("0")
