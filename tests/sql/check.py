"""Runs the queries of docs/reference/benchmarks.md in DuckDB over a published dataset and compares.

    python tests/sql/check.py OUT

Needs the package `duckdb`; without it, says so and ends with 0.
"""

import pathlib
import re
import sys

try:
    import duckdb
except ImportError:
    print("SKIPPED: the queries were not run in DuckDB (python package `duckdb` is not installed)")
    sys.exit(0)


def rows(connection, statement):
    def rounded(value):
        return round(value, 9) if isinstance(value, float) else value

    found = connection.execute(statement).fetchall()
    return sorted((tuple(map(rounded, row)) for row in found), key=repr)


def main(out):
    page = pathlib.Path(__file__).parents[2] / "docs/reference/benchmarks.md"
    parts = re.findall(r"^## (\w+)$.*?^```sql\n(.*?)^```$", page.read_text(), re.M | re.S)
    connection = duckdb.connect()
    for path in sorted(pathlib.Path(out, "parquet").glob("*.parquet")):
        connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    is_wrong = False
    for table, statement in parts:
        columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
        names = ", ".join(f'"{name}"' for name in columns)
        made = rows(connection, f"SELECT {names} FROM ({statement})")
        published = rows(connection, f"SELECT {names} FROM {table}")
        different = [row for row in made if row not in published]
        is_wrong |= made != published
        print(f"{table}: {len(published)} rows published, {len(made)} recomputed, {len(different)} differ")
        for row in different[:3]:
            print("  ", row)
    sys.exit(1 if is_wrong or not parts else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
