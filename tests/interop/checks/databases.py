"""SQLite, DuckDB and PostgreSQL hold what Parquet holds, and their views answer alike.

    python databases.py OUT

OUT is what `pipeline.toml` of this repository gives. The program (`KURABE` names it, else it is looked for
in the target folder of cargo) loads the same into all three. DuckDB's command line is `KURABE_DUCKDB`, else the package `duckdb-cli`; PostgreSQL is started in a
temporary folder. Where one of them is missing, a line says so and the others are compared.
"""

import csv
import io
import math
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

import duckdb
import pyarrow
import pyarrow.compute
import pyarrow.parquet

VIEWS = ["v_category_matrix", "v_kpi_progress", "v_measure_overview", "v_schedule_by_year"]
PASSWORD = "only here"
HOME = pathlib.Path(__file__).resolve().parents[3]


def program():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or cache / "kurabe/target")
    places = [os.environ.get("KURABE"), target / "release/kurabe", target / "debug/kurabe"]
    return next((str(place) for place in places if place and pathlib.Path(place).is_file()), None)


def duckdb_program():
    beside = pathlib.Path(sys.executable).parent / "duckdb"
    named = os.environ.get("KURABE_DUCKDB")
    return named or (str(beside) if beside.is_file() else shutil.which("duckdb"))


class Sqlite:
    name = "SQLite"

    def __init__(self, file):
        self.connection = sqlite3.connect(file)

    def rows(self, query):
        return self.connection.execute(query).fetchall()


class DuckDb:
    name = "DuckDB"

    def __init__(self, file):
        self.connection = duckdb.connect(str(file), read_only=True)

    def rows(self, query):
        return self.connection.sql(query).fetchall()


class Postgres:
    """A server of its own in a temporary folder; root lets somebody without rights run it."""

    name = "PostgreSQL"

    def __init__(self, binaries, folder):
        self.folder, self.psql = folder, shutil.which("psql", path=f"{binaries}{os.pathsep}{os.environ['PATH']}")
        self.environment = {**os.environ, "PGPASSWORD": PASSWORD, "PGCLIENTENCODING": "UTF8"}
        folder.chmod(0o777)
        (folder / "secret").write_text(PASSWORD)
        (folder / "secret").chmod(0o644)
        somebody = []
        if os.geteuid() == 0:
            somebody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
        options = ["--no-sync", "--auth=scram-sha-256", "--username=kurabe", "--encoding=UTF8", "--locale=C"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        made = [*somebody, binaries / "initdb", *options, f"--pwfile={folder / 'secret'}", folder / "data"]
        subprocess.run(made, check=True, **quiet)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"]
        settings = [word for setting in settings for word in ("-c", setting)]
        started = [*somebody, binaries / "postgres", "-D", folder / "data", "-p", str(self.port), *settings]
        self.server = subprocess.Popen(started, **quiet)

    def wait(self):
        for _ in range(200):
            try:
                return self.rows("SELECT 1", "postgres")
            except subprocess.CalledProcessError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    @property
    def url(self):
        return f"postgres://kurabe@127.0.0.1:{self.port}/postgres"

    def rows(self, query, schema="kurabe"):
        words = ["--no-psqlrc", "--quiet", "--csv", "--tuples-only", "--command", f"SET search_path TO {schema}; {query}"]
        done = subprocess.run(
            [self.psql, self.url, *words], env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, check=True,
        )
        return [tuple(row) for row in csv.reader(io.StringIO(done.stdout.decode(), newline=""))]

    def stop(self):
        pid = self.folder / "data/postmaster.pid"
        if pid.exists():
            os.kill(int(pid.read_text().split()[0]), 3)
        else:
            self.server.kill()
        self.server.wait()


def postgres_binaries():
    versions = pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0, default=None)
    found = newest or shutil.which("initdb")
    return pathlib.Path(found).parent if found else None


def plain(cell):
    """A cell the same whatever driver gives it: SQLite has no bool, psql gives texts."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool) or cell in ("t", "f"):
        return "1" if cell in (True, "t") else "0"
    try:
        return f"{float(cell):.9g}"
    except (TypeError, ValueError):
        return str(cell)


def parquet_summary(path):
    """Rows and the sums of the columns that are numbers or yes and no."""
    table = pyarrow.parquet.read_table(path)
    kinds = (pyarrow.types.is_integer, pyarrow.types.is_floating, pyarrow.types.is_boolean)
    names = [field.name for field in table.schema if any(is_kind(field.type) for is_kind in kinds)]
    columns = [table.column(name).cast(pyarrow.float64()) for name in names]
    sums = [pyarrow.compute.sum(column).as_py() or 0.0 for column in columns]
    booleans = {field.name for field in table.schema if pyarrow.types.is_boolean(field.type)}
    return names, booleans, [table.num_rows, *sums]


def summary_query(table, names, booleans):
    def total(name):
        value = f'CASE WHEN "{name}" THEN 1 ELSE 0 END' if name in booleans else f'"{name}"'
        return f", coalesce(sum(CAST({value} AS double precision)), 0)"

    return f'SELECT count(*){"".join(map(total, names))} FROM "{table}"'


def compare_tables(out, backends, told):
    rows = columns = 0
    for path in sorted((out / "parquet").glob("*.parquet")):
        names, booleans, expected = parquet_summary(path)
        rows, columns = rows + expected[0], columns + len(names)
        for backend in backends:
            found = [float(cell) for cell in backend.rows(summary_query(path.stem, names, booleans))[0]]
            for name, a, b in zip(["rows", *names], expected, found):
                if not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9):
                    told.append(f"{backend.name}: {path.stem}.{name}: {b}, Parquet {a}")
    return rows, columns


def compare_views(backends, told):
    counts = []
    for view in VIEWS:
        found = [sorted(tuple(map(plain, row)) for row in backend.rows(f"SELECT * FROM {view}")) for backend in backends]
        counts.append(f"{view} {len(found[0])}")
        if not found[0]:
            told.append(f"{view}: no rows")
        for backend, rows in zip(backends[1:], found[1:]):
            if rows != found[0]:
                first = next(((a, b) for a, b in zip(found[0], rows) if a != b), (len(found[0]), len(rows)))
                told.append(f"{view}: {backends[0].name} and {backend.name} differ: {first}")
    return ", ".join(counts)


def fill(kurabe, folder, postgres):
    """Loads the dataset by the program, which makes it again in a folder of its own."""
    targets, environment = ["--to", "sqlite", folder / "plans.db"], dict(os.environ, PGPASSWORD=PASSWORD)
    duck = duckdb_program()
    if duck:
        targets += ["--to", "duckdb", folder / "plans.duckdb"]
        environment["KURABE_DUCKDB"] = duck
    else:
        print("   SKIPPED: DuckDB (no duckdb on the path, no duckdb-cli, no KURABE_DUCKDB)")
    if postgres:
        targets += ["--to", "postgres", "--url", postgres.url]
    places = ["--normalized", folder / "normalized", "--out", folder / "out"]
    for words in (["run", "--quiet"], ["export", "--quiet", *targets]):
        done = subprocess.run(
            [kurabe, *words, *places], cwd=HOME, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True,
        )
        if done.returncode > 1:
            raise RuntimeError(done.stderr)
    backends = [Sqlite(folder / "plans.db")]
    backends += [DuckDb(folder / "plans.duckdb")] if duck else []
    return backends + ([postgres] if postgres else [])


def check(out, kurabe, folder, postgres):
    told = []
    if postgres:
        postgres.wait()
    backends = fill(kurabe, folder, postgres)
    rows, columns = compare_tables(out, backends, told)
    views = compare_views(backends, told)
    names = ", ".join(backend.name for backend in backends)
    print(f"{names}: {rows} rows and {columns} columns of numbers as in Parquet; {views}; {len(told)} differences")
    for line in told[:20]:
        print("  ", line)
    return bool(told)


def main(out):
    kurabe, binaries = program(), postgres_binaries()
    if not kurabe:
        print("   SKIPPED: databases (the program is not built; KURABE can name it)")
        return False
    with tempfile.TemporaryDirectory(prefix="kurabe-databases-") as name:
        folder, postgres = pathlib.Path(name), None
        folder.chmod(0o755)
        try:
            if binaries:
                (folder / "pg").mkdir()
                postgres = Postgres(binaries, folder / "pg")
            else:
                print("   SKIPPED: PostgreSQL (no initdb below /usr/lib/postgresql or on the path)")
            return check(out, kurabe, folder, postgres)
        finally:
            if postgres:
                postgres.stop()


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
