# SPDX-License-Identifier: GPL-3.0-or-later
"""The result file opens in h5py, xarray and ncdump, and holds the numbers of the export;
two runs write the same bytes."""
import math
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import STUDY, number, passed, rift, rows, shipped, skip

try:
    import h5py
    import numpy
    import xarray
except ImportError as missing:
    skip(f"needs h5py and xarray: {missing}")


def equal(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def check_scores(file, folder):
    data = xarray.open_dataset(file)
    score, rank = (data[name].to_series().to_dict() for name in ("score", "rank"))
    found = 0
    for row in rows(rift("export", folder, "scores")):
        at = (row["node"], int(row["year"]), row["country"])
        assert equal(score.pop(at), number(row["value"])), row
        assert equal(rank.pop(at), number(row["rank"])), row
        found += not math.isnan(number(row["value"]))
    assert found > 60000 and not score, (found, len(score))
    return data


def check_divide(data, folder):
    for row in rows(rift("export", folder, "divide", "--year", "2020")):
        at = {"node": row["node"], "year": 2020, "weighting": row["weighting"]}
        if row["grouping"]:
            part = "theil_between" if row["measure"].endswith("between") else "theil_within"
            found = float(data[part].loc[{**at, "decomposition": row["grouping"]}])
        else:
            found = float(data.divide.loc[{**at, "measure": row["measure"]}])
        assert equal(found, number(row["value"])), row


def check_panel(data, folder):
    total = 0
    for row in rows(rift("export", folder, "panel", "--year", "2015")):
        at = {"indicator": row["indicator"], "year": 2015, "country": row["country"]}
        assert float(data.value.loc[at]) == number(row["value"]), row
        assert int(data.origin.loc[at]) == 1
        total += 1
    assert total == int(numpy.isfinite(data.value.sel(year=2015)).sum())


def check_h5py(file):
    with h5py.File(file) as data:
        score = data["score"]
        assert [dim.label for dim in score.dims] == ["node", "year", "country"]
        assert score.dims[1][0][0] == 2000
        assert data["country"][0].decode() == "ABW"
        text = [t.decode() for t in data["provenance/definition_text"][:]]
        name = [t.decode() for t in data["provenance/definition"][:]]
        assert text[name.index("three-layer.yaml")].startswith("# The default study")
        assert STUDY.read_text() in text
        sums = dict(zip(data["provenance/input"][:], data["provenance/input_sha256"][:]))
        shown = subprocess.run(["sha256sum", STUDY.parents[2] / "data" / "access.csv"],
                               capture_output=True, text=True).stdout.split()[0]
        assert sums[b"access.csv"].decode() == shown


def check_ncdump(file):
    done = subprocess.run(["ncdump", "-h", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for words in ("country = 217 ;", "double score(node, year, country) ;",
                  "group: provenance {", "group: map {"):
        assert words in done.stdout, words
    done = subprocess.run(["ncdump", "-v", "score,country_name", file],
                          capture_output=True, text=True)
    assert done.returncode == 0 and '"Aruba"' in done.stdout


def contents(folder):
    """Files of a folder by name; but what notes which study wrote there, for the next run."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != ".rift-lock"}


def check_again(folder):
    """A second run, elsewhere and in a locale with a decimal comma, writes the same bytes."""
    rift("run", STUDY, "-q", "-o", folder / "two",
         env={**os.environ, "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"})
    one, two = contents(shipped()), contents(folder / "two")
    assert len(one) > 40 and one.keys() == two.keys(), one.keys() ^ two.keys()
    assert one == two, [name for name in one if one[name] != two[name]]


def check_tables(file):
    """Tables of analyses: their columns in order, with kinds, meanings and units, and their cells."""
    with h5py.File(file) as data:
        paths = data.attrs["rift_tables"].decode().split()
        assert len(paths) > 30
        for path in paths:
            table = data[path]
            columns = [line.rsplit(" ", 2) for line in table.attrs["columns"].decode().splitlines()]
            n = len(table["row"]) if "row" in table else 0
            for name, kind, _ in columns if n else []:
                assert kind in ("number", "count", "year", "rank", "rank-change", "code", "word"), (path, name, kind)
                assert table[name].shape == (n,) and table[name].dims[0].label == "row"
                assert (table[name].dtype.kind == "f") == (kind in ("number", "count", "year", "rank", "rank-change")), path
                assert table[name].attrs["long_name"], (path, name)
        kept = data["analysis_divide/inequality"]
        shown = rows(rift("export", file, "inequality"))
        assert list(shown[0]) == [line.rsplit(" ", 2)[0] for line in
                                  kept.attrs["columns"].decode().splitlines()]
        for name in shown[0]:
            for row, cell in zip(shown, kept[name][()]):
                assert row[name] == cell.decode() if isinstance(cell, bytes) else \
                    equal(number(row[name]), cell), (name, row)


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_again(pathlib.Path(folder))
    one = shipped()
    file = one / "three-layer.h5"
    data = check_scores(file, one)
    check_divide(data, one)
    check_panel(data, one)
    for group in ("provenance", "map"):
        xarray.open_dataset(file, group=group).load()
    check_h5py(file)
    check_ncdump(file)
    check_tables(file)
    passed(7)


main()
