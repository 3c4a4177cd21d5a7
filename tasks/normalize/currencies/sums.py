"""Adding up the parts of a number: digits, number words and scale words."""

from decimal import Context, Decimal

# Exact for every amount within the limits: 28 integer digits, 9 decimals, times a scale.
EXACT = Context(prec=80)
ONE = Decimal(1)
HUNDRED = Decimal(100)
THOUSAND = Decimal(1000)


class Sum:
    """A number under construction.

    A scale word takes all smaller terms before it: "11億7千万" is 11 * 10^8 + (7 * 1000) * 10^4, "7
    mil
    millones" is (7 * 1000) * 10^6.
    """

    __slots__ = ("terms",)

    def __init__(self) -> None:
        # (value, last scale that made it, product of all its scales); 1 for a bare number.
        self.terms: list[tuple[Decimal, Decimal, Decimal]] = []

    @property
    def scale(self) -> Decimal:
        """The product of the scales of the first term: 10^7 for "35 crore"; 1 for no scale."""
        return self.terms[0][2] if self.terms else ONE

    def add(self, value: Decimal) -> bool:
        """Adds a number; False where it cannot continue the ones before it ("five six")."""
        if not self.terms:
            self.terms.append((value, ONE, ONE))
            return True
        last, scale, _ = self.terms[-1]
        if scale != ONE:
            if value >= scale:
                return False
            self.terms.append((value, ONE, ONE))
            return True
        joined = _joined(last, value)
        if joined is None:
            return False
        self.terms[-1] = (joined, ONE, ONE)
        return True

    def multiply(self, factor: Decimal) -> None:
        """Applies a scale word; alone it counts once."""
        taken, count, product = Decimal(0), 0, ONE
        while self.terms and self.terms[-1][1] < factor:
            value, _, product = self.terms.pop()
            taken, count = EXACT.add(taken, value), count + 1
        product = EXACT.multiply(product, factor) if count == 1 else factor
        self.terms.append((EXACT.multiply(taken or ONE, factor), factor, product))

    def add_part(self, part: Decimal) -> None:
        """Adds a part of the last scale.

        The half of "two and a half million", also where it is said as "dos millones y medio".
        """
        value, scale, product = self.terms[-1]
        self.terms[-1] = (EXACT.add(value, EXACT.multiply(part, scale)), scale, product)

    def add_lower(self, value: Decimal, scale: Decimal) -> None:
        """Adds a number with a scale of its own, which takes none of the terms before it."""
        self.terms.append((EXACT.multiply(value, scale), scale, scale))

    def total(self) -> Decimal:
        """Returns the value."""
        total = Decimal(0)
        for value, _, _ in self.terms:
            total = EXACT.add(total, value)
        return total


def _joined(last: Decimal, value: Decimal) -> Decimal | None:
    """Joins two number words: hundreds and tens, tens and units, and German's units before tens."""
    if last == 4 and value == 20:  # noqa: PLR2004 - quatre-vingt
        return Decimal(80)
    if value == HUNDRED and last < 10:  # noqa: PLR2004 - deux cent(s)
        return last * value
    if last >= HUNDRED:
        fits = last % HUNDRED == 0 and value < HUNDRED
    elif last % 10 == 0:
        fits = value < 10 or (last in (60, 80) and value < 20)  # noqa: PLR2004 - soixante-dix
    else:
        fits = value % 10 == 0 and 20 <= value < HUNDRED  # noqa: PLR2004 - fünfundvierzig
    return last + value if fits else None
