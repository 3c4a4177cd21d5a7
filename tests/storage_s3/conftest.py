"""A real S3 server, and in it a bucket that no other test has."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest

from tests.servers import S3Server, s3_server


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that keeps all versions, looked into with AWS's own client."""

    name: str
    server: S3Server
    client: Any

    @property
    def url(self) -> str:
        return f"s3://{self.name}"

    def put_folder(self, source: Path, prefix: str) -> None:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                name = f"{prefix}/{path.relative_to(source).as_posix()}"
                self.put(name, path.read_bytes())

    def put(self, name: str, content: bytes) -> None:
        self.client.put_object(Bucket=self.name, Key=name, Body=content)

    def get(self, name: str) -> bytes:
        return bytes(self.client.get_object(Bucket=self.name, Key=name)["Body"].read())

    def names(self, prefix: str = "") -> list[str]:
        return sorted({version["Key"] for version in self.versions(prefix) if version["IsLatest"]})

    def versions(self, prefix: str = "") -> list[dict[str, Any]]:
        pages = self.client.get_paginator("list_object_versions")
        found = pages.paginate(Bucket=self.name, Prefix=prefix)
        return [version for page in found for version in page.get("Versions", ())]

    def published(self, prefix: str) -> dict[str, bytes]:
        """Reads every file that analysts see, by its path below the prefix."""
        return {
            name.removeprefix(f"{prefix}/"): self.get(name)
            for dataset in ("articles", "money", "quarantine", "outlets")
            for name in self.names(f"{prefix}/{dataset}/")
        }


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A server, which this process and those that it starts are told of."""
    with s3_server(tmp_path_factory.mktemp("s3")) as server, pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield server


def make_bucket(server: S3Server) -> Bucket:
    client = boto3.client("s3")
    name = f"news-{uuid4().hex}"
    client.create_bucket(Bucket=name)
    client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return Bucket(name, server, client)


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return make_bucket(s3)
