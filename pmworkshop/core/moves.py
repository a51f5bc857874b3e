"""What an accepted proposal does: minutes moved from and to segments, segments left out, options run as well."""

from pmworkshop.core.plan import SegmentId
from pmworkshop.core.units import Duration
from pmworkshop.core.value import value


@value
class Move:
    """A segment is given `by` more time, or less where it is negative."""

    segment: SegmentId
    by: Duration


@value
class RunOption:
    """An option of a segment that is run as well."""

    segment: SegmentId
    option: str
