"""What an export says of a document beside it: its title and its authors."""

from dataclasses import replace

from schemas.row_fields import RowRole
from tasks.extract.bylines.byline_names import parse_names
from tasks.extract.evidence import Extraction, TextClue, TextSource
from tasks.read.document import ContentForm, Origin


def with_stated(extraction: Extraction, origin: Origin) -> Extraction:
    """Adds what an export states to what was found.

    A page's own title and authors count. A text that some tool pulled out of a page has lost its
    headline, so what the tool kept of it beside the text is better than any line of the text.
    """
    titles = tuple(text for role, text in origin.stated if role is RowRole.TITLE)
    authors = tuple(text for role, text in origin.stated if role is RowRole.AUTHORS)
    if not titles and not authors:
        return extraction
    clues = tuple(TextClue(text=text, source=TextSource.ROW, position="row") for text in titles)
    found = replace(extraction, titles=(*extraction.titles, *clues))
    if titles and (extraction.title is None or extraction.form is ContentForm.TEXT):
        found = replace(found, title=titles[0], title_source=TextSource.ROW.value)
    if authors and not extraction.authors:
        names = tuple(dict.fromkeys(name for text in authors for name in parse_names(text)))
        found = replace(found, authors=names)
    return found
