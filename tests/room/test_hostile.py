"""Hostile words through every field to every page; and nobody's words, name or codes on a page of somebody else."""

import json
import re
from pathlib import Path

import httpx
import pytest

from pmworkshop.core import commands as c
from pmworkshop.core.deck import Deck
from pmworkshop.core.evidence import Particulars
from pmworkshop.core.ids import RecordId
from pmworkshop.core.text import clean, clean_line
from pmworkshop.drawing import templating as drawn
from pmworkshop.room.context import STATIC
from tests.room.conftest import FORM, RealRoom, do, filled, hand_in, page, pulses
from tests.room.forms import Fields, Page, as_it_stands, body_of

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)//",
    "<img src=x onerror=alert(1)>",
    "\"><img src=x onerror='alert(1)'>",
    "' autofocus onfocus=alert(1) x='",
    '" autofocus onfocus=alert(1) x="',
    "<svg/onload=alert(1)>",
    "<svg><use href='data:image/svg+xml,<svg>'/></svg>",
    "</textarea><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "</option></select><iframe src=javascript:alert(1)>",
    "<!--<b>--!><b>",
    "]]><b>&lt;i&gt;&#60;u&#62;&amp;lt;",
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "{{ state.participants }}{{ ''.__class__ }}",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "[/][bold red]markup[/bold red][@click=app.bell]bell[/]",
    "\x1b[31mred\x1b]0;title\x07\x00\x08\x7f\x9b31m",
    "\u202egnp.exe\u202c\u2066hidden\u2069 \u200f\ufeffend",
    "javascript:alert(1)//http://evil.example/%3Cscript%3E",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    'data: {}\n\nevent: pulse\ndata: {"digest":1}',
    '=HYPERLINK("http://evil.example";"click")',
    "../../../etc/passwd\\..\\..\\x",
    "W" * 200,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 z\u0335\u0334a\u0321l\u0337go" + "\u0301" * 60,
)
PEOPLE = 5
DAY = "2027-03-01"
CODES = re.compile(r"\bon[a-z]+$|^style$|^srcdoc$|^formaction$|^ping$|^background$")
ABROAD = re.compile(rb"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w+")


def twin(words: str) -> str:
    """Return harmless words of the same length and the same lines."""
    return "".join(char if char.isalnum() or char.isspace() else "x" for char in clean(words))


def crawl(client: httpx.Client, *starts: str, fresh: bool = True) -> dict[str, Page]:
    """Return every page that a browser can get to from here by links; forms not begun yet only where asked for."""
    found, seen = dict[str, Page](), {""}
    waiting = list(starts or ("/now", "/mine", "/about", "/"))
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in seen or len(seen) > 400 or "/events" in path:
            continue
        if path.startswith("/do/") and "?" not in path and not fresh:
            continue
        seen.add(path)
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code in (200, 403, 404, 405, 409), f"{path}: {answer.status_code}"
        if answer.headers["content-type"].startswith("text/html"):
            found[path] = Page(answer.text)
            waiting += found[path].links
    return found


def harmless(path: str, found: Page) -> None:
    """Hold that a page has no script, style or handler of its own, and leads and loads nowhere but here."""
    for tag, attributes in found.elements:
        assert not [name for name in attributes if CODES.search(name)], (path, tag, attributes)
        assert tag not in ("style", "iframe", "object", "embed", "base", "audio", "video", "use"), (path, tag)
        if tag == "script":
            assert re.fullmatch(r"/static/\w+\.js\?\w+", attributes.get("src", "")), (path, attributes)
            assert "></script>" in found.html
        if tag == "meta" and "http-equiv" in attributes:
            assert re.fullmatch(r"\d+", attributes["content"]), (path, attributes)
    assert not [link for link in found.links if not re.match(r"/(?!/)|#", link)], path


class Play:
    """A day in a room, in which everything that somebody types is taken from a list of words."""

    def __init__(self, data: Path, words: tuple[str, ...]) -> None:
        self.words = words
        self.room = RealRoom(data, cohort=f"A group {words[0]}"[:60])
        self.pages: dict[str, Page] = {}

    def run(self) -> None:
        self.room.open()
        phones = [self.room.join(f"{n} {self.words[n]}"[:200]) for n in range(PEOPLE)]
        for turn, (name, exercise) in enumerate(self.room.exercises.items()):
            self._one_form(phones[turn % PEOPLE], name, self.words[turn % len(self.words)])
            if exercise.kind == "brainstorm":  # the wall shows what was written from five people up
                for n in range(1, PEOPLE):
                    do(phones[(turn + n) % PEOPLE], name, self.words[(turn + 5 * n) % len(self.words)])
        for turn, words in enumerate(self.words):
            self._sign(phones[turn % PEOPLE], turn, words)
        for n, phone in enumerate(phones):
            self._see(f"phone {n}", crawl(phone, fresh=n == 0))
        self._at_the_door()
        self._cards(phones[0])
        self._on_the_wall()

    def _one_form(self, phone: httpx.Client, name: str, words: str) -> None:
        fields = filled(phone, name, words)
        texts = {k: v for k, v in fields.items() if k not in ("submission", "output", "edition")}
        wrong = fields | {"group-members": [words], "submission": ["x" + words]}
        self._see("old", {f"{name} {words}": Page(hand_in(phone, name, wrong).text)})
        first = next(iter(texts))
        again = hand_in(phone, name, fields | {first: ["no such choice" if first in texts else words]})
        if again.status_code != 303:
            self._see("wrong", {f"{name} {words}": Page(again.text)})
            again = hand_in(phone, name, fields)
        assert again.status_code == 303, (name, words, Page(again.text).text[:400])

    def _sign(self, phone: httpx.Client, turn: int, words: str) -> None:
        said = Particulars(
            kind="witness",
            criteria=("1.1",),
            text=words,
            by=words,
            role=words,
            relation=words,
            day=DAY,
            place=words,
        )
        who = [one.id for one in self.room.workshop.state.participants.values()][turn % PEOPLE]
        record = RecordId(f"record{turn}")
        self.room.do(c.KeepRecord(record=record, participant=who, particulars=said, no_relative=True))
        form = page(phone, "/sign?again=1").form("/sign")
        fields = as_it_stands(form) | {"name": [words], "ai-use": [words], "reuse": [words], "whole": [words]}
        wrong = phone.post("/sign", content=body_of(fields), headers=FORM)
        assert wrong.status_code == 422
        self._see("not signed", {words: Page(wrong.text)})
        fields["agreed"] = [one.text for one in form if one.name == "agreed"]
        assert phone.post("/sign", content=body_of(fields), headers=FORM).headers["location"] == "/signed"
        self._see("signed", {words: page(phone, "/signed")})

    def _at_the_door(self) -> None:
        stranger = self.room.phone()
        for n, words in enumerate(self.words):
            taken = f"{n % PEOPLE} {self.words[n % PEOPLE]}"[:200]
            sent = {"code": [self.room.code], "name": [taken], "recovery": [words], "ticket": [words]}
            for path, given in (
                ("/join", sent),
                ("/rejoin", sent),
                ("/ask", sent | {"name": [words]}),
                ("/join", sent | {"code": [words], "name": [words]}),
            ):
                answer = stranger.post(path, content=body_of(given), headers=FORM)
                assert answer.status_code in (303, 403, 409, 422, 429), answer.text
                if answer.status_code != 303:
                    self._see("door", {f"{path} {n}": Page(answer.text)})
            asked = {"code": words, "theme": words, "key": words}
            for path in ("/", "/screen"):
                self._see("door", {f"{path} {n}": Page(stranger.get(path, params=asked).text)})

    def _cards(self, phone: httpx.Client) -> None:
        deck = self.deck
        for n, words in enumerate(self.words):
            group = f"Table {n} {words}"
            self.room.do(c.DrawCard(deck_id="difficult-conversations", deck=deck, group=group, chance=1))
        address = "/cards/difficult-conversations"
        self._see("cards", {"seats": page(phone, address)})
        form = page(phone, address).form(address)
        seats = [one.text for one in form if one.name == "seat" and one.text.startswith("1:Table 0")]
        fields: Fields = {"token": as_it_stands(form)["token"], "what": ["sit"], "seat": [seats[0]]}
        assert phone.post(address, content=body_of(fields), headers=FORM).status_code == 303
        self._see("cards", {"card": page(phone, address)})

    def _on_the_wall(self) -> None:
        wall = self.room.phone()
        for n, words in enumerate(self.words):
            self.room.do(c.ShowMessage(text=words[:300]))
            self._see("wall", {f"message {n}": page(wall, "/screen")})
            assert next(pulses(wall, "/screen/events"))["message"] == clean(words[:300]).strip()
        for name in self.room.exercises:
            if name != "evaluation":
                self.room.do(c.RevealResults(exercise_id=name, on=True))
                self._see("wall", {name: page(wall, "/screen")})
                self.room.do(c.RevealResults(exercise_id=name, on=False))

    @property
    def deck(self) -> Deck:
        return self.room.house.kit().decks["difficult-conversations"]

    def _see(self, where: str, pages: dict[str, Page]) -> None:
        for path, found in pages.items():
            harmless(path, found)
            self.pages[f"{where} {len(self.pages)}"] = found


@pytest.fixture(scope="module")
def plays(tmp_path_factory: pytest.TempPathFactory) -> tuple[Play, Play]:
    """Play one day with hostile words, and the same day with harmless ones."""
    both = (
        Play(tmp_path_factory.mktemp("hostile"), HOSTILE),
        Play(tmp_path_factory.mktemp("harmless"), tuple(twin(words) for words in HOSTILE)),
    )
    for one in both:
        one.run()
        one.room.close()
    return both


def test_hostile_words_stay_words(plays: tuple[Play, Play]) -> None:
    """No page, the projector's neither, has an element or attribute for hostile words that it has not for harmless ones."""
    hostile, harmless_ones = (one.pages for one in plays)
    assert hostile.keys() == harmless_ones.keys()
    assert len(hostile) > 300
    for name, found in hostile.items():
        assert found.shape == harmless_ones[name].shape, name


def test_hostile_words_are_shown_as_they_were_written(plays: tuple[Play, Play]) -> None:
    """What was typed stands on one's own page letter by letter: nothing lost, nothing escaped twice, nothing carried out."""
    texts = [" ".join(found.text.split()) for found in plays[0].pages.values()]
    for words in HOSTILE:
        assert any(clean_line(words) in text for text in texts), words
    assert not [text for text in texts if "Undefined" in text or "&lt;script" in text]


def test_the_files_of_the_pages_lead_nowhere_else(full_room: RealRoom) -> None:
    """Neither a page nor a script, style or picture that it loads names another site; all works without internet."""
    phone = full_room.join("Ada Offline")
    do(phone, "motivators")
    pages = crawl(phone) | crawl(full_room.phone(), "/", "/screen", "/about")
    assert len(pages) > 35
    for path, found in pages.items():
        harmless(path, found)
        assert ABROAD.findall(found.html.replace(full_room.url, "").encode()) == [], path
    for file in (*STATIC.iterdir(), *drawn.STATIC.iterdir()):
        answer = phone.get(f"/static/{file.name}")
        assert answer.content == file.read_bytes()
        assert ABROAD.findall(answer.content) == [], file.name
        assert b"eval(" not in answer.content


def test_nobody_sees_anybody_else(room: RealRoom) -> None:
    """No page and no news of a participant holds another's name, answers, draft, codes or number; a stranger's none at all."""
    room.open()
    names = {f"Person{mark} Of{mark}": mark for mark in ("Aleph", "Bethel", "Gimel", "Daleth", "Heth")}
    phones = {name: room.join(name) for name in names}
    for turn, (name, phone) in enumerate(phones.items()):
        for number, exercise in enumerate(room.exercises):
            if number % 5 in (turn, (turn + 1) % 5):
                do(phone, exercise, f"Secretof{names[name]} is this")
        draft = {"ideas": f"Draftof{names[name]}", "group-members": name}
        assert phone.put("/do/reward-ideas/draft", json=draft).status_code == 200
    for exercise in room.exercises:
        room.do(c.RevealResults(exercise_id=exercise, on=exercise == "ten-practices"))
    told = {name: json.dumps(next(pulses(phone))) for name, phone in phones.items()}
    state = room.state
    marks: dict[str, set[str]] = {}
    for name, mark in names.items():
        who = room.who(name)
        outputs = {one.id for one in state.outputs.values() if one.participant == who}
        cookie, code = str(phones[name].cookies["room"]), room.recovery(name)
        marks[name] = {mark, who, cookie, code, f"{code[:3]} {code[3:]}"} | outputs
    for name, phone in phones.items():
        seen = "".join(found.html for found in crawl(phone).values()) + told[name]
        assert names[name] in seen
        others = set().union(*(marks[one] for one in names if one != name)) - marks[name]
        assert [one for one in others if one in seen] == [], name
    stranger, everybody = room.phone(), set().union(*marks.values())
    seen = "".join(found.html for found in crawl(stranger, "/", "/about", "/now", "/mine", "/wait").values())
    seen += page(stranger, "/screen").html + json.dumps(next(pulses(stranger, "/screen/events")))
    assert [one for one in everybody if one in seen] == []
