"""Schema and loader cannot disagree, and what is shipped is up to date."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmworkshop.library import SCHEMAS, LibraryError, schema, schema_text, shipped_kit_path
from pmworkshop.library.schemas import TYPES
from pmworkshop.library.shape import shape
from pmworkshop.library.source import Source
from pmworkshop.library.yaml_source import read_yaml

ROOT = shipped_kit_path()
SHIPPED = {
    "sessions/course.yaml": "course",
    "sessions/session-a.yaml": "session",
    "sessions/session-b.yaml": "session",
    "sessions/units/ilm-8600-323.yaml": "unit",
    **{f"exercises/{path.name}": "exercise" for path in sorted((ROOT / "exercises").glob("*.yaml"))},
    **{f"cards/{path.name}": "deck" for path in sorted((ROOT / "cards").glob("*.yaml"))},
}
FOREIGN = Path(__file__).parent / "foreign"
SAMPLES = {
    **{ROOT / path: kind for path, kind in SHIPPED.items() if kind not in {"exercise", "deck"}},
    **dict.fromkeys(sorted(FOREIGN.glob("exercises/*.yaml")), "exercise"),
    FOREIGN / "exercises" / "planned.yaml": "planned",
    FOREIGN / "cards" / "gespraeche.yaml": "deck",
}
VALUES: list[Any] = [None, True, False, 0, 1, -1, 5, 10**6, 20.0, 0.5, "", "x", "two words", "09:30", "9:30", "24:00", "09:30\n", "4-5", "4-", "1.1", "1.1\n", "work", "break", "any", "must", "rating", "table", "low", -2.5, 1e300, "official", "é", "x" * 60, "x" * 61, "x" * 200, "x" * 201, "😀" * 200, "x" * 6001, "https://x", "https:// x", [], ["x"], ["1.1", "1.1"], [None], {}, {"id": "a"}, {"id": "a", "title": "b"}, {"of": [{"id": "a", "title": "b"}]}, [{"id": "a", "title": "b"}] * 13]  # fmt: skip


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_the_shipped_schema_is_the_one_that_the_types_give(name: str) -> None:
    """`.schema/*.json` is generated; after a change of the core write it anew with `pmworkshop schema`."""
    text = (ROOT / ".schema" / f"{name}.json").read_text(encoding="utf-8")
    assert text == schema_text(name)
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("path", SHIPPED)
def test_every_shipped_file_tells_its_editor_where_the_schema_is(path: str) -> None:
    """The first line names the schema, relative to the file, and that schema is the right one."""
    first = (ROOT / path).read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found is not None
    assert (ROOT / path).parent.joinpath(
        found[1]
    ).resolve() == ROOT.resolve() / ".schema" / f"{SHIPPED[path]}.json"


def test_an_unknown_schema_is_refused_in_words() -> None:
    """A misspelt name gets the nearest one."""
    with pytest.raises(LibraryError, match="there is no schema “sesion”; did you mean `session`"):
        schema("sesion")


@cache
def plain(path: Path) -> str:
    document = read_yaml(Source(path.name, path.read_text(encoding="utf-8")))
    assert document is not None
    return json.dumps(document.value)


@cache
def judge(name: str) -> Any:
    """Return the validator of one schema; patterns end as JSON Schema has it, not before a last line break."""

    def pattern(_: Any, wanted: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
        if isinstance(instance, str) and not re.search(wanted.replace("$", r"\Z"), instance):
            yield jsonschema.ValidationError("pattern")

    extend: Any = jsonschema.validators.extend
    return extend(jsonschema.Draft202012Validator, {"pattern": pattern})(schema(name))


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with each of its keys or positions."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in list(items):
        yield value, step
        yield from spots(inner)


def mutate(data: Any, draw: Any) -> None:
    """Change one spot: drop it, rename its key, give it another value, or one from elsewhere in the file."""
    places = list(spots(data))
    if not places:
        return
    holder, step = places[draw(st.integers(0, len(places) - 1))]
    other, where = places[draw(st.integers(0, len(places) - 1))]
    what = draw(st.sampled_from(["drop", "rename", "value", "swap", "copy"]))
    if what == "drop":
        del holder[step]
    elif what == "rename" and isinstance(holder, dict):
        holder[draw(st.sampled_from([*sorted(KEYS), "zzz", step.upper()]))] = holder.pop(step)
    elif what == "swap":
        holder[step] = json.loads(json.dumps(other[where]))
    elif what == "copy" and isinstance(holder, list):
        holder.extend([holder[step]] * draw(st.sampled_from([1, 20, 500])))
    else:
        holder[step] = json.loads(json.dumps(draw(st.sampled_from(VALUES))))


KEYS = {step for path in SAMPLES for _, step in spots(json.loads(plain(path))) if isinstance(step, str)}


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from([*SAMPLES, ROOT / "sessions" / "session-a.yaml"]), data=st.data())
def test_schema_and_loader_accept_the_same_files(path: Path, data: st.DataObject) -> None:
    """Whatever is dropped, renamed, retyped or moved in a good file, both accept it or both refuse it."""
    changed = json.loads(plain(path))
    for _ in range(data.draw(st.integers(0, 2))):
        mutate(changed, data.draw)
    document = read_yaml(Source(path.name, json.dumps(changed, ensure_ascii=False)))
    assert document is not None
    value, blames = shape(TYPES[SAMPLES[path]], document)
    accepted = judge(SAMPLES[path]).is_valid(document.value)
    assert (value is not None) == accepted
    assert bool(list(blames)) != accepted


def test_every_mutation_is_seen_both_accepted_and_refused() -> None:
    """The test above is not empty: some of its values pass and some do not."""
    for text, accepted in (('{"planned": []}', True), ('{"planned": [{}]}', False)):
        assert judge("planned").is_valid(json.loads(text)) == accepted
    assert Path(ROOT / ".schema").is_dir()
