"""Names out of printed bylines: "By A. Reporter and B. Writer, Political Editor" holds two."""

import html
import re
from collections.abc import Iterator

from tasks.printed.squashing import as_line

# What a byline begins with, before the name.
BYLINE_PREFIX = re.compile(
    r"^\W*(?:(?:by|von|por|par|di|da|door|av|af|od|przez|автор|текст|text|texte|texto|testo|tekst"
    r"|written by|reported by|reporting by|story by|words by|posted by|published by|author|autor"
    r"|auteur|autore|autora|müəllif|müxbir|muhabir|yazar|yazan|written|reporter"
    r"|كتب|كتبت|بقلم)\b\s*:?\s+|文[／/:：]|記者[：:])",
    re.IGNORECASE,
)
# "Posted on 3 April 2024 by A. Reporter": the day stands before the name.
_POSTED_BY = re.compile(
    r"^\W*(?:posted|published|updated|written|submitted)\b.{0,60}?\bby\s+", re.IGNORECASE
)
# Where the name ends and the time of publishing begins: at its word, or at the first digit.
_STAMP = re.compile(
    r"[\s,.;|•·–—(-]*(?:\b(?:publi(?:é|ée|shed|cado|cada|cerad|sert|ceret)|pubblicato|opublikowano"
    r"|veröffentlicht|aktualisiert|gepubliceerd|posted|updated|mis à jour|actualizado|aggiornato"
    r"|oppdatert|opdateret|uppdaterad|опубликовано|обновлено)\b"
    r"|(?:\b(?:on|at|am|um|vor|vom|stand|le|el|il|op|den|del"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b[\s,.:]*)*\d).*$",
    re.IGNORECASE,
)
_JOINER = re.compile(
    r"\s*(?:[,;|/•·]|\s&\s|\s\+\s|\s(?:and|und|et|y|e|og|och|en|i|и|və|ve|with|mit|avec|con"
    r"|per)\s)\s*"
    r"|、|，|／"
)
# Printed behind a name: initials, the office, a role, "and one more".
_SUFFIX = re.compile(
    r"\s*\((?:[^()]{1,40})\)\s*$|\s*(?:기자(?:\s*외\s*\d+명)?|記者|특파원)\s*$|\s+[-–—|]\s+.*$"
    r"|\s+(?:for|in|aus|à|en)\s+[A-ZÀ-Þ].*$|\s*[,:;.]+$",
)
_ADDRESS = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net)/|^/|facebook|twitter|\d{3,}", re.IGNORECASE
)
# Words of roles and offices, which follow a name after a comma and are no names.
_ROLE = re.compile(
    r"\b(?:editors?|correspondents?|reporters?|writers?|journalists?|columnists?|producers?|chief"
    r"|head"
    r"|staff|contributors?|bureau|desk|analyst|professor|director|fellow|freelance|senior|deputy"
    r"|news"
    r"|redakteur(?:in)?|korrespondent(?:in)?|reporterin|autor(?:in)?|ressort\w*|leiter(?:in)?"
    r"|redaktion"
    r"|redactora?|corresponsal|periodista|journaliste|rédact\w+|giornalista|inviat[oa]"
    r"|journalist(?:e|in)?|agenturen|nachrichtenagentur"
    r"|redacteur|verslaggever|dziennikarka?|журналист|корреспондент|редактор|obozrevatel|muxbir"
    r"|foto\w*"
    r"|photos?|photograph\w*|video|illustration\w*|updated?|published|min(?:ute)? read)\b",
    re.IGNORECASE,
)
# Organisations that sign for no person.
_ORGANISATION = re.compile(
    r"\b(?:news|newsroom|newsdesk|agency|agencies|agence|agentur|agencia|agenzia|press|presse|media"
    r"|redaktion|redaktionen|redaksjonen|redacción|redaccion|rédaction|redazione|redação|redactie"
    r"|redakcja|редакция|редакція|staff|desk|team|editorial|editors|online|digital|web|tv|radio"
    r"|times"
    r"|post|zeitung|magazin|magazine|journal|daily|herald|tribune|admin|administrator|webmaster"
    r"|guest"
    r"|reuters|bloomberg|associated|interfax|tass|xinhua|dpa|afp|apa|ansa|efe|sid|ap|pap|tpn|ritzau"
    r"|ntb|tt|anp|belga)\b|\.(?:com|org|net|de|at|is|be|nl|no|tv|eu|ch)\b|新聞|通信|日報|编辑部|한국일보",
    re.IGNORECASE,
)
# Roles that sign where no person does: they name nobody.
_NOBODY = re.compile(
    r"(?:by |our |from |the |a |special |staff |own |web |news |online |local |express |principal"
    r" |senior |guest )*"
    r"(?:reporters?|correspondents?|writers?|editors?|newsdesk|newsroom|contributors?)"
    r"|(?:(?:von |die |unsere |der |la |notre |nuestra |nostra |a |de |da |od |uw |vår )*"
    r"(?:online-?)?(?:redaktion|redaktionen|redaksjonen|redacción|redaccion|rédaction|redazione"
    r"|redação|redactie|redakcja|редакция|редакція|redaksiya))"
    r"|unser(?:e|em)? korrespondent(?:in)?|(?:notre )?envoyé spécial|corresponsal"
    r"|dal nostro (?:inviato|corrispondente)|наш корреспондент|собкор|本報記者|本报记者|本社記者",
    re.IGNORECASE,
)
_MIN_CHARS = 2
_MAX_CHARS = 60
_MAX_WORDS = 6


def parse_names(printed: str) -> Iterator[str]:
    """Yields the names in an author field or byline, in order, without roles and places."""
    text = as_line(html.unescape(printed))
    if _ADDRESS.search(text):
        return
    if BYLINE_PREFIX.fullmatch(f"{text} "):
        return
    parts = [_bare(part) for part in _JOINER.split(BYLINE_PREFIX.sub("", text))]
    # A role is one behind a name ("A. Reporter, Political Editor"), alone it signs ("Staff").
    names = [part for n, part in enumerate(parts) if part and (n == 0 or not _ROLE.search(part))]
    for index, name in enumerate(names):
        if _is_place(name, index, len(names)):
            continue
        if _MIN_CHARS <= len(name) <= _MAX_CHARS and len(name.split()) <= _MAX_WORDS:
            yield name


def is_organisation(name: str) -> bool:
    """Tells whether a name is that of an organisation or a collective, not of a person."""
    return _ORGANISATION.search(name) is not None


def is_nobody(name: str) -> bool:
    """Tells whether a name is a mere role: "Staff Reporter", "Redaktion"."""
    return _NOBODY.fullmatch(name) is not None


def strip_stamp(line: str) -> str:
    """Takes the time of publishing off a printed byline: "By A. Reporter, 6 March 2024, 10:20".

    Returns:
        What is left, for "Posted 6 March by A. Reporter" beginning with "by"; the whole line where
        the time stands first.
    """
    whole = _POSTED_BY.sub("by ", line)
    rest = _STAMP.sub("", whole)
    return rest if BYLINE_PREFIX.sub("", f"{rest} ").strip() else whole


def _bare(part: str) -> str:
    previous = None
    text = BYLINE_PREFIX.sub("", part.strip())
    while text != previous:
        previous, text = text, _SUFFIX.sub("", text).strip()
    return text


def _is_place(name: str, index: int, count: int) -> bool:
    """A single word behind full names is where the author wrote, not another author."""
    return index > 0 and index == count - 1 and len(name.split()) == 1 and name.isascii()
