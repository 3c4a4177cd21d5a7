"""Which host is next: a heap of instants, one for each host that has something to do."""

from heapq import heappop, heappush


class Schedule:
    """The hosts by the instant from which each may be asked."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, str]] = []
        self._at: dict[str, float] = {}

    def put(self, host: str, at: float | None) -> None:
        """Schedules a host, instead of what it was scheduled for; None takes it out."""
        if at is None:
            self._at.pop(host, None)
        elif self._at.get(host) != at:
            self._at[host] = at
            heappush(self._heap, (at, host))

    def pop(self, now: float) -> str | None:
        """Takes out a host whose instant has come; None where there is none."""
        at = self.next_time()
        if at is None or at > now:
            return None
        host = heappop(self._heap)[1]
        del self._at[host]
        return host

    def next_time(self) -> float | None:
        """Returns the earliest instant."""
        while self._heap:
            at, host = self._heap[0]
            if self._at.get(host) == at:
                return at
            heappop(self._heap)
        return None
