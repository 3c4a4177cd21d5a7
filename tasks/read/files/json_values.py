"""Cut objects out of a stream of JSON: the members of an array, or values one after another."""

import re
from collections.abc import Iterator

_SIGNS = re.compile(rb'["\\{}\[\]]')


class ObjectCutter:
    """Finds where objects begin and end, from brackets and strings alone, piece by piece.

    Attributes:
        is_open: an object has begun and not ended.
        begin: offset of the object that has begun, or of the last one.
        held: what there is of it, at most as many bytes as are to be kept.
    """

    def __init__(self, max_bytes: int) -> None:
        self.begin = 0
        self.held = bytearray()
        self._max_bytes = max_bytes
        self._offset = 0
        self._depth = 0
        self._in_array = False
        self._in_string = False
        # Where the sign stands that a backslash escapes.
        self._escaped = -1

    @property
    def is_open(self) -> bool:
        """Whether an object has begun and not ended."""
        return self._depth > 0

    def cut(self, piece: bytes) -> Iterator[tuple[int, bytes, int]]:
        """Yields (offset, bytes kept, size) of each object that ends in the next piece."""
        start = 0
        for match in _SIGNS.finditer(piece):
            at = match.start()
            if not self._counts(match[0], self._offset + at):
                continue
            if match[0] in b"{[":
                start = self._open(match[0], at, start)
            elif self._depth:
                self._depth -= 1
                if self._depth == 0:
                    self._keep(piece[start : at + 1])
                    end = self._offset + at + 1
                    yield self.begin, bytes(self.held), end - self.begin
        if self._depth:
            self._keep(piece[start:])
        self._offset += len(piece)

    def _counts(self, sign: bytes, offset: int) -> bool:
        """Whether a sign is a bracket outside of strings; follows strings and escapes."""
        if offset == self._escaped:
            return False
        if sign == b"\\":
            self._escaped = offset + 1
            return False
        if sign == b'"':
            self._in_string = not self._in_string
            return False
        return not self._in_string

    def _open(self, bracket: bytes, at: int, start: int) -> int:
        if self._depth == 0:
            if bracket == b"[" and not self._in_array:
                self._in_array = True
                return start
            start, self.begin = at, self._offset + at
            self.held.clear()
        self._depth += 1
        return start

    def _keep(self, data: bytes) -> None:
        self.held += data[: max(self._max_bytes - len(self.held), 0)]
