# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/result-file.md lists the arrays that `rift list arrays` lists (--update writes it), and these are
the arrays of the files that `rift run` and `rift ingest` make, with their axes, types and meanings."""
import json
import itertools
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift, shipped, skip

try:
    import h5py
except ImportError as missing:
    skip(f"needs h5py: {missing}")

DOC = SOURCE / "docs" / "result-file.md"
ROWS = json.loads(rift("list", "arrays", "--json"))["rows"]
# only where a study has groups by year
RARE = {"membership_by_year", "date_created"}


def table():
    lines = ["| array | type | axes | unit | what |", "| --- | --- | --- | --- | --- |"]
    for r in ROWS:
        lines.append(f"| `{r['array']}` | {r['type']} | {r['axes']} | {r['unit']} | {r['what']} |")
    return "\n".join(re.sub(" +", " ", line) for line in lines) + "\n"


def check_documented():
    found = re.search(r"^\| array .*\n(\|.*\n)+", DOC.read_text(), re.M)
    assert found and found.group(0) == table(), \
        "docs/result-file.md is not 'rift list arrays'; run tests/store/arrays.py with --update"


def check_dataset(row, dataset):
    if row["type"]:
        text = h5py.check_string_dtype(dataset.dtype) is not None
        assert ("text" if text else dataset.dtype.name) in row["type"].split(" or "), row
        assert dataset.attrs.get("long_name", row["what"].encode()).decode() == row["what"], row
    assert dataset.attrs.get("units", b"").decode() == row["unit"], row
    if row["axes"] == "an axis":
        assert h5py.h5ds.is_scale(dataset.id) and dataset.ndim == 1, row
    else:
        assert [d.label for d in dataset.dims] == row["axes"].split(), row


def check_files(paths):
    """Every array of the files is listed, and every one that is listed is in a file."""
    listed = {r["array"]: r for r in ROWS}
    assert len(listed) == len(ROWS)
    seen = set()
    for path in paths:
        with h5py.File(path) as data:
            kept = {t.split("/")[0] for t in data.attrs.get("rift_tables", b"").decode().split()}
            seen |= {"@" + name for name in data.attrs if name != "rift_tables"}

            def visit(name, item):
                if isinstance(item, h5py.Dataset) and name.split("/")[0] not in kept:
                    assert name in listed, name
                    check_dataset(listed[name], item)
                    seen.add(name)

            data.visititems(visit)
    missing = {n for n in listed if n not in seen and n.lstrip("@") not in RARE}
    assert not missing and seen <= set(listed), (missing, seen - set(listed))


def changing(folder):
    """A result whose weights change with the years."""
    (folder / "years.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{x}\n" for x, (c, y, s) in enumerate(itertools.product(("KEN", "UGA"), (2020, 2021), "XY"))))
    (folder / "countries.csv").write_text("country,name\nKEN,Kenya\nUGA,Uganda\n")
    (folder / "index.yaml").write_text("code: i\nnormalisation: min-max\nseries: [{code: X}, {code: Y}]\n"
                                       "nodes: [{code: t, children: [X, {series: Y, from: 2021}]}]\n")
    (folder / "study.yaml").write_text("code: changing\ntitle: Changing\nyears: {first: 2020, last: 2021}\n"
                                       "sources: [years.csv]\ncountries: {file: countries.csv}\nindex: index.yaml\n")
    rift("run", folder / "study.yaml", "-q", "-o", folder / "out")
    return folder / "out" / "changing.h5"


def main():
    if "--update" in sys.argv:
        text = DOC.read_text()
        DOC.write_text(re.sub(r"\n(\|.*\n)*\Z", "\n", text) + table())
        return
    check_documented()
    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder) / "data.csv"  # a group of countries, and something to tell
        data.write_text("country,year,indicator,value\nKEN,2020,X,1\nWLD,2020,X,2\nXYZ,2020,X,3\n")
        rift("ingest", data, "--ignore", "XYZ", "-o", f"{folder}/panel.h5", "-q")
        check_files([shipped() / "three-layer.h5", f"{folder}/panel.h5", changing(pathlib.Path(folder))])
    passed(2)


main()
