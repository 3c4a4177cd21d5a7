"""The program that draws charts: a Vega's engine may end its process, so it has one of its own.

It is run as a script, in which nothing of newsmill is imported. It starts the engine, reads a list
of `[language, specification]` as JSON, and writes a line of JSON for each as soon as it is drawn:
an SVG. Where the engine dies, the lines that are there tell on which.
"""

import json
import resource
import sys

import vl_convert

_CONFIG = {
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


def main() -> None:
    """Draws what stands on standard input."""
    # The engine aborts where it fails: nobody wants the image of its memory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Its first chart starts it, for most of a second, while who asks may still count.
    vl_convert.vegalite_to_svg({"mark": "point"})
    for language, spec in json.load(sys.stdin):
        if language == "vega-lite":
            drawn = vl_convert.vegalite_to_svg(spec, config=_CONFIG)
        else:
            drawn = vl_convert.vega_to_svg(spec)
        sys.stdout.write(json.dumps(drawn) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
