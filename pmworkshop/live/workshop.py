"""One cohort at work: an actor on a thread of its own, which alone decides, records, applies and announces.

Invariants: nothing is acknowledged that is not in the record; `state` is always the fold of the record and an
immutable value, swapped whole, so that anybody may read it from any thread; a batch whose record fails is
refused whole and leaves the state as it was.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from pmworkshop.core.apply import apply
from pmworkshop.core.commands import Command
from pmworkshop.core.decide import decide
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.state import Cohort, nobody
from pmworkshop.core.units import Instant
from pmworkshop.live.anonymous import Accepted, Boxes, Outcome
from pmworkshop.live.codec import encode
from pmworkshop.live.record import Entry, Record, RecordMovedError, RecordTroubleError
from pmworkshop.live.replay import replay
from pmworkshop.live.views.activity import moved_drafts

__all__ = ["Accepted", "Listener", "Outcome", "Workshop"]

T = TypeVar("T")
BATCH = 256
TRIES = 20
IDLE_SECONDS = 1.0
CLOSED = "This cohort has been closed; open it again."
BUSY = Refusal(words="Somebody else keeps writing to this cohort. Try again.", trouble=True)

Listener = Callable[[Cohort], None]


class Workshop(Boxes):
    """The running workshop of one cohort. Every public method may be called from any thread."""

    def __init__(self, open_record: Callable[[], Record], clock: Callable[[], Instant]) -> None:
        """Open the record on the actor's thread and fold it; `RecordTroubleError` if that fails."""
        self.clock = clock
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._state = nobody()
        self._seq, self._head, self._newest = 0, None, Instant(0)
        self._over = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(open_record, opened), name="workshop", daemon=True
        )
        self._thread.start()
        opened.result()

    @property
    def state(self) -> Cohort:
        """The cohort as of the newest recorded event."""
        return self._state

    @property
    def newest(self) -> Instant:
        """When the newest event was recorded; no later reading of the clock may lie before it."""
        return self._newest

    def submit(self, command: Command, *, draft: str = "") -> Future[Outcome]:
        """Ask for `command`; the future holds the outcome once it is durable or refused.

        The `draft` that it was written as is forgotten after it, unless it is refused.
        """
        return self._put(_Job(command=command, draft=(draft, "") if draft else None))

    def handle(self, command: Command) -> Outcome:
        """Ask for `command` and wait."""
        return self.submit(command).result()

    def do(self, work: Callable[[Record], T]) -> "Future[T]":
        """Have a piece of work done with the record, on the actor's thread."""
        return self._put(_Job(work=work))

    def save_draft(self, key: str, text: str) -> Future[None]:
        """Keep unfinished writing safe, outside the record's chain; an empty text forgets it."""
        return self._put(_Job(draft=(key, text)))

    def draft(self, key: str) -> "Future[str]":
        """Look unfinished writing up; empty where there is none."""
        return self.do(lambda record: record.draft(key))

    def move_drafts(self, gone: ParticipantId, into: ParticipantId) -> Future[None]:
        """Let what somebody has half written be another's."""
        return self.do(
            lambda record: record.change_drafts(
                lambda drafts: moved_drafts(drafts, gone, into), at=self.clock()
            )
        )

    def drafts(self) -> dict[str, str]:
        """Return all unfinished writing."""
        found: dict[str, str] = self._put(_Job(work=lambda record: record.drafts())).result()
        return found

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with each new state, on the actor's thread. Call what is returned to stop."""
        self._listeners.append(listener)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return stop

    def close(self) -> None:
        """Finish what is queued and let go of the record."""
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _put(self, job: "_Job") -> Future[Any]:
        self._jobs.put(job)
        if self._over:
            self._turn_away()
        return job.future

    def _turn_away(self) -> None:
        """Answer whoever asked too late: the actor is gone, and nobody else would."""
        with suppress(queue.Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None:
                    job.turn_away()

    def _run(self, open_record: Callable[[], Record], opened: "Future[None]") -> None:
        record = None
        try:
            record = open_record()
            self._catch_up(record)
        except Exception as error:  # noqa: BLE001  # whoever waits for the opening must hear of any failure
            self._let_go(record)
            opened.set_exception(error)
            return
        opened.set_result(None)
        try:
            self._work(record)
        finally:
            self._let_go(record)

    def _work(self, record: Record) -> None:
        open_still = True
        while open_still:
            jobs, open_still = self._collect()
            if jobs:
                self._carry_out(record, [job for job in jobs if job.command is not None])
                self._keep_drafts(record, [job for job in jobs if job.draft is not None])
                for job in jobs:
                    job.do_work(record)
            elif open_still:
                self._look_for_others(record)

    def _keep_drafts(self, record: Record, jobs: list["_Job"]) -> None:
        """Keep all drafts of a batch at once: many phones save while somebody types."""
        waiting = [job for job in jobs if job.command is None]
        try:
            drafts = dict(job.draft for job in jobs if job.draft and not job.was_refused)
            if drafts:
                record.save_drafts(drafts, at=self.clock())
        except Exception as trouble:  # noqa: BLE001  # saves the workshop's thread; whoever waits hears of it
            for job in waiting:
                job.future.set_exception(trouble)
            return
        for job in waiting:
            job.future.set_result(None)

    def _let_go(self, record: Record | None) -> None:
        with suppress(RecordTroubleError):
            if record is not None:
                record.close()
        self._over = True
        self._turn_away()

    def _collect(self) -> tuple[list["_Job"], bool]:
        """Wait for a job, then take what else is queued; False at the end says that the workshop is closing."""
        jobs: list[_Job] = []
        with suppress(queue.Empty):
            job = self._jobs.get(timeout=IDLE_SECONDS)
            while job is not None:
                jobs.append(job)
                if len(jobs) == BATCH:
                    return jobs, True
                job = self._jobs.get_nowait()
            return jobs, False
        return jobs, True

    def _look_for_others(self, record: Record) -> None:
        with suppress(RecordTroubleError):
            if record.changed() and self._catch_up(record):
                self._announce()

    def _catch_up(self, record: Record) -> bool:
        """Fold the events that are in the record and not yet in the state."""
        state, newest = replay(self._state, record.rows(self._seq))
        if newest is None:
            return False
        self._state = state
        self._seq, self._head, self._newest = newest.seq, newest.head, Instant(newest.at)
        return True

    def _carry_out(self, record: Record, jobs: list["_Job"]) -> None:
        outcomes: list[Outcome] = []
        caught_up = False
        for _ in range(TRIES if jobs else 0):
            state, entries, outcomes = self._decide_all(jobs)
            try:
                if entries:
                    self._head = record.append(entries, expected=self._head)
                    self._seq += len(entries)
                    self._newest = Instant(entries[-1].at)
            except RecordMovedError:
                outcomes = [BUSY] * len(jobs)
                try:
                    caught_up = self._catch_up(record) or caught_up
                except RecordTroubleError as trouble:
                    outcomes = [Refusal(words=f"Not recorded: {trouble}", trouble=True)] * len(jobs)
                    break
                continue
            except Exception as trouble:  # noqa: BLE001  # saves the workshop's thread, and with it the day
                outcomes = _lost(outcomes, trouble)
                break
            self._state = state
            break
        for job, outcome in zip(jobs, outcomes, strict=True):
            job.future.set_result(outcome)
        if caught_up or any(isinstance(outcome, Accepted) and outcome.events for outcome in outcomes):
            self._announce()

    def _decide_all(self, jobs: list["_Job"]) -> tuple[Cohort, list[Entry], list[Outcome]]:
        state, entries = self._state, list[Entry]()
        outcomes: list[Outcome] = []
        now = Instant(max(self.clock(), self._newest))
        for job in jobs:
            outcome, new = _decide_one(state, job.command, now)
            if isinstance(outcome, Accepted):
                state = outcome.state
            entries += new
            outcomes.append(outcome)
        return state, entries, outcomes

    def _announce(self) -> None:
        for listener in tuple(self._listeners):
            with suppress(Exception):  # one screen that is going away must not keep the news from the others
                listener(self._state)


def _decide_one(state: Cohort, command: Any, now: Instant) -> tuple[Outcome, list[Entry]]:
    try:
        decision = decide(state, command, now)
        if isinstance(decision, Refusal):
            return decision, []
        entries = [encode(event, now) for event in decision]
        for event in decision:
            state = apply(state, event, now)
    except Exception as error:  # noqa: BLE001  # saves the workshop's thread, and with it the day
        words = f"That did not work, and nothing was recorded ({type(error).__name__})."
        return refuse(words), []
    return Accepted(events=decision, state=state), entries


def _lost(outcomes: list[Outcome], trouble: Exception) -> list[Outcome]:
    """Return the outcomes of a batch that was not recorded: a refusal stays, the rest is refused."""
    words = (
        str(trouble) if isinstance(trouble, RecordTroubleError) else f"{type(trouble).__name__}: {trouble}"
    )
    lost = Refusal(words=f"Not recorded: {words}", trouble=True)
    return [outcome if isinstance(outcome, Refusal) else lost for outcome in outcomes]


class _Job:
    """A command to carry out, a draft to keep or to forget after it, or a piece of work with the record."""

    def __init__(
        self,
        *,
        command: Command | None = None,
        draft: tuple[str, str] | None = None,
        work: Callable[[Record], Any] | None = None,
    ) -> None:
        self.command, self.draft, self.work = command, draft, work
        self.future: Future[Any] = Future()
        self.future.set_running_or_notify_cancel()  # what was asked for is done, whoever stops waiting

    @property
    def was_refused(self) -> bool:
        """Whether this was a command, and was refused."""
        return self.command is not None and isinstance(self.future.result(), Refusal)

    def do_work(self, record: Record) -> None:
        """Do the work with the record, if this is such a job."""
        if self.work is None:
            return
        try:
            self.future.set_result(self.work(record))
        except Exception as trouble:  # noqa: BLE001  # saves the workshop's thread; whoever waits hears of it
            self.future.set_exception(trouble)

    def turn_away(self) -> None:
        """Say that the workshop has been closed."""
        if self.command is not None:
            self.future.set_result(Refusal(words=CLOSED, trouble=True))
        else:
            self.future.set_exception(RecordTroubleError(CLOSED))
