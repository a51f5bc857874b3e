"""A participant's phone, as the room sees it: pages asked for and forms posted over loopback, nothing else."""

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from pmworkshop.core.exercise import Exercise, Item
from pmworkshop.core.value import value
from pmworkshop.wiring.demo.trouble import StuckError

PATIENCE: Final = 20.0
FORM: Final = "application/x-www-form-urlencoded"
GO_ON: Final = 303
INCOMPLETE: Final = 422
_BOUNDARY: Final = "----pmworkshop-demonstration"
_HIDDEN: Final = re.compile(r'type="hidden" name="([a-z-]+)" value="([^"]*)"')
_SECRET: Final = re.compile(r"room=([^;]+)")

Pairs = Iterable[tuple[str, str]]


@value
class Page:
    """What came back: the status, where to go on, and the text."""

    status: int
    place: str
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the forms on the page, the first of each name."""
        found: dict[str, str] = {}
        for name, given in _HIDDEN.findall(self.text):
            found.setdefault(name, html.unescape(given))
        return found


class Phone:
    """One phone. A connection that the room has let go of is made anew."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._secret = ""

    def moved(self, port: int) -> None:
        """Find the room at another port, as after scanning its code again."""
        self.hang_up()
        self._line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def hang_up(self) -> None:
        """Let go of the connection."""
        self._line.close()

    def join(self, code: str, name: str) -> None:
        """Come in by name, as after scanning the code."""
        page = self.get(f"/?{urlencode({'code': code})}")
        self._go_on("/join", [*page.hidden.items(), ("code", code), ("name", name)])

    def come_back(self, code: str, name: str, recovery: str) -> None:
        """Come in with a new phone, by the recovery code."""
        self._go_on("/rejoin", [("code", code), ("name", name), ("recovery", recovery)])

    def hand_in(
        self,
        exercise_id: str,
        exercise: Exercise,
        raw: Mapping[str, Any],
        *,
        output: str = "",
        members: str = "",
        photo: bytes = b"",
    ) -> str:
        """Fill in a form and hand it in, with its gaps where it has some; return the output that it became."""
        path = f"/do/{exercise_id}"
        page = self.get(f"{path}?{urlencode({'output': output})}" if output else path)
        pairs = [*page.hidden.items(), *_written(exercise, raw)]
        if members:
            pairs.append(("group-members", members))
        kind = FORM
        if any(item.kind == "photo" for item in exercise.items):
            kind = f"multipart/form-data; boundary={_BOUNDARY}"
        item = next((one.id for one in exercise.items if one.kind == "photo"), "")
        found = self._post(path, _body(kind, pairs, item, photo), kind)
        if found.status == INCOMPLETE:
            found = self._post(path, _body(kind, [*pairs, ("with-gaps", "yes")], item, photo), kind)
        self._expect(path, found)
        return parse_qs(urlsplit(found.place).query).get("output", [""])[0]

    def sit(self, deck_id: str, group: str, seat: int) -> None:
        """Take a seat in a group; 0 observes."""
        self._play(deck_id, ("what", "sit"), ("seat", f"{seat}:{group}"))

    def press(self, deck_id: str, button: str) -> None:
        """Press a button beside the card."""
        self._play(deck_id, ("what", button))

    def _play(self, deck_id: str, *pairs: tuple[str, str]) -> None:
        path = f"/cards/{deck_id}"
        token = self.get(path).hidden.get("token", "")
        self._go_on(path, [("token", token), *pairs])

    def sign(
        self, name: str, agreed: Collection[str], whole: Collection[str], said: Mapping[str, Any]
    ) -> None:
        """Look one's pack over, choose what goes in whole, and sign it."""
        hidden = self.get("/sign").hidden
        pairs = [("token", hidden.get("token", "")), ("seen", hidden.get("seen", "")), ("name", name)]
        pairs += [("agreed", one) for one in agreed] + [("whole", one) for one in whole]
        pairs += [("ai-use", str(said["ai-use"])), ("reuse", str(said["reuse"]))]
        pairs += [("refuses", "yes")] if said.get("refuses-standardisation") else []
        pairs += [("may-be-named", "yes")] if said.get("may-be-named") else []
        self._go_on("/sign", pairs)

    def get(self, path: str) -> Page:
        """Ask for a page that must be there."""
        page = self._ask("GET", path, b"", "")
        if page.status >= 400:  # noqa: PLR2004  # HTTP's own number
            raise StuckError(path, f"the room answered {page.status}.")
        return page

    def _go_on(self, path: str, pairs: Pairs) -> None:
        self._expect(path, self._post(path, _body(FORM, pairs, "", b""), FORM))

    def _expect(self, path: str, page: Page) -> None:
        if page.status != GO_ON:
            raise StuckError(path, f"the room answered {page.status}.")

    def _post(self, path: str, body: bytes, kind: str) -> Page:
        return self._ask("POST", path, body, kind)

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> Page:
        headers = {"cookie": f"room={self._secret}"} if self._secret else {}
        if kind:
            headers["content-type"] = kind
        try:
            try:
                answer = self._answer(method, path, body, headers)
            except (HTTPException, ConnectionError):
                self._line.close()
                answer = self._answer(method, path, body, headers)
            text = answer.read().decode("utf-8", "replace")
        except (HTTPException, OSError) as error:
            raise StuckError(path, f"the room did not answer at {self._line.host} ({error}).") from error
        secret = _SECRET.search(answer.getheader("set-cookie") or "")
        self._secret = secret[1] if secret else self._secret
        return Page(status=answer.status, place=answer.getheader("location") or "", text=text)

    def _answer(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HTTPResponse:
        self._line.request(method, path, body or None, dict(headers))
        return self._line.getresponse()


def _body(kind: str, pairs: Pairs, photo_item: str, photo: bytes) -> bytes:
    if kind == FORM:
        return urlencode(list(pairs)).encode()
    parts = [
        f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
        for name, text in pairs
    ]
    if photo:
        head = (
            f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="{photo_item}"; filename="chart.jpg"\r\n'
        )
        parts.append(f"{head}content-type: image/jpeg\r\n\r\n".encode() + photo + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()


def _written(exercise: Exercise, raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a browser sends for these answers."""
    for item in exercise.items:
        if item.id in raw:
            yield from _sent(item, raw[item.id])


def _sent(item: Item, given: Any) -> Iterator[tuple[str, str]]:
    if item.kind in ("choices", "ranking"):
        yield from ((item.id, str(one)) for one in given)
    elif item.kind == "grid":
        yield from zip((f"{item.id}.x", f"{item.id}.y"), map(str, given), strict=True)
    elif item.kind == "table":
        for number, row in enumerate(given, 1):
            yield from ((f"{item.id}.{number}.{column}", str(text)) for column, text in row.items())
    elif item.kind == "list":
        yield item.id, "\r\n".join(given)
    else:
        yield item.id, str(given)
