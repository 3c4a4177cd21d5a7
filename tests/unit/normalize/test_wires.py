"""The wire: what an agency signed, never what it was quoted for."""

import pytest

from schemas.outlets import Outlet, Registry, build_registry
from tasks.extract.evidence import TextClue, TextSource
from tasks.normalize.datelines import parse_dateline
from tasks.normalize.decisions import OutletDecision
from tasks.normalize.wires import resolve_wire

BODY = "Rain fell.\nMore rain is expected on Friday."


@pytest.fixture
def registry() -> Registry:
    outlets = [
        Outlet(outlet_id="reuters", name="Reuters", kind="agency"),
        Outlet(outlet_id="afp", name="Agence France-Presse", aliases=("AFP",), kind="agency"),
        Outlet(outlet_id="afp-fact-check", name="AFP Fact Check", parent="afp"),
        Outlet(outlet_id="apa", name="APA", kind="agency", country="AZ"),
        Outlet(outlet_id="apa-at", name="APA", kind="agency", country="AT"),
        Outlet(outlet_id="example-agency", name="Example News Agency", kind="agency"),
        Outlet(outlet_id="example-times", name="Example Times", kind="newspaper"),
    ]
    return build_registry([outlets], "digest")


def wire(
    registry: Registry | None,
    text: str = BODY,
    credits: tuple[str, ...] = (),
    authors: tuple[str, ...] = (),
    outlet: OutletDecision | None = None,
) -> str | None:
    clues = [TextClue(text=credit, source=TextSource.BYLINE, position="p") for credit in credits]
    dateline = parse_dateline(text)
    return resolve_wire(text, dateline, clues, authors, outlet or OutletDecision(), registry)


@pytest.mark.parametrize(
    "text",
    [
        f"LONDON, March 5 (Reuters) - {BODY}",
        f"(Reuters) - {BODY}",
        f"{BODY}\n(Reporting by A. Reporter in London; Editing by B. Editor)",
        f"{BODY}\n© Reuters",
        f"{BODY}\nSource: Reuters",
        f"{BODY}\nИсточник: Рейтер",
    ],
)
def test_signed_text_names_the_agency(registry: Registry, text: str) -> None:
    assert wire(registry, text) == "reuters"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"EFE\n{BODY}", "efe"),
        (f"With inputs from ANI\n{BODY}", "ani"),
        (f"{BODY}\n（共同）", "kyodo"),
        (f"{BODY}\n【ロイター】", "reuters"),
        (f"{BODY}（共同）", "kyodo"),
        (f"{BODY} (dpa)", "dpa"),
        (f"来源：新华社\n{BODY}", "xinhua"),
        (f"{BODY}\n来源：新华社", "xinhua"),
        (f"{BODY}\nMit Material von dpa", "dpa"),
        (f"{BODY}\nCon información de Europa Press", "europa-press"),
        (f"{BODY}\nCom informações da Reuters", "reuters"),
        (f"{BODY}\nПо материалам ТАСС", "tass"),
        (f"{BODY}\nЗа матеріалами Укрінформ", "ukrinform"),
        (f"{BODY}\nKaynak: İHA", "iha"),
        (f"{BODY}\nالمصدر: رويترز", "reuters"),
        (f"{BODY}\nרויטרס", "reuters"),
        (f"{BODY}\nइनपुट: एएनआई", "ani"),
    ],
)
def test_agencies_are_credited_in_many_languages(text: str, agency: str) -> None:
    assert wire(None, text) == f"~{agency}"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["Reuters: rain is coming", BODY, BODY, BODY]),
        "\n".join(["Rain and Bloomberg", BODY, BODY, BODY]),
        BODY + " (see map)",
        BODY + " He reads AP",
    ],
)
def test_a_heading_or_a_remark_signs_for_nobody(text: str) -> None:
    assert wire(None, text) is None


@pytest.mark.parametrize(
    "credit",
    [
        "AFP",
        "By AFP",
        "AFP/A. Reporter",
        "A. Reporter, AFP",
        "Agence France-Presse",
        "AFP with staff",
    ],
)
def test_byline_names_the_agency(registry: Registry, credit: str) -> None:
    assert wire(registry, credits=(credit,)) == "afp"
    assert wire(registry, authors=(credit,)) == "afp"


@pytest.mark.parametrize(
    "text",
    [
        "A. Minister told Reuters that it rained.",
        "It rained, A. Minister told Reuters",
        f"{BODY}\nIt rained, he told Reuters.",
        f"{BODY}\nDid it rain? [Reuters]",
        "Reuters reported rain.\nIt stopped, AFP said.",
    ],
)
def test_a_quoted_agency_is_no_wire(registry: Registry, text: str) -> None:
    assert wire(registry, text) is None


def test_an_agency_on_its_own_site_took_nothing_over(registry: Registry) -> None:
    text = f"LONDON (Reuters) - {BODY}"
    assert wire(registry, text, outlet=OutletDecision(outlet_id="reuters")) is None
    own_service = OutletDecision(outlet_id="afp-fact-check")
    assert wire(registry, f"PARIS (AFP) - {BODY}", outlet=own_service) is None
    assert wire(registry, text, outlet=own_service) == "reuters"


def test_two_agencies_share_a_mark_and_the_outlets_country_decides(registry: Registry) -> None:
    austrian = OutletDecision(outlet_id="example-times", country="AT", languages=("de",))
    assert wire(registry, f"Wien (APA) - {BODY}", outlet=austrian) == "apa-at"
    assert wire(registry, f"Baku. 5 March. APA - {BODY}") == "apa"


def test_an_agency_only_the_registry_knows(registry: Registry) -> None:
    assert wire(registry, authors=("Example News Agency",)) == "example-agency"
    assert wire(registry, authors=("Example Times",)) is None


def test_without_a_registered_agency_the_id_is_marked_as_derived(registry: Registry) -> None:
    text = f"BERLIN (dpa) - {BODY}"
    assert wire(registry, text) == "~dpa"
    assert wire(None, text) == "~dpa"


def test_words_that_are_also_marks_do_not_count(registry: Registry) -> None:
    assert wire(registry, f"{BODY}\nreport") is None
    assert wire(registry, authors=("Apa Reporter",)) is None
