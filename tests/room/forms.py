"""A page as a browser without scripts sees it: its elements, its forms, and what a person would fill into them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from pmworkshop.core.exercise import Exercise, Item

VOID = {"input", "meta", "link", "br", "img", "hr", "col", "source", "wbr"}
WORDS = "We agree it in April because people then know what good looks like."
Fields = dict[str, list[str]]


class Control:
    """One input, select or textarea of a form, with what it holds and what may be chosen."""

    def __init__(self, tag: str, attributes: Mapping[str, str], about: str) -> None:
        self.tag, self.attributes, self.about = tag, attributes, about
        self.kind = attributes.get("type", "text") if tag == "input" else tag
        self.name, self.text = attributes.get("name", ""), attributes.get("value", "")
        self.options: list[str] = []
        self.chosen = "checked" in attributes


class Page(HTMLParser):
    """A parsed page. Raises AssertionError where an element is closed that was never opened."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.forms: list[tuple[dict[str, str], list[Control]]] = []
        self._open: list[str] = []
        self._texts: list[str] = []
        self._about: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    @property
    def text(self) -> str:
        """What can be read on the page, white space set aside."""
        return " ".join(" ".join(self._texts).split())

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """The elements with the names of their attributes, in order."""
        return [(tag, tuple(sorted(attributes))) for tag, attributes in self.elements]

    @property
    def links(self) -> list[str]:
        """Whatever the page may lead to or load."""
        names = ("href", "src", "action", "data-events", "data-draft", "data-photo")
        return [attributes[name] for _, attributes in self.elements for name in names if name in attributes]

    def form(self, action: str) -> list[Control]:
        """Return the controls of the form that posts there."""
        return next(controls for attributes, controls in self.forms if attributes.get("action") == action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: given or "" for name, given in attrs}
        assert len(found) == len(attrs), f"an attribute twice: {attrs}"
        self.elements.append((tag, found))
        if tag not in VOID:
            self._open.append(tag)
        if "data-kind" in found:
            self._about = [found["data-kind"]]
        if tag == "form":
            self.forms.append((found, []))
        elif self.forms and tag in ("input", "select", "textarea", "button"):
            self.forms[-1][1].append(Control(tag, found, self._asked))
        elif tag == "option" and found.get("value"):
            control = self.forms[-1][1][-1]
            control.options.append(found["value"])
            if "selected" in found:
                control.text = found["value"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self._texts.append(data)
        if self._about:
            self._about.append(data)
        if self._open and self._open[-1] == "textarea":
            self.forms[-1][1][-1].text += data.removeprefix("\n")

    @property
    def _asked(self) -> str:
        """The kind of the question that is being read, and its words so far."""
        return " ".join(self._about)


def as_it_stands(controls: Sequence[Control]) -> Fields:
    """Return what a browser would post of a form as it stands."""
    fields: Fields = {}
    for one in controls:
        ticks = one.kind in ("radio", "checkbox")
        if not one.name or one.kind in ("button", "file") or (ticks and not one.chosen):
            continue
        fields.setdefault(one.name, []).append(one.text)
    return fields


def fill(page: Page, exercise_id: str, words: str = WORDS, *, last: bool = False) -> Fields:
    """Return what a person posts who answers every question of a form, in words wherever words will do.

    Of what can be chosen the first is taken, or the `last`.
    """
    controls = page.form(f"/do/{exercise_id}")
    fields = {one.name: [one.text] for one in controls if one.kind == "hidden"}
    for name, group in _by_name(controls):
        fields[name] = list(_given(group, words, last=last))
    return fields


def _by_name(controls: Sequence[Control]) -> Iterator[tuple[str, list[Control]]]:
    shown = [one for one in controls if one.kind not in ("hidden", "button", "file")]
    for name in dict.fromkeys(one.name for one in shown):
        if name not in ("group-members", "with-gaps"):
            yield name, [one for one in shown if one.name == name]


def _given(group: Sequence[Control], words: str, *, last: bool) -> Iterator[str]:
    first = group[0]
    if first.kind == "checkbox":
        most = re.search(r"(\d+) at the most", first.about)
        count = int(most[1]) if most else len(group)
        yield from (one.text for one in (group[-count:] if last else group[:count]))
    elif first.kind == "radio":
        yield group[-1 if last else 0].text
    elif first.kind == "select":
        for number, one in enumerate(group):  # the places of a ranking, or one cell
            yield one.options[-1 - number if last else number]
    else:
        yield _written(first, words)


def _written(control: Control, words: str) -> str:
    if control.kind == "date":
        return "2027-05-01"
    if control.attributes.get("inputmode") == "decimal":
        return "5"
    if control.attributes.get("autocapitalize") == "characters":
        return "tm1"
    if control.about.startswith("list"):
        least = re.search(r"at least (\d+)", control.about)
        return "\n".join(f"{words[:180]} {n + 1}" for n in range(int(least[1]) if least else 1))
    return words[:180]


def raw_of(exercise: Exercise, fields: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return by item id what such fields say, for `core.answers.read`."""
    return {item.id: _raw(item, fields) for item in exercise.items}


def _raw(item: Item, fields: Mapping[str, Sequence[str]]) -> Any:
    given = fields.get(item.id, ())
    if item.kind in ("choices", "ranking"):
        return list(given)
    if item.kind == "grid":
        return [fields[f"{item.id}.{axis}"][0] for axis in "xy"]
    if item.kind == "table":
        numbers = range(1, 51)
        rows = [
            {
                column.id: fields[name][0]
                for column in item.columns
                if (name := f"{item.id}.{number}.{column.id}") in fields
            }
            for number in numbers
        ]
        return [row for row in rows if row]
    return given[0] if given else None


def body_of(fields: Mapping[str, Sequence[str]]) -> str:
    """Return fields as a browser posts them."""
    return urlencode([(name, one) for name, given in fields.items() for one in given])
