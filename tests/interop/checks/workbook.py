"""The workbook as openpyxl and LibreOffice read it, against the Parquet files.

    python tests/interop/checks/workbook.py OUT [FILE]

OUT is a published dataset; FILE is the workbook, OUT/kurabe.xlsx when absent. LibreOffice is asked
when `soffice` is on the machine; a line says so when it is not.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq

# Sheet, table with as many rows, number of columns that stay in view.
LISTS = [
    ("施策", "measures", 4),
    ("KPI", "kpi_progress", 5),
    ("共通指標", "indicator_values", 2),
    ("国の調査との違い", "plan_vs_survey", 1),
    ("文書", "documents", 3),
    ("データ品質", "plan_quality", 3),
    ("読み取り範囲", "coverage", 3),
    ("所見", "findings", 2),
]

# Sheet, header, table, column, header of the key, key: text and numbers that must be equal.
COLUMNS = [
    ("施策", "施策", "measures", "title", "施策ID", "measure_id"),
    ("施策", "番号", "measures", "number", "施策ID", "measure_id"),
    ("施策", "内容", "measures", "summary", "施策ID", "measure_id"),
    ("施策", "開始年度", "measures", "start_fiscal_year", "施策ID", "measure_id"),
    ("施策", "原文の場所", "measures", "locator", "施策ID", "measure_id"),
    ("文書", "SHA-256", "documents", "sha256", "文書ID", "document_id"),
    ("文書", "基準日", "documents", "as_of", "文書ID", "document_id"),
    ("所見", "説明", "findings", "message_ja", "所見ID", "finding_id"),
]

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def letter(number):
    return openpyxl.utils.get_column_letter(number)


def printed(value):
    """A value of a table as its cell shows it: nothing that a spreadsheet would run."""
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return "'" + text if text.startswith(FORMULA_STARTS) else text
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return value


def shown(cell):
    value = cell.value
    return value.isoformat()[:10] if hasattr(value, "isoformat") else value


def records(sheet):
    rows = sheet.iter_rows()
    header = [cell.value for cell in next(rows)]
    return [dict(zip(header, row)) for row in rows]


def table(out, name):
    return pq.read_table(out / "parquet" / f"{name}.parquet").to_pylist()


def check_lists(out, book):
    for name, of, frozen in LISTS:
        sheet = book[name]
        rows, expected = sheet.max_row - 1, len(table(out, of))
        assert rows == expected, f"{name}: {rows} rows, {of} has {expected}"
        assert sheet.freeze_panes == f"{letter(frozen + 1)}2", (name, sheet.freeze_panes)
        assert sheet.auto_filter.ref == f"A1:{letter(sheet.max_column)}{sheet.max_row}", name
        assert sheet.print_title_rows == "$1:$1", (name, sheet.print_title_rows)


def check_columns(out, book):
    for name, header, of, column, key_header, key in COLUMNS:
        expected = {row[key]: printed(row[column]) for row in table(out, of)}
        for row in records(book[name]):
            key_value, value = row[key_header].value, shown(row[header])
            assert value == expected[key_value], (name, header, key_value, value)


def check_kpis(out, book):
    progress = {(row["kpi_id"], row["position"]): row for row in table(out, "kpi_progress")}
    pairs = [("基準値", "baseline"), ("実績値", "actual"), ("目標値", "target"), ("達成度", "achievement")]
    for row in records(book["KPI"]):
        expected = progress[(row["KPI ID"].value, row["目標の順番"].value)]
        for header, column in pairs:
            value, wanted = row[header].value, expected[column]
            same = value == wanted or (wanted is not None and abs(value - wanted) <= 1e-9 * abs(wanted))
            assert same, (row["KPI ID"].value, header, value, wanted)
    rules = [rule.type for part in book["KPI"].conditional_formatting for rule in part.rules]
    assert "dataBar" in rules and "cellIs" in rules, rules


def check_comparison(out, book):
    cells = [row for row in table(out, "benchmark_categories")]
    newest = max((row["published"] or "", row["taxonomy"]) for row in table(out, "categories") if not row["is_inferred"])[1]
    expected = sum(row["measures"] for row in cells if row["taxonomy"] == newest)
    sheet = book["比較表"]
    assert newest in sheet["A1"].value, sheet["A1"].value
    assert sheet.freeze_panes == "E5", sheet.freeze_panes
    counts = [row for row in sheet.iter_rows(min_row=5) if row[3].value == "施策数"]
    found = sum(cell.value or 0 for row in counts for cell in row[4:-2])
    assert found == expected, (found, expected)
    # Colour never stands alone.
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            if row[3].value == "主な段階" and cell.fill.fgColor.rgb not in ("00000000", "FFFFFFFF"):
                assert cell.value, cell.coordinate


def check_links(out, book):
    urls = {row["document_id"]: row["source_url"] for row in table(out, "documents")}
    documents = {row["measure_id"]: row["document_id"] for row in table(out, "measures")}
    for row in records(book["施策"]):
        link = row["原文の場所"].hyperlink
        url = urls[documents[row["施策ID"].value]]
        assert link is not None, row["施策ID"].value
        assert link.target == url if url else link.location.startswith("'文書'!A"), (link, url)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink and cell.hyperlink.target:
                    assert cell.hyperlink.target.startswith(("http://", "https://")), cell.hyperlink.target
                if cell.hyperlink and cell.hyperlink.location:
                    place = re.fullmatch(r"'(.*)'!A\d+", cell.hyperlink.location)
                    assert place and place.group(1) in book.sheetnames, cell.hyperlink.location


def check_file(file, book):
    with zipfile.ZipFile(file) as parts:
        names = parts.namelist()
        assert not [name for name in names if "vba" in name.lower() or "externalLink" in name], names
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name) and b"<f " not in parts.read(name), name
    for sheet in book:
        # Comparisons have a column for each category: A3, the others A4.
        paper = 8 if sheet.title.startswith("比較表") else 9
        assert sheet.page_setup.paperSize == paper and sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0, sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
    assert book.properties.creator == "kurabe" and book.properties.created.year == 2000


def check_office(file, book):
    """LibreOffice opens it and saves the same cells."""
    office = shutil.which("soffice")
    if office is None:
        print("skipped: no soffice on this machine, the round trip through LibreOffice was not made")
        return
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", f"{folder}/out", str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        again = openpyxl.load_workbook(f"{folder}/out/{Path(file).stem}.xlsx")
        assert again.sheetnames == book.sheetnames, again.sheetnames
        compared = 0
        for sheet in book:
            other = again[sheet.title]
            for row in sheet.iter_rows():
                for cell in row:
                    here, there = cell.value or None, other[cell.coordinate].value or None
                    numbers = isinstance(here, (int, float)) and isinstance(there, (int, float))
                    same = abs(here - there) <= 1e-9 * abs(here) if numbers else here == there
                    assert same, (sheet.title, cell.coordinate, here, there)
                    compared += here is not None
        print(f"LibreOffice: {compared} cells are the same after opening and saving")


def main():
    # openpyxl says that it does not know the newer form of data bars.
    warnings.filterwarnings("ignore", module="openpyxl")
    out = Path(sys.argv[1])
    file = Path(sys.argv[2]) if len(sys.argv) > 2 else out / "kurabe.xlsx"
    if not file.exists():
        print(f"skipped: there is no {file.name} in the dataset; `[export] workbook = true` writes it")
        return
    book = openpyxl.load_workbook(file)
    check_lists(out, book)
    check_columns(out, book)
    check_kpis(out, book)
    check_comparison(out, book)
    check_links(out, book)
    check_file(file, book)
    cells = sum(sheet.max_row * sheet.max_column for sheet in book)
    print(f"openpyxl: {len(book.sheetnames)} sheets, {cells} cells")
    check_office(file, book)
    print("workbook: ok")


if __name__ == "__main__":
    main()
