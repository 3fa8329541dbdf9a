"""Compares CSV files with what LibreOffice made of them, cell by cell. Called by `libreoffice`."""

import csv
import pathlib
import sys

# Signs for which CP932 has another code point of the same look, as crates/kurabe-export/src/cp932.rs maps them.
SAME = str.maketrans("〜‖−—¢£¬¥‾¦", "～∥－―￠￡￢￥￣￤")


def read(path, encoding):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def lines(text):
    """A line break inside a cell is one character for a spreadsheet."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def differences(name, first, second, told, same=lambda a, b: a == b):
    cells = 0
    if [len(row) for row in first] != [len(row) for row in second]:
        told.append(f"{name}: {len(first)} rows and {len(second)} rows, or other columns")
        return 0
    for number, (row, other) in enumerate(zip(first, second), 1):
        for column, (a, b) in enumerate(zip(row, other)):
            cells += 1
            if not same(lines(a), lines(b)):
                told.append(f"{name}, row {number}, column {first[0][column]}: {a!r} and {b!r}")
    return cells


def like(a, b):
    """The text of CP932 beside that of UTF-8: mapped signs, 〓 for lost ones, and their apostrophe."""
    a = a.translate(SAME)
    if b.startswith("'") and not a.startswith("'"):
        b = b[1:]
    return len(a) == len(b) and all(x == y or y == "〓" for x, y in zip(a, b))


def main(utf8, cp932, opened_utf8, opened_cp932):
    told, cells, compared, lost = [], 0, 0, 0
    paths = sorted((utf8 / "csv").glob("*.csv"))
    for path in paths:
        one, other = read(path, "utf-8-sig"), read(cp932 / "csv" / path.name, "cp932")
        cells += differences(f"{path.stem} as UTF-8", one, read(opened_utf8 / path.name, "utf-8-sig"), told)
        cells += differences(f"{path.stem} as CP932", other, read(opened_cp932 / path.name, "utf-8-sig"), told)
        lost += sum(cell.count("〓") for row in other for cell in row)
        # Lost characters are findings of the second dataset, which the first does not have.
        if path.stem != "findings" or lost == 0:
            compared += differences(f"{path.stem}, UTF-8 beside CP932", one, other, told, like)
    print(
        f"LibreOffice: {len(paths)} tables twice, {cells} cells as in the file; {compared} cells of UTF-8 beside CP932, "
        f"{lost} characters replaced, {len(told)} differences"
    )
    for line in told[:20]:
        print("  ", line)
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(*map(pathlib.Path, sys.argv[1:5])))
