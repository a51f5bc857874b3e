"""One small change that spoils a good exercise or deck, for each rule: where it is told, and in which words."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pmworkshop.library import load_kit

FORM, QUIZ, IDEAS = "exercises/standort.yaml", "exercises/frage.yaml", "exercises/ideen.yaml"
DECK = "cards/gespraeche.yaml"

CASES = {
    # shape
    "kind": (FORM, "kind: grid", "kind: gird", "gird", "`kind` cannot be “gird”; did you mean `grid`?"),
    "key of an item": (FORM, "    required: false\n    privacy", "    requird: false\n    privacy", "requird", "`requird` is no key of an item; did you mean `required`?"),
    "key of an option": (FORM, "text: Vorher}", "text: Vorher, tip: x}", "tip", "`tip` is no key of an option"),
    "key of an axis": (FORM, "low: fern, ", "", "{title: Nähe", "an axis needs `low`"),
    "key of an exercise": (FORM, "about: team member\n", "", "title: Stand", "an exercise needs `about`; add `about: …` (one of: me, team member, own area, group)"),
    "comma for a point": (FORM, "high: 2.4", 'high: "2,4"', '"2,4"', "`high` must be a number, not a text; write it with a point: 2.4"),
    "number in quotes": (FORM, "low: 2.5", 'low: "2.5"', '"2.5"', "`low` must be a number, not a text; write it without quotes: 2.5"),
    "words for a number": (FORM, "highest: 99.5", "highest: many", "many", "write a number such as 2.5"),
    "infinity": (FORM, "highest: 99.5", "highest: .inf", ".inf", "`highest` must be a number, not inf"),
    "too large": (FORM, "highest: 99.5", "highest: 1e999", "1e999", "`highest` must be a number, not inf"),
    "not a number": (FORM, "low: 2.5", "low: .nan", ".nan", "`low` must be a number, not nan"),
    "truth for a number": (FORM, "highest: 99.5", "highest: true", "true", "`highest` must be a number, not true or false"),
    "one label": (FORM, "[nie, selten, manchmal, oft, immer]", "[nie]", "[nie]", "`labels` has only 1 item; 2 items are the least: add more"),
    # ids and what they name
    "item twice": (FORM, "id: blatt", "id: warum", "warum\n    kind: photo", "a second item is called “warum”"),
    "option twice": (FORM, "id: nachher", "id: vorher", "vorher", "a second option is called “vorher”"),
    "option of a column twice": (FORM, "{id: nicht,", "{id: eilt,", "eilt, text: Eilt nicht", "a second option"),
    "column twice": (FORM, "{id: bis,", "{id: was,", "was, title: Bis", "a second column"),
    "scale twice": (FORM, "scales:\n", "scales:\n  - {id: haeufigkeit, labels: [a, b, c, d, e]}\n", "haeufigkeit\n    labels: [nie", "a second scale"),
    "factor twice": (FORM, "factors:\n", "factors:\n  - {id: pflege, title: P}\n", "pflege\n    title: Pflege", "a second factor"),
    "category twice": (IDEAS, "id: aussen", "id: innen", "innen, text: Von a", "a second category"),
    "id taken by a criterion": (FORM, "id: blatt", "id: sicher-1-2", "sicher-1-2", "“sicher” is called “sicher-1-2”, too, where it is asked for criterion 1.2"),
    "criterion": (FORM, 'criteria: ["1.1"]', 'criteria: ["1.7"]', '"1.7"', "there is no criterion “1.7”; did you mean"),
    "criterion of an item": (FORM, 'criteria: ["1.2"]', 'criteria: ["9.9"]', '"9.9"', "there is no criterion “9.9”; take a criterion of the course's unit"),
    "deck": (FORM, "deck: gespraeche", "deck: gesprech", "gesprech", "there is no deck “gesprech”; did you mean `gespraeche`?"),
    "named by": (FORM, "named_by: [kuerzel]", "named_by: [kurzel]", "kurzel", "there is no item “kurzel”; did you mean `kuerzel`?"),
    "named by each": (FORM, "named_by: [kuerzel]", "named_by: [sicher]", "sicher", "asked once for each criterion, so it has no one answer"),
    "compare": (FORM, "compare: zeitpunkt", "compare: ziele", "ziele", "“ziele” is of the kind “rating”; here a choice is needed"),
    "part": (FORM, "part: davon", "part: kuerzel", "kuerzel", "here a number is needed"),
    "whole": (FORM, "whole: alle", "whole: aller", "aller", "there is no item “aller”; did you mean `alle`?"),
    # items
    "no scale": (FORM, "    scale: haeufigkeit\n", "", "id: unklar", "an item of the kind rating needs `scale`; add `scale`, with the id of"),
    "empty scale": (FORM, "scale: haeufigkeit", "scale:", "scale:\n", "needs `scale`"),
    "columns elsewhere": (FORM, "    kind: table", "    kind: list", "columns:", "an item of the kind list cannot have `columns`; take it away, or choose another kind: table"),
    "no upward axis": (FORM, "    y: {title: Wollen, low: wenig, high: viel}\n", "", "id: lage", "needs `y`; add `y`, with its `title`, `low` and `high`"),
    "key of another kind": (FORM, "    kind: code", "    kind: code\n    dont_know: true", "dont_know", "an item of the kind code cannot have `dont_know`; take it away, or choose another kind: rating"),
    "options of yes and no": (FORM, '{id: "no", text: Nein}', "{id: nein, text: Nein}", "nein", "a yes-no item has no option “nein”"),
    "half of yes and no": (FORM, '      - {id: "no", text: Nein}\n', "", 'options:\n      - {id: "yes"', "the option “no” is missing"),
    "least and most": (FORM, "at_most: 5", "at_most: 1", "2\n    at_most: 1", "at least 2 and at most 1 cannot both be"),
    "more than options": (FORM, "at_least: 1\n    at_most: 2", "at_least: 4", "4\n    when", "at least 4 are asked for, but there are only 3 options"),
    "more than fit": (FORM, "    at_least: 1\n    columns", "    at_least: 31\n    columns", "31", "31 are asked for, but 30 are the most that fit; add `at_most: 31`"),
    "lowest": (FORM, "lowest: 1", "lowest: 100", "100", "from 100 to 99.5 is upside down"),
    "same corner": (FORM, "{x: high, y: low, title: Müde", "{x: low, y: low, title: Müde", "{x: low, y: low, title: M", "a second corner stands at x: low, y: low"),
    "no corner": (FORM, "      - {x: high, y: low, title: Müde, advice: Fragen}\n", "", "corners:", "the corner at x: high, y: low is missing"),
    "column without options": (FORM, "        options: [{id: eilt, text: Eilt}, {id: nicht, text: Eilt nicht}]\n", "", "id: wie\n", "a column of the kind choice needs `options`"),
    "column with a diary": (FORM, "title: Was}", "title: Was, diary: x}", "diary: x", "a column of the kind “short” cannot have `diary`; take it away, or write `kind: date`"),
    # scores
    "scale": (FORM, "scale: haeufigkeit", "scale: haufigkeit", "haufigkeit", "there is no scale “haufigkeit”; did you mean `haeufigkeit`?"),
    "factor": (FORM, "    reverse: true\n    factor: klarheit", "    factor: klar", "klar\n", "there is no factor “klar”; did you mean `klarheit`?"),
    "factor left out": (FORM, "    factor: klarheit\n    criteria", "    required: false\n    factor: klarheit\n    criteria", "required: false\n    factor", "an item that counts for a factor must be answered: leaving it out would change the score; take `required: false` away; where people may not know, offer `dont_know: true`"),
    "yes-no left out": (FORM, "    factor: pflege\n    reverse", "    required: false\n    factor: pflege\n    reverse", "required: false\n    factor", "make it a rating with `dont_know`"),
    "points": (FORM, "  - id: wann", "  - {id: z, kind: yes-no, text: Z, factor: klarheit}\n  - id: wann", "klarheit}", "0 to 1 here and 1 to 5 before cannot be averaged in the factor “klarheit”; let all its items be yes-no"),
    "labels": (FORM, "[nie, selten, manchmal, oft, immer]", "[nie, selten, oft, immer]", "klarheit\n  - id: gespraech", "1 to 4 here and 1 to 5 before"),
    "hole": (FORM, "high: 2.4", "high: 2.2", "2.5, high: 3.4", "no band holds a score of 2.3 to 2.4; begin this band at 2.3, or end the one below at 2.4"),
    "small hole": (FORM, "high: 2.4", "high: 2.3", "2.5, high: 3.4", "no band holds a score of 2.4;"),
    "overlap": (FORM, "high: 2.4", "high: 2.5", "2.5, high: 3.4", "a score of 2.5 lies in two bands; begin this band at 2.6, or end the one below at 2.4"),
    "band upside down": (FORM, "{low: 2.5, high: 3.4", "{low: 3.4, high: 2.5", "3.4, high: 2.5", "from 3.4 to 2.5 is upside down; swap"),
    "two decimals": (FORM, "high: 2.4", "high: 2.44", "2.44", "`high` is 2.44, but scores have one decimal place; write 2.4"),
    "band too low": (FORM, "{low: 1,", "{low: 0,", "0, high: 2.4", "scores go from 1 to 5, but the bands begin at 0; write `low: 1`"),
    "band too short": (FORM, "{low: 0.5, high: 1,", "{low: 0.5, high: 0.9,", "0.9", "scores go from 0 to 1, but the bands end at 0.9; write `high: 1`"),
    "enough": (FORM, "enough: 2", "enough: 3", "3\n", "3 known answers are needed, but the factor “klarheit” has only 2 items; ask for 2 or fewer"),
    # branches
    "waits for nobody": (FORM, "{item: ziele, any", "{item: zielle, any", "zielle", "there is no item “zielle”; did you mean `ziele`?"),
    "waits for itself": (FORM, "{item: ziele, any", "{item: warum, any", "warum, any", "the item waits for itself"),
    "waits for later": (FORM, "{item: ziele, any", "{item: reihe, any", "reihe, any", "“reihe” is asked only later; move it before this item"),
    "waits for a text": (FORM, "{item: themen, any", "{item: kuerzel, any", "kuerzel, any", "the answers to “kuerzel” are not known beforehand; name an item of the kind choice, choices, yes-no, rating"),
    "waits for each": (FORM, "    scale: zustimmung\n\nfactors", '    scale: zustimmung\n  - {id: z, kind: short, text: Z, when: {item: sicher, any_of: ["1"]}}\n\nfactors', "sicher, any", "asked once for each criterion"),
    "no such point": (FORM, '"2", dont-know]', '"6", dont-know]', '"6"', "“ziele” is never answered “6”; choose from: 1, 2, 3, 4, 5, dont-know"),
    "no way out": (FORM, "    dont_know: true\n", "", "dont-know]", "“ziele” is never answered “dont-know”"),
    "no such option": (FORM, "any_of: [lohn]", "any_of: [lon]", "lon]", "“themen” is never answered “lon”; did you mean `lohn`?"),
    "not yes": (FORM, 'item: gespraech, any_of: ["yes"]', "item: gespraech, any_of: [ja]", "ja]", "“gespraech” is never answered “ja”; choose from: yes, no"),
    "never asked": (FORM, 'any_of: ["yes", "no"]', "any_of: [ja, nein]", "themen, any", "“themen” is never asked, so this item is not either; mend the `when` of “themen”"),
    # quizzes, brainstorms, anonymity
    "right": (QUIZ, "right: [fuehrung]", "right: [fuhrung]", "fuhrung]", "there is no option “fuhrung”; did you mean `fuehrung`?"),
    "right of yes and no": (QUIZ, 'right: ["yes"]', "right: [ja]", "ja]", "there is no option “ja”; choose from: yes, no"),
    "both right": (QUIZ, 'right: ["yes"]', "right: [yes, no]", "right: [yes", "yes and no cannot both be right"),
    "too many right": (QUIZ, "    at_least: 2\n    at_most: 2", "    at_most: 1", "right: [ziel", "2 are right, but at most 1 are to be chosen"),
    "too few right": (QUIZ, "right: [ziel, mass]", "right: [ziel]", "right: [ziel]", "1 are right, but at least 2 are to be chosen"),
    "nothing right": (FORM, "kind: worksheet", "kind: quiz", "quiz", "a quiz in which no answer is right; add `right: […]`"),
    "no place for ideas": (IDEAS, "kind: list", "kind: long", "brainstorm", "a brainstorm without a place for ideas; add an item of the kind list"),
    "dots": (QUIZ, "minutes: 5", "minutes: 5\ndots: 2", "dots", "only a brainstorm has `dots`"),
    "categories": (QUIZ, "minutes: 5", "minutes: 5\ncategories: [{id: a, text: A}]", "categories", "only a brainstorm has `categories`"),
    "who: code": (IDEAS, "  - id: ideen", "  - {id: wer, kind: code, text: Wer}\n  - id: ideen", "code", "a code may tell who it is, and an anonymous answer must not tell who gave it"),
    "who: column": (IDEAS, "categories:", "  - {id: t, kind: table, text: T, columns: [{id: c, title: C, kind: code}]}\ncategories:", "code", "a code may tell who it is"),
    "who: privacy": (IDEAS, "kind: list", "kind: list\n    privacy: shared", "privacy", "an item here cannot have a privacy of its own"),
    # decks
    "card twice": (DECK, "id: scharf", "id: spaet", "spaet\n    title: Scharfer", "a second card is called “spaet”"),
    "theme twice": (DECK, "themes:\n", "themes:\n  - {id: ton, title: T}\n", "ton, title: Ton", "a second theme"),
    "role twice": (DECK, "roles:\n", "roles:\n  - {id: person, title: P}\n", "person, title: Mit", "a second role"),
    "theme": (DECK, "theme: ton", "theme: tone", "tone", "there is no theme “tone”; did you mean `ton`?"),
    "role": (DECK, "role: person, text: Der", "role: persona, text: Der", "persona", "there is no role “persona”; did you mean `person`?"),
    "second brief": (DECK, "role: person, text: Der", "role: chefin, text: Der", "chefin, text: Der", "a second brief for “chefin”"),
    "no brief": (DECK, "      - {role: person, text: Niemand hat etwas gesagt.}\n", "", "briefs:\n      - {role: chefin, text: Zwei", "the card has no brief for “person”; add one for each role"),
    "no briefs": (DECK, "    briefs:\n      - {role: chefin, text: Zwei haben sich beschwert.}\n      - {role: person, text: Niemand hat etwas gesagt.}\n", "", "id: scharf", "the card has no brief for “chefin”, “person”"),
    "no roles": (DECK, "roles:\n  - {id: chefin, title: Führungskraft}\n  - {id: person, title: Mitarbeiterin}\n", "", "briefs:", "nobody reads this: the deck has no roles"),
    "criterion of a deck": (DECK, '"1.2"', '"1.3"', '"1.3"', "there is no criterion “1.3”"),
    "long card": (DECK, "Montag, acht Uhr, im Büro.", "x" * 640, "x" * 640, "`text` has 640 characters; 600 characters are the most: shorten it"),
    "empty brief": (DECK, "text: Dreimal zu spät in einer Woche.", 'text: ""', '""', "`text` is empty; write something"),
    "difficulty": (DECK, "difficulty: 2", "difficulty: 4", "4", "`difficulty` is 4; give a number from 1 to 3"),
}  # fmt: skip
TWOFOLD = {"never asked"}
"""Cases that rightly have a consequence elsewhere in the file."""

WARNINGS = {
    "unused scale": (FORM, "scales:\n", "scales:\n  - {id: alt, labels: [a, b]}\n", "alt", "no item uses the scale “alt”; take it away"),
    "unused factor": (FORM, "factors:\n", "factors:\n  - {id: alt, title: Alt}\n", "alt", "no item uses the factor “alt”"),
    "one option": (FORM, "      - {id: vertrauen, text: Vertrauen}\n", "", "options:\n      - {id: klarheit", "there is only one option to choose from"),
    "done once": (FORM, "repeatable: true\nnamed_by: [kuerzel]\ncompare: zeitpunkt", "named_by: [kuerzel]", "named_by", "`named_by` tells one time from another, but the exercise is done once; add `repeatable: true`"),
    "compared once": (FORM, "repeatable: true\nnamed_by: [kuerzel]\n", "", "compare", "`compare` tells one time from another"),
    "no criterion in the text": (FORM, "sind Sie? {criterion}", "sind Sie?", '"Wie sicher', "the text is the same for every criterion: it has no {criterion}"),
    "criterion in a text": (FORM, "Sie kennt ihre Ziele.", "Sie kennt {criterion}.", "Sie kennt {", "{criterion} stands for nothing here; add `for_each: criterion`"),
    "no reason": (QUIZ, "    why: Sie kennt die Arbeit.\n", "", "right: [fuehrung]", "nothing says why that is right; add `why: …`"),
    "anonymous again": (IDEAS, "minutes: 10", "minutes: 10\nrepeatable: true", "repeatable", "to do it again, one would have to be known again"),
    "theme without cards": (DECK, "themes:\n", "themes:\n  - {id: leer, title: Leer}\n", "leer", "no card is about the theme “leer”"),
    "turn without length": (DECK, "minutes: 8\n", "", "turn", "nothing says how long a round is; add `minutes` to the deck"),
}  # fmt: skip


def told(root: Path, name: str, severity: str) -> list[tuple[str, str]]:
    """Return what stands at each problem of that severity, and the problem's words."""
    lines = (root / name).read_text("utf-8").split("\n")
    return [
        ("\n".join([lines[one.line - 1][one.column - 1 :], *lines[one.line :]]), f"{one.what}; {one.remedy}")
        for one in load_kit(root).problems
        if one.path == name and one.severity == severity
    ]


@pytest.mark.parametrize("case", CASES)
def test_every_slip_in_an_exercise_or_deck_is_told_once_where_it_stands(
    case: str, foreign: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """One spoilt thing is one problem, at that very thing, in words that say what to do."""
    name, old, new, at, words = CASES[case]
    found = told(spoil(name, old, new), name, "error")
    assert any(place.startswith(at) and words in line for place, line in found), found
    assert len(found) == 1 or case in TWOFOLD, found
    loaded = load_kit(foreign)
    assert Path(name).stem not in {**loaded.exercises, **loaded.decks}


@pytest.mark.parametrize("case", WARNINGS)
def test_a_doubt_about_an_exercise_is_a_warning_and_keeps_it_usable(
    case: str, foreign: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """A warning is told where it belongs, and takes nothing out of the kit."""
    name, old, new, at, words = WARNINGS[case]
    found = told(spoil(name, old, new), name, "warning")
    assert [place.startswith(at) and words in line for place, line in found] == [True], found
    loaded = load_kit(foreign)
    assert Path(name).stem in {**loaded.exercises, **loaded.decks}


def test_a_slip_does_not_make_others_of_whatever_names_it(
    foreign: Path, spoil: Callable[[str, str, str], Path]
) -> None:
    """Where an id cannot be read, or the unit, whoever names what may be there has no problem of their own."""
    for name, old in (
        (FORM, "id: haeufigkeit"),
        (FORM, "id: kuerzel"),
        (DECK, "id: zeit,"),
        (DECK, "id: person,"),
    ):
        spoil(name, old, f"i{old}")
    (foreign / "sessions" / "units" / "unit.yaml").write_text("outcomes: [")
    words = [problem.what for problem in load_kit(foreign).problems if problem.severity == "error"]
    assert [word for word in words if "there is no" in word] == []
    assert len(words) == 1 + 4 * 2


def test_all_slips_of_an_exercise_come_at_once(foreign: Path) -> None:
    """A wrong kind, a dangling name, a hole between bands and a wrong branch do not hide one another."""
    (foreign / FORM).write_text(
        "titel: T\nkind: quizz\nprivacy: anonymous\nminutes: 5\ninstructions: x\ncompare: nix\nscales: 5\n"
        "items:\n  - {id: a, kind: yes-no, text: x, factor: f, when: {item: b, any_of: [1]}}\n"
        "  - {id: a, kind: grid, text: '{criterion}', lowest: x, columns: [{id: c, kind: choice, title: t}]}\n"
        "  - {id: c, kind: code, text: [], scale: 1}\n"
        "factors:\n  - {id: f, bands: [{low: 0, high: 0.2, words: x}, {low: 0.5, high: 1, words: [y]}]}\n"
    )
    words = "\n".join(str(problem) for problem in load_kit(foreign).problems)
    for expected in ("`titel`", "“quizz”", "no item “nix”", "a second item", "`scales` must be a list", "needs `title`", "needs `about`", "needs `x`", "`lowest`", "no item “b”", "`any_of` must be a text", "{criterion} stands for nothing", "needs `options`", "a code may tell", "0.3 to 0.4", "`words` must be a text"):  # fmt: skip
        assert expected in words, words


def test_an_exercise_of_any_length_is_told_of_in_seconds(foreign: Path) -> None:
    """Thousands of items that wait for one of thousands of options take no time that grows with their square."""
    many = range(9_000)
    (foreign / FORM).write_text(
        "title: T\nitems:\n  - {id: a, kind: choice, text: x, options: ["
        + ",".join(f"{{id: o{number}, text: t}}" for number in many)
        + "]}\n"
        + "".join(
            f"  - {{id: i{n}, kind: short, text: x, when: {{item: a, any_of: [o{n}]}}}}\n" for n in many
        )
    )
    begin = time.perf_counter()
    words = [problem.what for problem in load_kit(foreign).problems if problem.path == FORM]
    assert time.perf_counter() - begin < 10
    assert "`items` has 9001 items" in words
