# SPDX-License-Identifier: GPL-3.0-or-later
"""-o writes where it is told: files are replaced whole and keep mode and owner, links stay and what
they lead to is written, devices and pipes are written through and are there afterwards as they were,
folders are refused. Each as the user that runs the test and, where that is root, as another."""
import errno
import fcntl
import hashlib
import os
import pathlib
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed

NOBODY = 65534
ROOT = os.geteuid() == 0
NULL, FULL = os.makedev(1, 3), os.makedev(1, 7)    # /dev/null and /dev/full, made in folders of ours
DEV = ["/dev/stdout", "/dev/fd/1"]
PATTERN = ".rift-"


class User:
    """Who runs rift: this user, or nobody."""

    def __init__(self, base, name):
        self.name, self.id = name, NOBODY if name == "nobody" else os.geteuid()
        self.work = base / name
        self.work.mkdir()
        self.n = 0
        os.chown(self.work, self.id, -1)
        shutil.copytree(SOURCE / "tests" / "cli" / "files", self.work / "files")
        (self.work / "files" / "panel.csv").write_text(
            "country,year,indicator,value\nKEN,2020,x,1\nNOR,2020,x,2.5\nKEN,2021,x,3\n")
        self.rift("run", self.work / "files" / "district-study.yaml", "-q", "--no-charts", "-o", self.work / "out")
        self.data = self.rift("export", self.work / "out", "scores")
        assert self.data.count(b"\n") > 3, self.data

    def rift(self, *arguments, code=0, **options):
        def become():
            os.umask(0o027)
            if self.name == "nobody":
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        done = subprocess.run([self.program(), *map(str, arguments)], preexec_fn=become, timeout=60, **options)
        said = (done.stderr or b"").decode()
        assert done.returncode == code, (self.name, arguments, done.returncode, said)
        return done.stdout if code == 0 else said

    def program(self):
        return self.work.parent / "rift"

    def folder(self):
        """A new folder of this user's."""
        self.n += 1
        folder = self.work / f"case-{self.n}"
        folder.mkdir()
        os.chown(folder, self.id, -1)
        return folder

    def export(self, to, code=0, **options):
        return self.rift("export", self.work / "out", "scores", "-o", to, code=code, **options)

    def ingest(self, to, code=0, **options):
        return self.rift("ingest", "-q", self.work / "files" / "panel.csv", "-o", to, code=code, **options)


def clean(folder):
    left = [p.name for p in folder.rglob("*") if p.name.startswith(PATTERN) and p.name != ".rift-lock"]
    assert not left, left


def make_node(path, number):
    """A device in a folder of ours. What stands in /dev is never named to a rift that is run by root,
    who could do harm there."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, number)
        os.chmod(path, 0o666)
        os.close(os.open(path, os.O_WRONLY))
        return True
    except OSError as error:
        print(f"NOT TRIED: a device in a folder of ours: {error}")
        return False


def same_node(path, before):
    now = os.lstat(path)
    assert (now.st_mode, now.st_rdev, now.st_ino, now.st_uid) == (before.st_mode, before.st_rdev, before.st_ino, before.st_uid)


def check_device(user, write):
    folder = user.folder()
    node, link = folder / "null", folder / "link"
    if user.id != 0:
        write("/dev/null")
    if make_node(node, NULL):
        link.symlink_to("null")
        before = os.lstat(node)
        for path in (node, link):
            write(path)
            same_node(node, before)
        assert link.is_symlink()
    clean(folder)


def through(path, write):
    """What comes out of a pipe or a socket that rift writes into."""
    got = []

    def take():
        with open(path, "rb") as file:
            got.append(file.read())
    reader = threading.Thread(target=take)
    reader.start()
    write(path)
    reader.join()
    return got[0]


def check_pipe(user, write, wanted):
    folder = user.folder()
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    os.chmod(pipe, 0o666)
    before = os.lstat(pipe)
    assert through(pipe, write) == wanted
    (folder / "link").symlink_to(pipe)
    assert through(folder / "link", write) == wanted
    same_node(pipe, before)
    clean(folder)


def check_socket(user, write, wanted):
    folder = user.folder()
    got = []
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "s"))
        os.chmod(folder / "s", 0o666)
        listener.listen()

        def take():
            with listener.accept()[0] as end:
                got.append(b"".join(iter(lambda: end.recv(65536), b"")))
        reader = threading.Thread(target=take)
        reader.start()
        write(folder / "s")
        reader.join()
    assert got == [wanted] and stat.S_ISSOCK(os.lstat(folder / "s").st_mode)


def check_own_output(user, write, wanted):
    """/dev/stdout and its other names are what the shell made of them: a pipe, or a file, of which
    what is there stays."""
    folder = user.folder()
    (folder / "link").symlink_to("/proc/self/fd/1")
    for name in ["/proc/self/fd/1", "/proc/thread-self/fd/1", folder / "link"] + DEV * (user.id != 0):
        assert write(name) == wanted, name
        with open(folder / "kept", "wb") as file:
            file.write(b"before\n")
            file.flush()
            write(name, stdout=file)
        assert (folder / "kept").read_bytes() == b"before\n" + wanted, name
    assert (folder / "link").is_symlink()
    clean(folder)


def check_links(user, write, wanted):
    folder, far = user.folder(), user.folder()
    (far / "there").write_text("old")
    os.chown(far / "there", user.id, -1)
    (folder / "link").symlink_to(os.path.relpath(far / "there", folder))
    (folder / "second").symlink_to("link")
    write(folder / "second")
    assert (folder / "second").is_symlink() and (folder / "link").is_symlink()
    assert not (far / "there").is_symlink() and (far / "there").read_bytes() == wanted
    (folder / "dangling").symlink_to(far / "new")
    write(folder / "dangling")
    assert (folder / "dangling").is_symlink() and (far / "new").read_bytes() == wanted
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    assert "Too many levels" in write(folder / "a", code=3)
    assert os.readlink(folder / "a") == "b"
    (folder / "to-folder").symlink_to(far)
    assert "is a folder; name a file" in write(folder / "to-folder", code=2)
    clean(folder)
    clean(far)


def check_folders(user, write):
    folder = user.folder()
    (folder / "empty").mkdir()
    os.chown(folder / "empty", user.id, -1)
    for name in ("empty", "empty/", "."):
        assert "is a folder" in write(f"{folder}/{name}", code=2), name
    assert "cannot create" in write(f"{folder}/none/", code=3)
    assert "cannot create" in write(folder / "none" / "x", code=3)
    assert "cannot create" in write("", code=3)
    assert sorted(p.name for p in folder.iterdir()) == ["empty"]


def check_files(user, write, wanted):
    """Mode, group, attributes; hard links; what is new; what may not be written."""
    folder = user.folder()
    new = folder / "new"
    write(new)
    info = new.stat()
    assert (info.st_uid, info.st_mode & 0o7777) == (user.id, 0o640), oct(info.st_mode)   # umask 027
    inode = info.st_ino
    for mode in (0o600, 0o664, 0o755):
        os.chmod(new, mode)
        (folder / "other").unlink(missing_ok=True)
        os.link(new, folder / "other")
        new.write_bytes(b"old")
        write(new)
        assert new.read_bytes() == wanted and new.stat().st_mode & 0o7777 == mode
        assert (folder / "other").read_bytes() == b"old" and new.stat().st_ino != (folder / "other").stat().st_ino
    assert new.stat().st_nlink == 1 and inode
    try:
        os.setxattr(new, "user.rift.test", b"kept")
        write(new)
        assert os.getxattr(new, "user.rift.test") == b"kept"
    except OSError as error:
        assert error.errno == errno.EOPNOTSUPP, error
        print("NOT TRIED: extended attributes, which this file system lacks")
    os.chmod(new, 0o444)
    new_bytes = new.read_bytes()
    if user.id == 0:
        write(new)   # root may write it, and it stays read-only
        assert new.stat().st_mode & 0o7777 == 0o444
    else:
        assert "Permission denied" in write(new, code=3)
        assert new.read_bytes() == new_bytes and new.stat().st_mode & 0o7777 == 0o444
    clean(folder)


def check_others(user, write, wanted):
    """A file of another owner keeps its owner, where this user may say so."""
    if not ROOT:
        print("NOT TRIED: files of other owners, for this is not root")
        return
    folder = user.folder()
    other = folder / "other"
    other.write_bytes(b"old")
    os.chown(other, 12345, 12346)
    os.chmod(other, 0o4666)
    if user.id == 0:
        write(other)
        info = other.stat()
        assert (info.st_uid, info.st_gid, info.st_mode & 0o7777) == (12345, 12346, 0o4666), info
    else:
        os.chmod(other, 0o4664)
        assert "Permission denied" in write(other, code=3)
        assert other.read_bytes() == b"old"
        os.chmod(other, 0o4666)
        write(other)   # may be replaced, but not in its owner's name, nor with what its group may
        info = other.stat()
        assert (info.st_uid, info.st_mode & 0o7777) == (user.id, 0o666), oct(info.st_mode)
        assert other.read_bytes() == wanted
    clean(folder)


def check_full(user, write):
    """A device that takes nothing is an error, not a success, and stays."""
    node = user.folder() / "full"
    if make_node(node, FULL):
        before = os.lstat(node)
        assert "No space left" in write(node, code=3)
        same_node(node, before)
    if user.id != 0:
        assert "No space left" in write("/dev/full", code=3)


def check_planted_names(user):
    """F6: nobody can wait under the name of a temporary file. Names are random; whatever stands
    under the old predictable ones is not touched, and the result has its own owner and mode."""
    folder = user.folder()
    os.chmod(folder, 0o1777)
    victim = folder / "victim"
    victim.write_text("safe")
    for pid in range(os.getpid(), os.getpid() + 400):
        (folder / f"x.csv.tmp.{pid}").symlink_to("victim")
    user.export(folder / "x.csv")
    assert not (folder / "x.csv").is_symlink() and victim.read_text() == "safe"
    assert (folder / "x.csv").stat().st_uid == user.id


def check_leftovers(user):
    """What killed writers left goes with the next command that writes there or reads a result from
    there; what is held, is another's, or only looks like it, stays."""
    folder = user.folder()
    shutil.copy(user.work / "out" / "districts.h5", folder / "districts.h5")
    os.chown(folder / "districts.h5", user.id, -1)

    def plant():
        dead = [".rift-0123456789ab.tmp", ".rift-staging.0123456789ab", ".rift-plot.4194304", ".rift-staging.4194304"]
        for name in dead:
            path = folder / name
            if name.endswith(".tmp"):
                path.write_text("half")
            else:
                path.mkdir(exist_ok=True)
                (path / "inside").mkdir()
                (path / "inside" / "x").write_text("half")
                (path / "out").symlink_to(folder)
            for p in [path, *path.rglob("*")]:
                os.chown(p, user.id, -1, follow_symlinks=False)
        return dead
    kept = {".rift-0123456789ab.tmp2", ".rift-0123456789AB.tmp", "x.rift-0123456789ab.tmp", ".rift-staging.mine",
            ".rift-staging.0123456789abc", ".rift-held00000000.tmp", ".rift-link00000000.tmp"}
    for name in kept:
        (folder / name).write_text("mine")
        os.chown(folder / name, user.id, -1)
    (folder / ".rift-link00000000.tmp").unlink()
    (folder / ".rift-link00000000.tmp").symlink_to("districts.h5")
    (folder / ".rift-staging.held00000000").mkdir()
    os.chown(folder / ".rift-staging.held00000000", user.id, -1)
    kept.add(".rift-staging.held00000000")
    if ROOT and user.id != 0:
        (folder / ".rift-another0000.tmp").write_text("root's")
        kept.add(".rift-another0000.tmp")
    held = [os.open(folder / name, os.O_RDONLY) for name in (".rift-held00000000.tmp", ".rift-staging.held00000000")]
    for fd in held:
        fcntl.flock(fd, fcntl.LOCK_EX)
    for command in (["export", folder, "scores", "-o", folder / "x.csv"], ["show", folder], ["divide", folder, "gaps"],
                    ["ingest", "-q", user.work / "files" / "panel.csv", "-o", folder / "p.panel"]):
        dead = plant()
        user.rift(*command)
        there = {p.name for p in folder.iterdir()}
        assert not there & set(dead), (command, there & set(dead))
        assert kept <= there, (command, kept - there)
    assert (folder / "districts.h5").exists()
    for fd in held:
        os.close(fd)


def main():
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        base.chmod(0o755)
        shutil.copy(RIFT, base / "rift")
        os.chmod(base / "rift", 0o755)
        names = ["self"] + (["nobody"] if ROOT else [])
        if not ROOT:
            print("NOT TRIED: another user, for this is not root")
        n = 0
        for name in names:
            user = User(base, name)
            user.ingest(user.work / "panel.h5")
            panel = (user.work / "panel.h5").read_bytes()
            assert hashlib.sha256(panel).digest()
            for write, wanted in ((user.export, user.data), (user.ingest, panel)):
                check_device(user, write)
                check_pipe(user, write, wanted)
                check_socket(user, write, wanted)
                check_own_output(user, write, wanted)
                check_links(user, write, wanted)
                check_folders(user, write)
                check_files(user, write, wanted)
                check_others(user, write, wanted)
                check_full(user, write)
                n += 9
            assert user.rift("export", user.work / "out", "scores", "-o", "-", cwd=user.folder()) == user.data
            check_planted_names(user)
            check_leftovers(user)
            n += 3
    passed(n)


main()
