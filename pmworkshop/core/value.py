"""What every value of the house has in common: frozen, slotted, named arguments only.

`__pydantic_config__` is a plain dictionary that the `library` (YAML) and `live` (events) read;
nothing in the core depends on pydantic. Markers such as `Pattern` follow its duck-typed protocol.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[T]) -> type[T]:
    """Make `cls` a frozen, slotted, keyword-only dataclass that refuses unknown fields when read."""
    cls.__pydantic_config__ = {"extra": "forbid", "strict": True}  # type: ignore[attr-defined]
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text must match `regex`; `looks_like` says so in words, with an example."""

    regex: str
    looks_like: str

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """Add the pattern to the text's schema."""
        return {**handler(source), "pattern": self.regex}

    def __get_pydantic_json_schema__(
        self, core_schema: dict[str, Any], handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """Say in the JSON Schema what the text looks like."""
        return {**handler(core_schema), "description": self.looks_like}


@dataclass(frozen=True, slots=True)
class Doc:
    """What a field means, for the JSON Schema that editors show."""

    text: str

    def __get_pydantic_json_schema__(
        self, core_schema: dict[str, Any], handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """Put the words into the JSON Schema."""
        return {**handler(core_schema), "description": self.text}
