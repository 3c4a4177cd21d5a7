"""How long a host is left alone: after each request, after failures, and where it asks for it.

All is measured from the end of the last request, by host: robots.txt, feeds and the targets of
redirects count like pages.
"""

from dataclasses import dataclass

from tasks.collect.exchange import Outcome
from tasks.collect.memory.standings import Host

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S


@dataclass(frozen=True, slots=True)
class PolitenessRules:
    """The figures of the policy, in seconds.

    Attributes:
        crawl_delay_ceiling_s: a robots.txt that asks for more gets this, and is reported.
        response_factor: times the last answer took; a slow host is asked more slowly.
        response_ceiling_s: and no slower than this for it.
        shared_address_s: between requests to hosts that share an IP address.
        retry_after_ceiling_s: of what a host asks for by Retry-After.
        throttle_s: where it does not say; doubled each time.
        throttle_memory_s: a second "unavailable" within this time holds the whole host.
        breaker_failures: so many failed connections in a row open the breaker.
        breaker_s: for this long; doubled each time.
        breaker_ceiling_s: and no longer than this.
        robots_retry_s: until a robots.txt that could not be had is tried again; doubled each time.
        robots_patience_s: pages that have waited for it so long are denied.
        tdm_retry_s: until a tdmrep.json that could not be had is tried again.
    """

    crawl_delay_ceiling_s: float = 120.0
    response_factor: float = 2.0
    response_ceiling_s: float = 60.0
    shared_address_s: float = 1.0
    retry_after_ceiling_s: float = DAY_S
    throttle_s: float = 60.0
    throttle_memory_s: float = 600.0
    breaker_failures: int = 5
    breaker_s: float = 600.0
    breaker_ceiling_s: float = 6 * HOUR_S
    robots_retry_s: float = 300.0
    robots_patience_s: float = 2 * DAY_S
    tdm_retry_s: float = HOUR_S


RULES = PolitenessRules()
# Failures before HTTP: they say something of the host, not of the address.
CONNECTION_FAILURES = frozenset(
    {Outcome.DNS_FAILED, Outcome.CONNECT_FAILED, Outcome.TLS_FAILED, Outcome.TIMED_OUT}
)
# Trying again would end the same.
FINAL_FAILURES = frozenset(
    {
        Outcome.PRIVATE_ADDRESS,
        Outcome.TOO_LARGE,
        Outcome.BOMB,
        Outcome.REDIRECT_LOOP,
        Outcome.NOT_TEXT,
    }
)
TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503


def delay_of(host: Host, delay_s: float, rules: PolitenessRules = RULES) -> float:
    """Returns how long a host is left alone between two requests.

    Args:
        host: what is known of it.
        delay_s: what the sources file says.
        rules: the policy.
    """
    crawl_delay_s = min(host.crawl_delay_s or 0.0, rules.crawl_delay_ceiling_s)
    slow_s = min(rules.response_factor * host.response_s, rules.response_ceiling_s)
    return max(delay_s, crawl_delay_s, slow_s)


def after_request(
    host: Host, started: float, ended: float, delay_s: float, rules: PolitenessRules = RULES
) -> None:
    """Notes that a request to a host has ended, whatever came of it."""
    host.response_s = ended - started
    host.ready_at = ended + delay_of(host, delay_s, rules)


def after_failure(
    host: Host, outcome: Outcome, detail: str, now: float, rules: PolitenessRules = RULES
) -> None:
    """Notes that a request to a host had no answer."""
    host.problem = detail
    if outcome not in CONNECTION_FAILURES:
        return
    host.failures += 1
    host.failing_since = host.failing_since or now
    # Where the breaker was open, one more failure opens it again.
    if host.failures >= rules.breaker_failures or host.breaks:
        open_s = rules.breaker_s * 2.0 ** min(host.breaks, 20)
        host.broken_until = now + min(open_s, rules.breaker_ceiling_s)
        host.breaks += 1


def after_answer(host: Host, ip_address: str) -> None:
    """Notes that a host has answered: it is alive."""
    host.ip_address = ip_address or host.ip_address
    host.failures = host.breaks = 0
    host.failing_since = None
    host.broken_until = 0.0
    host.problem = None


def after_throttling(
    host: Host, status: int, retry_after_s: float | None, now: float, rules: PolitenessRules = RULES
) -> float:
    """Notes a 429 or 503; returns how long the address that was asked is to wait.

    A 429 is about the client, so the whole host waits. A 503 may be about one address: the host
    waits from the second within ten minutes.

    Args:
        host: who said so.
        status: 429 or 503.
        retry_after_s: what it asks for; None where it does not say.
        now: epoch seconds.
        rules: the policy.
    """
    is_again = host.throttled_at is not None and now - host.throttled_at <= rules.throttle_memory_s
    own_s = rules.throttle_s * 2.0 ** min(host.throttles, 20)
    wait_s = min(retry_after_s if retry_after_s is not None else own_s, rules.retry_after_ceiling_s)
    host.throttled_at = now
    host.throttles += 1
    if status == TOO_MANY_REQUESTS or is_again:
        host.held_until = max(host.held_until, now + wait_s)
    return wait_s


def after_success(host: Host) -> None:
    """Notes that a host gave what was asked for: it is not throttled any more."""
    host.throttles = 0


def free_at(host: Host) -> float:
    """Returns when a host may be asked: its delay, its own wish, and the breaker allow it."""
    return max(host.ready_at, host.held_until, host.broken_until)
