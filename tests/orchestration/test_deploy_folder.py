"""deploy/ names commands, options, folders and files that there are; CI builds it where it can."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from newsmill.__main__ import cli
from schemas.configuration import Configuration
from tests.conftest import NEWSMILL, PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
BINARY = "/opt/newsmill/bin/newsmill"
CRON = [
    line
    for line in (DEPLOY / "cron" / "newsmill").read_text().splitlines()
    if re.match(r"\d+ ", line)
]


def _instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile with their arguments, continued lines joined."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return [(verb, rest) for verb, _, rest in (line.partition(" ") for line in lines)]


def _copied() -> set[str]:
    found = set()
    for verb, rest in _instructions():
        words = shlex.split(rest)
        if verb == "COPY" and not words[0].startswith("--from"):
            found.update(word for word in words[:-1] if not word.startswith("--"))
    return found


def _parse(words: list[str]) -> None:
    """Parses a command line of newsmill's, without running it."""
    program, name, *arguments = words
    assert Path(program).name == "newsmill"
    command = cli.commands[name]
    command.make_parser(click.Context(command)).parse_args(arguments)


def test_the_image_is_built_of_what_the_wheel_needs() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    licences = {path.partition("/")[0] for path in project["project"]["license-files"]}
    needed = {*packages, *licences, project["project"]["readme"], "pyproject.toml"}
    assert _copied() == needed | {"requirements.lock", "prefect.yaml"}
    for name in _copied():
        assert (PROJECT / name).exists(), name
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == _copied()


def test_the_image_keeps_what_each_run_would_make_again(tmp_path: Path) -> None:
    for package in ("tasks", "schemas"):
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / package, tmp_path / package, ignore=left_out)
    (words,) = [
        shlex.split(rest) for verb, rest in _instructions() if verb == "RUN" and "versions" in rest
    ]
    subprocess.run([sys.executable, *words[1:]], cwd=tmp_path, env={}, check=True)
    kept = {*tmp_path.rglob("__pycache__/rules.json"), *tmp_path.rglob("__pycache__/*.zst")}
    assert {path.name.partition(".")[0] for path in kept} == {"rules", "language_model"}


def test_the_image_is_pinned_locked_and_not_root() -> None:
    instructions = _instructions()
    bases = {rest.partition(" ")[0] for verb, rest in instructions if verb == "FROM"}
    (pinned,) = [rest for verb, rest in instructions if verb == "ARG"]
    assert bases == {"${BASE}"}
    assert re.fullmatch(r"BASE=python:3\.1[1-9]\.\d+-slim-\w+", pinned)
    assert any("--require-hashes" in rest for verb, rest in instructions if verb == "RUN")
    (user,) = [rest for verb, rest in instructions if verb == "USER"]
    assert int(user) > 0
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    (entrypoint,) = [rest for verb, rest in instructions if verb == "ENTRYPOINT"]
    assert yaml.safe_load(entrypoint)[0] in project["project"]["scripts"]
    variables = re.findall(r"NEWSMILL_(\w+)=", dict(instructions)["ENV"])
    assert {name.lower() for name in variables} <= Configuration.model_fields.keys()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found


def test_compose_waits_for_health_and_keeps_what_must_last(compose: dict[str, Any]) -> None:
    services = compose["services"]
    once = {"pool", "deployments"}
    for name, service in services.items():
        assert ("healthcheck" in service) is (name not in once), name
        assert service["restart"] == ("on-failure" if name in once else "unless-stopped")
        for other, condition in service.get("depends_on", {}).items():
            ends = "service_completed_successfully" if other in once else "service_healthy"
            assert condition == {"condition": ends}
        if "build" in service:
            assert (DEPLOY / service["build"]["context"]).resolve() == PROJECT
            assert (PROJECT / service["build"]["dockerfile"]).is_file()
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or source.startswith("${RAW"), volume
    assert re.fullmatch(r"postgres:\d+\.\d+-\w+", services["database"]["image"])
    assert services["server"]["ports"][0].startswith("127.0.0.1:")


def test_compose_is_told_what_the_example_says(compose: dict[str, Any]) -> None:
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    told = set(re.findall(r"^(\w+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))
    assert asked == told
    settings = {name.removeprefix("NEWSMILL_").lower() for name in told if "NEWSMILL_" in name}
    assert settings <= Configuration.model_fields.keys()
    assert (
        yaml.safe_load((PROJECT / "prefect.yaml").read_text())["definitions"]["writers"]["name"]
        in (compose["services"]["pool"]["command"])
    )


def test_prefect_knows_the_commands_of_compose(
    compose: dict[str, Any], environment: dict[str, str]
) -> None:
    # `--no-prompt` stands before the command, and is no part of it.
    commands = [
        [word for word in service["command"] if word != "--no-prompt"]
        for service in compose["services"].values()
        if service.get("entrypoint") == ["prefect"]
    ]
    assert len(commands) == 4
    # Only parsed: run without a server, they would wait for one.
    code = (
        "import json, sys\n"
        "from prefect.cli._app import _app\n"
        "for command in json.loads(sys.argv[1]):\n"
        "    _app.parse_args(command, exit_on_error=True)\n"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, json.dumps(commands)],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_name_commands_that_there_are(unit: Path) -> None:
    starts = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)
    for start in starts:
        assert start.startswith(f"{BINARY} ")
        _parse(shlex.split(start))
    assert bool(starts) is (unit.suffix == ".service")
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service") in UNITS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace(BINARY, str(NEWSMILL))
        (tmp_path / unit.name).write_text(text)
    finished = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = [line for line in finished.stderr.splitlines() if str(tmp_path) in line]
    assert (finished.returncode, said) == (0, []), finished.stderr


@pytest.mark.parametrize("line", CRON)
def test_cron_lines_name_commands_that_there_are(line: str) -> None:
    *when, user, _, folder, _, program, command = line.split(" ", 10)[:11]
    assert len(when) == 5
    assert (user, folder, program) == ("newsmill", "/srv/newsmill", BINARY)
    _parse([program, *shlex.split(command.partition(">>")[0])])
