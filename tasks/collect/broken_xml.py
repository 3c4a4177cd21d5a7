"""XML as sites write it: read as far as it can be, without entities, DTDs and the network."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from lxml import etree

from tasks.read.bytes.xml_entities import number_entities

# Bytes that XML forbids (XML 1.0, 2.2) and that content systems let through; none of them is part
# of a letter in UTF-8 or in a charset of one byte.
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
# How libxml reads what anybody may have written.
SAFE_XML: Mapping[str, Any] = MappingProxyType(
    {
        "recover": True,
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "remove_pis": True,
    }
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding", re.IGNORECASE)


def read_tree(body: bytes, charset: str | None) -> "tuple[etree._Element | None, str | None]":
    """Reads XML; what is broken in it is passed over.

    Args:
        body: the document.
        charset: that the transport declared, for one that declares none.

    Returns:
        The root, None where there is none, and the first fault, None without one.
    """
    body = without_forbidden(body)
    is_declared = _DECLARED.match(body) is not None or body.startswith(_WIDE)
    encoding = None if is_declared else charset
    root, error = _parse(body, encoding)
    if error is not None and not body.startswith(_WIDE):
        root, _ = _parse(number_entities(body), encoding)
    return root, error


def without_forbidden(body: bytes) -> bytes:
    """Takes out the bytes that XML forbids, in front of it also white space and a UTF-8 mark."""
    if body.startswith(_WIDE):
        return body
    return body.translate(None, _FORBIDDEN).lstrip().removeprefix(b"\xef\xbb\xbf").lstrip()


def _parse(body: bytes, encoding: str | None) -> "tuple[etree._Element | None, str | None]":
    try:
        parser = _parser(encoding)
    except LookupError:
        parser = _parser(None)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)
    return root, parser.error_log[0].message if len(parser.error_log) else None


def _parser(encoding: str | None) -> etree.XMLParser:
    return etree.XMLParser(encoding=encoding, **SAFE_XML)
