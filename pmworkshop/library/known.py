"""What one file of a kit may refer to in the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the rest of the kit has. None where it could not be read: then nobody is blamed for it."""

    units: frozenset[str] = frozenset()
    sessions: frozenset[str] = frozenset()
    criteria: dict[str, str] | None = None
    resources: frozenset[str] | None = None
    activities: frozenset[str] | None = None
    decks: frozenset[str] | None = None
    served: frozenset[str] | None = None
    existing: frozenset[str] = frozenset()

    @property
    def criterion_ids(self) -> frozenset[str] | None:
        """The numbers of the criteria of the course's unit."""
        return None if self.criteria is None else frozenset(self.criteria)
