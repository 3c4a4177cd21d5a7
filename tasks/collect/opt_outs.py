"""Whether a site reserves its rights in a page, or asks that it be not archived.

TDM Reservation Protocol (W3C community group, 2024): a meta element, a header, or
`/.well-known/tdmrep.json`. Where they disagree the meta element decides, then the header (section
"Processing priority"); a value other than 0 and 1 is as if it were not there. X-Robots-Tag and the
robots meta element: `noarchive`, whichever says so. Other words (`noai`, `noindex`, Content-Signal)
are about what is done with a page, and are only written down.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import urlsplit

from protego import Protego

from tasks.collect.exchange import Answer
from tasks.collect.feed_model import on_one_line
from tasks.collect.robots import PRODUCT_TOKEN

TDMREP_PATH = "/.well-known/tdmrep.json"
MAX_TDMREP_BYTES = 500 * 1024
_RESERVATION, _POLICY = "tdm-reservation", "tdm-policy"
_RESERVED, _FREE = "1", "0"
_TDM_FIELDS = _RESERVATION_FIELD, _POLICY_FIELD = f"policy.{_RESERVATION}", f"policy.{_POLICY}"
# Words of X-Robots-Tag and of the robots meta that opt out, and those that are only written down.
_OPTING_OUT = frozenset({"noarchive"})
_NOTED = frozenset({"noai", "noimageai", "noindex", "none", "noml"})
_SIGNAL_HEADERS = ("content-signal", "content-usage")
_ROBOTS_META = frozenset({"robots", PRODUCT_TOKEN})
# The rules of one robot stand behind its name; a date holds a colon too.
_FOR_ROBOT = re.compile(r"^\s*(?!unavailable_after)([\w-]+)\s*:")
# Metas stand in the head, and no head is as long.
_HEAD_BYTES = 512 * 1024
# What metas may not stand in, and where the head ends.
_OPENING = re.compile(rb"<(?:!--|(script|style|noscript)\b|(meta)\s|body[\s>])", re.IGNORECASE)
_CLOSING = {
    name: re.compile(rb"</" + name + rb"\b", re.IGNORECASE)
    for name in (b"script", b"style", b"noscript")
}
# It takes in what it can of a tag that is broken, so that no byte is looked at again and again.
_ATTRIBUTES = re.compile(rb"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_COMPILED = 256

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OptOuts:
    """What a page's site says of its use.

    Attributes:
        is_opted_out: it is not to be stored.
        fields: what was said, by the names of a metadata record: `policy.tdm-reservation`, ....
    """

    is_opted_out: bool
    fields: Fields


@dataclass(frozen=True, slots=True)
class TdmRules:
    """The rules of a tdmrep.json."""

    _rules: Protego
    policies: Fields

    def reserves(self, url: str) -> bool:
        """Whether the rights in an address are reserved; of several rules the longest decides."""
        return not self._rules.can_fetch(url, PRODUCT_TOKEN)

    def policy_of(self, url: str) -> str | None:
        """Returns where the terms stand, for the longest location that an address begins with."""
        path = urlsplit(url).path or "/"
        found = [pair for pair in self.policies if path.startswith(pair[0].rstrip("*$"))]
        return max(found, key=lambda pair: len(pair[0]))[1] if found else None


def find_opt_outs(
    answer: Answer, content: bytes, tdm: TdmRules | None = None, signals: Iterable[str] = ()
) -> OptOuts:
    """Reads what a page, its head and its site say of its use.

    Args:
        answer: the page.
        content: its body, decoded; see `Answer.decoded`.
        tdm: the site's tdmrep.json, None where it has none.
        signals: of its robots.txt: `Robots.content_signals`.
    """
    of_headers, of_metas = list(_of_headers(answer)), list(_of_metas(content))
    fields = list(_tdm_of(of_metas, of_headers, _of_file(tdm, answer.url)))
    fields += [field for field in (*of_headers, *of_metas) if field[0] not in _TDM_FIELDS]
    fields += [("policy.content-signal", value) for value in signals]
    kept = tuple(dict.fromkeys((name, on_one_line(value)) for name, value in fields))
    return OptOuts(any(map(_opts_out, kept)), kept)


def _tdm_of(*techniques: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yields what holds of the Reservation Protocol; the technique that decides comes first."""
    for name in _TDM_FIELDS:
        for said in techniques:
            values = {value.strip() for of, value in said if of == name}
            if name == _RESERVATION_FIELD:
                # Of two that one technique says the reservation holds.
                values = {_RESERVED} & values or {_FREE} & values
            if values:
                yield from ((name, value) for value in sorted(values))
                break


def _of_file(tdm: TdmRules | None, url: str) -> list[tuple[str, str]]:
    if tdm is None or not tdm.reserves(url):
        return []
    policy = tdm.policy_of(url)
    return [(_RESERVATION_FIELD, _RESERVED), *([(_POLICY_FIELD, policy)] if policy else [])]


@lru_cache(maxsize=_COMPILED)
def parse_tdmrep(body: bytes) -> TdmRules:
    """Reads a tdmrep.json; bytes that are none reserve nothing.

    Args:
        body: decoded; a longer one than MAX_TDMREP_BYTES is none.
    """
    try:
        rules = json.loads(body) if len(body) <= MAX_TDMREP_BYTES else []
    except (ValueError, RecursionError):
        rules = []
    reserved: list[str] = []
    free: list[str] = []
    policies: list[tuple[str, str]] = []
    for rule in rules if isinstance(rules, list) else []:
        location = _location_of(rule)
        if location is None:
            continue
        is_reserved = str(rule.get(_RESERVATION)) == _RESERVED
        (reserved if is_reserved else free).append(location)
        if is_reserved and isinstance(rule.get(_POLICY), str):
            policies.append((location, rule[_POLICY]))
    # Its patterns are those of robots.txt, which prefers Allow among equals.
    lines = [f"Disallow: {location}" for location in reserved]
    lines += [f"Allow: {location}" for location in free if location not in reserved]
    return TdmRules(Protego.parse("\n".join(["User-agent: *", *lines])), tuple(policies))


def tdmrep_url(url: str) -> str:
    """Returns where the tdmrep.json of an address is."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{TDMREP_PATH}"


def _location_of(rule: object) -> str | None:
    location = rule.get("location") if isinstance(rule, dict) else None
    if not isinstance(location, str) or not location.startswith(("/", "*")):
        return None
    return on_one_line(location).replace("#", "%23") or None


def _of_headers(answer: Answer) -> Iterator[tuple[str, str]]:
    for name in (_RESERVATION, _POLICY, *_SIGNAL_HEADERS):
        for value in answer.headers_named(name):
            yield f"policy.{name}", value
    for value in answer.headers_named("x-robots-tag"):
        robot = _FOR_ROBOT.match(value)
        if robot is None or robot[1].lower() == PRODUCT_TOKEN:
            yield from _of_words(value[robot.end() :] if robot else value, "x-robots-tag")


def _of_metas(content: bytes) -> Iterator[tuple[str, str]]:
    head = content[:_HEAD_BYTES]
    if b"\0" in head:
        # UTF-16; all that is looked for is ASCII.
        head = head.replace(b"\0", b"")
    for tag in _metas_in(head):
        attributes = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        }
        name = attributes.get("name", "").strip().lower()
        value = attributes.get("content", "")
        if name in (_RESERVATION, _POLICY):
            yield f"policy.{name}", value
        elif name in _ROBOTS_META:
            yield from _of_words(value, "robots-meta")


def _metas_in(head: bytes) -> Iterator[bytes]:
    """Yields the attributes of the meta elements of a head, without those in comments, scripts."""
    position = 0
    while found := _OPENING.search(head, position):
        position = found.end()
        if found[2]:
            tag = _ATTRIBUTES.match(head, position)
            if tag is not None:
                yield tag[0]
                position = tag.end()
        elif found[1]:
            end = _CLOSING[found[1].lower()].search(head, position)
            if end is None:
                return
            position = end.end()
        elif found[0] == b"<!--":
            position = head.find(b"-->", position)
            if position < 0:
                return
        else:
            return


def _of_words(value: str, source: str) -> Iterator[tuple[str, str]]:
    for word in re.split(r"[,\s;]+", value.lower()):
        if word in _OPTING_OUT or word in _NOTED:
            yield f"policy.{source}", word


def _opts_out(field: tuple[str, str]) -> bool:
    name, value = field
    if name == _RESERVATION_FIELD:
        return value == _RESERVED
    return value in _OPTING_OUT
