"""One small bad file for each kind of problem: the exact place and the key words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pmworkshop.library import check_paths, load_kit, shipped_kit_path

COURSE, MORNING, UNIT = "sessions/course.yaml", "sessions/morning.yaml", "sessions/units/unit.yaml"
PLANNED = "exercises/planned.yaml"
UNIT_CRITERIA = """\
    criteria:
      - id: "1.1"
        text: Describe it
        verb: describe
      - id: "1.2"
        text: Explain it
        verb: explain
"""

CASES = {
    # reading
    "empty": (MORNING, None, "", "1:1", "empty"),
    "only a comment": (MORNING, None, "# nothing\n", "1:1", "empty"),
    "only a marker": (MORNING, None, "---\n", "1:1", "empty"),
    "a list": (MORNING, None, "- a\n- b\n", "1:1", "a list, not keys"),
    "a text": (MORNING, None, "hello\n", "1:1", "single text"),
    "tab": (MORNING, "    title: First", "\ttitle: First", "6:1", "a tab; indent with spaces"),
    "tab before a list": (MORNING, "  - id: one", "\t- id: one", "5:1", "a tab; indent with spaces"),
    "open quote": (MORNING, "title: Second", 'title: "Second', "13:10", "look above for a quote left open"),
    "open quote at the end": (MORNING, '"1.2"]', '"1.2]', "14:16", "a quote that is never closed"),
    "open list": (MORNING, "[quiz]", "[quiz", "9:17", "lacks a comma or its end"),
    "open braces": (MORNING, "title: Second", "options: {of: [", "12:19", "[ ]"),
    "stray bracket": (MORNING, "[quiz]", "[quiz]]", "9:23", "quotes"),
    "colon in a text": (MORNING, "First", "First: part", "6:17", "a colon that cannot stand here; put a text with a colon in it in quotes"),
    "no colon": (MORNING, 'end: "12:30"', "end", "3:1", "no colon"),
    "indent": (MORNING, "    title: First", "   title: First", "6:4", "does not fit the list above"),
    "outdent": (MORNING, "    title: Second", "   title: Second", "12:4", "does not fit the list above"),
    "words after a quote": (MORNING, "title: Second", 'title: "Sec" ond', "12:18", "cannot follow"),
    "begins with @": (MORNING, "First", "@First", "6:12", "cannot begin with @; put the whole text in quotes"),
    "begins with *": (MORNING, "First", "*First* one", "6:12", "cannot begin with *"),
    "begins with !": (MORNING, "First", "!First", "6:12", "`!First` is a tag"),
    "python tag": (MORNING, "First", "!!python/object:os.system {}", "6:12", "tag"),
    "backslash": (MORNING, "First", '"\\First"', "6:13", "backslash"),
    "alias": (MORNING, "First", "*one", "6:12", "`*one` refers to another place"),
    "anchor": (MORNING, "First", "&one First", "6:12", "`&one` names a place"),
    "merge key": (MORNING, "    title: First", "    <<: *one\n    title: First", "6:9", "`*one`"),
    "double key": (MORNING, 'end: "12:30"', 'end: "12:30"\ntitle: Again', "4:1", "“title” stands twice (first on line 1)"),
    "key that is no text": (MORNING, "title: Morning", "title: Morning\n7: x", "2:1", "the key “7” is not a text; put it in quotes"),
    "key of brackets": (MORNING, "title: Morning", "title: Morning\n[a]: x", "2:1", "brackets cannot be a key"),
    "empty key": (MORNING, "title: Morning", "title: Morning\n? \n: x", "2:2", "key is empty"),
    "second document": (MORNING, '["1.2"]\n', '["1.2"]\n---\na: b\n', "15:1", "second document"),
    "long number": (MORNING, "First", "1" * 30, "6:12", "a number of 30 characters"),
    "control code": (MORNING, "First", '"\\x07"', "6:12", "control character"),
    "control character": (MORNING, "First", "Fi\x07rst", "6:14", "U+0007"),
    "no-break mark": (MORNING, "First", "Fi\ufeffrst", "6:14", "U+FEFF"),
    "unseen line break": (MORNING, "First", "Fi\u2028rst", "6:14", "U+2028"),
    "the file ends": (MORNING, '["1.2"]', "[", "15:1", "ends in the middle"),
    "deep list": (MORNING, "First", "[" * 40 + "]" * 40, "6:40", "32 deep"),
    # shape
    "misspelt key": (MORNING, "    title: First", "    title: First\n    notez: x", "7:5", "`notez` is no key of a segment; did you mean `notes`?"),
    "unknown key": (MORNING, "title: Morning", "title: Morning\nqqqq: x", "2:1", "no key of a session; the keys here are: title, subtitle, start"),
    "missing key": (MORNING, "    title: Second\n", "", "11:5", "a segment needs `title`; add `title: …`"),
    "missing at the top": (COURSE, "title: Course\n", "", "1:1", "a course needs `title`"),
    "number for text": (MORNING, "    title: Second", "    title: Second\n    slides: 4", "13:13", '`slides` must be a text, not a number; put it in quotes: "4"'),
    "octal look": (MORNING, "    title: Second", "    title: Second\n    slides: 017", "13:13", 'put it in quotes: "017"'),
    "fraction for criterion": (MORNING, '"1.2"', "1.2", "14:16", 'item 1 of `criteria` must be a text, not a number with a fraction; put it in quotes: "1.2"'),
    "truth for text": (MORNING, "First", "true", "6:12", 'not true or false; put it in quotes: "true"'),
    "nothing for text": (MORNING, "title: First", "title:", "6:5", "`title` must be a text, not nothing"),
    "text for number": (MORNING, '"10:00"', '"10:00"\n    minutes: "30"', "14:14", "`minutes` must be a whole number, not a text; write it without quotes: 30"),
    "words for number": (MORNING, '"10:00"', '"10:00"\n    minutes: half an hour', "14:14", "write a whole number such as 30"),
    "infinity": (MORNING, '"10:00"', '"10:00"\n    minutes: .inf', "14:14", "whole number"),
    "not a number": (MORNING, '"10:00"', '"10:00"\n    minutes: .nan', "14:14", "whole number"),
    "out of range": (MORNING, '"10:00"', '"10:00"\n    minutes: 0', "14:14", "`minutes` is 0; give a number from 1 to 720"),
    "yes for true": (MORNING, '"10:00"', '"10:00"\n    fixed: yes', "14:12", "`fixed` must be true or false, not a text; write true (for yes)"),
    "text for list": (MORNING, "[quiz]", "quiz", "9:17", "`activities` must be a list, not a text; write it as a list: activities: [quiz]"),
    "keys for list": (MORNING, "[quiz]", "{quiz: 1}", "9:17", "`activities` must be a list, not a group of keys"),
    "text for keys": (MORNING, "    title: First", "    title: First\n    options: film", "7:14", "`options` must be a group of keys, not a text; write keys under it"),
    "item that is no segment": (MORNING, '["1.2"]\n', '["1.2"]\n  - break\n', "15:5", "item 3 of `segments` must be a group of keys"),
    "misspelt kind": (MORNING, "    title: First", "    title: First\n    kind: braek", "7:11", "`kind` cannot be “braek”; did you mean `break`?"),
    "unknown priority": (MORNING, "    title: First", "    title: First\n    priority: zzz", "7:15", "choose one of: must, should, could"),
    "misspelt method": (MORNING, "    title: First", "    title: First\n    method: [plenery]", "7:14", "did you mean `plenary`?"),
    "number for kind": (MORNING, "    title: First", "    title: First\n    kind: 1", "7:11", "`kind` cannot be a number; choose one of: work, break"),
    "not a time": (MORNING, '"10:00"', '"25:00"', "13:9", "`at` is “25:00”; write a time of day such as 09:30"),
    "short time": (MORNING, '"10:00"', "9:30", "13:9", "write a time of day such as 09:30"),
    "time without colon": (MORNING, '"10:00"', "0930", "13:9", "write a time of day such as 09:30"),
    "bad id": (MORNING, "id: two", "id: Two Things", "11:9", "lower-case letters, figures and single hyphens"),
    "bad link": (COURSE, "    title: A board", "    title: A board\n    link: www.example.org", "7:11", "http://"),
    "too long": (MORNING, "First", "x" * 201, "6:12", "`title` has 201 characters; 200 characters are the most"),
    "too many": (COURSE, "[morning]", "[" + ", ".join(["morning"] * 51) + "]", "3:11", "51 items; 50 items are the most"),
    "empty text": (MORNING, "First", '""', "6:12", "`title` is empty"),
    "empty list": (UNIT, UNIT_CRITERIA, "    criteria: []\n", "16:15", "`criteria` is empty"),
    "unit's verb": (UNIT, "verb: explain", "verb: explian", "22:15", "did you mean `explain`?"),
    "minimum": (UNIT, "verb: explain", "verb: explain\n        minimum: 0", "23:18", "from 1 to 20"),
    # times
    "backwards": (MORNING, '"10:00"', '"09:30"', "13:9", "time runs backwards"),
    "before the session": (MORNING, 'at: "09:30"', 'at: "08:00"', "7:9", "08:00 is earlier than the session"),
    "no time at all": (MORNING, '    at: "10:00"\n', "", "11:5", "nothing says when “Second” starts"),
    "beyond the end": (MORNING, '"10:00"', '"10:00"\n    minutes: 200', "14:14", "50 min beyond the end of the session"),
    "starts after the end": (MORNING, '"10:00"', '"13:00"', "13:9", "starts at or after the end"),
    "end before start": (MORNING, '"12:30"', '"09:30"', "3:6", "ends at 09:30 but starts at 09:30"),
    "overlap": (MORNING, 'at: "09:30"', 'at: "09:30"\n    minutes: 45', "8:14", "15 min into “Second”"),
    "fixed without time": (MORNING, '    at: "10:00"\n', "    fixed: true\n", "13:12", "has no time of its own"),
    "shortest": (MORNING, 'at: "09:30"', 'at: "09:30"\n    shortest: 31', "8:15", "longer than the 30 min planned"),
    # sense
    "segment twice": (MORNING, "id: two", "id: one", "11:9", "a second segment is called “one”"),
    "option twice": (MORNING, "    title: First", "    title: First\n    options: {of: [{id: a, title: A}, {id: a, title: B}]}", "7:44", "a second option is called “a”"),
    "unknown resource": (MORNING, "[board]", "[bord]", "8:17", "there is no resource “bord”; did you mean `board`?"),
    "unknown resource of a session": (MORNING, "title: Morning", "title: Morning\nresources: [zzz]", "2:13", "no resource “zzz”; add it to `resources` in course.yaml"),
    "unknown exercise": (MORNING, "[quiz]", "[quizz]", "9:18", "there is no exercise “quizz”; did you mean `quiz`?"),
    "unknown exercise of an option": (MORNING, "    title: First", "    title: First\n    options: {choose: any, of: [{id: a, title: A, activities: [zzz]}]}", "7:64", "no exercise “zzz”"),
    "unknown criterion": (MORNING, '["1.2"]', '["1.2", "1.22"]', "14:23", "there is no criterion “1.22”; did you mean `1.2`?"),
    "resource twice": (COURSE, "    title: A board\n", "    title: A board\n  - id: board\n    title: B\n", "7:9", "a second resource"),
    "session twice": (COURSE, "[morning]", "[morning, morning]", "3:21", "listed twice"),
    "missing session": (COURSE, "[morning]", "[morning, mornin]", "3:21", "no file sessions/mornin.yaml; did you mean `morning`?"),
    "missing unit": (COURSE, "unit: unit", "unit: units", "2:7", "no file sessions/units/units.yaml; did you mean `unit`?"),
    "outcome twice": (UNIT, "outcomes:\n", 'outcomes:\n  - id: 1\n    title: x\n    criteria: [{id: "1.3", text: x, verb: identify}]\n', "17:9", "a second outcome"),
    "wrong outcome": (UNIT, "  - id: 1\n", "  - id: 2\n", "17:13", "“1.1” stands under outcome 2"),
    "words upside down": (UNIT, "words_from: 1000", "words_from: 3000", "11:15", "upside down"),
    "words outside": (UNIT, "words: 1200", "words: 900", "10:10", "900 words do not lie between 1000 and 2000"),
    "planned twice": (PLANNED, "    title: A quiz\n", "    title: A quiz\n  - id: quiz\n    title: B\n", "4:9", "a second entry"),
}  # fmt: skip
TWOFOLD = {"end before start", "wrong outcome", "outcome twice", "too many", "missing session", "missing unit", "text for list", "empty list", "unknown criterion", "fixed without time", "overlap", "fraction for criterion"}  # fmt: skip
"""Cases that rightly have a consequence elsewhere, or a second problem in the same file."""


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_problem_has_its_place_and_its_words(
    case: str, kit: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """A spoilt file gives a problem at the exact line and column, in words that say what to do."""
    name, old, new, place, words = CASES[case]
    if old is None:
        (kit / name).write_bytes(new.encode())
    else:
        spoil(name, old, new)
    found = load_kit(kit).problems
    lines = [str(problem) for problem in found]
    assert any(line.startswith(f"{name}:{place}: ") and words in line for line in lines), lines
    here = [problem for problem in found if problem.path == name and problem.severity == "error"]
    assert len(here) == 1 or case in TWOFOLD, lines


WARNINGS = {
    "gap": (MORNING, 'at: "09:30"', 'at: "09:30"\n    minutes: 10', MORNING, "8:14", "a gap of 20 min"),
    "one option": (MORNING, "    title: First", "    title: First\n    options: {of: [{id: a, title: A}]}", MORNING, "7:19", "only one option"),
    "not listed": (COURSE, "[morning]", "[evening]", MORNING, "1:1", "the course does not list morning"),
    "unserved": (MORNING, '["1.2"]', '["1.1"]', COURSE, "2:7", "no segment of any session serves criterion 1.2"),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNINGS)
def test_a_doubt_is_a_warning_and_keeps_the_session_usable(
    case: str, spoil: Callable[[str, str, str], Path]
) -> None:
    """A warning is marked as one, has its place, and takes nothing out of the kit."""
    name, old, new, path, place, words = WARNINGS[case]
    kit = load_kit(spoil(name, old, new))
    lines = [str(problem) for problem in kit.problems if problem.severity == "warning"]
    assert any(line.startswith(f"{path}:{place}: warning: ") and words in line for line in lines), lines
    assert "morning" in kit.sessions


def test_all_problems_of_all_files_come_at_once_and_in_order(kit: Path) -> None:
    """A misspelt key hides neither an unknown criterion, nor a wrong time, nor a fault in another file."""
    (kit / MORNING).write_text(
        "titel: Morning\nstart: '09:30'\nend: '12:30'\nsegments:\n"
        "  - {id: one, title: One, at: '09:30', criteria: ['9.9'], notez: x}\n"
        "  - {id: one, title: Two, at: '09:00', activities: [qiz], slides: 3}\n"
    )
    (kit / UNIT).write_bytes((kit / UNIT).read_bytes().replace(b"level: 3", b"level: 30"))
    problems = load_kit(kit).problems
    assert list(problems) == sorted(problems)
    words = "\n".join(map(str, problems))
    for expected in ("`titel`", "needs `title`", "“9.9”", "`notez`", "a second segment", "backwards", "“qiz”", "`slides`", "`level` is 30"):  # fmt: skip
        assert expected in words, words


def test_nobody_is_blamed_for_what_could_not_be_read(kit: Path) -> None:
    """With a broken course, unit and planned list, a session that refers to them has no problem of its own."""
    for name in (COURSE, UNIT, PLANNED):
        (kit / name).write_text("a: [")
    problems = load_kit(kit).problems
    assert {problem.path for problem in problems} == {COURSE, UNIT, PLANNED}


def test_a_missing_dash_is_one_problem_with_the_dash_as_its_remedy(tmp_path: Path) -> None:
    """A segment whose `- ` was forgotten runs into the one above; its author is told once, and of the dash."""
    (tmp_path / "sessions").mkdir()
    path = tmp_path / "sessions" / "s.yaml"
    path.write_text(
        'title: T\nstart: "09:00"\nend: "10:00"\nsegments:\n  - id: a\n    title: A\n    minutes: 30\n'
        "    id: b\n    title: B\n    minutes: 30\n",
        "utf-8",
    )
    doubles = [p for p in check_paths([path], shipped_kit_path()) if "stands twice" in p.what]
    assert [(p.line, p.column) for p in doubles] == [(8, 5)]
    assert "put `- ` before it" in doubles[0].remedy
