"""Why what a page declares about itself is not believed: published in place of its source."""

from schemas.described import DescribedEnum


class NotBelieved(DescribedEnum):
    """Stands in `section_source` and `description_source` where the value is null."""

    SEVERAL = "not:several", "Several sections, and nothing tells the main one."
    PLACEHOLDER = "not:placeholder", "What a content system writes where nobody filled it in."
    TITLE = "not:title", "The headline again."
    OUTLET = "not:outlet", "The outlet's name."
    UNRELATED = "not:unrelated", "The site's words about itself: the article says none of this."
    CUT = "not:cut", "The beginning of a sentence, cut by length."
    TOO_LONG = "not:too_long", "Longer than any: most often the whole text, or a list of keywords."
