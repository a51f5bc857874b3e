"""Who comes into the room by phone, where they sit for the cards, what goes into their pack, what the trainer says."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from pmworkshop.core import commands as c
from pmworkshop.core import events as e
from pmworkshop.core.growing import having
from pmworkshop.core.ids import Device, ParticipantId
from pmworkshop.core.packing import has_chosen, may_choose
from pmworkshop.core.people import person
from pmworkshop.core.refusal import Refusal, refuse
from pmworkshop.core.running import Decision
from pmworkshop.core.state import Cohort, Delivery, Message, Seat
from pmworkshop.core.text import LONGEST_NAME, clean, clean_line, matching
from pmworkshop.core.units import Instant

MOST_PEOPLE: Final = 1_000
MOST_PHONES: Final = 10
LONGEST_MESSAGE: Final = 300
TAKEN: Final = Refusal(
    words="Somebody of this name is here already. If that is you, type your recovery code, or ask the trainer.",
    question=True,
)
NAMELESS: Final = refuse("Type your name, as it should stand on your evidence.")
NOBODY: Final = refuse("That person is not on the register.")
ALWAYS_IN: Final = refuse("This is evidence for the unit: it always goes into your pack.")


def of_name(state: Cohort, name: str) -> tuple[ParticipantId, ...]:
    """Return whoever on the register has this name, without regard to case, spacing and accents."""
    wanted = matching(name)
    return tuple(one.id for one in state.participants.values() if matching(one.name) == wanted)


def is_taken(state: Cohort, participant: ParticipantId) -> bool:
    """Whether a name alone will not do: its owner has been in by phone, or has handed something in that could be read.

    What somebody else handed in for both of them can be read as well.
    """
    return participant in state.joined or any(
        participant in output.people for output in state.outputs.values()
    )


def _join(state: Cohort, command: c.JoinRoom) -> Decision:
    given = person(command.name)
    if given is None or not any(map(_is_seen, given.name)):
        return NAMELESS
    found = of_name(state, given.name)
    if state.phones.get(command.device) in found:
        return ()  # sent again, because nobody heard the answer
    if len(found) > 1 or (found and is_taken(state, found[0])):
        return TAKEN
    if found:
        return _link(state, c.LinkPhone(participant=found[0], device=command.device, way="name"))
    if len(state.participants) >= MOST_PEOPLE:
        return refuse("The register is full. Ask the trainer.")
    added = e.ParticipantAdded(participant=command.participant, name=given.name, walk_in=True)
    return (added, e.PhoneJoined(participant=command.participant, device=command.device, way="name"))


def _is_seen(char: str) -> bool:
    return char.isprintable() and not char.isspace()


def _link(state: Cohort, command: c.LinkPhone) -> Decision:
    if command.participant not in state.participants:
        return NOBODY
    if state.phones.get(command.device) == command.participant:
        return ()
    joined = e.PhoneJoined(participant=command.participant, device=command.device, way=command.way)
    return (joined,)


def _leave(state: Cohort, command: c.LeaveRoom) -> Decision:
    return (e.PhoneLeft(device=command.device),) if command.device in state.phones else ()


def _sign_out(state: Cohort, command: c.SignPhonesOut) -> Decision:
    if command.participant not in state.participants:
        return NOBODY
    return (e.PhonesSignedOut(participant=command.participant),)


def _sit(state: Cohort, command: c.TakeSeat) -> Decision:
    group = clean_line(command.group)[:LONGEST_NAME].strip()
    seat = Seat(group=group, number=command.seat)
    if command.participant not in state.participants:
        return NOBODY
    if not group or not 0 <= command.seat <= len(command.deck.roles):
        return refuse("There is no such seat.")
    if state.seats.get((command.deck_id, command.participant)) == seat:
        return ()
    taken = {
        sitting
        for (deck_id, who), sitting in state.seats.items()
        if deck_id == command.deck_id and who in state.participants
    }
    if command.seat and seat in taken:
        return refuse("Somebody else sits there. Take another seat, or another group.")
    sat = e.SeatTaken(
        participant=command.participant, deck_id=command.deck_id, group=group, seat=command.seat
    )
    return (sat,)


def _stand(state: Cohort, command: c.LeaveSeat) -> Decision:
    if (command.deck_id, command.participant) not in state.seats:
        return ()
    return (e.SeatLeft(participant=command.participant, deck_id=command.deck_id),)


def _choose(state: Cohort, command: c.ChooseForPack) -> Decision:
    output = state.outputs.get(command.output)
    if output is None or command.participant not in output.people:
        return refuse("That is not yours.")
    if output.withdrawn is not None:
        return refuse("This was withdrawn: it goes into no pack.")
    if not may_choose(state, output, command.participant):
        return ALWAYS_IN
    if has_chosen(state, output, command.participant) == command.on:
        return ()
    return (e.PackChosen(output=output.id, participant=command.participant, on=command.on),)


def _say(state: Cohort, command: c.ShowMessage) -> Decision:
    text = clean(command.text).strip()
    if len(text) > LONGEST_MESSAGE:
        return refuse(f"The message has {len(text)} characters; {LONGEST_MESSAGE} fit on the projector.")
    until = command.until if text else None
    said = state.message
    if (text, until) == ((said.text, said.until) if said else ("", None)):
        return ()
    return (e.MessageShown(text=text, until=until),)


def outlived(state: Cohort, delivery: Delivery, events: Decision) -> Decision:
    """Return `events`, and that a message with a time of its own is taken away where the clock goes on to work."""
    if state.message is None or state.message.until is None or isinstance(events, Refusal):
        return events
    entered = [delivery.segment(one.segment) for one in events if isinstance(one, e.SegmentEntered)]
    begins_work = any(segment is not None and segment.kind != "break" for segment in entered)
    return (*events, e.MessageShown(text="")) if begins_work else events


RULES: dict[type, Callable[[Cohort, Any], Decision]] = {
    c.JoinRoom: _join,
    c.LinkPhone: _link,
    c.LeaveRoom: _leave,
    c.SignPhonesOut: _sign_out,
    c.TakeSeat: _sit,
    c.LeaveSeat: _stand,
    c.ChooseForPack: _choose,
    c.ShowMessage: _say,
}


def _joined(state: Cohort, event: e.PhoneJoined, at: Instant) -> Cohort:
    """Let a phone be somebody's, last in the order of joining; beyond the most, the one that joined first is let go."""
    if event.participant not in state.participants:
        return state
    phones = having(_without(state.phones, {event.device}), event.device, event.participant)
    mine = [device for device, of in phones.items() if of == event.participant]
    joined = state.joined
    if event.participant not in joined:
        joined = having(joined, event.participant, at)
    return replace(state, phones=_without(phones, mine[:-MOST_PHONES]), joined=joined)


def _without(
    phones: Mapping[Device, ParticipantId], gone: Collection[Device]
) -> Mapping[Device, ParticipantId]:
    if not any(device in phones for device in gone):
        return phones
    return {device: of for device, of in phones.items() if device not in gone}


def _left(state: Cohort, event: e.PhoneLeft, _: Instant) -> Cohort:
    return replace(state, phones=_without(state.phones, {event.device}))


def _signed_out(state: Cohort, event: e.PhonesSignedOut, _: Instant) -> Cohort:
    if event.participant not in state.participants:
        return state
    phones = {device: of for device, of in state.phones.items() if of != event.participant}
    times = state.signed_out.get(event.participant, 0) + 1
    return replace(state, phones=phones, signed_out=having(state.signed_out, event.participant, times))


def _sat(state: Cohort, event: e.SeatTaken, _: Instant) -> Cohort:
    if event.participant not in state.participants:
        return state
    seat = Seat(group=event.group, number=event.seat)
    return replace(state, seats=having(state.seats, (event.deck_id, event.participant), seat))


def _stood(state: Cohort, event: e.SeatLeft, _: Instant) -> Cohort:
    gone = (event.deck_id, event.participant)
    return replace(state, seats={key: seat for key, seat in state.seats.items() if key != gone})


def _chosen(state: Cohort, event: e.PackChosen, _: Instant) -> Cohort:
    if event.output not in state.outputs:
        return state
    return replace(state, for_pack=having(state.for_pack, (event.output, event.participant), event.on))


def _said(state: Cohort, event: e.MessageShown, at: Instant) -> Cohort:
    said = Message(at=at, text=event.text, until=event.until) if event.text else None
    return replace(state, message=said)


JOINED: dict[type[e.Event], Callable[[Cohort, Any, Instant], Cohort]] = {
    e.PhoneJoined: _joined,
    e.PhoneLeft: _left,
    e.PhonesSignedOut: _signed_out,
    e.SeatTaken: _sat,
    e.SeatLeft: _stood,
    e.PackChosen: _chosen,
    e.MessageShown: _said,
}
