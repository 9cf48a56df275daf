"""Does an event meet a citation: where, fully or by name, from above or from below?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from docctl.law.address import WHOLE, Address, Touch, container, touches
from docctl.law.lineage import Lineage
from docctl.law.provisions import Tree, readable
from docctl.law.spans import Spans
from docctl.law.timeline import Operating, Timeline
from docctl.model.event import INSERT


class Hit(Struct, frozen=True):
    """How an event meets an address: fully, by a heading or unknown; from above (or at it), or from below.

    ``targets`` are those of its addresses that do so, ``windows`` when they do.
    """

    touch: Touch
    above: bool
    targets: tuple[Address, ...]
    windows: Spans


class Place(Struct, frozen=True):
    """A cited address of a text: the numbers are those of ``day``, the first one of the revision that cites it."""

    timeline: Timeline
    lineage: Lineage
    tree: Tree
    address: Address
    excepted: tuple[Address, ...]
    day: date

    def names(self, each: Operating) -> Sequence[Address]:
        """What the cited unit was called just before an event; what meets a whole text meets its new units too.

        A number that nobody had on the day names no unit: whoever gets it later is another one.
        """
        vacant = self.lineage.moved(Address(self.address.units), self.day)
        found = () if vacant else self.lineage.before(each.root, self.address, self.day)
        return found or (self.lineage.called(each.root, self.address, self.day) if WHOLE in each.addresses else [])

    def hits(self, each: Operating, names: Sequence[Address]) -> Sequence[Hit]:
        """What the addresses of an event do to the cited one, those that do the same together.

        ``names`` are what the cited unit was called just before the event.
        """
        found: dict[tuple[Touch, bool, Spans], list[Address]] = {}
        whole = all(any(self._contains(each, target, name) is not False for target in each.windows) for name in names)
        for target, windows in each.windows.items():
            for name in names:
                touch = self._touch(each, target, name)
                if touch is not Touch.NOT:
                    # Where the tree does not tell, the worse is possible: that the event is above. Of a unit that was
                    # split it has to be above every part.
                    above = whole and self._contains(each, target, name) is not False
                    held = self._held(each, target, name, windows)
                    found.setdefault((touch, above, held), []).append(target)
        return [Hit(touch, above, tuple(targets), held) for (touch, above, held), targets in found.items()]

    def _held(self, each: Operating, target: Address, name: Address, windows: Spans) -> Spans:
        """Suspensions end where something resumes the cited unit, or all that they suspend."""
        if not each.change.stops or each.derived:
            return windows
        return self.timeline.stop_at(each.change, target, name)

    def _touch(self, each: Operating, target: Address, name: Address) -> Touch:
        touch = self._meets(each, target, name)
        if touch is Touch.NOT:
            return touch
        saved = [self._contains(each, kept, name) for kept in each.root.excepted]
        excepted = (now for left in self.excepted for now in self.lineage.called(each.root, left, self.day))
        left_out = [self._contains(each, left, target) for left in excepted]
        if True in saved or True in left_out:
            return Touch.NOT
        return Touch.UNKNOWN if None in saved or None in left_out else touch

    def _meets(self, each: Operating, target: Address, name: Address) -> Touch:
        """As the tree says; what an insertion adds is beside all that was there, where no place is named unknown."""
        if each.root.kind != INSERT:
            return self._within(each, target, name)
        if target == WHOLE and name != WHOLE:
            return Touch.UNKNOWN
        direct = touches(target, name)
        event = each.root.event
        after = [] if event is None or event.after is None else [*readable((event.after,))]
        if direct is Touch.NOT and container(name) and not container(target) and after:
            target = after[0]
        return direct if container(target) else self._within(each, target, name)

    def _within(self, each: Operating, target: Address, name: Address) -> Touch:
        """Touches of a chapter, whose articles the tree tells by their first numbers."""
        direct = touches(target, name)
        if direct is not Touch.NOT or not (container(target) or container(name)):
            return self.tree.touches(target, name)
        listed = (self.lineage.listed(each.root, self.tree, one) for one in (target, name))
        return self.tree.touches(*listed)

    def _contains(self, each: Operating, outer: Address, inner: Address) -> bool | None:
        return self.lineage.contains(each.root, self.tree, outer, inner)
