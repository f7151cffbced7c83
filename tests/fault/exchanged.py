# SPDX-License-Identifier: GPL-3.0-or-later
"""A run replaces its folder as a whole, and with it nothing of the user's: what else is in it, what comes into it meanwhile, links
and rights; also where the system cannot exchange two folders, or may not."""
import errno
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from hooked import Held, digest, each, fails, fresh, left

ROOT = os.geteuid() == 0


def check_exchange(project, name, able=True, prepare=None, **hook):
    """A run replaces a folder and loses nothing of the user's."""
    out = fresh(project, name)
    (out / "notes.txt").write_text("mine")
    (out / "link").symlink_to("notes.txt")
    os.mkfifo(out / "pipe")
    os.chmod(out / "notes.txt", 0o604)
    (out / "charts" / "lorenz.svg").write_text("of an earlier run")
    (out / "charts" / "lorenz-curve1.tsv").write_text("of an earlier run")
    (out / "charts" / "lorenz-notes.svg").write_text("mine")
    (out / "charts" / "photo.jpg").write_text("mine too")
    os.chmod(out, 0o2751)
    os.chmod(out / "districts.h5", 0o640)
    if prepare:
        prepare(out)
    if ROOT:
        os.chown(out, 4242, 4343)
    before, inode, notes = digest(out), out.stat().st_ino, (out / "notes.txt").stat().st_ino
    project.edition("new")
    project.good("run", "study.yaml", "-q", "-o", out, **hook)
    after, info = digest(out), out.stat()
    assert (info.st_ino != inode) == able, name
    assert info.st_mode & 0o7777 == 0o2751 and (not ROOT or (info.st_uid, info.st_gid) == (4242, 4343)), info
    assert (out / "districts.h5").stat().st_mode & 0o7777 == 0o640
    mine = [n for n in before if n.split("/")[0] not in ("charts", "districts.h5", "claims.json", "report.html")]
    assert [before[n] for n in mine] == [after.get(n) for n in mine], name
    assert (out / "notes.txt").stat().st_ino == notes and stat.S_ISFIFO((out / "pipe").stat().st_mode)
    assert "charts/lorenz.svg" not in after and "charts/lorenz-curve1.tsv" not in after
    kept = [out / "charts" / n for n in ("lorenz-notes.svg", "photo.jpg")]
    assert [p.read_text() for p in kept] == ["mine", "mine too"]
    for path in kept:
        path.unlink()
        after.pop(f"charts/{path.name}")
    for n in ("districts.h5", "claims.json", "report.html", "charts/gini.svg"):
        assert before[n] != after[n], n
    assert not left(project.work), left(project.work)
    return after


def check_exchanges(project):
    whole = check_exchange(project, "plain")
    for name, able, prepare, hook in [
            ("own-folder", False, lambda out: (out / "own" / "deep").mkdir(parents=True), {}),
            ("no-exchange", False, None, {"refuse": "exchange", "do": errno.EINVAL}),
            ("no-call", False, None, {"refuse": "exchange", "do": errno.ENOSYS}),
            ("busy-mount", False, None, {"refuse": "exchange", "do": errno.EBUSY}),
            ("no-links", False, None, {"refuse": "link", "do": errno.EPERM}),
            ("full-links", False, None, {"refuse": "link", "do": errno.EMLINK})]:
        after = check_exchange(project, name, able, prepare, **hook)
        assert {k: v for k, v in after.items() if k.split("/")[0] != "own"} == whole, name
    # The current folder is not taken from under whoever stands in it.
    out = fresh(project, "current")
    project.edition("new")
    inode = out.stat().st_ino
    project.good("run", "../study.yaml", "-q", "-o", ".", cwd=out)
    assert out.stat().st_ino == inode and not left(project.work)
    project.edition("old")
    project.good("run", "../../study.yaml", "-q", "-o", "..", cwd=out / "charts")
    assert out.stat().st_ino == inode
    # Through a link to the folder; the link stays.
    (project.work / "to-plain").symlink_to("plain")
    project.edition("old")
    project.good("run", "study.yaml", "-q", "-o", "to-plain")
    assert (project.work / "to-plain").is_symlink() and digest(project.work / "plain")["districts.h5"] == digest(out)["districts.h5"]
    (project.work / "dangling").symlink_to("made/anew")
    project.good("run", "study.yaml", "-q", "-o", "dangling")
    assert (project.work / "dangling").is_symlink() and (project.work / "made" / "anew" / "districts.h5").exists()
    # Without charts and report, those that are there stay.
    project.edition("new")
    was = digest(out)
    project.good("run", "study.yaml", "-q", "-o", out, "--no-charts", "--no-report")
    now = digest(out)
    assert now["charts/gini.svg"] == was["charts/gini.svg"] and now["report.html"] == was["report.html"]
    assert now["districts.h5"] != was["districts.h5"]


def check_late(project):
    """What a user puts into a folder at the very moment that it is replaced is not lost with the old one."""
    def put(out):
        (out / "late.txt").write_text("mine")
        (out / "late" / "deep").mkdir(parents=True)
        (out / "late" / "deep" / "x.txt").write_text("mine too")
        (out / "late-link").symlink_to("late.txt")
        (out / "charts" / "photo.jpg").write_text("of mine")
        (out / "charts" / "album").mkdir()
        (out / "charts" / "album" / "x.jpg").write_text("of mine too")
        if (out / "notes.txt").exists():  # as editors save
            (out / "~notes").write_text("changed")
            (out / "~notes").rename(out / "notes.txt")

    names = {"late.txt": "mine", "late/deep/x.txt": "mine too", "late-link": "mine", "notes.txt": "changed",
             "charts/photo.jpg": "of mine", "charts/album/x.jpg": "of mine too"}
    out = fresh(project, "late")
    (out / "notes.txt").write_text("mine")
    was = digest(out)
    project.edition("new")
    held = Held(project, "EXCHANGE", "run", "study.yaml", "-o", out)
    put(out)
    code, said = held.release()
    assert code == 0 and "warning" not in said, said
    assert {n: (out / n).read_text() for n in names} == names
    assert was["districts.h5"] != digest(out)["districts.h5"] and not left(project.work), left(project.work)
    # Where it cannot be moved, the old folder stays beside the new one.
    out = fresh(project, "stuck")
    was = digest(out)
    project.edition("new")
    held = Held(project, "EXCHANGE", "run", "study.yaml", "-o", out, refuse="move", do=errno.EIO)
    put(out)
    code, said = held.release()
    kept = re.search(r"/stuck: warning: what came into the folder while it was replaced could not be moved into the new one; "
                     r"it is in '(.*)'", said)
    assert code == 0 and kept, said
    project.good("run", "study.yaml", "-q", "-o", out)
    now = digest(pathlib.Path(kept[1]))
    assert now["late/deep/x.txt"] and {n: now[n] for n in was} == was, now
    assert (out / "late.txt").read_text() == "mine" and was["districts.h5"] != digest(out)["districts.h5"]
    shutil.rmtree(kept[1])


def check_links_in_folder(project):
    """Links, pipes and devices in the folder are written through, with --force those that lead out of it too."""
    out = fresh(project, "linked")
    far = project.work / "far"
    far.mkdir()
    shutil.move(out / "districts.h5", far / "kept.h5")
    (out / "districts.h5").symlink_to("../far/kept.h5")
    shutil.move(out / "charts", far / "drawn")
    (out / "charts").symlink_to("../far/drawn")
    project.edition("new")
    project.good("run", "study.yaml", "-q", "-o", out, "--force")
    new = digest(fresh(project, "unlinked", "new"))
    assert (out / "districts.h5").is_symlink() and (out / "charts").is_symlink()
    assert digest(far)["kept.h5"] == new["districts.h5"] and digest(far)["drawn/gini.svg"] == new["charts/gini.svg"]
    project.good("audit", out, "--store")
    assert (out / "districts.h5").is_symlink() and not (far / "kept.h5").is_symlink()
    study = project.work / "imported"
    project.good("import", "coinr", "iData.csv", "iMeta.csv", "-o", study)
    wanted = (study / "data.csv").read_bytes()
    (study / "data.csv").rename(far / "data.csv")
    (study / "data.csv").symlink_to(far / "data.csv")
    (far / "data.csv").write_text("old")
    fails(project, "data.csv: error: already exists", "import", "coinr", "iData.csv", "iMeta.csv", "-o", study, code=1)
    project.good("import", "coinr", "iData.csv", "iMeta.csv", "-o", study, "--force")
    assert (study / "data.csv").is_symlink() and (far / "data.csv").read_bytes() == wanted
    # What cannot be done is found before anything is changed.
    (study / "index.yaml").unlink()
    (study / "index.yaml").mkdir()
    before = digest(study)
    fails(project, "is a folder where a file is to stand", "import", "coinr", "iData.csv", "iMeta.csv", "-o", study, "--force")
    assert digest(study) == before and not left(project.work)


def check_links_out_of_folder(project):
    """A folder from elsewhere says of itself what it likes: its links do not make Rift write to what nobody named."""
    far = project.work / "mine"
    (far / "pictures").mkdir(parents=True)
    (far / "pictures" / "gini.svg").write_text("mine")
    (far / "letter").write_text("mine")
    (far / "way").symlink_to("letter")
    for name, to in (("report.html", "../mine/letter"), ("claims.json", far / "letter"), ("districts.h5", "../mine/letter"),
                     ("charts", "../mine/pictures"), ("report.html", "../mine/not-yet"), ("report.html", "../mine/nor/this"),
                     ("claims.json", "../mine/way"), ("report.html", "../out/../mine/letter"), ("charts", "."), ("charts", ".."),
                     ("report.html", "/proc/self/fd/1"), ("report.html", "notes/letter"), ("report.html", "../out-of/letter")):
        out = fresh(project, "out")
        (project.work / "out-of").mkdir(exist_ok=True)
        (project.work / "out-of" / "letter").write_text("mine")
        (out / "notes").symlink_to("../mine")
        shutil.rmtree(out / name) if name == "charts" else (out / name).unlink()
        (out / name).symlink_to(to)
        project.edition("new")
        was = digest(project.work)
        fails(project, f"out/{name}: error: is a link that leads out of the folder", "run", "study.yaml", "-q", "-o", out, code=1)
        assert digest(project.work) == was and not left(project.work), (name, to)
        shutil.rmtree(out)
    # So do charts and sheets that Rift names; a link to within the folder is followed.
    made = project.work / "made"
    made.mkdir()
    for name, command in (("gini.svg", ("plot", "o/districts.h5", "gini")), ("iMeta.csv", ("export", "o/districts.h5", "--to", "coinr"))):
        fresh(project, "o")
        (made / name).symlink_to("../mine/letter")
        was = digest(project.work)
        fails(project, f"made/{name}: error: is a link that leads out of the folder", *command, "-o", made, code=1)
        assert digest(project.work) == was and not left(project.work), name
        (made / name).unlink()
        (made / "kept").mkdir()
        (made / name).symlink_to("kept/as-this")
        project.good(*command, "-o", made)
        assert (made / name).is_symlink() and (made / "kept" / "as-this").read_bytes()
        project.good(*command, "-o", made)
        shutil.rmtree(made / "kept")
    # What the user names is followed.
    (project.work / "named").symlink_to("mine/letter")
    project.good("export", "o/districts.h5", "scores", "-o", project.work / "named")
    assert (project.work / "named").is_symlink() and "mine" not in (far / "letter").read_text()


def check_protected(project):
    """What nobody may write to is kept, for root too, unless --force is given."""
    for name in ("districts.h5", "claims.json", "report.html", "charts"):
        out = fresh(project, "protected")
        mode = (out / name).stat().st_mode & 0o555
        (out / name).chmod(mode)
        project.edition("new")
        was = digest(out)
        fails(project, f"protected/{name}: error: is protected", "run", "study.yaml", "-q", "-o", out, code=1)
        assert digest(out) == was and not left(project.work), name
        project.good("run", "study.yaml", "-q", "-o", out, "--force")
        assert digest(out)["districts.h5"] != was["districts.h5"]
        shutil.rmtree(out)
    fresh(project, "o")
    made = project.work / "made"
    project.good("plot", "o/districts.h5", "gini", "-o", made)
    (made / "gini.png").chmod(0o444)
    fails(project, "made/gini.png: error: is protected", "plot", "o/districts.h5", "gini", "-o", made, code=1)


def check_unwritable_parent(project):
    """A folder in a parent that may not be written is changed from inside."""
    if not ROOT:
        print("NOT TRIED: a parent of another owner, for this is not root")
        return
    above = project.work / "above"
    above.mkdir()
    out = fresh(project, "above/out")
    for path in [out, *out.rglob("*")]:
        os.chown(path, 65534, 65534)
    os.chmod(above, 0o755)
    project.edition("new")
    def become():
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    program = project.work / "rift"
    shutil.copy(sys.argv[1], program)
    inode = out.stat().st_ino
    done = subprocess.run([program, "run", "study.yaml", "-q", "-o", out], cwd=project.work, env=project.environment,
                          capture_output=True, text=True, preexec_fn=become)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_ino == inode and digest(out) == digest(fresh(project, "as-root", "new"))
    assert not left(project.work)


def check_mount_point(project):
    """A folder that is a file system of its own, in a name space of ours."""
    if not ROOT or not shutil.which("unshare"):
        print("NOT TRIED: a mount point, for this is not root")
        return
    project.edition("new")
    script = ("set -e; mkdir mounted; mount -t tmpfs tmpfs mounted; mkdir bound real; mount --bind real bound;"
              " for d in mounted bound; do \"$R\" run study.yaml -q -o $d; echo x > $d/mine; \"$R\" run study.yaml -q -o $d;"
              " \"$R\" run study.yaml -q -o $d; ls -A $d; done")
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], cwd=project.work, capture_output=True, text=True,
                          env={**project.environment, "R": os.path.abspath(sys.argv[1])})
    if "unshare" in done.stderr or "mount:" in done.stderr:
        print(f"NOT TRIED: a mount point: {done.stderr.strip()}")
        return
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [".rift-lock", "charts", "claims.json", "districts.h5", "mine", "report.html"] * 2, done.stdout


def check_not_ours(project):
    """A report, claims or charts that no run wrote are not replaced, nor is a folder among the charts."""
    for name, make in (("report.html", lambda p: p.write_text("mine")), ("claims.json", lambda p: p.write_text("mine")),
                       ("charts", lambda p: (p.mkdir(), (p / "gini.svg").write_text("mine"))),
                       ("charts", lambda p: p.symlink_to("../pictures"))):
        out = project.work / "user"
        out.mkdir()
        (project.work / "pictures").mkdir()
        (project.work / "pictures" / "photo.jpg").write_text("mine")
        make(out / name)
        was = digest(project.work)
        why = "is a link that leads out" if (out / name).is_symlink() else "is there already, and no record says that a run wrote it"
        fails(project, f"user/{name}: error: {why}", "run", "study.yaml", "-q", "-o", out, code=1)
        assert digest(project.work) == was, name
        project.good("run", "study.yaml", "-q", "-o", out, "--force")
        assert (project.work / "pictures" / "photo.jpg").read_text() == "mine"
        shutil.rmtree(out)
        shutil.rmtree(project.work / "pictures")
    # Beside a result of the same study too, which was made without them.
    out = project.work / "partly"
    project.good("run", "study.yaml", "-q", "-o", out, "--no-charts", "--no-report")
    (out / "report.html").write_text("mine")
    (out / "charts").mkdir()
    (out / "charts" / "gini.png").write_text("mine")
    was = digest(out)
    said = fails(project, "partly/charts: error: is there already", "run", "study.yaml", "-q", "-o", out, code=1)
    assert "partly/report.html: error: is there already" in said and digest(out) == was
    # An empty folder is nobody's.
    out = project.work / "empty"
    (out / "charts").mkdir(parents=True)
    project.good("run", "study.yaml", "-q", "-o", out)
    out = fresh(project, "whole")
    (out / "charts" / "more").mkdir()
    (out / "charts" / "more" / "photo.jpg").write_text("mine")
    was = digest(out)
    project.edition("new")
    fails(project, "whole/charts/more: error: is a folder among the charts", "run", "study.yaml", "-q", "-o", out, code=1)
    fails(project, "whole/charts/more: error: is a folder among the charts", "run", "study.yaml", "-q", "-o", out, "--force", code=1)
    assert digest(out) == was


each([check_exchanges, check_not_ours, check_late, check_links_in_folder, check_links_out_of_folder, check_protected,
      check_unwritable_parent, check_mount_point])
