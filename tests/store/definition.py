# SPDX-License-Identifier: GPL-3.0-or-later
"""A result keeps its definition, wherever it is read: files of format 2 are read and written on; what a file says
twice must agree; names that Rift does not know, and values that mean nothing, are errors."""
import contextlib
import gzip
import hashlib
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made import OLD, new_study
from support import number, passed, rift, rows, skip

try:
    import h5py
    import numpy
except ImportError as missing:
    skip(f"needs h5py: {missing}")


def words(data, path):
    return [t.decode() for t in data[path][()]]


def export(file, table):
    return rows(rift("export", file, table))


def old_file(folder):
    """The result that Rift made of OLD when it wrote format 2."""
    folder.mkdir()
    file = folder / "old.h5"
    file.write_bytes(gzip.decompress((OLD / "old.h5.gz").read_bytes()))
    return file


def check_old(file):
    """What was read is what stands there, by h5py."""
    with h5py.File(file) as data:
        node, score, rank = words(data, "node"), data["score"][()], data["rank"][()]
        country, year = words(data, "country"), list(data["year"])
        rule = dict(zip(words(data, "rule"), data["node_rule"][()].T))
        statistic = dict(zip(words(data, "treatment_statistic"),
                             numpy.moveaxis(data["treatment"][()], -1, 0)))
        series = words(data, "series")
    seen = 0
    for row in export(file, "scores"):
        at = node.index(row["node"]), year.index(int(row["year"])), country.index(row["country"])
        numpy.testing.assert_equal(number(row["value"]), score[at])
        assert int(row["rank"] or 0) == rank[at]
        seen += 1
    assert seen > 150
    for row in export(file, "weights"):
        at = node.index(row["node"])
        numpy.testing.assert_equal(number(row["votes_sd"]), rule["vote_sd"][at])
        numpy.testing.assert_equal(number(row["n_experts"]), rule["experts"][at])
    assert {r["method"] for r in export(file, "weights")} >= {"owa", "mean-min", "mazziotta-pareto",
                                                             "percentile-rank", "goalposts"}
    names = ["none", "winsorise", "percentiles", "fences", "log", "log-mirrored", "log-gii", "box-cox"]
    treated = export(file, "treatment")
    assert {r["method"] for r in treated} >= {"winsorise", "log"}
    for row in treated:
        s = series.index(row["series"])
        assert row["method"] == names[int(statistic["method"][s, 0])], row


def check_format_2(work):
    file = old_file(work / "old")
    check_old(file)
    before = {t: rift("export", file, t) for t in ("scores", "weights", "treatment", "divide")}
    removal = rift("audit", file, "removal")
    assert "removal" in removal
    rift("audit", file.parent, "--store")  # stores its tables, and the file in today's format
    with h5py.File(file) as data:
        assert data.attrs["rift_format"] == b"3" and data.attrs["rift_definition_format"] == b"2"
        assert b"winsorise" in data["treatment_method"][()].ravel()
    for table, text in before.items():
        assert rift("export", file, table) == text, table
    assert rift("audit", file, "removal") == removal
    rift("run", work / "study" / "studies" / "old.yaml", "-o", work / "no", code=1)  # old keys


@contextlib.contextmanager
def changed(file, work):
    """A copy of a result, to be changed; its path."""
    copy = work / "changed.h5"
    shutil.copy(file, copy)
    with h5py.File(copy, "r+") as data:
        yield copy, data


def refused(copy, says, command=("show",), table=("ranking",)):
    assert "by its digest" in rift(*command, copy, *table, code=1)
    told = rift(*command, copy, *table, "--no-verify", code=1)
    assert says in told, told


def set_text(data, name, text):
    """Change a kept text, and its hash with it."""
    row = words(data, "provenance/definition").index(name)
    data["provenance/definition_text"][row] = text
    data["provenance/definition_sha256"][row] = hashlib.sha256(text.encode()).hexdigest()


def check_unknown(file, work):
    with changed(file, work) as (copy, data):
        row = words(data, "provenance/definition").index("../indices/new.yaml")
        text = words(data, "provenance/definition_text")[row]
        set_text(data, "../indices/new.yaml", text.replace("method: owa", "method: ows"))
    refused(copy, "changed.h5:../indices/new.yaml:")
    refused(copy, "unknown method 'ows'; did you mean 'owa'?", ("audit",), ("removal",))
    refused(copy, "this Rift cannot read the definition stored in it")
    with changed(file, work) as (copy, data):
        data["provenance/definition_text"][row] = text.replace("[3, 2, 1]", "[1, 2, 3]")
    refused(copy, "its SHA-256 differs")
    with changed(file, work) as (copy, data):
        set_text(data, "../indices/new.yaml", text.replace("[access, use, skills]", "[use, access, skills]"))
    refused(copy, "'node' has 'access' where its definition has 'use'")
    for name, value, says in [
            ("node_method", "arithmetik", "'node_method' has 'arithmetik' where its definition has 'owa'"),
            ("treatment_method", "winsorize", "treatment that this Rift does not know, 'winsorize'"),
            ("input_origin", 77, "'input_origin' has the value 77, which has no meaning"),
            ("exclusion", -1, "'exclusion' has the value -1, which has no meaning"),
            ("node_parent", 7, "'node_parent' has 7 where its definition has -1"),
            ("year", 1999, "its years have a gap"),
            ("membership", 9, "the groups are damaged")]:
        with changed(file, work) as (copy, data):
            data[name][(0,) * data[name].ndim] = value
        refused(copy, says)
    with changed(file, work) as (copy, data):
        data.attrs["rift_format"] = numpy.bytes_("4")
    assert "the file has result format 4, this Rift" in rift("show", copy, "ranking", code=1)


def check_same_scores(old, new):
    """The definition of format 2, read by its old keys, is the one with today's keys."""
    with h5py.File(old) as a, h5py.File(new) as b:
        for name in ("score", "rank", "normalised", "coverage", "effective_weight", "node_rule",
                     "goalpost_low", "goalpost_high", "treatment_raised", "weighing_cells"):
            numpy.testing.assert_array_equal(a[name][()], b[name][()], name)
        for name in ("node", "node_method", "node_unit", "denominator", "goalpost_source",
                     "treatment_method"):
            assert a[name][()].tolist() == b[name][()].tolist(), name
        kept = words(b, "provenance/definition")
        assert kept == ["new.yaml", "../series/new.yaml", "../indices/new.yaml", "../data/votes.csv"], kept


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        new = new_study(work)
        check_format_2(work)
        check_same_scores(work / "old" / "old.h5", new)
        check_unknown(new, work)
        (work / "rift").write_text("no result")  # HDF5 looks for files by the name it is given
        assert rift("export", new, "scores", cwd=work) == rift("export", new, "scores")
        passed(5)


main()
