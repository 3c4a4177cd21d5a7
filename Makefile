# Two commands set up everything: `make run` and `make test`. Both install from a lock file into .venv.
PYTHON ?= python3
WAREHOUSE ?= warehouse
DIST ?= dist
BIN := .venv/bin

.PHONY: run test campaigns lint check docs site languages wheel spark lock clean

run: .venv/.runtime
	@$(BIN)/newsmill run --raw raw --warehouse $(WAREHOUSE)

# A file's tests stay together, because they share what they set up. The long files come first; four
# processes for two cores, because some of them mostly wait. They start some two hundred others, none of
# which should compile our sources again.
test: .venv/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 4 --dist loadfile --no-loadscope-reorder

# Minutes of what is random or long: interruptions, mutated documents, each pattern on long lines.
campaigns: .venv/.dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist load -m campaign

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Before each commit.
check: lint
	$(BIN)/pytest tests/unit

# The data dictionary, after a change in schemas/.
docs: .venv/.runtime
	$(BIN)/python -m schemas.dictionary

# The documents as pages that open without a server, in dist/site/. A link that leads nowhere fails it.
site: .venv/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file docs/site/mkdocs.yml

# The tables of words that a run reads, after a change in schemas/languages/ (docs/languages.md).
languages: .venv/.runtime
	$(BIN)/python -m schemas.languages

# One file with all four packages and their data; `.ci/wheel` tries it in an environment of its own.
wheel: .venv/.runtime
	$(BIN)/python -m hatchling build --target wheel --directory $(DIST)

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The lock file is complete, so nothing is left to resolve: --no-deps. (pip 23 would otherwise look
# for the extras of packages that the lock names without them.)
.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# Spark, for the one test that reads a warehouse with it (skipped without). In a folder that is not on
# Python's path: Great Expectations imports whatever Spark it finds.
spark: .venv/.spark

.venv/.spark: requirements-spark.lock .venv/.dev
	rm -rf .venv/spark
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --require-hashes --target .venv/spark -r requirements-spark.lock
	@touch $@

# Resolve again after a change in pyproject.toml (needs uv; resolves for every Python from 3.11 on).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --extra collect --group pyproject.toml:build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --extra collect --extra export --group pyproject.toml:build --group pyproject.toml:dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group pyproject.toml:spark -o requirements-spark.lock

clean:
	rm -rf .venv dist warehouse/*/
