"""A made-up web that answers what a test says."""

from tasks.collect.exchange import Answer, FetchError, Request
from tests.collected import answer_of
from tests.virtual_time import VirtualClock

FEED = "https://a.example/rss"
Reply = Answer | FetchError


class ScriptedWeb:
    """Answers what a test says, in turn; the last reply stays. All else is not there."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[tuple[float, str]] = []
        self.headers: dict[str, list[tuple[tuple[str, str], ...]]] = {}

    def say(self, url: str, *replies: Reply) -> None:
        self.replies[url] = list(replies)

    def show(self, *urls: str) -> None:
        """Lets the feed show pages."""
        items = "".join(f"<item><link>{url}</link></item>" for url in urls)
        body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        self.say(FEED, answer_of(FEED, body, headers=()))

    async def send(self, request: Request) -> Answer:
        self.asked.append((self._clock.monotonic(), request.url))
        self.headers.setdefault(request.url, []).append(request.headers)
        replies = self.replies.get(request.url) or [answer_of(request.url, b"", status=404)]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if isinstance(reply, FetchError):
            raise reply
        return reply

    def times_of(self, url: str) -> list[float]:
        return [at for at, asked in self.asked if asked == url]
