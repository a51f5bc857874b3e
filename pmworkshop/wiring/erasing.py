"""Taking one person out of a cohort for good: looked at first, asked about, then done while nobody else has it open.

The order makes it safe to be cut off at any moment: first the record says that somebody was erased, then what lies
outside it goes, and last the content of their events, with which the name goes by which they are found. Asked for
again, it goes on where it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pmworkshop import journal
from pmworkshop.core import commands as c
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal
from pmworkshop.core.state import Cohort
from pmworkshop.core.theirs import Erasure, Known, Log, erasure, everybody, named
from pmworkshop.core.units import Instant
from pmworkshop.core.value import value
from pmworkshop.live.codec import encode
from pmworkshop.live.forgetting import forgotten_drafts
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.finding import near
from pmworkshop.wiring.left_behind import Exports, Mention, exports, faults, loose_photos, mentions
from pmworkshop.wiring.record import log_of, state_of
from pmworkshop.wiring.unusable import Unusable


@value
class Plan:
    """What erasing somebody would do.

    Without `erasure` nobody has that name (`nobody` says so), and it only clears up after those erased before.
    """

    cohort: str
    nobody: str
    people: tuple[ParticipantId, ...]
    erasure: Erasure | None
    drafts: tuple[str, ...]
    photos: tuple[Path, ...]
    exports: Exports
    named: tuple[Mention, ...]
    kept: tuple[str, ...]


@value
class Done:
    """What became of it: how many events, photos and files are gone, which files would not go, what the record says."""

    events: int
    photos: int
    exports: int
    stayed: tuple[Path, ...]
    report: journal.Report


def person_named(log: Log, name: str) -> Known:
    """Return whoever has that name or id. Raises `Unusable` where nobody has, or several have, and says how to choose."""
    found = named(log, name)
    if not found:
        raise Unusable(_nobody(log, name))
    if len(found) > 1:
        raise Unusable(
            f"{len(found)} people have the name “{name}”; give the id in place of the name: "
            + "; ".join(f"{one.people[0]} is {described(one)}" for one in found)
        )
    return found[0]


def _nobody(log: Log, name: str) -> str:
    known = [one.name for one in everybody(log)]
    return f"nobody of the name “{name}” is in this record; {near(name, known, 'there is nobody')}"


def described(known: Known) -> str:
    """Say who somebody is: their name and particulars, and names they had before."""
    parts = [known.name, known.organisation or "", known.registration or ""]
    parts += [f"before: {', '.join(known.names[:-1])}"] if len(known.names) > 1 else []
    parts += [] if known.on_register else ["taken off the register"]
    return ", ".join(part for part in parts if part)


@contextmanager
def _alone(path: Path) -> Iterator[journal.Journal]:
    with journal.open_journal(path) as record:
        record.take_alone()
        yield record


def look(path: Path, name: str) -> Plan:
    """Return what erasing somebody would do. Raises `Unusable`, `JournalError` (`Locked` where it is open elsewhere)."""
    with _alone(path) as record:
        rows = tuple(record.rows())
        log = log_of(rows)
        if not named(log, name) and state_of(log).erased:
            return replace(_plan(path, rows, None, record.drafts()), nobody=_nobody(log, name))
        return _plan(path, rows, person_named(log, name), record.drafts())


def _plan(path: Path, rows: tuple[journal.Row, ...], known: Known | None, drafts: dict[str, str]) -> Plan:
    log = log_of(rows)
    state = state_of(log)
    found = erasure(log, known) if known else None
    people = known.people if known else tuple(sorted(state.erased))
    names = known.names if known else ()
    changes = forgotten_drafts(drafts, people, names)
    left = [row for row in rows if not found or row.seq not in found.seqs]
    left_drafts = {key: body for key in drafts if (body := changes.get(key, drafts[key])) is not None}
    texts = [*(row.body or "" for row in left), *left_drafts.values()]
    return Plan(
        cohort=state.name,
        nobody="",
        people=people,
        erasure=found,
        drafts=tuple(sorted(changes)),
        photos=loose_photos(path.parent, texts),
        exports=exports(path.parent, people, names),
        named=(*mentions(left, left_drafts, names), *faults(path.absolute().parent.parent, names)),
        kept=tuple(_title(state, one) for one in found.kept) if found else (),
    )


def _title(state: Cohort, output: str) -> str:
    found = next((one for key, one in state.outputs.items() if key == output), None)
    return state.editions[found.exercise_id][found.newest.edition].title if found else output


def carry_out(path: Path, agreed: Plan) -> Done:
    """Do what was agreed to. Raises `Unusable` where it would no longer be the same, `JournalError` as `look` does."""
    with _alone(path) as record:
        rows = tuple(record.rows())
        known = agreed.erasure.known if agreed.erasure else None
        plan = _plan(path, rows, known, record.drafts())
        if plan.erasure != agreed.erasure or plan.exports != agreed.exports:
            raise Unusable("the record has changed since you were asked; nothing was erased. Ask again.")
        now = max(Clock().now(), Instant(rows[-1].at))
        _say(record, rows, plan, now)
        stayed = _remove([*plan.exports.go, *plan.photos])
        names = known.names if known else ()
        record.change_drafts(lambda drafts: forgotten_drafts(drafts, plan.people, names), at=now)
        record.erase(plan.erasure.seqs if plan.erasure else ())
    return Done(
        events=len(plan.erasure.seqs) if plan.erasure else 0,
        photos=len(set(plan.photos) - set(stayed)),
        exports=len(set(plan.exports.go) - set(stayed)),
        stayed=stayed,
        report=journal.verify(path),
    )


def _say(record: journal.Journal, rows: tuple[journal.Row, ...], plan: Plan, now: Instant) -> None:
    """Have the record say that somebody was erased, unless it does already."""
    if plan.erasure is None:
        return
    first, *also = plan.people
    command = c.EraseParticipant(
        participant=first, also=tuple(also), events=len(plan.erasure.seqs), phones=plan.erasure.phones
    )
    decision = decide(state_of(log_of(rows)), command, now)
    if isinstance(decision, Refusal):
        raise RecordTroubleError(decision.words)
    entries = [encode(event, now) for event in decision]
    told = [journal.Entry(at=one.at, name=one.name, version=one.version, body=one.body) for one in entries]
    record.append(told, expected=rows[-1].head)


def _remove(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Remove files; return those that would not go."""
    stayed: list[Path] = []
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            stayed.append(path)
    return tuple(stayed)
