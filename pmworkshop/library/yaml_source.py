"""YAML text to plain Python values, with the place of every key and value kept for whoever needs it.

The events of PyYAML's parser are read in one pass and never composed: nesting is bounded before anything
grows, and aliases, anchors, tags, second documents and doubled keys are refused where they stand.
The tree of places has the shape of the values; a place is an offset, made line and column when asked for.
"""

import re
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from pmworkshop.library.problem import Path, quoted
from pmworkshop.library.scalars import TooLongError, resolve
from pmworkshop.library.source import Source
from pmworkshop.library.yaml_words import reworded

DEEPEST = 32
"""Levels of nesting; a session needs seven."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORD = re.compile(r"[^\s,\[\]{}#]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
TWO_IDS = "put `- ` before it if a new entry begins here, else keep one of them"


class Branch:
    """A mapping or a list: the offsets of where it opens and of its keys (a mapping's), and what it holds."""

    __slots__ = ("at", "children", "keys")

    def __init__(self, at: int, keys: dict[str, int] | None, children: Any) -> None:
        self.at = at
        self.keys = keys
        self.children = children


class Refused:
    """Something that was refused; its problem is told already, and nothing more is said about its value."""

    __slots__ = ("at",)
    VALUE = {"": 0}  # noqa: RUF012 - a constant that fits no type of the core, shared and never changed

    def __init__(self, at: int) -> None:
        self.at = at


Tree = int | Branch | Refused
"""Where a value stands; the bare offset for a scalar, so that nothing is kept alive for it."""


class Document:
    """The value of one file (always a dict) and where each part of it stands."""

    __slots__ = ("_text", "_tree", "value")

    def __init__(self, value: dict[str, Any], tree: Branch, text: str) -> None:
        self.value = value
        self._tree = tree
        self._text = text

    def index(self, path: Path, *, at_key: bool = False) -> int:
        """Return the offset of the value at `path` (or of its key); of its nearest ancestor where there is none."""
        *outer, node = self._along(path)
        here = path[len(outer) - 1] if outer else None
        above = outer[-1].keys if outer and isinstance(outer[-1], Branch) else None
        whole = len(outer) == len(path)
        if above is not None and whole and (at_key or self._is_empty(path, node)):
            return above[str(here)]
        return node if isinstance(node, int) else node.at

    def written(self, path: Path) -> str | None:
        """Return a number, truth or null as its author wrote it, such as `017`; None for anything else."""
        nodes = self._along(path)
        if len(nodes) <= len(path) or not isinstance(nodes[-1], int) or isinstance(self._value(path), str):
            return None
        found = _WORD.match(self._text, nodes[-1])
        return found.group() if found else None

    def was_refused(self, path: Path) -> bool:
        """Tell whether the value at `path`, or one that it lies in, was refused by the reader."""
        return isinstance(self._along(path)[-1], Refused)

    def _along(self, path: Path) -> list[Tree]:
        """Return the trees along `path`, from the whole file to as far as there are any."""
        nodes: list[Tree] = [self._tree]
        for step in path:
            node = nodes[-1]
            if not isinstance(node, Branch) or not _holds(node.children, step):
                break
            nodes.append(node.children[step])
        return nodes

    def _is_empty(self, path: Path, node: Tree) -> bool:
        return isinstance(node, int) and self._value(path) is None and self.written(path) is None

    def _value(self, path: Path) -> Any:
        value: Any = self.value
        for step in path:
            value = value[step]
        return value


def _holds(children: Any, step: str | int) -> bool:
    if isinstance(children, dict):
        return step in children
    return isinstance(step, int) and 0 <= step < len(children)


def read_yaml(source: Source) -> Document | None:
    """Read the one document in `source`; None when there is nothing to go on with. Problems go to `source`."""
    reader = _Reader(source)
    try:
        value, tree = reader.document()
    except _Stop:
        return None
    except yaml.YAMLError as error:
        source.blame(*reworded(error, source.text))
        return None
    if isinstance(value, dict) and isinstance(tree, Branch):
        return Document(value, tree, source.text)
    if value is None:
        source.blame(0, "the file is empty", "write its content, or delete the file")
    elif not isinstance(tree, Refused):
        found = "a list" if isinstance(value, list) else "a single text"
        source.blame(
            tree.at if isinstance(tree, Branch) else tree,
            f"the file holds {found}, not keys",
            "begin with keys, such as `title: …`",
        )
    return None


class _Stop(Exception):  # noqa: N818 - not an error: the reader has told why and reads no further
    """Nothing sensible can be read from here on."""


class _Reader:
    """Turns events into (value, tree) pairs. Recursion is bounded by DEEPEST."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._next = Loader(source.text).get_event

    def document(self) -> tuple[Any, Any]:
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            return None, None
        value, tree = self._node(self._next(), 1)
        self._next()
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            self._blame(
                event, "a second document begins here", "keep one document in a file: take the `---` away"
            )
        return value, tree

    def _node(self, event: Any, depth: int) -> tuple[Any, Any]:
        kind = type(event)
        if kind is AliasEvent:
            return self._refuse(
                event,
                f"`*{event.anchor}` refers to another place in the file",
                "write the value out, or put a text that begins with * in quotes",
            )
        refused = None
        if event.tag is not None or event.anchor is not None:
            refused = self._marked(event)
        if kind is ScalarEvent:
            return refused or self._scalar(event)
        if depth >= DEEPEST:
            self._blame(
                event,
                f"brackets or indents lie more than {DEEPEST} deep",
                "close a bracket, or put a text that begins with a bracket in quotes",
            )
            raise _Stop
        read = self._list if kind is SequenceStartEvent else self._mapping
        found = read(event, depth)
        return refused or found

    def _scalar(self, event: Any) -> tuple[Any, Any]:
        text = event.value
        if not event.style:
            try:
                return resolve(text), event.start_mark.index
            except TooLongError:
                return self._refuse(
                    event, f"a number of {len(text)} characters", "shorten it, or put it in quotes"
                )
        if event.style == '"' and _UNSEEN.search(text):
            return self._refuse(event, "a control character in the text", "take the backslash code away")
        return text, event.start_mark.index

    def _list(self, opened: Any, depth: int) -> tuple[Any, Any]:
        values: list[Any] = []
        trees: list[Tree] = []
        get, node = self._next, self._node
        event = get()
        while type(event) is not SequenceEndEvent:
            value, tree = node(event, depth + 1)
            values.append(value)
            trees.append(tree)
            event = get()
        return values, Branch(opened.start_mark.index, None, trees)

    def _mapping(self, opened: Any, depth: int) -> tuple[Any, Any]:
        values: dict[str, Any] = {}
        keys: dict[str, int] = {}
        trees: dict[str, Tree] = {}
        run_together = False
        get, node = self._next, self._node
        event = get()
        while type(event) is not MappingEndEvent:
            key, key_tree = node(event, depth + 1)
            value, tree = node(get(), depth + 1)
            if type(key) is not str:
                self._odd_key(event, key, key_tree)
            elif key in values:
                if not run_together:
                    line = self._source.place(keys[key])[0]
                    what = f"the key {quoted(key)} stands twice (first on line {line})"
                    self._blame(event, what, TWO_IDS if key == "id" else "keep one of them")
                run_together = run_together or key == "id"
            else:
                values[key], keys[key], trees[key] = value, event.start_mark.index, tree
            event = get()
        return values, Branch(opened.start_mark.index, keys, trees)

    def _odd_key(self, event: Any, key: Any, tree: Any) -> None:
        if isinstance(tree, Refused):
            return
        if isinstance(key, dict | list):
            what, remedy = "brackets cannot be a key", "put a text that begins with a bracket in quotes"
        elif key is None:
            what, remedy = "a key is empty", "write a key before the colon"
        else:
            what, remedy = f"the key {quoted(str(event.value))} is not a text", "put it in quotes"
        self._blame(event, what, remedy)

    def _marked(self, event: Any) -> tuple[Any, Any] | None:
        """Blame an anchor, whose value is good; refuse a tag, whose value may mean anything."""
        if event.anchor is not None:
            self._blame(
                event,
                f"`&{event.anchor}` names a place to refer to",
                "take it away, or put a text that begins with & in quotes",
            )
        if event.tag is None:
            return None
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return self._refuse(
            event, f"`{tag}` is a tag", "take it away, or put a text that begins with ! in quotes"
        )

    def _refuse(self, event: Any, what: str, remedy: str) -> tuple[Any, Any]:
        self._blame(event, what, remedy)
        return Refused.VALUE, Refused(event.start_mark.index)

    def _blame(self, event: Any, what: str, remedy: str) -> None:
        self._source.blame(event.start_mark.index, what, remedy)
        if self._source.full:
            raise _Stop
