"""Draws Vega's charts as SVG for a page of ours: by a reader's colours, at any width, offline."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
_DRAWING = Path(__file__).with_name("drawing.py")
# All charts of a report take 1.5 s of CPU; a busy machine may need ten times as long.
_DEADLINE_S = 60.0


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


class Drawings:
    """Charts drawn in a process of their own, each once, however many pages show it.

    Starting the engine costs more than drawing a page of charts: so they are drawn together, and
    the engine of the first ones can be started before they are known, by a `with` block.
    """

    def __init__(self) -> None:
        self._drawn: dict[str, str | None] = {}
        self._started: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Drawings":
        self._started = _start_engine()
        return self

    def __exit__(self, *_: object) -> None:
        if self._started is not None:
            _end(self._started)

    def draw(self, charts: Sequence[Chart]) -> list[Markup]:
        """Returns each chart as an `<svg>` to stand in a page, or a line that says it is missing.

        Colours may be the page's custom properties (`var(--ink)`). What a mark's `description` says
        becomes its `<title>`, which browsers show under the pointer.
        """
        specs = [_write_spec(chart) for chart in charts]
        missing = [spec for spec in dict.fromkeys(specs) if spec not in self._drawn]
        while missing:
            engine, self._started = self._started or _start_engine(), None
            drawn = _ask(engine, missing)
            self._drawn.update(zip(missing, drawn, strict=False))
            if len(drawn) < len(missing):
                # The engine died on it, or did not end.
                self._drawn[missing[len(drawn)]] = None
            missing = missing[len(drawn) + 1 :]
        return [
            _finish(chart, self._drawn[spec]) for chart, spec in zip(charts, specs, strict=True)
        ]


def _write_spec(chart: Chart) -> str:
    is_lite = "encoding" in chart.spec or "layer" in chart.spec
    return json.dumps(["vega-lite" if is_lite else "vega", chart.spec])


def _start_engine() -> "subprocess.Popen[bytes]":
    # Not by multiprocessing: its child would import the main module, Prefect perhaps, for seconds.
    return subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-P", str(_DRAWING)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(engine: "subprocess.Popen[bytes]", specs: Sequence[str]) -> list[str]:
    """Returns the SVGs of the first specifications, of all where the engine lives to the end."""
    try:
        printed, _ = engine.communicate(f"[{','.join(specs)}]".encode(), timeout=_DEADLINE_S)
    except subprocess.TimeoutExpired as late:
        printed = late.stdout or b""
    finally:
        _end(engine)
    return [json.loads(line) for line in printed.split(b"\n")[:-1]]


def _end(engine: "subprocess.Popen[bytes]") -> None:
    engine.kill()
    engine.communicate()


def _finish(chart: Chart, drawn: str | None) -> Markup:
    if drawn is None:
        return Markup('<p class="muted">The chart “{}” could not be drawn.</p>').format(chart.title)
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
