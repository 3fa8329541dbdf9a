"""`datapackage.json` is valid, its keys hold in the CSV files, and the other files are as it says.

    python package.py OUT
"""

import hashlib
import json
import pathlib
import sys

from frictionless import Package


def main(out):
    descriptor = json.loads((out / "datapackage.json").read_text())
    told = []
    report = Package(str(out / "datapackage.json")).validate()
    told += [str(error) for error in report.errors]
    for task in report.tasks:
        told += [f"{task.name}: {error.message}" for error in task.errors]
    files = keys = references = closed = 0
    for resource in descriptor["resources"]:
        schema = resource["schema"]
        keys += "primaryKey" in schema
        references += len(schema.get("foreignKeys", []))
        closed += sum("categories" in field for field in schema["fields"])
        for other in resource.get("alternatives", []):
            if "hash" not in other:
                continue
            data = (out / other["path"]).read_bytes()
            files += 1
            if (len(data), "sha256:" + hashlib.sha256(data).hexdigest()) != (other["bytes"], other["hash"]):
                told.append(f"{other['path']} is not as described")
        if "primaryKey" not in schema:
            print(f"   {resource['name']}: no key can be stated of this file")
    print(
        f"frictionless: {len(report.tasks)} tables, {keys} keys, {references} foreign keys, "
        f"{closed} closed lists, {files} Parquet files, {len(told)} errors"
    )
    for line in told[:20]:
        print("  ", line)
    return bool(told)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
