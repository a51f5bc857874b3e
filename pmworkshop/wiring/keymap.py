"""The trainer's own keys: `keys.yaml` beside the cohorts, one line per id, such as `run.next: f2`."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from textual.binding import Binding, BindingType

from pmworkshop.core.text import clean_line
from pmworkshop.desk import keys


def read_keymap(path: Path) -> tuple[Mapping[str, str], str]:
    """Return keys by binding id, and words about what could not be used; ids are those that help shows."""
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        first = clean_line(str(error).partition("\n")[0]) or type(error).__name__
        return {}, f"{path.name} was not read ({first}); the usual keys are in force."
    if loaded is None:
        return {}, ""
    if not isinstance(loaded, dict):
        return (
            {},
            f"{path.name} was not read: it needs lines such as `run.next: f2`. The usual keys are in force.",
        )
    known = known_ids()
    mine = {clean_line(str(name)): key for name, key in loaded.items()}
    chosen = {name: str(key) for name, key in mine.items() if name in known and _can_be_key(key)}
    unknown = sorted(name for name in mine if name not in known)
    no_keys = sorted(name for name in mine if name in known and name not in chosen)
    wrong = [f"{path.name} names keys that there are not: {', '.join(unknown[:5])}."] if unknown else []
    wrong += (
        [f"{path.name} gives no key for {', '.join(no_keys[:5])}; write it in quotes."] if no_keys else []
    )
    clashes = _clashes(chosen)
    wrong += [
        f"{path.name} gives {key} to both {' and '.join(ids)}: left out." for key, ids in clashes.items()
    ]
    taken = {name for ids in clashes.values() for name in ids}
    return {name: key for name, key in chosen.items() if name not in taken}, " ".join(wrong)


def _clashes(mine: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys that would do two things on one screen, with the ids of both."""
    clashes: dict[str, list[str]] = {}
    for group in _groups():
        users: dict[str, list[str]] = {}
        for one in group:
            if isinstance(one, Binding) and one.id:
                for key in mine.get(one.id, one.key).split(","):
                    users.setdefault(key.strip(), []).append(one.id)
        clashes |= {key: ids for key, ids in users.items() if len(ids) > 1}
    return clashes


def _can_be_key(key: object) -> bool:
    """Whether YAML gave a key's name: `f2` and `5` are, nothing at all and `yes` (which YAML takes for true) are not."""
    return isinstance(key, str | int) and not isinstance(key, bool) and bool(str(key).strip())


def known_ids() -> set[str]:
    """Return the ids of all bindings."""
    return {one.id for group in _groups() for one in group if isinstance(one, Binding) and one.id}


def _groups() -> tuple[list[BindingType], ...]:
    return (keys.DESK, keys.HOME, keys.RUN, keys.REGISTER, keys.NOTES, keys.PREPARE, keys.PLAIN)
