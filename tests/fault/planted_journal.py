# SPDX-License-Identifier: GPL-3.0-or-later
"""A change that was noted in `.rift-commit` and not finished is finished by the next command only where that command's own user
began it in that very place: a folder that comes from elsewhere, or belongs to somebody else, writes nothing anywhere."""
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from hooked import digest, each, fresh, left

ROOT = os.geteuid() == 0
WARNING = "warning: holds .rift-commit of another user, or copied from elsewhere"
ERROR = WARNING.replace("warning", "error")


def plant(project, out, how):
    """A journal in a folder whose moves would go to victims beside it; what they must stay."""
    victim = project.work / f"victim-{how}"
    victim.mkdir()
    (victim / "file").write_text("mine")
    (victim / "folder").mkdir()
    (victim / "folder" / "p.txt").write_text("mine too")
    journal = out / ".rift-commit"
    journal.mkdir()
    (out / "notes").symlink_to(victim / "file")
    (journal / "notes").write_text("evil")
    (out / "made").symlink_to(victim / "authorized")
    (journal / "made").write_text("evil")
    (out / "led").symlink_to(f"../{victim.name}/folder")
    (journal / "led").mkdir()
    (journal / "led" / "evil").write_text("evil")
    (journal / "districts.h5").symlink_to(victim / "file")
    (journal / "claims.json").write_text("evil")
    return victim


def arguments(out):
    return [["show", out], ["show", out / "districts.h5", "ranking"], ["verify", out], ["export", out, "scores"], ["divide", out, "split"],
            ["audit", out, "statistics"], ["check", out], ["check", out / "notes.csv"], ["export", out, "scores", "-o", out / "s.csv"],
            ["ingest", "districts.csv", "-o", out / "p.h5"], ["audit", out, "--store"]]


WHOLE = (["run", "study.yaml"], ["plot", "source", "gini"], ["export", "source", "--to", "coinr"],
         ["import", "coinr", "iData.csv", "iMeta.csv", "--force"])


def moves_of(out):
    """As a journal says of itself, by what anybody can see."""
    info = (out / ".rift-commit").stat()
    return f"journal {info.st_ino} {int(info.st_ctime)}.000000000\n"


def check_planted(project):
    fresh(project, "source")
    for how in ("bare", "marked", "copied", "unpacked"):
        out = fresh(project, how)
        victim = plant(project, out, how)
        if how == "marked":
            (out / ".rift-commit" / ".rift-moves").write_text(moves_of(out))
        if how == "copied":
            shutil.copytree(out, project.work / "other", symlinks=True)
            out = project.work / "other"
        if how == "unpacked":
            with tarfile.open(project.work / "x.tar", "w") as tar:
                tar.add(out, "got")
            with tarfile.open(project.work / "x.tar") as tar:
                tar.extractall(project.work)
            out = project.work / "got"
        (out / "notes.csv").write_text("country,year,indicator,value\nKEN,2020,x,1\n")
        was, journal = digest(victim), sorted(p.name for p in (out / ".rift-commit").rglob("*"))
        for a in arguments(out):
            code, said = project.call(*a)
            assert WARNING in said and code in (0, 1), (how, a, code, said)
            assert digest(victim) == was and (out / "claims.json").read_text() != "evil", (how, a)
        for a in WHOLE:
            code, said = project.call(*a, "-o", out)
            assert code == 3 and ERROR in said, (how, a, code, said)
            assert digest(victim) == was and (out / "claims.json").read_text() != "evil", (how, a)
        assert sorted(p.name for p in (out / ".rift-commit").rglob("*")) == journal
        shutil.rmtree(out)


def unfinished(project, out):
    """A run that was killed within its moves: the point is where a journal is there at last."""
    project.edition("new")
    (out / "own").mkdir()
    n = 0
    for at in range(10, 400):
        code, said = project.call("run", "study.yaml", "-q", "-o", out, at=at, do="kill")
        if (out / ".rift-commit" / ".rift-moves").exists():
            return True
        n += code == 0
        assert n < 3
    return False


def check_own(project):
    """What was begun here by this user is finished; a copy of it is not."""
    out = fresh(project, "own")
    assert unfinished(project, out)
    shutil.copytree(out, project.work / "copy", symlinks=True)
    code, said = project.call("show", project.work / "copy")
    assert WARNING in said and (project.work / "copy" / ".rift-commit").exists(), (code, said)
    assert "warning" not in project.good("show", out)
    assert not (out / ".rift-commit").exists() and not left(out)
    want = digest(fresh(project, "want", "new"))
    found = digest(out)
    assert {k: v for k, v in found.items() if k != "own"} == want


def check_other_user(project):
    """Root does not finish what others planted or began, nor follows their links; nor they root's."""
    if not ROOT:
        print("NOT TRIED: other users, for this is not root")
        return
    out = fresh(project, "theirs")
    victim = plant(project, out, "theirs")
    (out / ".rift-commit" / ".rift-moves").write_text(moves_of(out))
    for path in [out, *out.rglob("*")]:
        os.chown(path, 65534, 65534, follow_symlinks=False)
    was = digest(victim)
    code, said = project.call("show", out)
    assert code == 0 and WARNING in said and digest(victim) == was, (code, said)
    shutil.rmtree(out / ".rift-commit")
    # a link of theirs where a file of ours is to stand
    (out / "districts.h5").unlink()
    (out / "districts.h5").symlink_to(victim / "file")
    os.chown(out / "districts.h5", 65534, 65534, follow_symlinks=False)
    code, said = project.call("run", "study.yaml", "-o", out, "--force")
    assert code == 3 and "districts.h5: error: is a link of another user, which is not followed" in said, (code, said)
    assert digest(victim) == was and not left(project.work)
    # a folder for all, in which one of them put such a thing
    common = project.work / "common"
    common.mkdir()
    common.chmod(0o1777)
    (common / ".rift-commit").mkdir(mode=0o700)
    os.chown(common / ".rift-commit", 65534, 65534)
    said = project.good("export", fresh(project, "all"), "scores", "-o", common / "x.csv")
    assert WARNING in said and (common / "x.csv").exists()
    # and seen by somebody who may not even open it
    os.chown(common / ".rift-commit", 0, 0)
    program = project.work / "rift"
    shutil.copy(sys.argv[1], program)
    shutil.copy(project.work / "all" / "districts.h5", common / "r.h5")
    (common / "r.h5").chmod(0o644)
    done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, "show", common / "r.h5", "ranking"],
                          cwd=project.work, env=project.environment, capture_output=True, text=True)
    assert done.returncode == 0 and WARNING in done.stderr, done


each([check_planted, check_own, check_other_user])
