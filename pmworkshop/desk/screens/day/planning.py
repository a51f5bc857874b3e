"""The kit's part in the screen of the day: a newer plan is offered, and a changed kit is used between two segments."""

from typing import TYPE_CHECKING, Final

from textual import work

from pmworkshop.core.ids import DeliveryId
from pmworkshop.core.plan import Resource, SegmentId, Session
from pmworkshop.core.refusal import refuse
from pmworkshop.core.replanning import PLAN_STAYS
from pmworkshop.desk.screens.day.steering import Steering
from pmworkshop.live.workshop import Workshop

if TYPE_CHECKING:
    from pmworkshop.live.views.plan_changes import PlanChanges

CHANGED: Final = "The plan was changed in the kit; this session keeps its own copy · y to look"
SHORTLY: Final = "plan changed in the kit: y"
NEWS_SECONDS: Final = 8.0
Version = tuple[Session, tuple[Resource, ...]]


class Planning(Steering):
    """Keeps the delivery's own plan beside the kit's, and says so; takes nothing over by itself."""

    def __init__(self, workshop: Workshop, delivery: DeliveryId) -> None:
        super().__init__(workshop, delivery)
        self._segment: SegmentId | None = None
        self._not_again: Version | None = None
        self._compared: tuple[object, ...] = ()
        self._changes: PlanChanges | None = None

    def mind_kit(self) -> bool:
        """Use a changed kit once the clock stands in another segment, or in none; return whether that was so.

        Nothing changes, and nothing is said, while something else lies over this screen.
        """
        if not self.app.screen_stack or self.app.screen is not self:
            return False
        kits, here = self.desk.kits, self.delivery.current
        words = kits.news()
        if words:
            self.app.notify(words, markup=False, timeout=NEWS_SECONDS)
        between = here is None or here != self._segment
        self._segment = here
        return between and kits.use()

    def kit_changed(self) -> None:
        """Offer the newer plan, if it is one."""
        self.redraw_if_shown()

    def plan_words(self, *, shortly: bool) -> list[str]:
        """Say that the kit has another plan by now; nothing where it has none, or is not to be offered again."""
        return [SHORTLY if shortly else CHANGED] if self._offered() else []

    def _offered(self) -> bool:
        changes = self.changes()
        return changes is not None and changes.offered and self._version() != self._not_again

    def hint(self, action: str, label: str) -> str:
        """Return what the hints line calls an action now."""
        return super().hint(action, label) if action != "plan" or self._offered() else ""

    def changes(self) -> "PlanChanges | None":
        """Return how the kit's plan differs; None where it has none that can be run, or the session has ended."""
        kit, newer, delivery = self.desk.kits.newest, self.newer_plan(), self.delivery
        if kit is None or newer is None or delivery.marks.ended is not None:
            return None
        now = (kit, delivery.session, delivery.resources, delivery.marks.visits)
        if len(self._compared) != len(now) or any(
            a is not b for a, b in zip(self._compared, now, strict=True)
        ):
            from pmworkshop.live.views.plan_changes import plan_changes  # noqa: PLC0415  # once the kit was read, not before

            self._compared, self._changes = now, plan_changes(delivery, newer, kit.course, kit.titles)
        return self._changes

    def newer_plan(self) -> Session | None:
        """Return the plan of this session as the kit's files say it now."""
        kit = self.desk.kits.newest
        return kit.sessions.get(self.delivery.session_id) if kit else None

    def _version(self) -> Version | None:
        kit, newer = self.desk.kits.newest, self.newer_plan()
        return (newer, kit.course.resources if kit.course else ()) if kit and newer else None

    def decline(self) -> None:
        """Do not offer this version again, until it changes."""
        self._not_again = self._version()

    @work
    async def action_plan(self) -> None:
        """Look at what was changed in the plan, and take it over or leave it."""
        from pmworkshop.desk.screens.day.plan_changes import PlanChangesScreen, worth_showing  # noqa: PLC0415  # not before it is asked for

        await self.desk.read_kit()
        await self.desk.look_at_kit()
        newer = self.newer_plan()
        if self.app.screen is not self:
            return
        if self.changes() is None or newer is None:
            self.say_no(refuse(self._no_plan()))
        elif worth_showing(self):
            await self.app.push_screen(PlanChangesScreen(self, newer))
        else:
            self.say_no(refuse("The kit's plan of this session is the one that is run here."))

    def _no_plan(self) -> str:
        if self.delivery.marks.ended is not None:
            return PLAN_STAYS.words
        return f"The kit has no plan “{self.delivery.session_id}” that can be run. This session goes on with its own copy."
