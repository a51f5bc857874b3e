"""The trainer's own keys: `keys.yaml` beside the cohorts, one line per id, such as `run.next: f2`."""

from collections.abc import Mapping
from pathlib import Path

import yaml


def read_keymap(path: Path) -> tuple[Mapping[str, str], str]:
    """Return keys by binding id, and words about what could not be used; ids are those that help shows."""
    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return {}, f"{path.name} was not read ({first}); the usual keys are in force."
    if loaded is None:
        return {}, ""
    if not isinstance(loaded, dict):
        return (
            {},
            f"{path.name} was not read: it needs lines such as `run.next: f2`. The usual keys are in force.",
        )
    known = known_ids()
    keys = {str(name): str(key) for name, key in loaded.items() if str(name) in known}
    unknown = sorted(str(name) for name in loaded if str(name) not in known)
    return keys, f"{path.name} names keys that there are not: {', '.join(unknown[:5])}." if unknown else ""


def known_ids() -> set[str]:
    """Return the ids of all bindings."""
    from textual.binding import Binding  # noqa: PLC0415  # only for those with keys of their own

    from pmworkshop.desk import keys  # noqa: PLC0415

    groups = (keys.HOME, keys.RUN, keys.REGISTER, keys.NOTES, keys.PLAIN)
    return {one.id for group in groups for one in group if isinstance(one, Binding) and one.id}
