"""Who may come in, and as whom: the room's keys about people. Keys become commands, or a word at the door."""

import asyncio
from collections.abc import Sequence
from typing import Final

from textual import on, work

from pmworkshop.core import commands as c
from pmworkshop.core.ids import DeliveryId, ParticipantId
from pmworkshop.core.joining import of_name
from pmworkshop.core.people import Person, person
from pmworkshop.core.refusal import refuse
from pmworkshop.desk.host import Host
from pmworkshop.desk.screens.day.register import FIELDS
from pmworkshop.desk.screens.dialogs import AskFields, Pick, Question, Telling
from pmworkshop.desk.screens.picking import PickName
from pmworkshop.desk.screens.working import WorkshopScreen
from pmworkshop.desk.widgets.rows import Rows
from pmworkshop.desk.widgets.safe import safe_line
from pmworkshop.live.views.people import shown_names
from pmworkshop.live.views.room import Caller, Guest, RoomView
from pmworkshop.live.workshop import Workshop

ASKS: Final = "asks:"
IS: Final = "is:"
SOMEBODY_NEW: Final = ""
LONGEST: Final = 60
CLOSED: Final = refuse("The room is closed. o opens it again.")
NOBODY_ASKS: Final = refuse("Nobody asks to come in.")
NOBODY_HERE: Final = refuse("Choose somebody on the register first: the arrow keys go up and down the list.")
SAME_NAME: Final = (
    "Somebody of this name is on the register already. If they are the same person, leave this one and press b: "
    "then what they have done goes along. Rename all the same?"
)
NO_WALK_IN: Final = refuse("Only a walk-in can be somebody who is on the register already.")


class Doorkeeping(WorkshopScreen):
    """The keys about the person under the cursor, and about whoever asks to come in."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId, host: Host) -> None:
        super().__init__(workshop, delivery)
        self.host = host
        self.seen = RoomView(callers=(), guests=(), open=())

    def guest(self) -> Guest | None:
        """Return the person under the cursor."""
        key = self.query_one(Rows).key
        return next((one for one in self.seen.guests if IS + one.participant == key), None)

    def caller(self) -> Caller | None:
        """Return who is meant at the door: whoever is under the cursor, or else has waited longest."""
        key = self.query_one(Rows).key
        here = [one for one in self.seen.callers if ASKS + one.id == key]
        return next(iter([*here, *self.seen.callers]), None)

    def _somebody(self) -> Guest | None:
        guest = self.guest()
        if guest is None:
            self.say_no(NOBODY_HERE)
        return guest

    @on(Rows.Opened)
    def opened(self, event: Rows.Opened) -> None:
        """On Enter, ask who the person at the door is, or correct the person under the cursor."""
        if event.key.startswith(ASKS):
            self._admit(sure=False)
        else:
            self.action_rename()

    def action_let_in(self) -> None:
        """Let in who asks."""
        self._admit(sure=True)

    @work
    async def _admit(self, *, sure: bool) -> None:
        """Let in who asks; unless `sure` and there is no doubt who it is, ask."""
        caller, door = self.caller(), self.host.door
        if caller is None or door is None:
            self.say_no(NOBODY_ASKS)
            return
        namesakes = [one for one in self.seen.guests if one.participant in caller.whose]
        plain = len(namesakes) == 1 and namesakes[0].phone != "in"
        who = namesakes[0].participant if sure and plain else await self._who(caller, namesakes)
        if who is None:
            return
        refusal = await asyncio.to_thread(door.admit, caller.id, who)
        if refusal is not None:
            self.say_no(refusal)
        else:
            self._tell(f"{_short(caller.name)} is let in.")
        self.redraw_if_shown()

    async def _who(self, caller: Caller, namesakes: Sequence[Guest]) -> ParticipantId | None:
        """Ask who of that name it is; somebody new is put on the register."""
        choices: list[tuple[str, str]] = [(one.participant, _particulars(one)) for one in namesakes]
        choices.append((SOMEBODY_NEW, "Somebody else of this name: put them on the register"))
        picked = await self.put(Pick(f"{_short(caller.name)} asks to come in. Who is it?", choices))
        if picked != SOMEBODY_NEW:
            return None if picked is None else ParticipantId(picked)
        new = ParticipantId(self.desk.services.new_id())
        command = c.AddParticipants(people=((new, Person(name=caller.name)),), doubles="add")
        return new if await self.ask(command) else None

    @work
    async def action_turn_away(self) -> None:
        """Turn away who asks."""
        caller, door = self.caller(), self.host.door
        if caller is None or door is None:
            self.say_no(NOBODY_ASKS)
            return
        await asyncio.to_thread(door.turn_away, caller.id)
        self._tell(f"{_short(caller.name)} is turned away.")
        self.redraw_if_shown()

    async def action_confirm(self) -> None:
        """Let a walk-in stay under the name that they typed."""
        guest = self._somebody()
        if guest is None:
            return
        if not guest.walk_in:
            self.say_no(refuse(f"{_short(guest.name)} is on the register already."))
            return
        one = person(guest.name, guest.organisation, guest.registration)
        if one is not None:
            await self.ask(c.CorrectParticipant(participant=guest.participant, person=one))

    @work
    async def action_merge(self) -> None:
        """Say that a walk-in is somebody on the register; what they have done and begun goes along."""
        guest = self._somebody()
        if guest is None:
            return
        if not guest.walk_in:
            self.say_no(NO_WALK_IN)
            return
        others = [(one, name) for one, name in shown_names(self.state).items() if one != guest.participant]
        if not others:
            self.say_no(refuse("Nobody else is on the register."))
            return
        picked = await self.put(PickName(f"Who is {_short(guest.name)} really?", others))
        if picked is None:
            return
        gone, into = guest.participant, ParticipantId(picked)
        name = _short(next(name for one, name in others if one == into))
        words = (
            f"{_short(guest.name)} is {name}? Everything of this phone is {name}'s from then on, for good."
        )
        sure = await self.put(Question(words, yes="The same person", no="Leave it", careful=True))
        if sure and await self.ask(c.MergeWalkIn(walk_in=gone, into=into)):
            self.workshop.move_drafts(gone, into)
            self._tell(f"{name} is in.")

    @work
    async def action_rename(self) -> None:
        """Correct the person under the cursor; a walk-in is none from then on."""
        guest = self._somebody()
        if guest is None:
            return
        values = (guest.name, guest.organisation, guest.registration)
        fields = await self.put(AskFields("Correct", list(zip(FIELDS, values, strict=True))))
        one = person(*fields) if fields else None
        if one is None:
            return
        taken = any(other != guest.participant for other in of_name(self.state, one.name))
        if taken and not await self.put(Question(SAME_NAME, yes="Rename", no="Leave it", careful=True)):
            return
        await self.ask(c.CorrectParticipant(participant=guest.participant, person=one))

    @work
    async def action_code(self) -> None:
        """Show a recovery code, when nobody else looks at the screen."""
        guest, door = self._somebody(), self.host.door
        if guest is None:
            return
        if door is None:
            self.say_no(CLOSED)
            return
        name = _short(guest.name)
        words = f"Show {name}'s recovery code? Whoever reads it here can come in as {name}."
        if await self.put(Question(words, yes="Show it", no="Not now", careful=True)):
            code = await asyncio.to_thread(door.recovery, guest.participant)
            await self.put(Telling(f"{name} types this on the phone, instead of asking again:\n\n   {code}"))

    @work
    async def action_sign_out(self) -> None:
        """Sign somebody's phones out."""
        guest = self._somebody()
        if guest is None:
            return
        words = (
            f"Sign every phone of {_short(guest.name)} out? What they handed in stays. Their recovery code "
            "is another one from now on, and by name they come in only with your yes."
        )
        if await self.put(Question(words, yes="Sign out", no="Leave them in", careful=True)):
            await self.ask(c.SignPhonesOut(participant=guest.participant))

    @work
    async def action_remove(self) -> None:
        """Take the person under the cursor off the register."""
        guest = self._somebody()
        if guest is None:
            return
        words = (
            f"Take {_short(guest.name)} off the register? Their phones are signed out. "
            "The record keeps what was recorded so far."
        )
        if await self.put(Question(words, yes="Take off", no="Keep", careful=True)):
            await self.ask(c.RemoveParticipant(participant=guest.participant))

    def _tell(self, words: str) -> None:
        self.app.notify(words, markup=False, timeout=3)


def _short(name: str) -> str:
    return safe_line(name, LONGEST).plain


def _particulars(guest: Guest) -> str:
    """Return what tells two people of one name apart; the phone first, for a long text is cut at its end."""
    phone = {"in": "in by phone now", "not in": "not in by phone"}.get(guest.phone, guest.phone_words)
    rest = [text for text in (guest.organisation, guest.registration) if text] or ["no organisation"]
    return " · ".join((phone, *rest, "walk-in")) if guest.walk_in else " · ".join((phone, *rest))
