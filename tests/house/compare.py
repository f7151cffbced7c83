#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that a change of the code changed no number.

    tests/house/compare.py BEFORE AFTER [--renamed docs/renamed.csv] [--keep DIR]
                           [--expect PATTERN]... [--study NAME]... [--meant FILE] [--drawn]

BEFORE and AFTER are two `rift` programs. Both run the shipped study and the made-up ones of
tests/house/studies, audit the results, score the indices straight from files and ingest some
messy files. Then every table that they export and every dataset and attribute of their HDF5
files are compared, bit for bit; NaN equals NaN. What differs is named: table, column, number of
cells, the first row and both values. Exit 0: nothing, 1: something, 2: usage.

BEFORE takes the shipped study of its own checkout (three folders above the program) and, where
that has no tests/house/studies, the studies in tests/house/baseline, which stay in the words
of the program before all renames. AFTER takes those of this checkout. So whoever renames a key
of the YAML changes tests/house/studies and leaves tests/house/baseline alone.

--renamed FILE   CSV `kind,old,new`. table, column (TABLE.column or any table's, new without
                 the table), dataset (a path), group (of the file, at its top), attribute
                 (PATH@NAME or NAME) map names; any row maps a word in a cell [docs/renamed.csv]
--worded FILE    CSV `old,new` of phrases in sentences and messages that only say the same in other
                 words; all else in a text, its numbers among it, must stay [wording.csv]
--expect PATTERN a difference that is meant, such as 'divide.gini', 'dataset:score*',
                 'three-layer/*' or 'table:clubs.*' (fnmatch; names are printed); again for more
--meant FILE     CSV `pattern,why` of differences from the program of tests/house/baseline that were
                 meant, each a correction or a new form of the file; none: /dev/null [meant.csv]
--study NAME     only this one; again for more
--drawn          the data files of charts too (takes gnuplot and ten times as long)
--keep DIR       keep what AFTER made in DIR, and what BEFORE made beside it as a link

What BEFORE made is kept in $RIFT_COMPARE or /tmp/rift-compare, by the program's SHA-256.
"""
import argparse
import contextlib
import csv
import fcntl
import fnmatch
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import h5py
import numpy

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parents[1]
sys.path.insert(0, str(HERE))
import made_up

MADE = ["methods", "members", "odd", "single"]
SHIPPED = ["access", "use", "capacity", "context"]


# What a program makes of a study ----------------------------------------------------------


def call(program, *arguments, cwd=None):
    """Exit status, output and messages; the environment is the same for all."""
    world = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent",
             **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, cwd=cwd, env=world,
                          timeout=600)
    return done.returncode, done.stdout, done.stderr


def is_kept_table(item):
    """Whether an item of a result file is a table: a group that lists columns, also one without rows."""
    return isinstance(item, h5py.Group) and "columns" in item.attrs


def kept_tables(path):
    """Paths of the tables in a result file."""
    found = []
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.append(name) if is_kept_table(item) else None)
    return found


def listed_tables(program):
    code, out, said = call(program, "list", "tables", "--json")
    if code != 0:
        raise SystemExit(f"{program} list tables: exit {code}: {said.decode()[-500:]}")
    return [row["table"] for row in json.loads(out)["rows"]]


def export_all(program, result, folder):
    """Every table of a result as a file of a folder; exit status of each."""
    folder.mkdir(parents=True, exist_ok=True)
    names = listed_tables(program)
    names += [path.rsplit("/", 1)[1] for path in kept_tables(result)]
    status = {}
    for name in dict.fromkeys(names):
        code, out, _ = call(program, "export", result, name, "--to", "csv")
        (folder / f"{name}.csv").write_bytes(out)
        status[f"export {name}"] = code
    return status


def only_result(folder):
    found = sorted(folder.glob("*.h5"))
    return found[0] if len(found) == 1 else None


def make(program, study, index, data, folder, drawn):
    """Run, audit, export and score one study; exit statuses."""
    out = folder / "result"
    options = ["-o", out, "--no-report"] + ([] if drawn else ["--no-charts"])
    code, _, said = call(program, "run", study, *options)
    status, notes = {"run": code}, {"run": said.decode(errors="replace")[-2000:]}
    result = only_result(out) if code == 0 else None
    if result:
        # programs before --store kept what they answered without being told
        keeps = ["--store"] if b"--store" in call(program, "audit", "--help")[1] else []
        code, _, said = call(program, "audit", result, *keeps, "-q")
        status["audit"], notes["audit"] = code, said.decode(errors="replace")[-2000:]
        status.update(export_all(program, result, folder / "tables"))
    code, scores, said = call(program, "score", index, "--data", *data, "-q")
    (folder / "tables").mkdir(exist_ok=True)
    (folder / "tables" / "(score).csv").write_bytes(scores)
    status["score"], notes["score"] = code, said.decode(errors="replace")[-2000:]
    return status, notes


def make_panel(program, work, folder):
    """A panel of messy files; they are named without their folder, for that is kept."""
    panel = folder / "result" / "panel.h5"
    panel.parent.mkdir()
    data = ["messy.csv", "messy-long.csv", "use.csv"]
    code, _, said = call(program, "ingest", *data, "-o", panel, "--keep-going", "-q", cwd=work)
    status = {"ingest": code}
    if panel.exists():
        status.update(export_all(program, panel, folder / "tables"))
    return status, {"ingest": said.decode(errors="replace")[-2000:]}


def make_all(program, tree, studies, folder, wanted, drawn):
    """All studies by one program, each into its folder, with a note of how it went."""
    work = folder / "studies"
    shutil.copytree(studies, work)
    made_up.write(work)
    shipped = [tree / "data" / f"{name}.csv" for name in SHIPPED]
    for name in wanted:
        made = folder / name
        made.mkdir()
        if name == "three-layer":
            status = make(program, tree / "indicators" / "studies" / "three-layer.yaml",
                          tree / "indicators" / "indices" / "three-layer.yaml", shipped, made, drawn)
        elif name == "ingest":
            shutil.copy(shipped[1], work)
            status = make_panel(program, work, made)
        else:
            status = make(program, work / f"{name}.yaml", work / f"{name}-index.yaml",
                          [work / f"{name}.csv"], made, drawn)
        (made / "status.json").write_text(json.dumps(status, indent=1))


def digest(paths):
    sum_ = hashlib.sha256()
    for path in paths:
        sum_.update(hashlib.sha256(pathlib.Path(path).read_bytes()).digest())
    return sum_.hexdigest()[:24]


@contextlib.contextmanager
def lock(path):
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def cached(program, tree, studies, wanted, drawn):
    """The folder of what a program made; made now where it is not there yet."""
    store = pathlib.Path(os.environ.get("RIFT_COMPARE", "/tmp/rift-compare"))
    store.mkdir(parents=True, exist_ok=True)
    key = digest([program, HERE / "made_up.py", HERE / "compare.py", *sorted(studies.glob("*"))])
    folder = store / f"{key}{'-drawn' if drawn else ''}"
    folder.mkdir(exist_ok=True)
    for name in wanted:
        with lock(store / f"{folder.name}.{name}.lock"):
            if not (folder / name).exists():
                with tempfile.TemporaryDirectory(dir=store) as work:
                    make_all(program, tree, studies, pathlib.Path(work) / "made", [name], drawn)
                    os.rename(pathlib.Path(work) / "made" / name, folder / name)
    return folder


# Names old and new -------------------------------------------------------------------------


class Renames:
    """docs/renamed.csv; an old name without a row is its own new name."""

    def __init__(self, path):
        self.row = {}
        self.words = {}
        self.phrases = []
        if path and pathlib.Path(path).exists():
            with open(path, newline="", encoding="utf-8") as text:
                for row in csv.DictReader(text):
                    self.row.setdefault(row["kind"], {})[row["old"]] = row["new"]
                    self.words.setdefault(row["old"], set()).add(row["new"])

    def table(self, name):
        return self.row.get("table", {}).get(name, name)

    def column(self, table, name):
        of = self.row.get("column", {})
        new = of.get(f"{table}.{name}", of.get(f"{self.table(table)}.{name}", of.get(name, name)))
        return new.rsplit(".", 1)[-1] if "." in new and new.split(".")[0] in (table, self.table(table)) else new

    def dataset(self, path, is_table):
        """A path of the file; `is_table` tells whether its parent is a table."""
        of = self.row.get("dataset", {})
        if path in of:
            return of[path]
        head, _, last = path.rpartition("/")
        if not head:
            return self.row.get("group", {}).get(path, path)
        if is_table(head):
            return f"{self.dataset(head, is_table)}/{self.column(head.rsplit('/', 1)[-1], last)}"
        if is_table(path):
            last = self.table(last)
        return f"{self.dataset(head, is_table)}/{last}"

    def attribute(self, path, name):
        of = self.row.get("attribute", {})
        return of.get(f"{path}@{name}", of.get(name, name))

    def read_phrases(self, path):
        if path and pathlib.Path(path).exists():
            with open(path, newline="", encoding="utf-8") as text:
                self.phrases = [(row["old"], row["new"]) for row in csv.DictReader(text)]

    def is_word(self, old, new):
        if new in self.words.get(old, ()):
            return True
        said = old
        for before, after in self.phrases:
            if before in said and after in new:
                said = said.replace(before, after)
        return said == new


# What differs ------------------------------------------------------------------------------


class Report:
    """Differences by name; those expected are counted apart."""

    def __init__(self, patterns):
        self.patterns = patterns
        self.found, self.expected, self.renamed = [], [], 0
        self.used = set()
        self.meant = {}
        self.known = 0

    def add(self, study, kind, name, what):
        forms = [name, f"{kind}:{name}", f"{study}/{name}", f"{study}/{kind}:{name}"]
        hits = [p for p in self.patterns if any(fnmatch.fnmatchcase(form, p) for form in forms)]
        self.used.update(hits)
        if not hits and any(fnmatch.fnmatchcase(form, p) for form in forms for p in self.meant):
            self.known += 1
            return
        (self.expected if hits else self.found).append((study, f"{kind}:{name}", what))


def as_number(text):
    try:
        return float(text)
    except ValueError:
        return None


def how_far(pairs):
    """The largest relative difference of numbers among pairs of texts, in words."""
    numbers = [(as_number(a), as_number(b)) for a, b in pairs]
    sizes = [abs(a - b) / max(abs(a), abs(b), 1e-300) for a, b in numbers
             if a is not None and b is not None and a == a and b == b]
    return f", up to {max(sizes):.1e} of the value" if sizes else ""


def where_they_part(a, b, wide=100):
    """Two texts, cut to what lies around the first character that differs."""
    at = len(os.path.commonprefix([a, b]))
    first = max(0, at - wide // 2) if max(len(a), len(b)) > wide else 0
    return tuple(("..." if first else "") + t[first:first + wide] for t in (a, b))


def cells_differ(report, study, kind, name, before, after, where):
    """Two lists of texts. `where` puts a row in words."""
    pairs = []
    for row, (a, b) in enumerate(zip(before, after)):
        if a != b:
            if report.renames.is_word(a, b):
                report.renamed += 1
            else:
                pairs.append((row, a, b))
    if pairs:
        row, a, b = pairs[0]
        a, b = where_they_part(a, b)
        report.add(study, kind, name, f"{len(pairs)} of {len(before)} differ{how_far([p[1:] for p in pairs])}; "
                   f"first in row {row + 1}{where(row)}: {a!r} -> {b!r}")


def read_table(path):
    with open(path, newline="", encoding="utf-8", errors="surrogateescape") as text:
        rows = list(csv.reader(text))
    return (rows[0], rows[1:]) if rows else ([], [])


def words_of(head, rows):
    """The first columns of words, to say which row is meant."""
    column = [c for c in range(len(head)) if rows and as_number(rows[0][c]) is None][:4]
    column += [c for c, name in enumerate(head) if name == "year" and c not in column]
    return lambda row: " (" + ", ".join(f"{head[c]} {rows[row][c][:40]}" for c in column
                                         if rows[row][c]) + ")"


def only_more(rows, more):
    """Rows of a longer list that are not in the shorter, if that is in it, in order; else None."""
    found, at = [], 0
    for number, row in enumerate(more):
        if at < len(rows) and rows[at] == row:
            at += 1
        else:
            found.append(number)
    return found if at == len(rows) else None


def rows_differ(report, study, name, rows, new_rows):
    """Say how many rows there are more or less; True where the others are the same."""
    fewer = len(new_rows) < len(rows)
    more = only_more(new_rows, rows) if fewer else only_more(rows, new_rows)
    text = f"{len(rows)} rows -> {len(new_rows)}"
    if more is not None:
        first = (rows if fewer else new_rows)[more[0]]
        text += (f"; the others are the same, {'missing' if fewer else 'new'} is first row {more[0] + 1}: "
                 + ", ".join(first)[:160])
    report.add(study, "table", name, text)
    return more is not None


def compare_table(report, study, name, before, after):
    head, rows = read_table(before)
    new_head, new_rows = read_table(after)
    wanted = [report.renames.column(name, c) for c in head]
    report.renamed += sum(a != b for a, b in zip(head, wanted))
    if any(len(r) != len(head) for r in rows) or any(len(r) != len(new_head) for r in new_rows):
        if before.read_bytes() != after.read_bytes():
            report.add(study, "table", name, "not a table, and not the same")
        return 0
    for c in sorted(set(wanted) - set(new_head), key=wanted.index):
        report.add(study, "table", f"{name}.{c}", "the column is missing")
    for c in sorted(set(new_head) - set(wanted), key=new_head.index):
        report.add(study, "table", f"{name}.{c}", "the column is new")
    shared = [c for c in wanted if c in new_head]
    if shared != [c for c in new_head if c in wanted]:
        report.add(study, "table", name, "its columns stand in another order")
    if len(rows) != len(new_rows):
        pick = [(wanted.index(c), new_head.index(c)) for c in shared]
        if rows_differ(report, study, name, [[r[a] for a, _ in pick] for r in rows],
                       [[r[b] for _, b in pick] for r in new_rows]):
            return len(rows) * len(shared)
    where = words_of(wanted, rows)
    for c in shared:
        old, new = wanted.index(c), new_head.index(c)
        cells_differ(report, study, "table", f"{name}.{c}", [r[old] for r in rows],
                     [r[new] for r in new_rows], where)
    return len(rows) * len(shared)


def compare_tables(report, study, before, after, skip):
    # what BEFORE could not export, it does not have
    there = {"before": before / "tables", "after": after / "tables"}
    names = {p.stem for p in there["before"].glob("*.csv")}
    new_names = {p.stem for p in there["after"].glob("*.csv")}
    wanted = {report.renames.table(n): n for n in names}
    report.renamed += sum(a != b for a, b in wanted.items())
    for n in sorted(set(wanted) - new_names):
        report.add(study, "table", n, "the table is missing")
    for n in sorted(new_names - set(wanted)):
        report.add(study, "table", n, "the table is new")
    cells = 0
    for new, old in sorted(wanted.items()):
        if new in new_names and old not in skip:
            cells += compare_table(report, study, old, there["before"] / f"{old}.csv",
                                   there["after"] / f"{new}.csv")
    return len(wanted), cells


UNTOLD = {"DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid", "_Netcdf4Coordinates", "_nc3_strict"}


def as_texts(value):
    """The cells of a dataset or an attribute as texts that tell every bit apart but NaNs."""
    array = numpy.asarray(value)
    if array.dtype.kind == "f":
        return [("nan" if x != x else repr(x)) for x in array.ravel().tolist()]
    return [x.decode(errors="surrogateescape") if isinstance(x, bytes) else str(x) for x in array.ravel().tolist()]


def same_bits(a, b):
    if a.dtype != b.dtype or a.shape != b.shape:
        return False
    if a.dtype.kind == "f":
        missing = numpy.isnan(a)
        return bool((missing == numpy.isnan(b)).all() and a[~missing].tobytes() == b[~missing].tobytes())
    return bool(numpy.array_equal(a, b))


def compare_values(report, study, kind, name, a, b):
    a, b = numpy.asarray(a), numpy.asarray(b)
    if a.shape != b.shape:
        report.add(study, kind, name, f"shape {a.shape} -> {b.shape}")
    elif a.dtype != b.dtype and (a.dtype.kind not in "SO" or b.dtype.kind not in "SO"):
        report.add(study, kind, name, f"type {a.dtype} -> {b.dtype}")
    elif not same_bits(a, b):
        index = lambda row: f" {tuple(int(i) for i in numpy.unravel_index(row, a.shape))}" if a.ndim > 1 else ""
        cells_differ(report, study, kind, name, as_texts(a), as_texts(b), index)


def translate_columns(renames, table, text):
    """The attribute that lists a table's columns, in new names."""
    lines = [line.split(" ") for line in text.split("\n")]
    return "\n".join(" ".join([renames.column(table, line[0])] + line[1:]) for line in lines)


def compare_attributes(report, study, path, new_path, old, new, skip):
    renames = report.renames
    wanted = {renames.attribute(path, n): n for n in old.attrs if n not in UNTOLD}
    new_names = {n for n in new.attrs if n not in UNTOLD}
    for n in sorted(set(wanted) - new_names):
        report.add(study, "attribute", f"{new_path}@{n}", "the attribute is missing")
    for n in sorted(new_names - set(wanted)):
        report.add(study, "attribute", f"{new_path}@{n}", "the attribute is new")
    for n in sorted(set(wanted) & new_names):
        a, b = old.attrs[wanted[n]], new.attrs[n]
        if n == "NAME" or f"{path}@{n}" in skip:
            continue
        if n == "columns" and isinstance(old, h5py.Group):
            a = translate_columns(renames, path.rsplit("/", 1)[-1], numpy.asarray(a).item().decode()).encode()
        if n == "long_name" and as_texts(b) == [renames.column(path.split("/")[-2] if "/" in path else "", t)
                                                for t in as_texts(a)]:
            continue
        compare_values(report, study, "attribute", f"{new_path}@{n}", a, b)


def compare_files(report, study, before, after, skip):
    with h5py.File(before) as old, h5py.File(after) as new:
        paths, new_paths = [], []
        old.visit(paths.append)
        new.visit(new_paths.append)
        is_table = lambda path: is_kept_table(old.get(path))
        wanted = {report.renames.dataset(p, is_table): p for p in paths}
        report.renamed += sum(a != b for a, b in wanted.items())
        for p in sorted(set(wanted) - set(new_paths)):
            report.add(study, "dataset", p, "it is missing")
        for p in sorted(set(new_paths) - set(wanted)):
            report.add(study, "dataset", p, "it is new")
        compare_attributes(report, study, "", "", old, new, skip)
        for p in sorted(set(wanted) & set(new_paths)):
            a, b = old[wanted[p]], new[p]
            if type(a) is not type(b):
                report.add(study, "dataset", p, f"{type(a).__name__} -> {type(b).__name__}")
                continue
            compare_attributes(report, study, wanted[p], p, a, b, skip)
            if isinstance(a, h5py.Dataset) and a.shape != b.shape and is_table(wanted[p].rpartition("/")[0]) \
                    and not p.endswith("/row"):
                continue  # of a table of another length its dimension is told
            if isinstance(a, h5py.Dataset) and p not in skip:
                compare_values(report, study, "dataset", p, a[()], b[()])
        return len(paths)


def definitions(path):
    """The sums of what a result was made by."""
    with h5py.File(path) as file:
        sums = file.get("provenance/definition_sha256")
        return as_texts(sums[()]) if sums else []


def compare_drawn(report, study, before, after):
    n = 0
    for path in sorted((before / "result" / "charts").glob("*")):
        if path.suffix in (".svg", ".png"):
            continue
        n += 1
        other = after / "result" / "charts" / path.name
        if not other.exists():
            report.add(study, "chart", path.name, "the file is missing")
        elif path.read_bytes() != other.read_bytes():
            a, b = path.read_text(errors="replace").split("\n"), other.read_text(errors="replace").split("\n")
            row = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            report.add(study, "chart", path.name, f"line {row + 1} of {len(a)} and {len(b)}: "
                       f"{a[row:row + 1]!r} -> {b[row:row + 1]!r}")
    return n


def compare_study(report, study, before, after, drawn=False):
    """One study made by two programs; a line of what was compared."""
    (status, notes), (new_status, new_notes) = (json.loads((f / "status.json").read_text())
                                                for f in (before, after))
    for step in sorted(set(status) | set(new_status)):
        a, b = status.get(step), new_status.get(step)
        if a != b and not step.startswith("export "):
            report.add(study, "exit", step, f"{a} -> {b}: {new_notes.get(step, '')[-600:]}")
        elif step.startswith("export ") and step in status:
            b = new_status.get(f"export {report.renames.table(step[7:])}")
            if b is not None and a != b:
                report.add(study, "exit", step, f"{a} -> {b}")
    if any(name == "exit:run" for where, name, _ in report.found if where == study):
        return f"{study}: one of the runs failed, so that nothing was compared"
    old, new = (only_result(f / "result") if (f / "result").exists() else None for f in (before, after))
    skip, tables, n = set(), set(), 0
    if old and new and definitions(old) != definitions(new):
        skip = {f"provenance/definition{x}" for x in ("", "_sha256", "_size", "_text")}
        tables = {"provenance"}
    n_table, n_cell = compare_tables(report, study, before, after, tables)
    if old and new:
        n = compare_files(report, study, old, new, skip)
    text = f"{study}: {n_table} tables with {n_cell} cells, {n} datasets and groups"
    if drawn:
        text += f", {compare_drawn(report, study, before, after)} files of charts"
    return text


def options(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=pathlib.Path)
    parser.add_argument("after", type=pathlib.Path)
    parser.add_argument("--renamed", type=pathlib.Path, default=TREE / "docs" / "renamed.csv")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--expect", action="append", default=[])
    parser.add_argument("--meant", type=pathlib.Path, default=HERE / "meant.csv")
    parser.add_argument("--worded", type=pathlib.Path, default=HERE / "wording.csv")
    parser.add_argument("--study", action="append", choices=["three-layer", *MADE, "ingest"])
    parser.add_argument("--drawn", action="store_true")
    return parser.parse_args(arguments)


def tell(report):
    for study, name, what in report.found:
        print(f"DIFFERS {study}/{name}: {what}")
    for study, name, what in report.expected:
        print(f"expected {study}/{name}: {what}")
    for pattern in sorted(set(report.patterns) - report.used):
        print(f"note: nothing matches --expect '{pattern}'")
    print(f"{len(report.found)} differences, {len(report.expected)} expected, {report.known} meant (meant.csv), "
          f"{report.renamed} renamed")


def main(arguments=None):
    told = options(arguments)
    before, after = told.before.resolve(), told.after.resolve()
    tree = before.parents[2]
    own = tree / "tests" / "house" / "studies"
    wanted = told.study or ["three-layer", *MADE, "ingest"]
    first = cached(before, tree, own if own.exists() else HERE / "baseline", wanted, told.drawn)
    report = Report(told.expect)
    with open(told.meant, newline="", encoding="utf-8") as text:
        report.meant = {row["pattern"]: row["why"] for row in csv.DictReader(text)}
    report.renames = Renames(told.renamed)
    report.renames.read_phrases(told.worded)
    with contextlib.ExitStack() as stack:
        if told.keep:
            shutil.rmtree(told.keep, ignore_errors=True)
            told.keep.mkdir(parents=True)
            second = told.keep.resolve() / "after"
            (told.keep / "before").symlink_to(first)
        else:
            second = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory())) / "after"
        make_all(after, TREE, HERE / "studies", second, wanted, told.drawn)
        for study in wanted:
            print(compare_study(report, study, first / study, second / study, told.drawn), flush=True)
    tell(report)
    return 1 if report.found else 0


if __name__ == "__main__":
    sys.exit(main())
