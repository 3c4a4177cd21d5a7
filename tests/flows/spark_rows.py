"""Run by test_reader_types.py with Spark on its path: prints what Spark reads in a warehouse."""

import json
import sys
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import struct, to_json

_JSON = {"timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "ignoreNullFields": "false"}


def main(warehouse: Path, scratch: Path, datasets: list[str]) -> None:
    """Prints what Spark reads of each dataset, and of `staged`.

    That is its type of each column, and the rows as its own JSON.
    """
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.warehouse.dir", str(scratch))
        .config("spark.local.dir", str(scratch))
        # Not the zone that the files are in: an instant must not move.
        .config("spark.sql.session.timeZone", "Asia/Tokyo")
        .getOrCreate()
    )
    read = {name: _read(spark.read.parquet(str(warehouse / name))) for name in datasets}
    staged = spark.read.parquet(str(warehouse / "staged" / "records"))
    read["staged"] = _read(staged.selectExpr("raw_path", "inline(money)"))
    sys.stdout.write(json.dumps(read))
    spark.stop()


def _read(frame: DataFrame) -> dict[str, Any]:
    rows = frame.select(to_json(struct("*"), _JSON)).collect()
    return {"types": dict(frame.dtypes), "rows": [row[0] for row in rows]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
