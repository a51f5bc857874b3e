"""Writing an observation record or a witness's statement: all its particulars on one page. Half written, it is kept."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Checkbox, Input, Static, TextArea

from pmworkshop.core import commands as c
from pmworkshop.core.evidence import Particulars, RecordKind, WorkRecord
from pmworkshop.core.ids import ParticipantId, RecordId
from pmworkshop.core.unit import criteria_of
from pmworkshop.core.value import value
from pmworkshop.core.witnessing import NO_UNIT, lacking, tidy
from pmworkshop.desk.keys import PAGE
from pmworkshop.desk.screens.working import CohortScreen
from pmworkshop.desk.widgets.entry import Line, Page
from pmworkshop.desk.widgets.safe import safe
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.views.outputs import person_name

DRAFT_SECONDS: Final = 0.5
TITLES: Final[dict[RecordKind, str]] = {
    "observation": "Observation record about",
    "witness": "Witness's statement about",
}
FIELDS: Final = {
    "criteria": ("Criteria it supports", "such as 1.2 3.1"),
    "by": ("Written by", "their name"),
    "role": ("Role", "such as trainer and assessor, or team leader"),
    "relation": ("How they know the participant", "such as their line manager; never a relative"),
    "day": ("Day", "such as 2026-10-12 or 12/10/2026"),
    "place": ("Where", "such as the training room"),
}
"""The lines of the form, in their order, each with a hint."""
NO_RELATIVE: Final = "The witness is not a relative of the participant (Space ticks)"
_DAYS: Final = ("%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


@value
class Written:
    """A record as it stands in the form, every field as it was typed."""

    kind: RecordKind
    text: str = ""
    fields: Mapping[str, str]
    no_relative: bool = False

    @property
    def particulars(self) -> Particulars:
        """What the core is asked to keep."""
        return Particulars(
            kind=self.kind,
            criteria=tuple(re.findall(r"[^\s,;]+", self.fields.get("criteria", ""))),
            text=self.text,
            by=self.fields.get("by", ""),
            role=self.fields.get("role", ""),
            relation=self.fields.get("relation", "") if self.kind == "witness" else None,
            day=as_day(self.fields.get("day", "")),
            place=self.fields.get("place", ""),
        )


def as_day(text: str) -> str:
    """Return a day as `YYYY-MM-DD` where it was written another way; as it is, where it is none."""
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC).date().isoformat()
    return text.strip()


class RecordForm(ModalScreen[Written | None]):
    """The particulars on one page; `wrong` says what is still lacking, so that it is mended here."""

    BINDINGS: ClassVar[list[BindingType]] = PAGE

    def __init__(
        self,
        title: str,
        given: Written,
        criteria: str,
        wrong: Callable[[Written], str],
        keep_draft: Callable[[Written], None],
    ) -> None:
        """`criteria` lists the unit's."""
        super().__init__()
        self._title, self._given, self._criteria = title, given, criteria
        self._wrong, self._keep_draft = wrong, keep_draft
        self._timer: Timer | None = None
        self._now = given

    def compose(self) -> ComposeResult:
        """Lay the page out."""
        with Vertical(classes="dialog tall", id="record-form"):
            yield Static(safe(self._title), classes="title")
            with VerticalScroll(can_focus=False):
                yield Static("What was seen, heard or done")
                yield Page(self._given.text)
                for name, (label, hint) in FIELDS.items():
                    if name != "relation" or self._given.kind == "witness":
                        yield Static(label)
                        yield Line(self._given.fields.get(name, ""), placeholder=hint, select=False, id=name)
                if self._given.kind == "witness":
                    yield Checkbox(NO_RELATIVE, self._given.no_relative, compact=True)
                yield Static(safe(self._criteria), classes="quiet")
            yield Static("Tab goes on, Ctrl+S keeps it, Esc leaves it half written.", id="record-words")

    def on_mount(self) -> None:
        """Begin with what was seen."""
        self.query_one(TextArea).focus()

    def _written(self) -> Written:
        """Return what stands in the form."""
        return Written(
            kind=self._given.kind,
            text=self.query_one(TextArea).text,
            fields={str(line.id): line.value for line in self.query(Line)},
            no_relative=any(one.value for one in self.query(Checkbox)),
        )

    @on(TextArea.Changed)
    @on(Input.Changed)
    @on(Checkbox.Changed)
    def _changed(self) -> None:
        self._now = self._written()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_SECONDS, self._save_draft)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    def _save_draft(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        self._keep_draft(self._now)

    def action_keep(self) -> None:
        """Give the record, or say what it lacks. It stays a draft until it is in the record."""
        now = self._now = self._written()
        words = self._wrong(now)
        if words:
            self.query_one("#record-words", Static).update(safe(words))
            self.query_one("#record-words").add_class("-wrong")
        else:
            self._save_draft()
            self.dismiss(now)

    def action_leave(self) -> None:
        """Leave it half written."""
        self._now = self._written()
        self._save_draft()
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Save what was typed in the last moment, should the desk be left from here."""
        if self._timer is not None:
            self._save_draft()


async def write_record(
    screen: CohortScreen, participant: ParticipantId, kind: RecordKind, before: WorkRecord | None = None
) -> None:
    """Have a record written, or corrected. Call from a worker."""
    unit = screen.state.unit
    if unit is None:
        screen.say_no(NO_UNIT)
        return
    draft = f"record:{before.id if before else kind}:{participant}:"
    begun = _begun(screen, kind, before)
    given = await asyncio.to_thread(_drafted, screen, draft, begun)

    def keep_draft(now: Written) -> None:
        body = {"text": now.text, "fields": dict(now.fields), "no_relative": now.no_relative}
        screen.keep_draft(draft, json.dumps(body) if _typed(now) != _typed(begun) else "")

    def wrong(now: Written) -> str:
        return lacking(screen.state, tidy(now.particulars), no_relative=now.no_relative)

    title = f"{TITLES[kind]} {person_name(screen.state, participant)}"
    criteria = "\n".join(f"{one.id}  {one.text}" for one in criteria_of(unit))
    written = await screen.put(RecordForm(title, given, criteria, wrong, keep_draft))
    if written is None:
        return
    command = c.KeepRecord(
        record=RecordId(before.id if before else screen.desk.services.new_id()),
        participant=participant,
        particulars=written.particulars,
        no_relative=written.no_relative,
    )
    if await screen.ask(command):
        screen.keep_draft(draft, "")
        screen.app.notify("Kept.", markup=False, timeout=2)


def _typed(one: Written) -> tuple[object, ...]:
    """Return what was typed, for telling whether anything was."""
    return one.text, {name: text for name, text in one.fields.items() if text}, one.no_relative


def _begun(screen: CohortScreen, kind: RecordKind, before: WorkRecord | None) -> Written:
    """Return what a form begins with: the record to correct, or today and whoever wrote the last observation."""
    if before is not None:
        said = before.newest.particulars
        fields = {
            "criteria": " ".join(said.criteria),
            "by": said.by,
            "role": said.role,
            "relation": said.relation or "",
            "day": said.day,
            "place": said.place,
        }
        return Written(kind=kind, text=said.text, fields=fields, no_relative=True)
    services = screen.desk.services
    today = datetime.fromtimestamp((services.now() + services.zone()[1]) / 1000, UTC).date().isoformat()
    last = [one.newest.particulars for one in screen.state.records.values()]
    mine = next((one for one in reversed(last) if one.kind == kind == "observation"), None)
    same = {"by": mine.by, "role": mine.role, "place": mine.place} if mine else {}
    return Written(kind=kind, fields={"day": today, **same})


def _drafted(screen: CohortScreen, draft: str, otherwise: Written) -> Written:
    """Return what was half written; where there is nothing, or it cannot be read, what the form begins with."""
    with suppress(RecordTroubleError, ValueError, AttributeError):
        body = screen.workshop.drafts().get(draft)
        if body:
            found = json.loads(body)
            return Written(
                kind=otherwise.kind,
                text=str(found["text"]) if "text" in found else otherwise.text,
                fields={str(name): str(text) for name, text in found.get("fields", {}).items()},
                no_relative=found.get("no_relative") is True,
            )
    return otherwise
