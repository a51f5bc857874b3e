"""The trainer's own keys: `keys.yaml` beside the cohorts, one line per id, such as `run.next: f2`."""

from collections.abc import Mapping
from pathlib import Path

import yaml

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
    known = keys.ids()
    mine = {clean_line(str(name)): key for name, key in loaded.items()}
    chosen = {name: str(key) for name, key in mine.items() if name in known and _can_be_key(key)}
    unknown = sorted(name for name in mine if name not in known)
    no_keys = sorted(name for name in mine if name in known and name not in chosen)
    wrong = [f"{path.name} names keys that there are not: {', '.join(unknown[:5])}."] if unknown else []
    wrong += (
        [f"{path.name} gives no key for {', '.join(no_keys[:5])}; write it in quotes."] if no_keys else []
    )
    clashes = keys.clashes(chosen)
    wrong += [
        f"{path.name} gives {key} to both {' and '.join(ids)}: left out." for key, ids in clashes.items()
    ]
    taken = {name for ids in clashes.values() for name in ids}
    return {name: key for name, key in chosen.items() if name not in taken}, " ".join(wrong)


def _can_be_key(key: object) -> bool:
    """Whether YAML gave a key's name: `f2` and `5` are, nothing at all and `yes` (which YAML takes for true) are not."""
    return isinstance(key, str | int) and not isinstance(key, bool) and bool(str(key).strip())
