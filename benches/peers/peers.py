"""Reads a file with a library of Python and prints its cells, as `examples/cells.rs` does for kurabe.

    peers.py LIBRARY FILE [TIMES]

Every reader gives rows of texts; a merged cell stands once. Libraries are loaded before the clock
starts, so that `seconds` are those of reading alone.
"""

import json
import sys
import time


def openpyxl_reader():
    import openpyxl

    def read(path):
        book = openpyxl.load_workbook(path, data_only=True)
        return [[cell for cell in row] for sheet in book for row in sheet.iter_rows(values_only=True)]

    return read


def pandas_reader():
    import pandas

    def read(path):
        if path.endswith(".csv"):
            frames = [pandas.read_csv(path, header=None, dtype=str, encoding="cp932")]
        elif path.endswith(".html"):
            return [row for frame in pandas.read_html(path, header=None) for row in with_head(frame)]
        else:
            frames = pandas.read_excel(path, header=None, sheet_name=None, dtype=str).values()
        return [row for frame in frames for row in frame.values.tolist()]

    def with_head(frame):
        head = [] if list(frame.columns) == list(range(len(frame.columns))) else [list(frame.columns)]
        return [unspread(row) for row in head + frame.values.tolist()]

    def unspread(row):
        """pandas repeats a cell in every column that it spans."""
        return [cell for at, cell in enumerate(row) if at == 0 or cell != row[at - 1]]

    import importlib

    for engine in ["openpyxl", "odf.opendocument", "lxml.html", "xlrd"]:
        if engine_is_for(engine, sys.argv[2]):
            importlib.import_module(engine)
    return read


def engine_is_for(engine, path):
    ending = {"openpyxl": ".xlsx", "odf.opendocument": ".ods", "lxml.html": ".html", "xlrd": ".xls"}
    return path.endswith(ending[engine])


def csv_reader():
    import csv

    def read(path):
        with open(path, encoding="cp932", newline="") as file:
            return list(csv.reader(file))

    return read


def xlrd_reader():
    import xlrd

    def read(path):
        sheets = xlrd.open_workbook(path).sheets()
        return [sheet.row_values(row) for sheet in sheets for row in range(sheet.nrows)]

    return read


def docx_reader():
    import docx

    def read(path):
        return [
            [cell.text for cell in unique(row.cells)] for table in docx.Document(path).tables for row in table.rows
        ]

    seen = set()

    def unique(cells):
        """python-docx gives a merged cell in every place that it covers."""
        for cell in cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield cell

    return read


def lxml_reader():
    import lxml.html

    def read(path):
        tree = lxml.html.parse(path, lxml.html.HTMLParser(encoding="utf-8"))
        return [[cell.text_content() for cell in row.iterchildren("td", "th")] for row in tree.iter("tr")]

    return read


def soup_reader():
    import bs4

    def read(path):
        with open(path, encoding="utf-8") as file:
            soup = bs4.BeautifulSoup(file, "lxml")
        cells = lambda row: row.find_all(["td", "th"], recursive=False)
        return [[cell.get_text() for cell in cells(row)] for row in soup.find_all("tr")]

    return read


def pdfplumber_reader():
    import pdfplumber

    def read(path):
        with pdfplumber.open(path) as pdf:
            return [row for page in pdf.pages for table in page.extract_tables() for row in table]

    return read


def docling_reader():
    """The backends of docling: its converter loads torch even for files that need no model."""
    from pathlib import Path

    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    if sys.argv[2].endswith(".xlsx"):
        from docling.backend.msexcel_backend import MsExcelDocumentBackend as backend

        kind = InputFormat.XLSX
    elif sys.argv[2].endswith(".docx"):
        from docling.backend.msword_backend import MsWordDocumentBackend as backend

        kind = InputFormat.DOCX
    else:
        from docling.backend.html_backend import HTMLDocumentBackend as backend

        kind = InputFormat.HTML

    def read(path):
        source = InputDocument(path_or_stream=Path(path), format=kind, backend=backend)
        document = source._backend.convert()
        rows = []
        for table in document.tables:
            lines = {}
            for cell in table.data.table_cells:
                lines.setdefault(cell.start_row_offset_idx, []).append(cell.text)
            rows.extend(lines[at] for at in sorted(lines))
        return rows

    return read


READERS = {
    "openpyxl": openpyxl_reader,
    "pandas": pandas_reader,
    "csv": csv_reader,
    "xlrd": xlrd_reader,
    "python-docx": docx_reader,
    "lxml": lxml_reader,
    "BeautifulSoup": soup_reader,
    "pdfplumber": pdfplumber_reader,
    "docling": docling_reader,
}


def peak_kb():
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))


def shown(cell):
    """A cell as text; a whole number as a person writes it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    # pandas gives blank cells as a number that is none.
    return "" if cell is None or cell != cell else str(cell)


def main():
    name, path = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    read = READERS[name]()
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        rows = read(path)
        seconds.append(time.perf_counter() - began)
    rows = [[shown(cell) for cell in row] for row in rows]
    print(json.dumps({"rows": rows, "seconds": seconds, "peak_kb": peak_kb()}))


main()
