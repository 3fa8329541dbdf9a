"""The recipes of docs/guides/recipes/ run, and print what they say that they print.

    python recipes.py OUT [GUIDE]...

Runs every ```python block of every guide, and every ```sql block whose first line is a comment that
begins with `-- DuckDB`, in a folder where `out` is the dataset. Blocks under one heading share their
names; a new heading (`##`) starts anew. Where a ```text block follows with nothing between, it is
compared with what was printed: text as it stands, tables cell by cell, numbers as far as printed.

The printed results are those of the bundled raw/. Of another dataset the blocks are run and nothing is
compared. With KURABE_BLESS=1 in the environment the guides get what is printed now. A block that needs a package or an optional part of the dataset that is not here is skipped,
with the rest of its heading, and a line says so.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import sys
import tempfile
import traceback
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[3]
GUIDES = ROOT / "docs" / "guides" / "recipes"
RAW = ROOT / "raw"

IS_BLESSING = os.environ.get("KURABE_BLESS") == "1"

# Parts of a dataset that only some settings write, and how.
OPTIONAL = {
    "out/partitioned": "--partition-by municipality_code",
    "out/kurabe.xlsx": "[export] workbook",
}


@dataclass
class Block:
    language: str
    text: str
    line: int
    heading: int
    expected: str | None = None
    # Lines of the guide, counted from 0, that hold what is expected.
    place: tuple = ()


def blocks(guide):
    """The fenced blocks of a guide; a text block that directly follows another is what it prints."""
    found, fence, heading, may_follow = [], None, 0, False
    for number, line in enumerate(guide.read_text(encoding="utf-8").splitlines(), 1):
        mark = re.match(r"```(\w*)", line)
        if fence is None:
            heading += line.startswith("## ")
            if mark:
                fence, start, body = mark.group(1), number, []
            elif line.strip():
                may_follow = False
        elif line.rstrip() == "```":
            if fence == "text" and may_follow:
                found[-1].expected, may_follow = "\n".join(body), False
                found[-1].place = (start, number - 1)
            else:
                found.append(Block(fence, "\n".join(body), start, heading))
                may_follow = fence in ("python", "sql")
            fence = None
        else:
            body.append(line)
    if fence is not None:
        raise SystemExit(f"{guide.name}: the block of line {start} does not end")
    return found


def is_run(block):
    return block.language == "python" or (block.language == "sql" and block.text.startswith("-- DuckDB"))


def run_python(block, guide, names):
    printed = io.StringIO()
    code = compile("\n" * block.line + block.text, str(guide), "exec")
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        exec(code, names)
    return printed.getvalue()


def run_sql(block, base):
    """Runs all statements; the last one that gives rows is what was printed."""
    last = None
    for statement in base.extract_statements(block.text):
        result = base.execute(statement)
        if result.description and [column[0] for column in result.description] != ["Count"]:
            last = [[column[0] for column in result.description], *result.fetchall()]
    return last


def cells(text):
    """A printed table of DuckDB or of Markdown as its cells: header first."""
    rows = []
    for line in text.splitlines():
        if line.strip()[:1] in ("│", "|"):
            row = [cell.strip() for cell in re.split(r"[│|]", line.strip()[1:-1])]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in row):
                rows.append(row)
    # The second line of a box names the types.
    if "│" in text and len(rows) > 1 and all(re.fullmatch(r"[a-z]+[a-z0-9_]*(\(.*\)|\[\])*", cell) for cell in rows[1]):
        rows.pop(1)
    return rows


def is_same_cell(printed, value):
    if value is None:
        return printed in ("", "NULL", "-")
    if isinstance(value, bool):
        return printed == str(value).lower()
    if isinstance(value, float):
        decimals = len(printed.partition(".")[2])
        try:
            return abs(float(printed) - value) <= 0.5000001 * 10**-decimals
        except ValueError:
            return False
    return printed == str(value)


def markdown(rows):
    """The rows of a result as a table for a guide."""

    def cell(value):
        if value is None or isinstance(value, bool):
            return "" if value is None else str(value).lower()
        return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)

    lines = ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def bless(guide, printed):
    """Writes what the blocks print now into their guide."""
    lines = guide.read_text(encoding="utf-8").splitlines()
    for (start, end), found in sorted(printed, reverse=True):
        new = markdown(found) if isinstance(found, list) else found.strip("\n").splitlines()
        lines[start:end] = [line.rstrip() for line in new]
    guide.write_text("\n".join(lines) + "\n", encoding="utf-8")


def difference_of_table(expected, found):
    wanted = cells(expected)
    if not wanted or found is None:
        return None if not expected.strip() and found is None else f"prints {found}"
    if wanted[0] != found[0]:
        return f"columns {found[0]}, but the guide has {wanted[0]}"
    for row, (printed, values) in enumerate(zip(wanted[1:], found[1:]), 1):
        if len(printed) != len(values) or not all(map(is_same_cell, printed, values)):
            return f"row {row} is {values}, but the guide has {printed}"
    if len(wanted) != len(found):
        return f"{len(found) - 1} rows, but the guide has {len(wanted) - 1}"
    return None


def difference_of_text(expected, printed):
    wanted, found = ([line.rstrip() for line in text.strip("\n").splitlines()] for text in (expected, printed))
    if wanted == found:
        return None
    pairs = zip(wanted + [None] * len(found), found + [None] * len(wanted))
    line, (a, b) = next((number, pair) for number, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    return f"line {line} is {b!r}, but the guide has {a!r}"


class Session:
    """The blocks of one heading."""

    def __init__(self, guide, compares):
        self.guide, self.compares = guide, compares
        self.names, self.base, self.skipped, self.printed = {"__name__": "__recipe__"}, None, None, None

    def why_not(self, block):
        missing = (part for part in OPTIONAL if part in block.text and not os.path.exists(part))
        part = next(missing, None)
        return part and f"the dataset has no {part} ({OPTIONAL[part]})"

    def connection(self):
        if self.base is None:
            import duckdb

            self.base = duckdb.connect()
        return self.base

    def run(self, block):
        """What is wrong, or None; raises what the block raises."""
        if block.language == "python":
            self.printed = run_python(block, self.guide, self.names)
            compare = difference_of_text
        else:
            self.printed = run_sql(block, self.connection())
            compare = difference_of_table
        if not self.compares or block.expected is None:
            return None
        return compare(block.expected, self.printed)


def is_bundled(out):
    """Whether the dataset was made of exactly the files in raw/."""
    import hashlib

    inputs = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
    there = {hashlib.sha256(file.read_bytes()).hexdigest() for file in RAW.iterdir() if file.suffix != ".md"}
    return {entry["sha256"] for entry in inputs} == there


def check(guide, compares, told, counts):
    session, heading, printed = None, None, []
    for block in filter(is_run, blocks(guide)):
        if block.heading != heading:
            session, heading = Session(guide, compares), block.heading
        place = f"{guide.name}:{block.line}"
        why = session.skipped or session.why_not(block)
        try:
            wrong = None if why else session.run(block)
        except ModuleNotFoundError as error:
            why, wrong = f"there is no package {error.name}", None
        except Exception:
            wrong = traceback.format_exc(limit=-1).strip()
        if why:
            session.skipped = why
            counts["skipped"] += 1
            print(f"   SKIPPED: {place}: {why}")
        elif wrong and IS_BLESSING and block.place and session.printed is not None:
            printed.append((block.place, session.printed))
        elif wrong:
            told.append(f"{place}: {wrong}")
        else:
            counts["run"] += 1
            counts["compared"] += compares and block.expected is not None
        session.printed = None
    if printed:
        bless(guide, printed)
        print(f"   {guide.name}: {len(printed)} results written")


def main(out, names):
    guides = sorted(GUIDES.glob("*.md")) if not names else [GUIDES / f"{name}.md" for name in names]
    compares = is_bundled(out)
    told, counts = [], {"run": 0, "compared": 0, "skipped": 0}
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(out, os.path.join(folder, "out"))
        os.chdir(folder)
        for guide in guides:
            check(guide, compares, told, counts)
        os.chdir(ROOT)
    if not compares:
        print("   SKIPPED: results were not compared (they are those of the bundled raw/, this dataset is another one)")
    print(
        f"recipes: {len(guides)} guides, {counts['run']} blocks run, {counts['compared']} results compared, "
        f"{counts['skipped']} skipped, {len(told)} wrong"
    )
    for line in told[:20]:
        print("  ", line)
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]))
