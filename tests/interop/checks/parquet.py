"""Parquet and CSV hold the same: rows, filled cells and sums of every column.

    python parquet.py OUT
"""

import csv
import json
import math
import pathlib
import sys

import pyarrow
import pyarrow.compute
import pyarrow.parquet


def of_parquet(path):
    """Rows, and per column the filled cells and the sum of numbers (of texts: of their lengths)."""
    table = pyarrow.parquet.read_table(path)
    found = {}
    for name in table.column_names:
        cells = [cell for cell in table.column(name).to_pylist() if cell is not None]
        found[name] = (len(cells), total(cells))
    return table.num_rows, found


def total(cells):
    numbers = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    return math.fsum(numbers) if len(numbers) == len(cells) else None


def of_csv(path, encoding, types):
    with open(path, encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, strict=True))
    found = {}
    for index, name in enumerate(rows[0]):
        cells = [row[index] for row in rows[1:] if row[index] != ""]
        is_number = types[name] in ("integer", "number")
        found[name] = (len(cells), math.fsum(map(float, cells)) if is_number or not cells else None)
    return len(rows) - 1, found


def is_same(a, b):
    (filled_a, sum_a), (filled_b, sum_b) = a, b
    sums = (sum_a is None and sum_b is None) or (None not in (sum_a, sum_b) and math.isclose(sum_a, sum_b))
    return filled_a == filled_b and sums


def main(out):
    descriptor = json.loads((out / "datapackage.json").read_text())
    told, rows, columns = [], 0, 0
    for resource in descriptor["resources"]:
        name = resource["name"]
        encoding = {"utf-8": "utf-8-sig"}.get(resource["encoding"], resource["encoding"])
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        count, parquet = of_parquet(out / "parquet" / f"{name}.parquet")
        other, text = of_csv(out / resource["path"], encoding, types)
        rows, columns = rows + count, columns + len(parquet)
        if not count == other == resource["rows"]:
            told.append(f"{name}: {count} rows in Parquet, {other} in CSV, {resource['rows']} described")
        if list(parquet) != list(text):
            told.append(f"{name}: other columns")
            continue
        told += [f"{name}.{c}: {parquet[c]} {text[c]}" for c in parquet if not is_same(parquet[c], text[c])]
    print(f"Parquet and CSV: {len(descriptor['resources'])} tables, {rows} rows, {columns} columns, {len(told)} differences")
    for line in told[:20]:
        print("  ", line)
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
