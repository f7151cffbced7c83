# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that change files are killed at, or fail in, one call of the system after the other. What they
change is then old as a whole or new as a whole, compared by SHA-256: at once, or, where a folder holds the
journal `.rift-commit`, after the next command there, which also leaves nothing unfinished behind.

    tests/fault/killed.py build/test/rift . [--points N] [--only CASE] [--failures]

tries N calls of each command, evenly from the first to the last (every one where N is 0); without it a few."""
import collections
import pathlib
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed

from hooked import NUMBERS, Project, digest, left


class Case:
    """A command, the folder it changes as it was and as it shall be, and who comes next."""

    def __init__(self, project, name, arguments, following, setup):
        self.project, self.name, self.arguments, self.following = project, name, arguments, following
        work = project.work
        self.out = work / "place" / "out"
        self.old, self.new = work / f"{name}-old-copy", work / f"{name}-new-copy"
        shutil.rmtree(work / "place", ignore_errors=True)
        (work / "place").mkdir()
        setup(self)
        self.was = digest(self.out)
        self.had_folder = self.out.exists()
        if self.had_folder:
            shutil.copytree(self.out, self.old, symlinks=True)
        project.edition("new")
        code, said = project.call(*arguments, count=work / "n")
        assert code == 0, (name, code, said)
        self.n = int((work / "n").read_text())
        self.shall = digest(self.out)
        assert self.was != self.shall and self.n > 5, (name, self.n)
        assert not left(work / "place")
        self.lock = (self.out / ".rift-lock").exists()

    def restore(self):
        shutil.rmtree(self.project.work / "place", ignore_errors=True)
        (self.project.work / "place").mkdir()
        if self.had_folder:
            shutil.copytree(self.old, self.out, symlinks=True)
        self.project.edition("new")

    def state(self):
        now = digest(self.out)
        if not now and not self.was:
            assert self.had_folder or not [p for p in self.out.rglob("*") if ".rift-" not in str(p)]
        return "old" if now == self.was else "new" if now == self.shall else "mixed"

    def settle(self):
        self.project.call(*self.following)

    def points(self, most):
        n = self.n if most == 0 else min(most, self.n)
        return sorted({1 + (2 * i + 1) * self.n // (2 * n) for i in range(n)} if n < self.n else range(1, self.n + 1))

    def kill(self, most, table):
        row = table[self.name]
        for point in self.points(most):
            self.restore()
            code, said = self.project.call(*self.arguments, at=point, do="kill")
            row["tried"] += 1
            assert code in (0, -signal.SIGKILL), (self.name, point, code, said)
            row["killed"] += code == -signal.SIGKILL
            state, pending = self.state(), (self.out / ".rift-commit").exists()
            row["left behind"] += bool(left(self.project.work / "place"))
            row["in a journal"] += pending
            if state == "mixed":
                row["mixed at once"] += 1
                assert pending, (self.name, point, digest(self.out))
            self.settle()
            after = self.state()
            assert after in ("old", "new"), (self.name, point, digest(self.out))
            assert after == "new" or not pending, (self.name, point)
            assert after == "new" or code != 0, (self.name, point)
            row[after] += 1
            still = left(self.project.work / "place")
            row["left after next"] += bool(still)
            assert not still, (self.name, point, still)
            if not self.had_folder and after == "old":
                assert not self.out.exists(), (self.name, point)

    def fail(self, most, table):
        """The call fails, or is cut short: the status says so unless the work was done all the same."""
        row = table[self.name]
        for kind, number in [*NUMBERS.items(), ("short", "short")]:
            for point in self.points(most):
                self.restore()
                code, said = self.project.call(*self.arguments, at=point, do=number)
                row["tried"] += 1
                assert code in (0, 3), (self.name, point, kind, code, said)
                assert code == 0 or said.strip(), (self.name, point, kind)
                pending = (self.out / ".rift-commit").exists()
                before = left(self.project.work / "place")
                told = "could not be removed" in said or ".rift-" in said or code == 3
                assert not before or told, (self.name, point, kind, before, said)
                row["left behind"] += bool(before)
                if self.state() == "mixed":
                    assert pending, (self.name, point, kind, said)
                self.settle()
                after = self.state()
                assert after == "new" if code == 0 or pending else after in ("old", "new"), (self.name, point, kind, code, said)
                row[f"{after}, status {code}"] += 1
                assert not left(self.project.work / "place"), (self.name, point, kind, said)


def result_there(case):
    case.project.edition("old")
    case.project.good("run", "study.yaml", "-q", "-o", case.out)


def with_notes(case):
    result_there(case)
    (case.out / "notes.txt").write_text("mine")
    (case.out / "link").symlink_to("notes.txt")


def with_folder(case):
    with_notes(case)
    (case.out / "own").mkdir()
    (case.out / "own" / "notes.txt").write_text("mine")


def with_table(case):
    result_there(case)
    (case.out / "scores.csv").write_text("old")


def with_panel(case):
    case.out.mkdir()
    (case.project.work / "panel-old.csv").write_text("country,year,indicator,value\nKEN,2020,x,7\n")
    case.project.good("ingest", "-q", "panel-old.csv", "-o", case.out / "panel.h5")


def with_import(case):
    (case.project.work / "iData-old.csv").write_text("uCode,Time,x,y\na,2019,9,5\nb,2019,3,4\nc,2019,2,9\n")
    case.project.good("import", "coinr", "iData-old.csv", "iMeta.csv", "-o", case.out)
    (case.out / "index.yaml").write_text("old")
    (case.out / "countries.csv").write_text("old")


def with_sheets(case):
    result_there(case)
    case.out.rename(case.out.parent / "from")
    case.out.mkdir()
    for name in ("iData.csv", "iMeta.csv", "settings.csv"):
        (case.out / name).write_text("old")


def nothing(case):
    case.project.edition("new")


def cases(project, only):
    out = project.work / "place" / "out"
    result = project.work / "source"
    project.edition("new")
    project.good("run", "study.yaml", "-q", "-o", result)
    show = ["show", out]
    rows = [
        ("run", ["run", "study.yaml", "-o", out], show, with_notes),
        ("run-journal", ["run", "study.yaml", "-o", out], show, with_folder),
        ("run-new", ["run", "study.yaml", "-o", out], ["show", out], nothing),
        ("audit", ["audit", out, "--store"], show, result_there),
        ("divide", ["divide", out, "--replicates", "5", "--store"], show, result_there),
        ("export", ["export", out, "scores", "-o", out / "scores.csv"], show, with_table),
        ("ingest", ["ingest", "panel.csv", "-o", out / "panel.h5"], ["show", out, "panel"], with_panel),
        ("import", ["import", "coinr", "iData.csv", "iMeta.csv", "-o", out, "--force"], ["check", out / "study.yaml"],
         with_import),
        ("import-new", ["import", "coinr", "iData.csv", "iMeta.csv", "-o", out], ["check", out / "study.yaml"], nothing),
        ("coinr", ["export", result, "--to", "coinr", "-o", out], ["check", out / "iData.csv"], with_sheets),
        ("plot", ["plot", result, "gini", "-o", out], show, lambda case: (result_there(case),
                                                                           (out / "gini.svg").write_text("old"))),
    ]
    for name, arguments, following, setup in rows:
        if only in (None, name):
            yield Case(project, name, arguments, following, setup)


def value_of(option, otherwise):
    return sys.argv[sys.argv.index(option) + 1] if option in sys.argv else otherwise


def print_table(table):
    columns = ["tried", "killed", "old", "new", "in a journal", "mixed at once", "left behind", "left after next"]
    columns = columns if any(row["killed"] for row in table.values()) else sorted({c for row in table.values() for c in row})
    print("| case | " + " | ".join(columns) + " |")
    total = collections.Counter()
    for name, row in table.items():
        print(f"| {name} | " + " | ".join(str(row[c]) for c in columns) + " |")
        total.update(row)
    print("| sum | " + " | ".join(str(total[c]) for c in columns) + " |")
    return total["tried"]


def main():
    most = int(value_of("--points", 3))
    killed = collections.defaultdict(collections.Counter)
    failed = collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as folder:
        project = Project(pathlib.Path(folder))
        for case in cases(project, value_of("--only", None)):
            if "--failures" not in sys.argv:
                case.kill(most, killed)
            if "--points" not in sys.argv or "--failures" in sys.argv:
                case.fail(most if "--failures" in sys.argv else 1, failed)
    passed(sum(print_table(table) for table in (killed, failed) if table))


main()
