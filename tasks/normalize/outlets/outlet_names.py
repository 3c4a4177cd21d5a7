"""Printed outlet names: cleaning them, and comparing them with each other and with a domain."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from schemas.hosting import RESERVED_SUFFIXES
from schemas.languages.compiled_tables import entries
from schemas.outlets import fold_name
from tasks.normalize.outlets.hosts import host_of, strip_www
from tasks.printed.phrases import any_of, any_plain, any_word_of

_MAX_WORDS = 8
_MAX_LENGTH = 60
_SEPARATOR = re.compile(r"\s+[-–—|·•~*»›>/\\]+\s+|\s*[|｜»›]+\s*|\s*[:：]\s+|\s+[-–—]+|\s{2,}|•")
_BAR = re.compile(r"[|｜»›•]")
_BARRED_SHARE = 0.3
_DASHED_SHARE = 0.8
_PART_SHARE = 0.5
_MAIL = re.compile(r"[\w.+-]@[\w-]+(?:\.|…|$)")
# "Name *" is a form's field, "/article" a path.
_FIELD_OR_PATH = re.compile(r"\s\*$|^/")
_QUOTES = "\"'“”„‟«»‹›`*_.,;:|!·-–—/\\()[]<> \u200b\u200e\u200f\ufeff™®"
_SUFFIX_OF_HOST = re.compile(
    r"(?<=\w)\.(?:(?:com?|org|net|gov|edu|in)\.[a-z]{2}|com|org|net|info|tv|news|online|press|media|[a-z]{2}"
    rf"|{'|'.join(sorted(RESERVED_SUFFIXES))})$",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?:^|\s)(?:{any_plain('outlets', 'year_openings')}\s+)?(?:19|20)\d\d"
    rf"(?:\s*(?:[-–—/]|&[mn]dash;|{any_plain('outlets', 'year_ranges')})"
    rf"\s*(?:(?:19|20)?\d\d|{any_plain('outlets', 'year_ends')})?)?(?=$|[\s,.|])"
)
_BRACKETED_HOST = re.compile(r"\(\s*(?:www\.)?[\w-]+\.[\w.]+\s*\)")
_HOLDER_END = re.compile(r"[|;{}<>\[\]\"•]|\.\s|\s[-–—]\s|\s?,\s|\s&\sCo\b|/(?:S\.?r\.?l|SA)\b")
_COPYRIGHT_SIGNS = re.compile(
    r"(?<![©ⓒ℗®\s])(?:[©ⓒ℗®]|\(c\)|\bcopyrights?\b|\bby\b(?=\s)|\s)*(?:[©ⓒ℗]|\(c\)|\bcopyrights?\b)(?:\s*(?:[©ⓒ℗®]|\(c\)|\bcopyrights?\b|\bby\b(?=\s)))*",
    re.IGNORECASE,
)


def _alternatives(phrases: Iterable[str]) -> str:
    """Joins phrases to a pattern, longest first, where dots and spaces are optional."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(
        re.escape(phrase).replace(r"\.", r"\.?").replace(r"\ ", r"\s*") for phrase in ordered
    )


# Two letters are also ends of names ("El País SA" but "Mesa AS"): they count as printed only.
_SHORT_FORM = 3
_LEGAL_FORMS = entries("outlets", "legal_suffixes")
_LONG_FORMS = [form for form in _LEGAL_FORMS if len(form) >= _SHORT_FORM]
_LEGAL_SUFFIX = re.compile(
    rf"(?<![\s,.])[\s,.]+(?:{_alternatives(_LEGAL_FORMS)}|(?i:{_alternatives(_LONG_FORMS)}))\.?$"
)
_LEGAL_PREFIX = re.compile(rf"^(?:{_alternatives(entries('outlets', 'legal_prefixes'))})[\s«\"„“]+")
# "© 2024 X. All rights reserved": where the name ends.
_RIGHTS = re.compile(any_of("outlets", "rights"), re.IGNORECASE)
# Labels that stand beside a name in titles, logos, feeds and search boxes.
_LABELS = entries("outlets", "labels")
_LABELS_AFTER = entries("outlets", "labels_after")
_LABEL = _alternatives(_LABELS)
_SIGN = r"\s*[-–—|:»>]+\s*"
_LABEL_BEFORE = re.compile(
    rf"^(?:(?:{_LABEL}){_SIGN}"
    rf"|(?:{_alternatives(entries('outlets', 'labels_before'))})\s+)(?=\S)",
    re.IGNORECASE,
)
_LABEL_AFTER = re.compile(
    rf"(?:(?<![-–—|:»>]){_SIGN}(?:{_LABEL})|\s+(?:{_alternatives(_LABELS_AFTER)}))$", re.IGNORECASE
)
_NOT_NAMES = frozenset(map(fold_name, (*entries("outlets", "not_names"), *_LABELS, *_LABELS_AFTER)))
_SECTIONS = frozenset(entries("outlets", "sections"))
# Shorter ones are part of any word.
_MIN_PART = 3
_SMALL_WORDS = frozenset(entries("outlets", "small_words"))
# "thestar" and "The Star" are one name; what is left of a name that only looks so is kept alike.
_JOINED_ARTICLE = re.compile(
    rf"{any_plain('outlets', 'joined_articles')}(?=\w{{4}})", re.IGNORECASE
)
# Publishing groups: they sign the footers of outlets that have names of their own.
_OWNERS = frozenset(map(fold_name, entries("outlets", "owners")))
_OWNER_WORD = re.compile(any_word_of("outlets", "owner_words"), re.IGNORECASE)
_OWNER_TAIL = re.compile(
    rf"(?:^|[\s,–-]){any_word_of('outlets', 'owner_words')}(?:\s(?:company|co))?\.?$", re.IGNORECASE
)
_TAGLINE_WORDS = 4
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str | None:
    """Takes what is no name off a printed one: labels, legal forms, quotes, addresses.

    Returns:
        The name as it would be published, or None where nothing is left that could name an outlet.
    """
    name = _tidy(html.unescape(text))
    if _FIELD_OR_PATH.search(name):
        return None
    if name.lower().startswith(("http:", "https:", "www.")):
        name = host_of(name) or ""
    previous = None
    while name and name != previous:
        previous = name
        for pattern in (_LABEL_BEFORE, _LABEL_AFTER, _LEGAL_SUFFIX, _LEGAL_PREFIX):
            name = pattern.sub("", name).strip()
        name = _strip_quotes(name)
    return name if is_plausible_name(name) else None


def is_plausible_name(name: str) -> bool:
    """Whether a text could name an outlet: not a button, a sentence, a handle or a number."""
    folded = fold_name(name)
    return (
        bool(folded)
        and folded not in _NOT_NAMES
        and not folded.isdigit()
        and not name.startswith("@")
        and not _MAIL.search(name)
        and len(name) <= _MAX_LENGTH
        and len(name.split()) <= _MAX_WORDS
        and not any(sign in name for sign in "{}[]=<>?$;")
        and "(function" not in name
    )


def name_parts(text: str) -> tuple[tuple[float, str], ...]:
    """Splits a name and its tagline into (share, part): the whole first, then its parts.

    A share is how likely it is to be the name: with a bar in it ("Weather, Sports | KXYZ") the
    whole hardly ever is, with a dash it can be, unless all parts but one are taglines.
    """
    whole = _tidy(html.unescape(text))
    parts = [part.strip() for part in _SEPARATOR.split(whole) if part and part.strip()]
    if len(parts) <= 1:
        return ((1.0, whole),)
    names = [part for part in dict.fromkeys(parts) if not is_tagline(part)]
    if len(names) == 1 and len(parts) > 1:
        return ((_DASHED_SHARE, names[0]),)
    share = _BARRED_SHARE if _BAR.search(whole) else _DASHED_SHARE
    return ((share, whole), *((_PART_SHARE, part) for part in dict.fromkeys(parts)))


@lru_cache(maxsize=4096)
def holder_of(line: str) -> str | None:
    """Returns the name in a copyright line: "© 2001-2024 X GmbH. All rights reserved." gives X."""
    text = _tidy(html.unescape(line))
    before, sign, after = text, "", ""
    if match := _COPYRIGHT_SIGNS.search(text):
        before, sign, after = text[: match.start()], match.group(), text[match.end() :]
    for side in (after, before) if sign else (text,):
        if name := _holder_in(side):
            return name
    return None


def _holder_in(text: str) -> str | None:
    cut = _RIGHTS.search(text)
    if cut and not _YEARS.sub(" ", f" {text[: cut.start()]}").strip(" .,-–"):
        text, cut = text[cut.end() :], None  # "All rights reserved, X": the name comes after
    text = text[: cut.start()] if cut else text
    text = _YEARS.sub(" ", _YEARS.sub(" ", f" {_COPYRIGHT_SIGNS.sub(' ', text)} "))
    text = _BRACKETED_HOST.sub("", text).strip(_QUOTES)
    return clean_name(_HOLDER_END.split(text)[0])


def strip_host_suffix(name: str) -> str:
    """Takes the top-level domain off a name that is printed as a host."""
    return _SUFFIX_OF_HOST.sub("", strip_www(name))


def is_host_like(name: str) -> bool:
    """Whether a name is printed as a host."""
    return "." in name and " " not in name and bool(_SUFFIX_OF_HOST.search(name))


def name_of_owned(owner: str) -> str | None:
    """Returns the name before a company's words: "Harbour Post" of "Harbour Post Media Group".

    Returns:
        None where no such words end the name, or nothing stands before them.
    """
    name = owner
    while match := _OWNER_TAIL.search(name):
        name = name[: match.start()].rstrip(" ,-–&")
    return name if name and name != owner else None


def is_tagline(part: str) -> bool:
    """Whether a part of a name praises or lists: "Breaking news, sport and weather"."""
    words = part.split()
    if is_section(part) or ("," in part and len(words) > 1):
        return True
    small = sum(word[0].islower() for word in words)
    return len(words) >= _TAGLINE_WORDS and 2 * small >= len(words)


def is_section(name: str) -> bool:
    """Whether a name is also that of a section: "Welt" and "Sport", but not "Die Welt"."""
    return _tidy(name).casefold() in _SECTIONS


def is_owner(name: str) -> bool:
    """Whether a copyright holder is a group whose outlets have names of their own."""
    return fold_name(name) in _OWNERS or bool(_OWNER_WORD.search(name))


@lru_cache(maxsize=8192)
def plain_key(name: str) -> str:
    """Returns a printed name folded, without domain suffix; an article written on to it stays."""
    return fold_name(strip_host_suffix(name)) or fold_name(name)


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Returns what two printings of one name share: folded, without article and domain suffix."""
    bare = strip_host_suffix(name)
    if " " not in bare and (match := _JOINED_ARTICLE.match(bare)):
        bare = bare[match.end() :]
    return fold_name(bare) or fold_name(name)


@lru_cache(maxsize=16384)
def agreement(name: str, label: str) -> float:
    """How well a name and the label of a domain agree: 1 the same, 0.5 part or initials, 0 not.

    `The Diplomatic Insight` and `thediplomaticinsight` agree wholly, `Neue Zürcher Zeitung` and
    `nzz` by initials, `Luxemburger Wort` and `wort` in part.
    """
    wanted = fold_name(label)
    forms = {form for form in _spellings(strip_host_suffix(name)) if form}
    if not wanted or not forms:
        return 0.0
    if wanted in forms or fold_name(label.removeprefix("the")) in forms:
        return 1.0
    if _is_abbreviation(wanted, name):
        return 0.5
    shortest = min(len(wanted), *(len(form) for form in forms))
    if shortest >= _MIN_PART and any(form in wanted or wanted in form for form in forms):
        return 0.5
    return 0.0


def is_shortened(name: str, label: str) -> bool:
    """Whether a domain's label is a name without some of its words, or made of their beginnings.

    `harbourpost` and `bhp` are short for Baku Harbour Post. A single small word of it is not.
    """
    wanted = fold_name(label)
    words = [word for word in map(fold_name, re.findall(r"\w+", name)) if word]
    runs = {
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    }
    if wanted in runs and 2 * len(wanted) >= len("".join(words)):
        return True
    return len(wanted) >= _MIN_PART and _is_abbreviation(wanted, name)


def best_spelling(names: Iterable[str]) -> str:
    """Chooses among printings of one name, the most trusted of which comes first.

    Words are better than a host, mixed case than small letters or capitals alone, and words apart
    than written together. A host's bare label in small letters ("canada") is the host misread.
    """
    ordered = list(names)
    if len(set(ordered)) == 1:  # most are printed in one way
        return ordered[0]
    capitalised = {
        fold_name(strip_host_suffix(name))
        for name in ordered
        if is_host_like(name) and name[0].isupper()
    }

    def rank(item: tuple[int, str]) -> tuple[bool, bool, bool, bool, bool, int]:
        position, name = item
        is_bare_label = name.islower() and fold_name(name) in capitalised
        is_joined = " " not in name
        return (
            is_bare_label,
            is_host_like(name),
            name.islower(),
            name.isupper(),
            is_joined,
            position,
        )

    return min(enumerate(ordered), key=rank)[1]


def _spellings(name: str) -> Iterator[str]:
    lowered = name.casefold()
    spellings = (lowered, lowered.translate(_UMLAUTS), lowered.replace("&", "and"))
    for spelling in dict.fromkeys(spellings):  # most are one
        yield fold_name(spelling)
        plain = unicodedata.normalize("NFKD", spelling)
        yield "".join(filter(str.isalnum, plain.encode("ascii", "ignore").decode()))


def _is_abbreviation(label: str, name: str) -> bool:
    """Whether a label is made of the beginnings of a name's words: `nzz`, `nytimes`, `ksta`."""
    name_words = [fold_name(word) for word in re.findall(r"\w+", name)]
    return len(name_words) > 1 and _begins(label, tuple(word for word in name_words if word))


@lru_cache(maxsize=4096)
def _begins(label: str, name_words: tuple[str, ...]) -> bool:
    if not name_words or not label:
        return not name_words and not label
    word, rest = name_words[0], name_words[1:]
    longest = next(
        (size for size, (one, two) in enumerate(zip(label, word, strict=False)) if one != two),
        min(len(label), len(word)),
    )
    if any(_begins(label[size:], rest) for size in range(longest, 0, -1)):
        return True
    return word in _SMALL_WORDS and _begins(label, rest)


def _strip_quotes(name: str) -> str:
    stripped = name.strip(_QUOTES)
    closing = {"(": ")", "[": "]"}
    for opening, close in closing.items():
        if opening in stripped and close not in stripped:
            stripped += close
    return stripped


def _tidy(text: str) -> str:
    return " ".join(text.split())
