"""PyYAML's complaints in plain words, at the place an author would look.

Knows the sentences of both the C parser and the Python one; an unknown sentence gets a general answer.
"""

import re
from typing import Any

import yaml

_HERE, _CONTEXT = "problem_mark", "context_mark"
_INDENT = "indent it exactly like its neighbours, and look for a quote or bracket left open above"
_QUOTE = "put the whole text in quotes"

_WORDS: tuple[tuple[str, str, str, str], ...] = (
    (r"tab character", _HERE, "a tab", "indent with spaces"),
    (r"could not find expected ':'", _CONTEXT, "this line has no colon after its key", "write `key: value`, or mend the indentation"),
    (r"mapping values are not allowed", _HERE, "a colon that cannot stand here", "put a text with a colon in it in quotes, or write `|` after its key and the text on the lines below; or mend the indentation"),
    (r"sequence entries are not allowed", _HERE, "a list item (`-`) that cannot stand here", "put it on a line of its own, indented like its neighbours"),
    (r"mapping keys are not allowed", _HERE, "a `?` that cannot stand here", _QUOTE),
    (r"alphabetic or numeric", _CONTEXT, "a text cannot begin with * or & (they refer to other places)", _QUOTE),
    (r"chomping|indentation indicator|comment or a? ?line break", _HERE, "after `|` or `>` the text begins on the next line", "break the line here"),
    (r"unexpected end of stream|document (indicator|separator)", _CONTEXT, "a quote that is never closed", "add the closing quote"),
    (r"escape|hexdecimal|hexadecimal", _HERE, "a backslash that means nothing here", "write it twice, or use single quotes"),
    (r"unexpected ':'", _HERE, "a colon that cannot stand here", _QUOTE),
    (r"',' or '\]'", _CONTEXT, "a list in [ ] lacks a comma or its end", "add the comma or the `]`"),
    (r"',' or '\}'", _CONTEXT, "keys in { } lack a comma or their end", "add the comma or the `}`"),
    (r"node content", _HERE, "something is missing or one sign too many here", "take the sign away, or write the value"),
    (r"expected '-' indicator", _HERE, "this line does not fit the list above it", _INDENT),
    (r"document start", _HERE, "this does not belong to what stands above it", _INDENT),
    (r"directive|YAML document", _HERE, "a line cannot begin with %", _QUOTE),
    (r"tag|'!'|URI|whitespace or line break|expected ' '", _CONTEXT, "a text cannot begin with ! (it is a tag)", _QUOTE),
)  # fmt: skip


def reworded(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Return offset, fault and remedy for what PyYAML raised about `text`."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, "this cannot be read as YAML", "save it afresh from a text editor as UTF-8"
    at = _offset(error, _HERE, text)
    tab = _tab(text, at)
    if tab is not None:
        return tab, "a tab", "indent with spaces"
    problem = error.problem or ""
    special = _special(problem, text, at)
    if special is not None:
        return at, *special
    for pattern, where, what, remedy in _WORDS:
        if re.search(pattern, problem):
            return _offset(error, where, text), what, remedy
    return at, "this cannot be read as YAML", "look at the indentation, quotes and colons here and above"


def _special(problem: str, text: str, at: int) -> tuple[str, str] | None:
    """Return fault and remedy where they depend on what stands there."""
    if "cannot start any token" in problem:
        sign = text[at : at + 1]
        return (f"a text cannot begin with {sign}" if sign else "something is missing here"), _QUOTE
    if "node content" in problem and not text[at:].strip():
        return "the file ends in the middle of something", "close the bracket left open above"
    return _unfitting(text, at) if re.search(r"expected key|block end", problem) else None


def _unfitting(text: str, at: int) -> tuple[str, str]:
    """Tell a line in the wrong place from words after a closing quote or bracket on the same line."""
    if text[at : at + 1] == ":":
        return "a key is missing before the colon", "write it, or put the whole text in quotes"
    if text[text.rfind("\n", 0, at) + 1 : at].strip(" -"):
        return (
            "this cannot follow what stands before it on the line",
            f"{_QUOTE}, or look above for a quote left open",
        )
    return "this line does not fit the lines above it", _INDENT


def _offset(error: yaml.MarkedYAMLError, where: str, text: str) -> int:
    mark: Any = getattr(error, where) or error.problem_mark or error.context_mark
    return min(mark.index, len(text)) if mark is not None else 0


def _tab(text: str, at: int) -> int | None:
    """Return the offset of a tab in the indent of the line at `at`, or of the line before it, which it broke."""
    start = text.rfind("\n", 0, at) + 1
    for begin in (start, text.rfind("\n", 0, max(start - 1, 0)) + 1):
        indent = re.compile(r"[ \t]*").match(text, begin)
        if indent and "\t" in indent.group():
            return begin + indent.group().index("\t")
    return None
