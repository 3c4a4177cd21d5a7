"""The commands on a store: `newsmill run --raw s3://… --warehouse s3://…`, and whatever looks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from tasks.storage.lease import Lease, leased
from tasks.storage.locations import parse_location, store_of
from tests.conftest import NEWSMILL, PROJECT, read_published
from tests.servers import S3Server
from tests.storage_s3.conftest import Bucket, make_bucket

# The first test waits for a Prefect server and two runs.
pytestmark = pytest.mark.timeout(900)
PAGE = "archive-desk/2024-04-15/echo-2003-canal.html"
Finished = subprocess.CompletedProcess[str]


def newsmill(environment: dict[str, str], *arguments: str) -> Finished:
    return subprocess.run(
        [NEWSMILL, *arguments],
        cwd=PROJECT,
        env=environment | {name: os.environ[name] for name in os.environ if "AWS_" in name},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def sample(s3: S3Server, served: dict[str, str]) -> Bucket:
    """A bucket with the sample corpus, and the warehouse that a real run made of it."""
    bucket = make_bucket(s3)
    bucket.put_folder(PROJECT / "raw", "raw")
    finished = newsmill(served, *run_on(bucket))
    assert finished.returncode == 0, finished.stderr
    assert f"{bucket.url}/warehouse/articles" in finished.stdout
    return bucket


def run_on(bucket: Bucket) -> tuple[str, ...]:
    return ("run", "--raw", f"{bucket.url}/raw", "--warehouse", f"{bucket.url}/warehouse")


def test_a_run_gives_the_same_bytes_as_on_a_disk(sample: Bucket, sample_warehouse: Path) -> None:
    assert sample.published("warehouse") == read_published(sample_warehouse)
    folders = {name.split("/")[1] for name in sample.names("warehouse/")}
    on_disk = {path.name for path in sample_warehouse.iterdir()} - {".scratch"}
    assert folders == on_disk


def test_a_run_with_nothing_new_writes_nothing_but_the_lease(
    sample: Bucket, environment: dict[str, str]
) -> None:
    asked = len(sample.server.requests())
    finished = newsmill(environment, *run_on(sample))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith("Nothing new")
    requests = sample.server.requests()[asked:]
    writes = {request for request in requests if request.startswith(("PUT", "POST", "DELETE"))}
    assert writes == {f"PUT /{sample.name}/warehouse/.lock"}
    assert not [request for request in requests if "staged/records/" in request]


def test_commands_that_look_answer(sample: Bucket, environment: dict[str, str]) -> None:
    warehouse = ("--warehouse", f"{sample.url}/warehouse")
    raw = ("--raw", f"{sample.url}/raw")
    status = newsmill(environment, "status", "--json", *raw, *warehouse)
    assert json.loads(status.stdout)["new_or_changed_files"] == 0, status.stderr
    query = "SELECT count(*) AS articles FROM articles"
    assert newsmill(environment, "sql", query, "--csv", *warehouse).stdout == "articles\n43\n"
    explained = newsmill(environment, "explain", PAGE, *raw, *warehouse)
    assert "of what is printed" in explained.stdout, explained.stderr
    history = newsmill(environment, "history", PAGE, *warehouse)
    assert PAGE in history.stdout, history.stderr
    listed = newsmill(environment, "quarantine", "list", "--json", *warehouse)
    assert len(json.loads(listed.stdout)) == 20, listed.stderr
    verified = newsmill(environment, "verify", *warehouse)
    assert verified.stdout.startswith("0 faults; 66 documents = 43 articles"), verified.stderr


@pytest.mark.parametrize("reader", ["pandas", "polars", "duckdb", "pyarrow"])
def test_readers_open_the_articles(sample: Bucket, reader: str) -> None:
    url = f"{sample.url}/warehouse/articles"
    store, name = store_of(parse_location(url))
    match reader:
        case "pandas":
            rows = len(pd.read_parquet(url))
        case "polars":
            options = {
                "aws_endpoint_url": sample.server.url,
                "aws_access_key_id": os.environ["AWS_ACCESS_KEY_ID"],
                "aws_secret_access_key": os.environ["AWS_SECRET_ACCESS_KEY"],
                "aws_region": os.environ["AWS_DEFAULT_REGION"],
                "aws_allow_http": "true",
            }
            # Without the slash it asks for an object of that name.
            rows = pl.scan_parquet(f"{url}/", storage_options=options).collect().height
        case "duckdb":
            connection = duckdb.connect()
            connection.register_filesystem(store)
            (rows,) = connection.sql(f"SELECT count(*) FROM '{url}/*/*.parquet'").fetchall()[0]
        case _:
            rows = pq.read_table(name, filesystem=store).num_rows
    assert rows == 43


def test_a_held_warehouse_is_refused_with_its_holder(
    sample: Bucket, environment: dict[str, str]
) -> None:
    with leased(Lease(parse_location(f"{sample.url}/warehouse"), "process 1 on desk", renew_s=0.5)):
        finished = newsmill(environment, *run_on(sample))
    assert finished.returncode == 1
    assert finished.stderr == (
        f"newsmill: {sample.url}/warehouse is held by another run (process 1 on desk)\n"
    )


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("{url}/nothing", "nothing lies in {url}/nothing"),
        ("gs://bucket/raw", "gs://bucket/raw: locations are paths of this machine, or s3://"),
    ],
)
def test_what_cannot_be_used_is_refused(
    bucket: Bucket, environment: dict[str, str], folder: str, message: str
) -> None:
    finished = newsmill(environment, "status", "--raw", folder.format(url=bucket.url))
    assert finished.returncode == 2
    assert message.format(url=bucket.url) in finished.stderr


def test_without_the_extra_it_is_named(environment: dict[str, str]) -> None:
    code = "import sys; sys.modules['s3fs'] = None\nfrom newsmill.__main__ import main\nmain()"
    finished = subprocess.run(
        [sys.executable, "-c", code, "status", "--raw", "s3://bucket/raw"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 2
    assert "pip install 'newsmill[s3]'" in finished.stderr
