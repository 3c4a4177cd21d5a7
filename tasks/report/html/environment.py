"""The templates of pages: with the style sheet, and nothing that a page could run."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup


def make_environment(filters: Mapping[str, Callable[..., Any]]) -> jinja2.Environment:
    """Returns what fills the templates.

    Args:
        filters: how they print values.
    """
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    style = files(__package__ or "").joinpath("templates", "style.css").read_text("utf-8")
    environment.globals["style"] = Markup(style)  # noqa: S704 - our own style sheet
    return environment
