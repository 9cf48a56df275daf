"""Fees of a document against published ones (63/2010/NĐ-CP, Điều 8 khoản 2 điểm h)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from docctl.catalogue.pairing import Pairs, pairs
from docctl.catalogue.sides import Part, Side, too_much
from docctl.catalogue.words import folded
from docctl.finding import Pointer
from docctl.model.catalogue import Entry, PublishedFee
from docctl.model.coverage import Difference, Differs, Money
from docctl.model.procedure import Fee, Procedure


def fee_differences(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """The fees by each channel, by their names; a fee of nothing is neither missing nor too much."""
    seen: set[tuple[Pointer, tuple[tuple[PublishedFee, ...] | None, ...]]] = set()
    for channel, place, ours in _charged(procedure):
        theirs = tuple(side.entry.fees_by(channel) for side in sides)
        if (place, theirs) not in seen:
            seen.add((place, theirs))
            general = place == ("fees",) and all(
                fees is side.entry.fees for side, fees in zip(sides, theirs, strict=True)
            )
            charges = _Charges(sides, channel, None if general else channel, place, ours, theirs)
            yield from charges.differences()


def _charged(procedure: Procedure) -> Iterator[tuple[str | None, Pointer, Sequence[Fee]]]:
    """The fees by each channel, with the place of the list."""
    for index, channel in enumerate(procedure.channels):
        if channel.fees:
            yield channel.kind, ("channels", index, "fees"), channel.fees
        else:
            yield channel.kind, ("fees",), procedure.fees
    if not procedure.channels:
        yield None, ("fees",), procedure.fees


class _Charges(Struct, frozen=True):
    """One list of fees of the document beside those of the entries; ``named``: the channel, where it is said."""

    sides: Sequence[Side]
    channel: str | None
    named: str | None
    place: Pointer
    ours: Sequence[Fee]
    theirs: Sequence[tuple[PublishedFee, ...] | None]

    def differences(self) -> Iterator[Difference]:
        found = pairs(self.ours, self.theirs, _name, lambda mine, other: _alike(mine, other) is True)
        for side, other in found.missing:
            fee = self._fee(side, other)
            if fee.amount != 0:
                yield self.sides[side].differs(
                    Differs.FEE_MISSING, "fees", None, _money(fee), self.place, self._part(fee.name),
                    what=fee.name, channel=self.named,
                )  # fmt: skip
        for mine in found.added:
            own = self.ours[mine]
            if own.amount != 0:
                yield too_much(
                    self.sides, Differs.FEE_ADDED, "fees", _money(own), (*self.place, mine), self._part(own.name),
                    what=own.name, channel=self.named,
                )  # fmt: skip
        for mine, side, other in found.worded:
            name = self._fee(side, other).name
            yield self.sides[side].differs(
                Differs.WORDED, "fees", self.ours[mine].name, name, (*self.place, mine, "name"), self._part(name),
                what=name, channel=self.named,
            )  # fmt: skip
        yield from self._amounts(found)

    def _amounts(self, found: Pairs) -> Iterator[Difference]:
        """An amount differs where it is that of none of the entries that have the fee."""
        for mine, places in found.partners.items():
            partners = [(self.sides[side], self._fee(side, other)) for side, other in places]
            agree = [_alike(self.ours[mine], fee) for _, fee in partners]
            if True not in agree:
                kind = Differs.FEE if False in agree else Differs.NOT_COMPARED
                side, fee = partners[agree.index(False) if False in agree else 0]
                yield side.differs(
                    kind, "fees", _money(self.ours[mine]), _money(fee), (*self.place, mine), self._part(fee.name),
                    what=fee.name, channel=self.named,
                )  # fmt: skip

    def _fee(self, side: int, place: int) -> PublishedFee:
        return (self.theirs[side] or ())[place]

    def _part(self, name: str) -> Part:
        """Whether there is a fee of this name, and how much."""
        wanted, channel = folded(name), self.channel

        def part(entry: Entry) -> object:
            fees = entry.fees_by(channel)
            return None if fees is None else tuple(_money(fee) for fee in fees if folded(fee.name) == wanted)

        return part


def _name(fee: Fee | PublishedFee) -> str:
    return fee.name


def _money(fee: Fee | PublishedFee) -> Money:
    return Money(fee.amount, fee.formula, fee.currency, fee.per)


def _alike(ours: Fee, theirs: PublishedFee) -> bool | None:
    """Do two fees come to the same? None where one is a formula in other words, or not for the same unit."""
    if ours.amount is None or theirs.amount is None:
        return True if folded(ours.formula or "") == folded(theirs.formula or "") else None
    if (ours.amount, ours.currency) != (theirs.amount, theirs.currency):
        return False
    if ours.per is None or theirs.per is None or ours.amount == 0:
        return True
    return True if folded(ours.per) == folded(theirs.per) else None
