"""Where settings come from: newsmill.toml, then the environment, then parameters; the last wins.

The command line and the deployed flows both ask here, so a setting means the same in both.
docs/operations.md has the table.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, PositiveInt, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from schemas.row_fields import OwnFields, RowRole
from schemas.settings import DEFAULT_REGISTRY, DEFAULT_SOURCES, Limits, Settings


class Configuration(BaseSettings):
    """The settings of a run, read from the working directory and the environment when made.

    `Configuration(workers=4)` is what file and environment say, with 4 workers.

    Raises:
        pydantic.ValidationError: a value cannot be meant, or a name in newsmill.toml is unknown.
    """

    model_config = SettingsConfigDict(
        env_prefix="NEWSMILL_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        toml_file="newsmill.toml",
        extra="forbid",
        frozen=True,
        # Addresses of `notify` hold secrets.
        hide_input_in_errors=True,
    )

    # As written: a path, or s3://BUCKET/FOLDER.
    raw: str = Field(default="raw", description="Folder of raw pages; it is only read.")
    warehouse: str = Field(default="warehouse", description="Folder of the published dataset.")
    sources: Path = Field(default=DEFAULT_SOURCES, description="What `newsmill collect` collects.")
    collect_state: Path = Field(
        default=Path("collect-state"), description="Folder of what the collector remembers."
    )
    workers: PositiveInt = Field(
        default_factory=lambda: os.cpu_count() or 1,
        description="Worker processes; the number of cores where nothing is said.",
    )
    partition_by: Literal["month", "date"] = Field(
        default="month", description="One file per month of publication, or one per day."
    )
    part_rows: PositiveInt = Field(
        default=Settings().part_rows,
        description="The most rows of a file; a partition of more is several, by outlet.",
    )
    registry: Path | None = Field(
        default_factory=lambda: DEFAULT_REGISTRY if DEFAULT_REGISTRY.exists() else None,
        description="Your own outlet registry, laid over the embedded one; registry.csv, if any.",
    )
    rates: tuple[Path, ...] = Field(
        default=(), description="Your own exchange rates, asked before the embedded ones."
    )
    pages_per_worker: PositiveInt = Field(
        default=Settings().pages_per_worker,
        description="Pages after which a worker process is replaced.",
    )
    dask: str | None = Field(
        default=None, description="Address of a Dask scheduler whose workers do the work."
    )
    limits: Limits = Field(default=Limits(), description="What one document may cost.")
    fields: dict[RowRole, tuple[str, ...]] = Field(
        default={}, description="Own names of fields in JSON lines, CSV and Parquet, by role."
    )

    notify: tuple[SecretStr, ...] = Field(
        default=(),
        description="Who is told of runs: held back, failed, crashed or missing.",
    )
    silent_after_h: float = Field(
        default=26.0,
        # Prefect's server looks every 5 s.
        ge=10 / 3600,
        description="Hours without a run that ended, after which people are told.",
    )
    collect_silent_after_h: float = Field(
        default=2.0,
        ge=10 / 3600,
        description="The same of scheduled runs of the collector.",
    )

    @field_validator("fields")
    @classmethod
    def _check_fields(
        cls, fields: dict[RowRole, tuple[str, ...]]
    ) -> dict[RowRole, tuple[str, ...]]:
        OwnFields(tuple(fields.items()))
        return fields

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Orders the sources; the first that has a value wins."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of `notify`, as they are written."""
        return tuple(address.get_secret_value() for address in self.notify)

    def settings(self) -> Settings:
        """Returns what the steps are told of it."""
        return Settings(
            workers=self.workers,
            partition_by=self.partition_by,
            part_rows=self.part_rows,
            limits=self.limits,
            fields=OwnFields(tuple(self.fields.items())),
            pages_per_worker=self.pages_per_worker,
            dask=self.dask,
        )
