"""Cut JSON values out of a stream of bytes: the members of an array, or values one after another."""

import re
from collections.abc import Iterator

_SIGNS = re.compile(rb'["\\{}\[\]]')
_OPENING, _CLOSING = b"{[", b"}]"


class ValueCutter:
    """Finds where objects begin and end, from brackets and strings alone, piece by piece.

    Attributes:
        offset: of the next byte in the stream.
        held: the bytes of an object that has begun and not ended.
    """

    def __init__(self, max_bytes: int) -> None:
        self.offset = 0
        self.held = bytearray()
        self._max_bytes = max_bytes
        self._depth = 0
        self._in_string = False
        self._escaped = -1
        self._begin = 0
        self._is_array = False

    def cut(self, piece: bytes) -> Iterator[tuple[int, bytes, int]]:
        """Yields (offset, bytes kept, size) of each object that ends in the next piece."""
        start = 0
        for match in _SIGNS.finditer(piece):
            at = match.start()
            sign = match[0]
            if self.offset + at == self._escaped:
                continue
            if sign == b"\\":
                self._escaped = self.offset + at + 1 if self._in_string else self._escaped
            elif sign == b'"':
                self._in_string = not self._in_string
            elif self._in_string:
                continue
            elif sign in _OPENING:
                if self._depth == 0 and sign == b"[" and not self._is_array:
                    self._is_array = True
                    continue
                if self._depth == 0:
                    start, self._begin = at, self.offset + at
                    self.held.clear()
                self._depth += 1
            elif self._depth:
                self._depth -= 1
                if self._depth == 0:
                    self._keep(piece[start : at + 1])
                    yield self._begin, bytes(self.held), self.offset + at + 1 - self._begin
                    self.held.clear()
        if self._depth:
            self._keep(piece[start:])
        self.offset += len(piece)

    @property
    def is_open(self) -> bool:
        """Whether an object has begun and not ended."""
        return self._depth > 0

    @property
    def begin(self) -> int:
        """Where the object that has begun does so."""
        return self._begin

    def _keep(self, data: bytes) -> None:
        self.held += data[: max(self._max_bytes - len(self.held), 0)]
