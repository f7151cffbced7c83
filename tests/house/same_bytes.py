# SPDX-License-Identifier: GPL-3.0-or-later
"""The same program gives the same bytes twice, and compare.py finds what is changed by one bit,
one cell, one name: a guard that can itself be trusted."""
import json
import pathlib
import shutil
import sys
import tempfile

import h5py
import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed

import compare


def differences(before, after, patterns=(), renamed=None, worded=None):
    report = compare.Report(list(patterns))
    report.renames = compare.Renames(renamed)
    report.renames.read_phrases(worded)
    compare.compare_study(report, "single", before, after)
    return [name for _, name, _ in report.found], report


def changed_number(work, before):
    """One bit of a number of the file, and the sign of a zero."""
    after = work / "bit"
    shutil.copytree(before, after)
    with h5py.File(after / "result" / "single.h5", "r+") as file:
        score = file["score"][()]
        score.flat[0] = numpy.nextafter(score.flat[0], 1e9)
        file["score"][...] = score
    found, report = differences(before, after)
    assert found == ["dataset:score"], found
    assert "1 of 28 differ" in report.found[0][2], report.found
    for pattern in ("score", "dataset:sc*", "single/*", "single/dataset:score"):
        found, report = differences(before, after, [pattern])
        assert found == [] and len(report.expected) == 1, pattern
    assert differences(before, after, ["scores"])[0] == ["dataset:score"]


def changed_table(work, before):
    after = work / "cell"
    shutil.copytree(before, after)
    path = after / "tables" / "ranking.csv"
    lines = path.read_text().split("\n")
    assert lines[1] != lines[3]
    lines[1], lines[3] = lines[3], lines[1]
    path.write_text("\n".join(lines))
    (after / "tables" / "density.csv").write_text((before / "tables" / "density.csv").read_text() + "\n")
    (after / "tables" / "weights.csv").unlink()
    status = json.loads((after / "status.json").read_text())
    status[0]["audit"] = 3
    (after / "status.json").write_text(json.dumps(status))
    found, _ = differences(before, after)
    assert {"exit:audit", "table:weights", "table:ranking.country"} <= set(found), found


def renamed(work, before):
    """A table, a column and a word that have other names: renames, not differences."""
    after = work / "names"
    shutil.copytree(before, after)
    text = (before / "tables" / "coverage.csv").read_text()
    head, rest = text.split("\n", 1)
    first = head.split(",")[0]
    (after / "tables" / "coverage.csv").unlink()
    (after / "tables" / "availability.csv").write_text(head.replace(first, "thing", 1) + "\n" + rest)
    with h5py.File(after / "result" / "single.h5", "r+") as file:
        file.move("input", "taken")
    table = work / "renamed.csv"
    found, _ = differences(before, after, renamed=table)
    assert {"table:coverage", "table:availability", "dataset:input", "dataset:taken"} <= set(found), found
    table.write_text(f"kind,old,new\ntable,coverage,availability\ncolumn,coverage.{first},thing\n"
                     "dataset,input,taken\n")
    found, report = differences(before, after, renamed=table)
    assert found == [] and report.renamed >= 3, (found, report.renamed)


def reworded(work, before):
    """A phrase in other words is no difference; a number in the same sentence is one."""
    after = work / "words"
    shutil.copytree(before, after)
    with h5py.File(after / "result" / "single.h5", "r+") as file:
        at = file["analysis_audit/acceptability"].attrs
        said = at["summary"].decode()
        assert "Over 2000 sets of weights" in said, said
        at["summary"] = numpy.bytes_(said.replace("sets of weights", "weightings"))
        phrases = work / "wording.csv"
        phrases.write_text("old,new\nsets of weights,weightings\n")
    name = "attribute:analysis_audit/acceptability@summary"
    assert differences(before, after)[0] == [name]
    assert differences(before, after, worded=phrases)[0] == []
    with h5py.File(after / "result" / "single.h5", "r+") as file:
        at = file["analysis_audit/acceptability"].attrs
        at["summary"] = numpy.bytes_(said.replace("2000 sets of weights", "2001 weightings"))
    assert differences(before, after, worded=phrases)[0] == [name]


def main():
    studies = SOURCE / "tests" / "house" / "studies"
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        for made in ("one", "two"):
            compare.make_all(RIFT, SOURCE, studies, work / made, ["single"], False)
        one, two = work / "one" / "single", work / "two" / "single"
        status = json.loads((one / "status.json").read_text())[0]
        assert status["run"] == status["audit"] == status["score"] == 0, status
        found, _ = differences(one, two)
        assert found == [], found
        assert (one / "result" / "single.h5").read_bytes() == (two / "result" / "single.h5").read_bytes()
        changed_number(work, one)
        changed_table(work, one)
        renamed(work, one)
        reworded(work, one)
    passed(5)


main()
