"""Entities in XML that is broken: written as numbers, which libxml reads behind a fault too.

Once a document is not well-formed, libxml reads on (`recover`) but drops every named entity,
`&amp;` among them: addresses would lose the `&` between their fields.
"""

import re
from html.entities import html5

# A name that XML or HTML knows, or an ampersand that begins no reference by number. In a CDATA
# section or a comment it is only itself.
_AMPERSAND = re.compile(
    rb"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    rb"|&(?!#(?:\d{1,7}|[xX][\da-fA-F]{1,6});)(?:(\w{1,32});)?",
    re.DOTALL,
)


def number_entities(content: bytes) -> bytes:
    """Writes the entities of XML and HTML as numbers, and other ampersands as what they are."""
    return _AMPERSAND.sub(_as_number, content)


def _as_number(found: "re.Match[bytes]") -> bytes:
    if found[1]:
        return found[1]
    name = (found[2] or b"").decode("ascii", "replace")
    letters = html5.get(f"{name};")
    if letters is None:
        return b"&#38;" + found[0][1:]
    return "".join(f"&#{ord(letter)};" for letter in letters).encode()
