# SPDX-License-Identifier: GPL-3.0-or-later
"""Planted data at a limit: ties, the first and the last, values exactly equal to what decides."""
import pathlib
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from study import CODES, Study, names
from support import passed, rift


def ends_that_are_shared(folder):
    """Two lead and two are last, and one, before all by its code, has no total: the first of the two is compared."""
    codes = sorted(CODES)
    level = {c: 50.0 + k for k, c in enumerate(codes) if k > 0}
    level[codes[2]] = level[codes[5]] = 90.0
    level[codes[3]] = level[codes[7]] = 10.0
    study = Study(folder, {"X": {(c, 2020): x for c, x in level.items()}}, (2020, 2020), countries=names(codes))
    sides = {(r["a"], r["b"]) for r in study.table("divide", "contributions")}
    assert sides == {(codes[2], codes[3])}, sides


def halves_of_a_gap(folder):
    """Two series bring half of a gap each: the first is named, as the largest part; all equal, there is no gap to split."""
    value = {s: {(c, 2020): 10.0 + 5 * k for k, c in enumerate(CODES)} for s in "XY"}
    study = Study(folder, value, (2020, 2020), {"X": "", "Y": ""}, "[{series: X}, {series: Y}]")
    said = rift("divide", study.folder / "out", "contributions")
    assert "a gap of 55.00; the largest part, 27.50 (50 %), comes from Series X." in said, said
    value = {s: {(c, 2020): 20.0 for c in CODES} for s in "XY"}
    study = Study(folder.with_name("equal"), value, (2020, 2020), {"X": "", "Y": ""}, "[{series: X}, {series: Y}]")
    assert study.table("divide", "contributions") == []


def an_eigenvalue_of_one(folder):
    """Three children that are alike and one that goes with none of them: one component, for 1 is not above 1."""
    of_pairs = {"A": [25, 25, 45, 45, 65, 75], "B": [20, 35, 35, 50, 70, 70], "C": [20, 30, 45, 50, 55, 80]}
    value = {s: {(c, 2020): float(x[k // 2]) for k, c in enumerate(CODES)} for s, x in of_pairs.items()}
    value["Z"] = {(c, 2020): 75.0 if k % 2 else 25.0 for k, c in enumerate(CODES)}   # of each pair one is low, one high
    study = Study(folder, value, (2020, 2020), dict.fromkeys(value, ""), "[A, B, C, Z]")
    alike = numpy.sort(numpy.linalg.eigvalsh(numpy.corrcoef(list(of_pairs.values()))))[::-1]
    table = study.table("audit", "components")
    assert [r["kaiser"] for r in table] == ["kept", "", "", ""] and float(table[1]["eigenvalue"]) == 1, table
    assert numpy.allclose([float(table[k]["eigenvalue"]) for k in (0, 2, 3)], alike, rtol=0, atol=1e-12), (table, alike)
    assert alike[0] / 4 > 0.65 and float(table[0]["kmo"]) > 0.65, table
    assert "0 of 1 nodes fall short" in rift("audit", study.folder / "out", "components")


def groups_of_which_the_lower_is_ahead(folder):
    """Where lower is better, the group of the lower mean leads; the other, 26 above it and then 16, needs eight years more."""
    value = {(c, y): (40.0 if k < 6 else 60.0 - 2 * (y - 2010)) + k for k, c in enumerate(CODES) for y in (2010, 2015)}
    study = Study(folder, {"X": value}, range(2010, 2016), {"X": ", polarity: lower-is-better"},
                  groups="groups: [{code: half, column: half}]\n", countries="country,name,half\n" + "".join(
                      f"{c},{c},{'first' if k < 6 else 'second'}\n" for k, c in enumerate(CODES)))
    found = [r for r in study.table("converge", "catch-up-time", "--series", "X", "--by", "half") if r["kind"] == "half"]
    assert len(found) == 1 and (found[0]["unit_name"], found[0]["benchmark_name"]) == ("second", "first"), found
    assert found[0]["conclusion"] == "closing", found
    for column, x in (("gap", 16), ("change_a_year", -2), ("years_to_equality", 8), ("years_to_present_level", 8)):
        assert abs(float(found[0][column]) - x) < 1e-9, (column, found)


CASES = [groups_of_which_the_lower_is_ahead, ends_that_are_shared, halves_of_a_gap, an_eigenvalue_of_one]


def main():
    wanted = sys.argv[3:]
    with tempfile.TemporaryDirectory() as work:
        for case in CASES:
            if not wanted or case.__name__ in wanted:
                case(pathlib.Path(work) / case.__name__)
    passed(len(CASES))


main()
