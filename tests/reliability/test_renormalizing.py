"""Normalizing again from staged/ ends with the bytes of a run from raw/ by today's reference."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tasks.normalize.reference import ReferenceSource
from tests.conftest import read_published
from tests.reliability.steps import DONE, Run, finish

# On 20 August 2018 Venezuela changed its bolívares (VEF to VES). At this instant it was the 20th in
# Madrid and still the 19th in Caracas.
_INSTANT = "2018-08-19T23:00:00Z"
_PAGE = f"""<html lang="es"><head><title>El puente reabre</title>
<meta property="article:published_time" content="{_INSTANT}"></head>
<body><article><h1>El puente reabre</h1>{{paragraphs}}</article></body></html>"""
_PARAGRAPHS = "".join(
    f"<p>La obra del tramo {number} costó 500 mil bolívares y ocupó a {number}5 obreros del puerto "
    "durante todo el invierno, según dijo ayer el alcalde de la ciudad.</p>"
    for number in range(2, 9)
)
_COLUMNS = "outlet_id,name,aliases,domains,country,languages,timezone,date_order,kind,parent,since"


def _registry(path: Path, timezone: str) -> ReferenceSource:
    row = f"faro,El Faro,,elfaro.example,VE,es,{timezone},DMY,newspaper,,,"
    path.write_text(f"{_COLUMNS},until\n{row}\n")
    return ReferenceSource(overlay=path)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "desk" / "2018-08-21"
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(_PAGE.format(paragraphs=_PARAGRAPHS))
    (folder / "page.html.meta.json").write_text('{"url": "https://elfaro.example/puente"}')
    return tmp_path / "raw"


def _published(warehouse: Path) -> tuple[Any, ...]:
    (articles,) = (warehouse / "articles").rglob("*.parquet")
    (money,) = (warehouse / "money").rglob("*.parquet")
    (article,) = pq.ParquetFile(articles).read(columns=["published_date"]).to_pylist()
    codes = pq.ParquetFile(money).read(columns=["currency_code"])["currency_code"].to_pylist()
    return str(article["published_date"]), set(codes)


def test_a_zone_that_moves_the_day_changes_also_what_names_of_money_mean(
    raw: Path, tmp_path: Path
) -> None:
    caracas = _registry(tmp_path / "caracas.csv", "America/Caracas")
    madrid = _registry(tmp_path / "madrid.csv", "Europe/Madrid")
    warehouse, clean = tmp_path / "warehouse", tmp_path / "clean"
    assert finish(raw, warehouse, Run(reference=caracas)) == DONE
    assert _published(warehouse) == ("2018-08-19", {"VEF"})
    assert finish(raw, warehouse, Run(start="staged", reference=madrid)) == DONE
    assert finish(raw, clean, Run(reference=madrid)) == DONE
    assert _published(clean) == ("2018-08-20", {"VES"})
    assert read_published(warehouse) == read_published(clean)
