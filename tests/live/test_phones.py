"""The room's keys: codes that can be read out and typed, the same all course long, and told by nothing in the record."""

import json
import os
import string
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pmworkshop
from pmworkshop.cli import cli
from pmworkshop.core import commands as c
from pmworkshop.core.ids import ParticipantId
from pmworkshop.core.people import Person
from pmworkshop.core.state import Cohort, Participant, nobody
from pmworkshop.live.phones import (
    ALPHABET,
    JOIN_LENGTH,
    KEPT_UNDER,
    RECOVERY_LENGTH,
    Keys,
    device_of,
    new_secret,
    room_secret,
)
from pmworkshop.live.record import RecordTroubleError
from pmworkshop.live.workshop import Accepted, Workshop
from pmworkshop.wiring.record import opener

Opening = Callable[..., Workshop]

SECRET = bytes(range(32))
KEYS = Keys(SECRET)
ANNA, BORIS = ParticipantId("p1"), ParticipantId("p2")
PHONE, OTHER = device_of("one phone"), device_of("another")
laws = settings(deadline=None, database=None)
typed = st.text() | st.text(st.characters(), max_size=12) | st.text(f"{ALPHABET}-. \ud800ß²é", max_size=8)


def people(count: int) -> Cohort:
    ids = [ParticipantId(f"p{number}") for number in range(count)]
    return replace(nobody(), participants={one: Participant(id=one, name=one) for one in ids})


def joined(workshop: Workshop) -> Workshop:
    register = ((ANNA, Person(name="Anna")), (BORIS, Person(name="Boris")))
    for command in (c.CreateCohort(name="spring"), c.AddParticipants(people=register)):
        assert isinstance(workshop.handle(command), Accepted)
    return workshop


# ---- the codes


@given(secret=st.binary(min_size=32, max_size=32), who=st.text(max_size=20), times=st.integers(0, 9))
@laws
def test_codes_are_of_signs_that_nobody_confuses(secret: bytes, who: str, times: int) -> None:
    """Figures and capitals without 0, 1, I, L and O, four to join and six to come back; the same however often asked."""
    keys, state = Keys(secret), replace(nobody(), signed_out={ParticipantId(who): times})
    codes = keys.join, keys.recovery(state, ParticipantId(who))
    assert [len(code) for code in codes] == [JOIN_LENGTH, RECOVERY_LENGTH] == [4, 6]
    assert set("".join(codes)) <= set(string.digits + string.ascii_uppercase) - set("01ILO")
    assert codes == (Keys(secret).join, Keys(secret).recovery(state, ParticipantId(who)))


def test_a_secret_leads_to_the_same_codes_for_ever() -> None:
    """A code on somebody's slip of paper holds after an update too; nor does any phone have to join anew."""
    state = people(3)
    assert (KEYS.join, KEYS.recovery(state, ANNA)) == ("BWFS", "AUAD2G")
    assert KEYS.screen == "320c49fe558fc105e3ba1662dcbf07fd"
    assert KEYS.is_token("d" * 64, "0011.c4fb3713155c40a54f95e14f7691f9ac")
    assert device_of("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_a_thousand_people_have_a_thousand_codes() -> None:
    """Each code leads to the one person who has it; nobody's is the code to join."""
    state = people(1_000)
    codes = {KEYS.recovery(state, one): one for one in state.participants}
    assert len(codes) == 1_000
    for code in list(codes)[::111]:
        assert KEYS.whose(state, code) == codes[code]
        assert not KEYS.is_join(code)


def test_a_code_that_two_have_is_nobody_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where chance gave two people one code, it lets in neither, rather than one as the other."""
    monkeypatch.setattr(Keys, "recovery", lambda *_: "AAAAAA")
    assert KEYS.whose(people(1), "AAAAAA") == "p0"
    assert KEYS.whose(people(2), "AAAAAA") is None


@given(
    between=st.lists(
        st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2011", "\u2013", "\t", "\n"]), min_size=7
    ),
    respelt=st.sampled_from([str.lower, str.upper, str.swapcase]),
    wide=st.booleans(),
)
@laws
def test_a_code_counts_however_it_is_typed(
    between: list[str], respelt: Callable[[str], str], wide: bool
) -> None:
    """In small letters, in groups with spaces, hyphens or what a phone makes of them, in wide signs, with a line end."""
    state = people(3)

    def as_somebody_types(code: str) -> str:
        signs = (chr(ord(sign) + 0xFEE0) if wide else sign for sign in respelt(code))
        return between[0] + "".join(sign + gap for sign, gap in zip(signs, between[1:], strict=False))

    assert KEYS.is_join(as_somebody_types(KEYS.join))
    assert KEYS.whose(state, as_somebody_types(KEYS.recovery(state, ANNA))) == ANNA


def test_a_wrong_code_does_not_count() -> None:
    """One sign more, fewer or other, the join code for a recovery code, somebody else's secret: no."""
    state = people(3)
    code = KEYS.recovery(state, ANNA)
    others = [sign for sign in ALPHABET if sign != code[0]]
    for wrong in ["", code[:-1], f"{code}2", KEYS.join, *(sign + code[1:] for sign in others)]:
        assert KEYS.whose(state, wrong) is None
    for wrong in ["", KEYS.join[:-1], f"{KEYS.join}2", code, KEYS.screen, Keys(b"x" * 32).join]:
        assert not KEYS.is_join(wrong)
    assert KEYS.is_screen(KEYS.screen)
    for wrong in ["", KEYS.screen[:-1], KEYS.screen.upper(), KEYS.join, Keys(b"x" * 32).screen]:
        assert not KEYS.is_screen(wrong)


def test_signing_somebody_out_makes_their_code_another(open_workshop: Opening) -> None:
    """The old code is nobody's from then on, and the new one theirs; everybody else's stays. Off the register, none is."""
    workshop = joined(open_workshop())
    keys = Keys(room_secret(workshop))
    old, others = keys.recovery(workshop.state, ANNA), keys.recovery(workshop.state, BORIS)
    seen = {old}
    for _ in range(3):
        assert isinstance(workshop.handle(c.SignPhonesOut(participant=ANNA)), Accepted)
        new = keys.recovery(workshop.state, ANNA)
        assert new not in seen
        seen.add(new)
        found = {code: keys.whose(workshop.state, code) for code in (*seen, others)}
        assert found == dict.fromkeys(seen) | {new: ANNA, others: BORIS}
    assert isinstance(workshop.handle(c.RemoveParticipant(participant=ANNA)), Accepted)
    assert keys.whose(workshop.state, new) is None


# ---- the tokens of forms


def test_a_form_s_token_is_one_phone_s() -> None:
    """Each is another, and good on its own phone; on another phone, or in another cohort's room, it is not."""
    tokens = {KEYS.token(PHONE) for _ in range(20)}
    assert len(tokens) == 20
    for token in tokens:
        assert KEYS.is_token(PHONE, token)
        assert not KEYS.is_token(OTHER, token)
        assert not Keys(b"x" * 32).is_token(PHONE, token)


@given(place=st.integers(0, 48), sign=st.characters(), cut=st.booleans())
@laws
def test_a_token_with_one_sign_changed_is_none(place: int, sign: str, cut: bool) -> None:
    """Whatever is put in its place, or left out: nothing of a token may be another."""
    token = KEYS.token(PHONE, "0123456789abcdef")
    changed = token[:place] + ("" if cut else sign) + token[place + 1 :]
    assert len(token) == 49
    assert KEYS.is_token(PHONE, changed) == (changed == token)


# ---- whatever is typed


@given(text=typed, more=typed)
@example(text="\ud800", more="?")
@laws
def test_nothing_that_can_be_typed_is_an_error(text: str, more: str) -> None:
    """Empty, of any script, with half a surrogate pair: it is no key, and raises nothing."""
    state = people(2)
    assert not KEYS.is_join(text)
    assert KEYS.whose(state, text) is None
    assert not KEYS.is_screen(text)
    for token in (text, f"{text}.{more}", f".{text}", f"{text}."):
        assert not KEYS.is_token(PHONE, token)
    assert KEYS.is_token(text, KEYS.token(text))
    assert len(device_of(text)) == 64
    assert (device_of(text) == device_of(more)) == (text == more)


# ---- the secret


def test_the_secret_is_made_once(open_workshop: Opening, tmp_path: Path) -> None:
    """Asked for again, by another window or after reopening, it is the same, beside what else is kept; 256 bits of its own."""
    workshop = joined(open_workshop())
    workshop.save_draft("note:d1", "Half a thought").result()
    secret = room_secret(workshop)
    assert len(secret) == 32
    assert room_secret(workshop) == room_secret(open_workshop()) == secret
    workshop.close()
    assert room_secret(open_workshop()) == secret
    assert open_workshop().drafts() == {KEPT_UNDER: secret.hex(), "note:d1": "Half a thought"}
    other = open_workshop(opener(tmp_path / "other.db", new=True))
    assert room_secret(other) != secret


ASKING = """
import sys
from pathlib import Path
from pmworkshop.live.phones import Keys, room_secret
from pmworkshop.live.workshop import Workshop
from pmworkshop.wiring.clock import Clock
from pmworkshop.wiring.record import opener
workshop = Workshop(opener(Path(sys.argv[1]), new=False), Clock().now)
print("ready", flush=True)
sys.stdin.readline()
secret = room_secret(workshop)
print(secret.hex(), Keys(secret).join, flush=True)
workshop.close()
"""


def test_processes_that_ask_at_once_get_one_secret(open_workshop: Opening, place: Path) -> None:
    """Whoever is first makes it; the others, a moment later or at that very moment, find it and lead to the same codes."""
    workshop = joined(open_workshop())
    env = os.environ | {"PYTHONPATH": str(Path(pmworkshop.__file__).parents[1])}
    command = [sys.executable, "-c", ASKING, str(place)]
    with ExitStack() as all_ended:
        others = [
            all_ended.enter_context(
                subprocess.Popen(command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            )
            for _ in range(3)
        ]
        lines = [other.stdout for other in others if other.stdout]
        assert [line.readline() for line in lines] == ["ready\n"] * 3
        for other in others:
            assert other.stdin is not None
            other.stdin.write("go\n")
            other.stdin.flush()
        secret = room_secret(workshop)
        assert [line.readline().split() for line in lines] == [[secret.hex(), Keys(secret).join]] * 3
    assert [other.returncode for other in others] == [0] * 3
    assert room_secret(workshop) == secret


def test_a_closed_workshop_has_no_secret_to_give(open_workshop: Opening) -> None:
    """Where the record cannot be asked, that is said, and no secret is made up that nobody would know tomorrow."""
    workshop = joined(open_workshop())
    workshop.close()
    with pytest.raises(RecordTroubleError, match="closed"):
        room_secret(workshop)


def test_no_key_is_in_the_record(open_workshop: Opening, place: Path) -> None:
    """A day in the room leaves neither the secret nor any code nor what a phone holds in its events or its state."""
    workshop = joined(open_workshop())
    workshop.save_draft(KEPT_UNDER, SECRET.hex()).result()
    assert room_secret(workshop) == SECRET
    phones = [new_secret() for _ in range(3)]
    codes = [KEYS.recovery(workshop.state, one) for one in (ANNA, BORIS)]
    first, second, third = map(device_of, phones)
    for command in (
        c.JoinRoom(participant=ParticipantId("p3"), name="Walter", device=first),
        c.JoinRoom(participant=ParticipantId("p4"), name="anna", device=second),
        c.LinkPhone(participant=BORIS, device=third, way="code"),
        c.SignPhonesOut(participant=ANNA),
        c.LinkPhone(participant=ANNA, device=second, way="trainer"),
        c.LeaveRoom(device=third),
    ):
        assert isinstance(workshop.handle(command), Accepted)
    codes += [KEYS.recovery(workshop.state, one) for one in workshop.state.participants]
    tokens = [KEYS.token(device) for device in (first, second, third)]
    state = repr(workshop.state)
    workshop.close()
    shown = CliRunner().invoke(cli, ["log", place.parent.name, "--json", "--data", str(place.parent.parent)])
    assert shown.exit_code == 0, shown.output
    events = [json.loads(line) for line in shown.output.splitlines()]
    assert [one["name"] for one in events].count("PhoneJoined") == 4
    assert events[4]["body"] == {"participant": "p3", "device": first, "way": "name"}
    for kept in (SECRET.hex(), repr(SECRET), KEYS.join, KEYS.screen, *codes, *phones, *tokens):
        assert kept.lower() not in shown.output.lower()
        assert kept.lower() not in state.lower()
