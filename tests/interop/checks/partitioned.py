"""DuckDB, pyarrow and polars find in `out/partitioned` what is in `out/parquet`.

    python partitioned.py OUT

Codes of municipalities begin with 0 in Hokkaido and elsewhere: readers guess the type of what they
find in the name of a folder, so that each is told that it is text (docs/guides/data-package.md).
"""

import math
import pathlib
import sys

import duckdb
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

CODE = "municipality_code"
NUMBERS = ("int32", "int64", "double")


def summary(rows, codes, sums):
    return rows, tuple(sorted(codes, key=str)), tuple(sums)


def with_pyarrow(folder, numbers):
    code = pyarrow.schema([(CODE, pyarrow.string())])
    parts = pyarrow.dataset.partitioning(code, flavor="hive")
    table = pyarrow.dataset.dataset(folder, partitioning=parts).to_table()
    sums = [pyarrow.compute.sum(table.column(name)).as_py() or 0 for name in numbers]
    return summary(table.num_rows, set(table.column(CODE).to_pylist()), sums)


def with_duckdb(folder, numbers):
    sums = "".join(f', coalesce(sum("{name}"), 0)' for name in numbers)
    source = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true, hive_types = {{'{CODE}': VARCHAR}})"
    row = duckdb.sql(f"SELECT count(*), list(DISTINCT {CODE}), bool_or({CODE} IS NULL){sums} FROM {source}").fetchall()[0]
    codes = set(row[1] or []) | ({None} if row[2] else set())
    return summary(row[0], codes, row[3:])


def with_polars(folder, numbers):
    frame = polars.scan_parquet(folder, hive_partitioning=True, hive_schema={CODE: polars.String}).collect()
    sums = [frame[name].sum() or 0 for name in numbers]
    return summary(frame.height, set(frame[CODE].to_list()), sums)


def is_same(a, b):
    return a[:2] == b[:2] and all(math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-9) for x, y in zip(a[2], b[2]))


def check(flat, folder, told):
    table = pyarrow.parquet.read_table(flat)
    numbers = [field.name for field in table.schema if str(field.type) in NUMBERS]
    sums = [pyarrow.compute.sum(table.column(name)).as_py() or 0 for name in numbers]
    if (folder / "part-0.parquet").exists():
        whole = pyarrow.parquet.read_table(folder / "part-0.parquet")
        if not whole.equals(table):
            told.append(f"{flat.stem}: part-0.parquet differs")
        return table.num_rows
    known = set(table.column(CODE).to_pylist()) if CODE in table.column_names else None
    found = {reader.__name__: reader(str(folder), numbers) for reader in (with_pyarrow, with_duckdb, with_polars)}
    codes = known if known is not None else set(found["with_pyarrow"][1])
    wanted = summary(table.num_rows, codes, sums)
    for reader, seen in found.items():
        if not is_same(wanted, seen):
            told.append(f"{flat.stem}, {reader}: {seen} but {wanted}")
    wrong = [code for code in codes if code is not None and (not isinstance(code, str) or len(code) != 6)]
    told.extend(f"{flat.stem}: code {code!r}" for code in wrong)
    return table.num_rows


def main(out):
    if not (out / "partitioned").is_dir():
        print("SKIPPED: there is no partitioned/ (written with --partition-by municipality_code)")
        return False
    told, rows, tables = [], 0, sorted((out / "parquet").glob("*.parquet"))
    for flat in tables:
        rows += check(flat, out / "partitioned" / flat.stem, told)
    print(f"DuckDB, pyarrow, polars: {len(tables)} tables, {rows} rows, {len(told)} differences from out/parquet")
    for line in told[:20]:
        print("  ", line)
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
