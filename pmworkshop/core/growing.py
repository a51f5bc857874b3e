"""Mappings that are swapped whole, and one that may grow in place while a single fold knows it."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Growing(dict[K, V]):
    """A mapping that one fold alone knows, so that it may grow in place instead of being copied for each event."""


def having(mapping: Mapping[K, V], key: K, new: V) -> dict[K, V]:
    """Return `mapping` with `new` under `key`."""
    if isinstance(mapping, Growing):
        mapping[key] = new
        return mapping
    return {**mapping, key: new}
