# SPDX-License-Identifier: GPL-3.0-or-later
"""One writer at a time, and every change whole: a second command is refused at once, a result that was
replaced by other hands since it was read is left as it is, and a study does not write over the result of another."""
import errno
import os
import pathlib
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from hooked import HOOK, Held, digest, each, fails, fresh, left

ROOT = os.geteuid() == 0
BUSY = "another run writes here"


def panel(project, result):
    return subprocess.run([project.environment.get("RIFT", sys.argv[1]), "export", str(result), "panel"], cwd=project.work,
                          env=project.environment, capture_output=True, text=True, check=True).stdout


def check_audit_against_run(project):
    """F3: the run that comes while audit is at work is refused, and neither is lost."""
    out = fresh(project, "audited")
    for command in ("audit", "divide", "converge", "forecast", "paradox"):
        replicates = ["--replicates", "3"] if command == "divide" else []
        held = Held(project, ".tmp", command, out, *replicates, "--store")
        project.edition("new")
        before = digest(out)
        fails(project, BUSY, "run", "study.yaml", "-q", "-o", out)
        fails(project, BUSY, "audit", out, "--store")
        fails(project, BUSY, "plot", "audited", "gini", "-o", out)
        assert digest(out) == before
        code, said = held.release()
        assert code == 0, (command, said)
        assert digest(out) != before
    old = panel(project, out)
    project.good("run", "study.yaml", "-q", "-o", out)
    assert panel(project, out) != old
    assert not left(project.work)


def check_changed_since_read(project):
    """Hands that know no lock: the file in place is not the one that was read, and stays."""
    newer = fresh(project, "newer", "new") / "districts.h5"
    for how in ("rename", "in place", "same size", "gone", "touched"):
        out = fresh(project, "by-hand")
        result = out / "districts.h5"
        held = Held(project, ".tmp", "audit", out, "--store")
        if how == "rename":
            shutil.copy(newer, out / "x")
            os.replace(out / "x", result)
        elif how == "in place":
            shutil.copyfile(newer, result)
        elif how == "same size":
            info, data = result.stat(), bytearray(result.read_bytes())
            data[-1] ^= 1
            with open(result, "r+b") as file:
                file.write(data)
            os.utime(result, ns=(info.st_atime_ns, info.st_mtime_ns))
        elif how == "gone":
            result.unlink()
        else:
            os.utime(result, (1, 1))
        before = digest(out)
        code, said = held.release()
        assert code == 3 and "has changed since it was read" in said, (how, code, said)
        assert digest(out) == before and not left(project.work), how


def check_others_are_refused(project):
    """Whatever changes files of a folder of results holds its lock, and the second fails at once."""
    out = fresh(project, "busy")
    project.good("ingest", "-q", "panel.csv", "-o", out / "panel.h5")
    source = fresh(project, "source")
    changes = [["run", "study.yaml", "-q", "-o", out], ["audit", out / "districts.h5", "--store"],
               ["ingest", "-q", "panel.csv", "-o", out / "panel.h5"],
               ["export", source, "--to", "coinr", "-o", out], ["plot", source, "gini", "-o", out],
               ["import", "coinr", "iData.csv", "iMeta.csv", "-o", out, "--force"]]
    for first in changes:
        held = Held(project, ".tmp" if first[0] in ("audit", "ingest") else ".rift-staging", *first)
        before = digest(out)
        for second in changes:
            said = fails(project, BUSY, *second)
            assert str(out) in said, said
        assert digest(out) == before
        code, said = held.release()
        assert code == 0, (first, said)
    # Two first runs into a folder that is not there yet.
    held = Held(project, ".rift-staging", "run", "study.yaml", "-q", "-o", "first/of/two")
    fails(project, BUSY, "run", "study.yaml", "-q", "-o", "first/of/two")
    assert not (project.work / "first" / "of" / "two").exists()
    code, said = held.release()
    assert code == 0 and (project.work / "first" / "of" / "two" / "districts.h5").exists(), said
    # A table is no result: it may be written at any time, into a folder that is exchanged meanwhile.
    held = Held(project, ".tmp", "export", out / "districts.h5", "scores", "-o", out / "scores.csv")
    project.good("run", "study.yaml", "-q", "-o", out)
    code, said = held.release()
    assert code == 0 and (out / "scores.csv").read_text().startswith("country,year,node,"), said
    assert not left(project.work)


def check_table_is_not_lost(project):
    """A table that is put into the old folder just before it is exchanged stands in the new one."""
    out = fresh(project, "late")
    (out / "scores.csv").write_text("old")
    held = Held(project, "scores.csv", "export", out, "scores", "-o", out / "scores.csv")
    project.edition("new")
    project.good("run", "study.yaml", "-q", "-o", out)
    code, said = held.release()
    assert code == 0, said
    assert (out / "scores.csv").read_text().startswith("country,year,node,"), ((out / "scores.csv").read_text()[:99], left(project.work))
    assert not left(project.work), left(project.work)


def check_lock_file(project):
    """A lock file that a command made in a folder that had none goes again; one with a record stays."""
    result = fresh(project, "records") / "districts.h5"
    bare = project.work / "bare"
    bare.mkdir()
    shutil.copy(result, bare)
    project.good("audit", bare, "--store")
    project.good("plot", bare, "gini", "-o", bare / "figures")
    project.good("export", bare, "--to", "coinr", "-o", bare)
    assert not list(bare.rglob(".rift*")), list(bare.rglob(".rift*"))
    (bare / ".rift-lock").touch()     # as a killed command leaves it
    project.good("audit", bare, "--store")
    assert not (bare / ".rift-lock").exists()
    record = (result.parent / ".rift-lock").read_text()
    assert record.splitlines()[0] == f"districts.h5\t{os.path.realpath(project.work)}/study.yaml\t../study.yaml", record
    project.good("audit", result, "--store")
    assert (result.parent / ".rift-lock").read_text() == record
    # Where there are no locks, that is said, and nothing is written.
    before = digest(bare)
    for number in (errno.ENOLCK, errno.EOPNOTSUPP):
        fails(project, "the file system has no locks (flock)", "run", "study.yaml", "-q", "-o", bare, refuse="flock",
              do=number)
        fails(project, "the file system has no locks (flock)", "audit", bare, "--store", refuse="flock", do=number)
        project.good("export", bare, "scores", "-o", "no-lock.csv", refuse="flock", do=number)
    assert digest(bare) == before and not left(project.work)
    for make in (lambda p: p.mkdir(), lambda p: os.mkfifo(p), lambda p: p.symlink_to("districts.h5")):
        lock = bare / ".rift-lock"
        make(lock)
        fails(project, "cannot write in the folder", "audit", bare, "--store")
        lock.rmdir() if lock.is_dir() and not lock.is_symlink() else lock.unlink()
    # One that goes round and round: each takes the lock or is refused, and the file never survives the last.
    def hammer():
        for _ in range(8):
            code, said = project.call("audit", bare, "--store")
            assert code in (0, 3) and (code == 0 or BUSY in said), (code, said)
    threads = [threading.Thread(target=hammer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not (bare / ".rift-lock").exists()
    project.good("show", bare, "importance")


def check_nothing_left(project):
    """What fails leaves no folder that it made; a clean-up that fails is told."""
    fresh(project, "source")
    for name, arguments in (("run", ["run", "study.yaml", "-q"]), ("import", ["import", "coinr", "iData.csv", "iMeta.csv"]),
                            ("plot", ["plot", "source", "gini"]), ("coinr", ["export", "source", "--to", "coinr"])):
        n = int_of(project, [*arguments, "-o", f"none/{name}/x"])
        shutil.rmtree(project.work / "none")
        for at in range(3, n, max(1, n // 6)):
            code, said = project.call(*arguments, "-o", f"none/{name}/x", at=at, do=errno.ENOSPC)
            assert code in (0, 3), (arguments, at, said)
            assert code == 0 or not (project.work / "none").exists() or "could not be removed" in said, (arguments, at, said)
            shutil.rmtree(project.work / "none", ignore_errors=True)
    # The study is wrong only where its data are read: the folder was made by then.
    bad = (project.work / "study.yaml").read_text().replace("districts.csv", "gone.csv")
    (project.work / "bad.yaml").write_text(bad)
    fails(project, "gone.csv", "run", "bad.yaml", "-q", "-o", "none/x", code=1)
    assert not (project.work / "none").exists() and not left(project.work)


def int_of(project, arguments):
    project.good(*arguments, count=project.work / "n")
    return int((project.work / "n").read_text())


def check_another_study(project):
    """F: a copy of a study with the code left as it is does not write over the first one's result."""
    work = project.work
    project.edition("old")
    out = fresh(project, "shared")
    text = (work / "study.yaml").read_text()
    (work / "copy.yaml").write_text(text.replace("title:", "title: My own,"))
    before = digest(out)
    said = fails(project, "is the result of another study", "run", "copy.yaml", "-q", "-o", out, code=1)
    assert f"{out}/districts.h5 is the result of another study, '{os.path.realpath(work)}/study.yaml'" in said, said
    assert "change 'code'" in said and "-o" in said and "--force" in said and said.startswith("copy.yaml: error:"), said
    assert digest(out) == before
    # It is found before data are read: these are wrong.
    (work / "copy.yaml").write_text(text.replace("districts.csv", "bad-data.csv"))
    assert "bad-data.csv" not in fails(project, "another study", "run", "copy.yaml", "-q", "-o", out, code=1)
    (work / "copy.yaml").write_text(text + "# changed\n")
    project.good("run", "copy.yaml", "-q", "-o", out, "--force")
    fails(project, "copy.yaml'", "run", "study.yaml", "-q", "-o", out, code=1)
    project.good("run", "copy.yaml", "-q", "-o", out)
    project.good("run", work / "copy.yaml", "-q", "-o", out)
    (work / "by-link.yaml").symlink_to("copy.yaml")
    project.good("run", "by-link.yaml", "-q", "-o", out)
    # The same study where the project was moved, or its folder is seen by another path.
    moved = work / "moved"
    moved.mkdir()
    for name in ("copy.yaml", "districts.csv", "district-names.csv", "good-index.yaml", "shared"):
        (shutil.copytree if (work / name).is_dir() else shutil.copy)(work / name, moved / name)
    (moved / "copy.yaml").write_text(text + "# changed again\n")
    project.good("run", "copy.yaml", "-q", "-o", "shared", cwd=moved)
    # Another path, the same name: the same study where the texts are the same.
    apart = work / "apart"
    apart.mkdir()
    for name in ("districts.csv", "district-names.csv", "good-index.yaml"):
        shutil.copy(work / name, apart / name)
    (apart / "copy.yaml").write_text((work / "copy.yaml").read_text())
    project.good("run", "copy.yaml", "-q", "-o", out)
    project.good("run", "apart/copy.yaml", "-q", "-o", out)
    (apart / "copy.yaml").rename(apart / "other.yaml")
    (work / "third").mkdir()
    for name in ("districts.csv", "district-names.csv", "good-index.yaml"):
        shutil.copy(work / name, work / "third" / name)
    (work / "third" / "copy.yaml").write_text(text)
    fails(project, "is the result of another study", "run", "third/copy.yaml", "-q", "-o", out, code=1)
    # Without a record the file name decides; a record is compared with, never opened.
    (out / ".rift-lock").unlink()
    fails(project, "'copy.yaml'", "run", "study.yaml", "-q", "-o", out, code=1)
    project.good("run", "copy.yaml", "-q", "-o", out)
    (out / ".rift-lock").write_bytes(b"districts.h5\t/etc/passwd\t../../../../etc/passwd\n\xff\0\n\t\t\n")
    fails(project, "another study", "run", "study.yaml", "-q", "-o", out, code=1)
    (out / ".rift-lock").write_text("x" * 3_000_000)
    project.good("run", "copy.yaml", "-q", "-o", out)
    # A panel, and what is no result, are not written over either.
    fails(project, "is the result of a study", "ingest", "-q", "panel.csv", "-o", out / "districts.h5", code=1)
    (out / "districts.h5").unlink()
    project.good("ingest", "-q", "panel.csv", "-o", out / "districts.h5")
    (out / ".rift-lock").unlink()
    fails(project, "'rift ingest'", "run", "study.yaml", "-q", "-o", out, code=1)
    (out / "districts.h5").write_text("not a result")
    fails(project, "cannot be read", "run", "study.yaml", "-q", "-o", out, code=1)
    project.good("run", "study.yaml", "-q", "-o", out, "--force")
    # Charts and report of another code: both results stay, and the loss is told.
    (work / "other.yaml").write_text(text.replace("code: districts", "code: other"))
    said = project.good("run", "other.yaml", "-o", out)
    for part in ("charts", "report.html", "claims.json"):
        assert f"{out}/{part}: warning: of districts.h5, is replaced by that of other.h5" in said, said
    assert (out / "districts.h5").exists() and (out / "other.h5").exists()
    assert "warning" not in project.good("run", "other.yaml", "-o", out)


def check_closed_streams(project):
    """Files that are opened while standard streams are closed get no word of what is printed."""
    out = fresh(project, "closed")
    (project.work / "other2.yaml").write_text((project.work / "study.yaml").read_text().replace("code: districts", "code: two"))
    command = f"'{os.path.abspath(sys.argv[1])}' run other2.yaml -o '{out}' <&- >&- 2>&-"
    subprocess.run(["sh", "-c", command], cwd=project.work, env=project.environment)
    record = (out / ".rift-lock").read_text()
    assert all(line.count("\t") == 2 for line in record.splitlines()), record
    assert "warning" not in record and (out / "two.h5").read_bytes()[:4] == b"\x89HDF"


CHECKS = [check_audit_against_run, check_changed_since_read, check_others_are_refused, check_table_is_not_lost, check_lock_file,
          check_nothing_left, check_another_study, check_closed_streams]


assert HOOK
each(CHECKS)
