"""What a language file may hold: each section and key, with the meaning of its entries.

One class is a section, one attribute a key. A new kind of words is a new attribute here: the
checks, the compiled tables and the readers follow from its type.

- `Words` are plain words or phrases, compared as they are.
- `Phrases` may use the notation of `schemas.languages.notation`; they become regular expressions.
- `Patterns` are regular expressions, for the few things that no phrase can say.
- A mapping gives each word its meaning.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from schemas.languages.entries import (
    Ago,
    Countries,
    CountryNames,
    CurrencyNames,
    Defaults,
    Endings,
    FoldedWords,
    LetterSigns,
    Marks,
    MergedMonths,
    Meridiems,
    Months,
    Numbers,
    Patterns,
    Phrases,
    PrintedWords,
    Scales,
    Units,
    WordLists,
    WordNumbers,
    Words,
)


class Section(BaseModel):
    """A table of a language file. An unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Money(Section):
    """How the language writes money."""

    # The money words of another language serve this one too; nothing else stands here then.
    same_as: str | None = None
    # The decimal mark; empty where the press writes both.
    decimal: Literal[",", ".", ""] | None = None
    # Countries that write the language with a decimal point (CLDR).
    point_countries: Countries = ()
    # The press also groups thousands with a comma although the comma is its decimal mark.
    groups_with_comma: bool = False
    # Number words are written together ("fünfundvierzig").
    compounds: bool = False
    # A scale stands before its number ("milioni 5").
    scale_first: bool = False
    # Regular expression of the endings that a word with `~` takes.
    endings: Endings = ""
    # A word and its unit: an ISO 4217 code or a family, "/ 100" for the minor unit of one.
    # "everyday": also another word, so it needs further evidence. "leading": may stand first.
    units: Units = {}
    # A word and what it multiplies by. "alone": also a number by itself ("миллион долларов").
    scales: Scales = {}
    # A word and its number; "and" joins written-out numbers, "point" is the decimal mark.
    # "several" is an unknown number of what follows in words; "unread" a part of a number that is
    # not understood: the number beside either is no amount.
    numbers: Numbers = {}
    # Adjectives and names that stand beside a unit ("Swiss francs"), and their country.
    countries: CountryNames = {}
    # Between the two ends of a range; before the first of them.
    ranges: Words = ()
    range_openings: Words = ()
    # Between a scale word and its unit ("milliards *de* dollars").
    of: Words = ()
    # The one currency that this language means by a family's name.
    defaults: Defaults = {}
    # What a unit is another word before ("euro" before "zone").
    not_before: dict[str, Words] = {}
    # Things named after a unit ("a dollar sign"), where the article is no number.
    namesakes: Words = ()
    # With these an amount is the face of a banknote or coin.
    denominations: Words = ()


class Amounts(Section):
    """Words around an amount of money, read in texts of any language."""

    # Signs in letters, read in any language in exactly this spelling; meanings as in money.units.
    letter_signs: LetterSigns = {}
    # The same, but read only where the outlet's country has the currency: elsewhere they are other
    # abbreviations ("MT": meticais in Mozambique, tonnes of wheat in the world).
    local_signs: LetterSigns = {}
    # Names under which tickers of exchange rates print a currency.
    tickers: CurrencyNames = {}
    # Between a unit and the country behind it ("dólares *de los* Estados Unidos").
    of_country: Words = ()
    # Between a number and its unit: somewhat more ("200 *余* 元"). Before a scale: several.
    more_than: Words = ()
    several: Words = ()
    # Digits that are written on to their unit.
    glued_digits: Words = ()
    # Before a year that is no amount, and between it and the year ("*in constant* 2015 dollars").
    years_in: Phrases = ()
    prices: Phrases = ()
    # Things that bear letters and a number, before them and behind them ("*flight* QR 500", "R21
    # *highway*"); and sums that "the" may stand before ("the R350 *grant*").
    numbered_before: Words = ()
    numbered_after: Words = ()
    named_sums: Words = ()
    # Sayings in which an amount is none ("my two cents").
    idioms: Patterns = ()
    # Words by which pounds are a weight, before them and behind them ("243 pounds *heavier*").
    # "Lost" and "gained" go with a weight or with money.
    weights_before: Patterns = ()
    weights_lost: Patterns = ()
    weights_after: Patterns = ()
    # "Pounds of" these are money.
    of_money: Patterns = ()


class Dates(Section):
    """Words of printed dates beside those of CLDR (cldr_dates.json)."""

    # The language's code in CLDR, where it is another than the file's name.
    cldr: str | None = None
    months: Months = {}
    solar_hijri_months: MergedMonths = {}
    hijri_months: MergedMonths = {}
    # Months of the Ethiopian calendar, which has thirteen.
    ethiopic_months: WordNumbers = {}
    # Days of the month in words, as they are printed beside its name ("May *eighth*, 2010").
    day_numbers: WordNumbers = {}
    # Parts of the day: am, pm, or the hours from and to ("18-24"), the last one excluded.
    meridiems: Meridiems = {}
    # "# hours ago" and its unit; # is where the number stands.
    ago: Ago = {}
    # Eras, and the Gregorian year of their year 1.
    eras: WordNumbers = {}
    # Labels before a date, by what it is the date of: the publication, the last change, something
    # else (a birth, a deadline), a printed issue.
    published: FoldedWords = ()
    modified: FoldedWords = ()
    other: FoldedWords = ()
    printed_issue: FoldedWords = ()
    # Between a date and its time, and around both on a line of their own.
    connectors: FoldedWords = ()
    # Ordinal endings and prepositions: between day and month, before a year, behind it.
    after_day: FoldedWords = ()
    before_year: FoldedWords = ()
    after_year: FoldedWords = ()
    # The language switch that some headers print beside their clock.
    switches: FoldedWords = ()
    # Zone abbreviations: minutes east of UTC; the zones that an ambiguous one may mean; what it
    # means in North American press style (AP).
    zones: WordNumbers = {}
    ambiguous_zones: WordLists = {}
    us_zones: WordNumbers = {}


class Names(Section):
    """Words in bylines, around the names of authors."""

    # Before a name: with a space or colon behind; written on to the name ("文／").
    bylines: Phrases = ()
    byline_marks: Phrases = ()
    # Before the day in "Posted on 3 April by A. Reporter".
    posted: Phrases = ()
    # Opens a line that is nothing but a byline.
    byline_lines: Phrases = ()
    # Between two names: of authors; in a byline line; of who signs a credit.
    joiners: Words = ()
    # The same, written on to the second name.
    glued_joiners: Words = ()
    line_joiners: Words = ()
    # Where the name ends and the time begins: a label of the time, words before its digits.
    stamp_labels: Phrases = ()
    stamp_words: Phrases = ()
    # Behind a name: titles written on to it; before the place where its bearer writes.
    suffixes: Phrases = ()
    places_before: Words = ()
    # Roles and offices that follow a name, organisations that sign for no person.
    roles: Phrases = ()
    organisations: Phrases = ()
    # Agencies whose names are words or first names as well, unless in capitals.
    agencies: Words = ()
    # Small words inside a name ("van", "de la"); words so sure that what follows is a name.
    particles: Words = ()
    sure_bylines: Words = ()
    # Roles that name nobody: "our special correspondent", "die Redaktion", whole phrases.
    staff: Phrases = ()
    staff_openings: Words = ()
    desks: Phrases = ()
    desk_openings: Words = ()
    nobody: Phrases = ()


class Page(Section):
    """What pages say around an article, or instead of one."""

    # How templates name the container of readers' comments.
    comment_boxes: Words = ()
    # Whole lines that announce or operate something: related stories, sharing, comments.
    labels: Phrases = ()
    # Lines that ask the reader to sign up, follow, pay; one word of each such line.
    promotions: Phrases = ()
    promotion_patterns: Patterns = ()
    promotion_words: PrintedWords = ()
    # Lines that close an article's frame without belonging to it.
    tails: Phrases = ()
    tail_patterns: Patterns = ()
    # A line that names who made or owns a picture: the picture, who it is by, an owner.
    pictures: Phrases = ()
    picture_joiners: Words = ()
    picture_owners: Phrases = ()
    # Whole titles of error pages and bot checks; what they tell their visitor.
    error_titles: Phrases = ()
    error_title_patterns: Patterns = ()
    error_codes: Phrases = ()
    error_texts: Phrases = ()
    # Consent walls: of cookies, of consent, of partners, of buttons and privacy.
    cookies: Phrases = ()
    notices: Phrases = ()
    consents: Phrases = ()
    partners: Phrases = ()
    partner_openings: Phrases = ()
    privacy: Phrases = ()
    # An article cut off for those who do not pay.
    paywalls: Phrases = ()
    # A page whose content a script would have brought; its whole text while it loads.
    shells: Phrases = ()
    loading: Phrases = ()


class Lines(Section):
    """The words of one subject in the lines of a text dump; `#` is any number.

    `lines`: the whole line is this. `starts`: it begins with this. `phrases`: it holds this.
    `ends`: it ends with this and is no sentence.
    """

    lines: Words = ()
    starts: Words = ()
    phrases: Words = ()
    ends: Words = ()


class Dumps(Section):
    """Words that sites print around an article, for the lines of text dumps."""

    # A heading over links to other stories.
    related_heading: Lines = Lines()
    # Says in so many words that the article is over.
    article_end: Lines = Lines()
    # The heading over, or the invitation to, readers' comments.
    comments: Lines = Lines()
    # Buttons: share, save, print, listen, text size.
    share: Lines = Lines()
    # Offers: newsletters, subscriptions, apps, channels, donations, log-ins.
    subscribe: Lines = Lines()
    # Cookie walls and notices.
    consent: Lines = Lines()
    # Words with which a page speaks to its reader; notices do, articles rarely.
    address: Lines = Lines()
    # Words of privacy notices that articles use too.
    privacy: Lines = Lines()
    # Rights, imprint, machine room.
    legal: Lines = Lines()
    advertisement: Lines = Lines()
    # A line inside an article that names another story.
    inline_link: Lines = Lines()
    # Credits under pictures.
    caption: Lines = Lines()
    # Words before an author's name.
    byline: Lines = Lines()
    # Words before the day of publication, and of the last change.
    published: Lines = Lines()
    modified: Lines = Lines()
    # Words by the day of a printed paper, which is the day after as a rule.
    print_edition: Lines = Lines()
    tags_heading: Lines = Lines()
    # A line that names where the text or the picture is from.
    source: Lines = Lines()
    # What is said of an author in a note about them.
    author_bio: Lines = Lines()
    # Sections and service links that stand in menus.
    menu: Lines = Lines()


class Outlets(Section):
    """Words around an outlet's name: how it speaks of itself, and what is no name."""

    # Only the publisher writes so, behind its name and before it.
    self_references_after: Phrases = ()
    self_references_after_patterns: Patterns = ()
    self_references_before: Phrases = ()
    # Boxes that only the outlet itself prints; boxes, footers and menus. Before the name.
    subscriptions: Phrases = ()
    invitations: Phrases = ()
    invitation_patterns: Patterns = ()
    # Biographies: a writer's own outlet, or another one. Before the name.
    affiliations: Phrases = ()
    # Behind the name: "X newsletter", "X-Redaktion".
    belongings: Phrases = ()
    # Somebody told the outlet: before its name. The outlet reports: behind it.
    telling: Phrases = ()
    telling_patterns: Patterns = ()
    reporting: Phrases = ()
    # Endings that make a word a name in scripts without capitals (Chinese, Japanese, Korean).
    name_endings: Phrases = ()
    # "About X" as a link's text.
    about: Phrases = ()
    # Inside a name, between its words; articles before it; words too small to compare names by.
    name_joiners: Words = ()
    articles: Words = ()
    joined_articles: Words = ()
    small_words: Words = ()
    # Words of publishing companies.
    owner_words: Phrases = ()
    # Legal forms, at the end and at the beginning of a company's name.
    legal_suffixes: PrintedWords = ()
    legal_prefixes: PrintedWords = ()
    # "© 2024 X. All rights reserved": what a name ends at. And words that make a line a footer.
    rights: Phrases = ()
    rights_words: Words = ()
    # A line with this is a copyright line, beside the signs and "copyright" itself.
    copyright_lines: Words = ()
    # In "since 1990 to present": before a year, between two, instead of the second.
    year_openings: Words = ()
    year_ranges: Words = ()
    year_ends: Words = ()
    # Beside a name with a sign between; with no more than a space, before it and behind it.
    labels: Words = ()
    labels_before: Words = ()
    labels_after: Words = ()
    # Names of sections and buttons; whole names that name no outlet; publishing groups.
    sections: Words = ()
    not_names: Words = ()
    owners: PrintedWords = ()


class Wires(Section):
    """How news agencies sign."""

    # A mark and the outlet id of its agency. A short mark counts only as it is printed here.
    agencies: Marks = {}
    # Cities that stand alone in datelines: capitals, and where news is written from most.
    places: Words = ()
    # Between the words of a place's name.
    place_joiners: Phrases = ()
    # Before who signs; between those who do; words that are no part of a mark.
    labels: Phrases = ()
    joiners: Words = ()
    trimmings: Phrases = ()
    trimmings_to_the_end: Phrases = ()


class Language(Section):
    """A language file."""

    # The language's English name.
    name: str
    # Codes that mean the language beside the file's name.
    codes: tuple[str, ...] = ()
    # In common.toml: in a text of unknown language, the words of an earlier one count first.
    precedence: tuple[str, ...] = ()
    money: Money | None = None
    amounts: Amounts = Amounts()
    dates: Dates = Dates()
    names: Names = Names()
    page: Page = Page()
    dumps: Dumps = Dumps()
    outlets: Outlets = Outlets()
    wires: Wires = Wires()


# Lists read for all languages together, of which a word may stand in one only.
EXCLUSIVE: tuple[tuple[str, ...], ...] = (("dates.published", "dates.modified", "dates.other"),)
SECTIONS: Mapping[str, type[Section]] = {
    "money": Money,
    "amounts": Amounts,
    "dates": Dates,
    "names": Names,
    "page": Page,
    "dumps": Dumps,
    "outlets": Outlets,
    "wires": Wires,
}
