"""Measures kurabe beside the libraries of `peers.py` and writes docs/reference/speed.md.

    compare.py CELLS CORPUS PAGE

CELLS is the built example `cells`, CORPUS the folder with the documents in several formats. The truth
is taken from the HTML rendering of each document by lxml, which kurabe does not use.
"""

import collections
import json
import os
import platform
import statistics
import subprocess
import sys
import time
import unicodedata

RUNS = 5

FILES = [
    ("matsue.xlsx", ["openpyxl", "pandas", "docling"]),
    ("yasugi.xlsx", ["openpyxl", "pandas", "docling"]),
    ("matsue.ods", ["pandas"]),
    ("yasugi.ods", ["pandas"]),
    ("matsue.xls", ["xlrd", "pandas"]),
    ("matsue-cp932.csv", ["csv", "pandas"]),
    ("matsue.html", ["lxml", "BeautifulSoup", "pandas", "docling"]),
    ("yasugi.html", ["lxml", "BeautifulSoup", "pandas", "docling"]),
    ("oe.html", ["lxml", "BeautifulSoup", "pandas", "docling"]),
    ("oe.docx", ["python-docx", "docling"]),
    ("matsue.pdf", ["pdfplumber"]),
    ("yasugi.pdf", ["pdfplumber"]),
    ("oe.pdf", ["pdfplumber"]),
]

# At least this much faster than the peer; for all of these, a quarter of its memory at most.
AIMS = {"pdfplumber": 20, "docling": 20, "openpyxl": 10}
MEMORY_AIM = 4

# Radicals that fonts put in the place of characters and that NFKC leaves as they are.
RADICALS = str.maketrans("⺠⻑⻄⻘⻩⻁⻤⻨⻫⻭⻯⻲⻝⻣⻢⻥⻦⻆⻅⻉⻌⻔", "民長西青黄虎鬼麦斉歯竜亀食骨馬魚鳥角見貝辶門")

# Bullets and middle dots, which fonts of a PDF exchange.
DOTS = "・•‧·"


def plain(text):
    """A text without what a rendering may change: width, white space, dots, radicals."""
    text = unicodedata.normalize("NFKC", str(text).translate(RADICALS)).replace("〜", "~")
    return "".join(c for c in text if not c.isspace() and c not in DOTS)


def truth(corpus, document):
    """Rows of the tables of a document, and the texts outside of them."""
    import lxml.html

    tree = lxml.html.parse(os.path.join(corpus, f"{document}.html"), lxml.html.HTMLParser(encoding="utf-8"))
    rows = [
        [plain(cell.text_content()) for cell in row.iterchildren("td", "th")]
        for row in tree.iter("tr")
        if not any(True for above in row.iterancestors("td", "th"))
    ]
    outside = [
        plain(element.text_content())
        for element in tree.iter("h1", "h2", "h3", "p", "li")
        if not any(True for above in element.iterancestors("td", "th"))
    ]
    return written(rows), outside


def written(rows):
    rows = [tuple(cell for cell in row if cell) for row in rows]
    return [row for row in rows if row]


def settled(rows, outside, is_csv):
    """Rows without titles and legends, which a sheet holds as cells, and without the header rows that are
    repeated on every page. The CSV file has a column of its own for the part, and repeats the section."""
    rows = [[plain(cell) for cell in row] for row in rows]
    if is_csv:
        rows = [once(row[1:], before[1:]) for row, before in zip(rows, [[""] * 9, *rows])]
    rows = [row for row in written(rows) if not (len(row) == 1 and is_outside(row[0], outside))]
    heads, kept = set(), []
    for row in rows:
        if "取組名" in row or "主な取組" in row or "区分" in row:
            if row in heads:
                continue
            heads.add(row)
        kept.append(row)
    return kept


def once(row, before):
    """A row whose first cell is that of the row before counts without it."""
    return row if row[:1] != before[:1] else row[1:]


def is_outside(text, outside):
    return any(text == other or (len(text) > 6 and text in other) for other in outside)


def f1(expected, found):
    expected, found = collections.Counter(expected), collections.Counter(found)
    both = sum((expected & found).values())
    return 2 * both / max(1, sum(expected.values()) + sum(found.values()))


def started(command):
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    wall = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.stderr.decode()[-2000:]}")
    return wall, json.loads(done.stdout.decode().strip().splitlines()[-1])


def measured(command):
    """Median seconds of a process, median seconds of reading in a warm process, peak memory, rows."""
    runs = [started(command) for _ in range(RUNS)]
    walls = [wall for wall, _ in runs]
    warm = started([*command, str(RUNS)])[1]["seconds"]
    return {
        "wall": statistics.median(walls),
        "inside": statistics.median(warm),
        "memory": statistics.median(told["peak_kb"] for _, told in runs) / 1024,
        "rows": runs[0][1]["rows"],
    }


def versions():
    from importlib.metadata import version

    names = {"BeautifulSoup": "beautifulsoup4", "docling": "docling-slim"}
    peers = ["openpyxl", "pandas", "xlrd", "lxml", "BeautifulSoup", "docling", "python-docx", "pdfplumber"]
    listed = [f"{peer} {version(names.get(peer, peer))}" for peer in peers]
    return f"Python {platform.python_version()}, " + ", ".join(listed)


def compared(cells, corpus):
    lines, verdicts = [], []
    here = os.path.dirname(os.path.abspath(__file__))
    for file, peers in FILES:
        document = file.split(".")[0].split("-")[0]
        expected, outside = truth(corpus, document)
        expected = settled(expected, outside, False)
        path = os.path.join(corpus, file)
        own = None
        for peer in ["kurabe", *peers]:
            command = [cells, path] if peer == "kurabe" else [sys.executable, f"{here}/peers.py", peer, path]
            result = measured(command)
            rows = settled(result["rows"], outside, file.endswith(".csv"))
            each = f1([c for row in expected for c in row], [c for row in rows for c in row])
            whole = f1(expected, rows)
            own = own or result
            lines.append(line(file if peer == "kurabe" else "", peer, result, own, each, whole))
            verdicts.extend(verdict(file, peer, result, own))
            print(lines[-1], file=sys.stderr)
    return lines, verdicts


def line(file, peer, result, own, each, whole):
    times = lambda key: f" ({result[key] / own[key]:.1f}×)" if result is not own else ""
    figures = [
        f"{result['wall'] * 1000:.1f} ms{times('wall')}",
        f"{result['inside'] * 1000:.2f} ms{times('inside')}",
        f"{result['memory']:.1f} MB{times('memory')}",
        f"{each * 100:.1f} %",
        f"{whole * 100:.1f} %",
    ]
    return f"| {file} | {peer} | " + " | ".join(figures) + " |"


def verdict(file, peer, result, own):
    """What is missed of the aims."""
    if peer not in AIMS:
        return
    for key, words in [("wall", "with process start"), ("inside", "reading alone")]:
        if result[key] < AIMS[peer] * own[key]:
            yield f"- {file}: {result[key] / own[key]:.1f}× as fast as {peer} {words}, aim {AIMS[peer]}×"
    if result["memory"] < MEMORY_AIM * own["memory"]:
        yield f"- {file}: 1/{result['memory'] / own['memory']:.1f} of the memory of {peer}, aim 1/{MEMORY_AIM}"


PAGE = """# Speed, memory and cells beside other readers

Made by `benches/peers/run.sh`, which needs the published documents in several formats in `../shared/corpus-formats`, Python with `venv`
and PyPI; do not edit. Measured on {machine}; {versions}.

- **process**: median of {runs} runs from start to end, loading of the library included; every reader prints its cells as JSON.
- **reading**: median of {runs} readings in one process, the library loaded.
- **memory**: most that was resident at once (`VmHWM`), median of {runs} processes.
- **cells**, **rows**: F1 of the written cells, and of rows with all their cells, against the HTML rendering as lxml reads it.
  Width, white space, bullets, middle dots, wave dashes and radicals in the place of characters do not count, nor do titles and legends outside of tables and header
  rows repeated on pages, for anybody. A merged cell counts once; `pandas.read_html` repeats it in every row, which cannot be told from
  equal cells. For `.html`, lxml agrees with itself.
- (n×): n times what kurabe needs.

docling is measured by its backends (docling-slim), as its converter loads torch even where no model is needed; its reader of PDF, which
needs models, is left out.

| file | reader | process | reading | memory | cells | rows |
|---|---|---|---|---|---|---|
{lines}

## Where the time of a PDF goes

`perf` on `oe.pdf`: half is hayro interpreting the pages of a short file on one thread, of which a quarter is naming fonts by a hash over their dictionaries; a
tenth each go to inflating and to laying out, which other threads do (`pdf/pages.rs`). Fonts that draw their characters are told of some characters only
(`pdf/device.rs`), as the name of such a font is a hash, too.

## Aims

20 times as fast as pdfplumber and docling, 10 times as fast as openpyxl, in a quarter of the memory or less.

{verdicts}
"""


def main():
    cells, corpus, page = sys.argv[1:4]
    lines, verdicts = compared(cells, corpus)
    text = PAGE.format(
        machine=f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        versions=versions(),
        runs=RUNS,
        lines="\n".join(lines),
        verdicts="\n".join(["Missed:", "", *verdicts] if verdicts else ["All are met."]),
    )
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)


main()
