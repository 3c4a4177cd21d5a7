"""Draws Vega's charts as SVG for a page of ours: by a reader's colours, at any width, offline."""

import re
from dataclasses import dataclass
from typing import Any

import vl_convert
from lxml import etree
from markupsafe import Markup

_SVG = "{http://www.w3.org/2000/svg}"
# What Vega writes for a page with scripts and fonts of its own.
_DROPPED = (
    "class",
    "role",
    "aria-roledescription",
    "aria-hidden",
    "aria-label",
    "font-family",
    "pointer-events",
    "stroke-miterlimit",
)
# Vega's coordinates have fifteen digits; one behind the point is finer than a screen.
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_CONFIG: dict[str, Any] = {
    "background": None,
    "axis": {
        "domain": False,
        "grid": False,
        "labelColor": "var(--muted)",
        "labelFontSize": 12,
        "ticks": False,
        "title": None,
    },
    "view": {"stroke": None},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart to be drawn.

    Attributes:
        name: what the chart is called on its page: letters and dashes, once a page.
        title: what it shows, for who cannot see it. description: what can be seen there.
        spec: Vega-Lite where it has an `encoding` or `layer`, else Vega.
    """

    name: str
    title: str
    description: str
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The room for a chart: pixels in all, and for the names at its left and right."""

    width: int
    left: int
    right: int


def draw(chart: Chart) -> Markup:
    """Returns a chart as an `<svg>` to stand in a page.

    Colours may be the page's custom properties (`var(--ink)`). What a mark's `description` says
    becomes its `<title>`, which browsers show under the pointer.
    """
    if "encoding" in chart.spec or "layer" in chart.spec:
        drawn = vl_convert.vegalite_to_svg(chart.spec, config=_CONFIG)
    else:
        drawn = vl_convert.vega_to_svg(chart.spec)
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    _tidy(root)
    root.attrib.pop("width")
    root.attrib.pop("height")
    root.set("role", "img")
    root.set("class", "chart")
    root.set("aria-labelledby", f"{chart.name}-title {chart.name}-description")
    for name, text in (("description", chart.description), ("title", chart.title)):
        element = etree.Element(_SVG + ("desc" if name == "description" else name))
        element.set("id", f"{chart.name}-{name}")
        element.text = text
        root.insert(0, element)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - serialized by lxml


def _tidy(root: etree._Element) -> None:
    """Turns labels for assistive tools into titles, and drops what this page has no use for."""
    for element in list(root.iter(f"{_SVG}*")):
        label = element.get("aria-label")
        if label and element.get("aria-roledescription", "").endswith("mark"):
            etree.SubElement(element, f"{_SVG}title").text = label
        if element.get("class") == "background" and not element.get("fill"):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in _DROPPED:
            if name in element.attrib:
                del element.attrib[name]
        for name in ("d", "transform"):
            if (value := element.get(name)) is not None:
                element.set(name, _LONG_NUMBER.sub(_shorten, value))
        if element.get("transform") == "translate(0,0)":
            del element.attrib["transform"]


def _shorten(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}"
