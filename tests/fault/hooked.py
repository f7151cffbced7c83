# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of interrupted commands share: rift with fault/hook_io.c loaded, and a small project
whose study draws a chart by a gnuplot of ours, which takes no time."""
import errno
import hashlib
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile

from support import RIFT, SANITIZED, SOURCE, passed, skip

HOOK = pathlib.Path(RIFT).parent / "tests" / "hook_io.so"
if not HOOK.exists():
    skip("calls of the system are caught by LD_PRELOAD, which is not built here")
if SANITIZED:
    skip("a program with the address sanitizer takes no LD_PRELOAD")

GNUPLOT = r"""#!/bin/sh
if [ "$1" = --version ]; then exit 0; fi
case "$3" in
*svg*) { printf '<svg>'; cat "$4" "${4%.gp}"*.tsv | cksum; printf '</svg>'; } > "${4%.gp}.svg";;
*) { cat "$4" "${4%.gp}"*.tsv | cksum; printf '\000\000\000\000IEND\256B\140\202'; } > "${4%.gp}.png";;
esac
"""


class Project:
    """A folder with a study, its data in two editions, and the results of both."""

    def __init__(self, work):
        self.work = work
        shutil.copytree(SOURCE / "tests" / "cli" / "files", work, dirs_exist_ok=True)
        (work / "bin").mkdir()
        (work / "bin" / "gnuplot").write_text(GNUPLOT)
        (work / "bin" / "gnuplot").chmod(0o755)
        self.environment = {**os.environ, "PATH": f"{work / 'bin'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        text = (work / "district-study.yaml").read_text()
        kept = [line for line in text.splitlines() if not line.startswith(("charts:", "report:"))]
        (work / "study.yaml").write_text("\n".join(kept) + "\ncharts: [gini]\nreport: true\n")
        self.data = {"old": (work / "districts.csv").read_text()}
        lines = self.data["old"].splitlines()
        number = [i for i, line in enumerate(lines) if line.rsplit(",", 1)[-1].replace(".", "").isdigit()][-1]
        place, value = lines[number].rsplit(",", 1)
        lines[number] = f"{place},{float(value) + 1.5:g}"
        self.data["new"] = "\n".join(lines) + "\n"
        (work / "panel.csv").write_text("country,year,indicator,value\nKEN,2020,x,1\nNOR,2020,x,2.5\n")
        (work / "iMeta.csv").write_text(
            "Level,iCode,Parent,Direction,Weight,Type\n1,x,T,1,1,Indicator\n1,y,T,-1,1,Indicator\n2,T,,1,1,Aggregate\n")
        (work / "iData.csv").write_text("uCode,Time,x,y\na,2019,1,5\nb,2019,3,4\nc,2019,2,9\n")

    def edition(self, name):
        (self.work / "districts.csv").write_text(self.data[name])

    def call(self, *arguments, cwd=None, **hook):
        """Run rift, with what the hook is told; its status and what it said on standard error."""
        environment = dict(self.environment)
        if hook:
            environment["LD_PRELOAD"] = str(HOOK)
            environment.update({f"HOOK_{name.upper()}": str(value) for name, value in hook.items()})
        done = subprocess.run([RIFT, *map(str, arguments)], capture_output=True, cwd=cwd or self.work,
                              env=environment, timeout=120)
        return done.returncode, done.stderr.decode()

    def good(self, *arguments, **options):
        code, said = self.call(*arguments, **options)
        assert code == 0, (arguments, code, said)
        return said

    def start(self, *arguments, **hook):
        """The same, not waited for."""
        environment = {**self.environment, "LD_PRELOAD": str(HOOK),
                       **{f"HOOK_{name.upper()}": str(value) for name, value in hook.items()}}
        return subprocess.Popen([RIFT, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                cwd=self.work, env=environment, text=True)


class Held:
    """A rift that stands before its first call that names a certain path, until it is let go."""

    def __init__(self, project, text, *arguments, **hook):
        self.pipes = [project.work / f"{name}-{os.urandom(4).hex()}" for name in ("begun", "go")]
        for pipe in self.pipes:
            os.mkfifo(pipe)
        self.child = project.start(*arguments, hold=text, begun=self.pipes[0], go=self.pipes[1], **hook)
        begun = os.open(self.pipes[0], os.O_RDWR)
        end = os.pidfd_open(self.child.pid)
        ready = select.select([begun, end], [], [])[0]
        os.close(begun)
        os.close(end)
        assert end not in ready, self.child.communicate()

    def release(self):
        with open(self.pipes[1], "wb") as pipe:
            pipe.write(b"x")
        out, said = self.child.communicate(timeout=120)
        for pipe in self.pipes:
            pipe.unlink()
        return self.child.returncode, said


def digest(folder):
    """SHA-256 of every file by its path; links by where they lead. Rift's own names are left out."""
    out = {}
    for path in sorted(folder.rglob("*")) if folder.exists() else []:
        name = str(path.relative_to(folder))
        if ".rift-" in name:
            continue
        if path.is_symlink():
            out[name] = "-> " + os.readlink(path)
        elif path.is_file():
            out[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            out[name] = "folder"
    return out


def left(*folders):
    """What is there of unfinished work."""
    return [p for folder in folders if folder.exists() for p in folder.rglob(".rift-*")
            if p.name != ".rift-lock" and "old-copy" not in p.parts and "new-copy" not in p.parts]


NUMBERS = {name: getattr(errno, name) for name in ("ENOSPC", "EIO", "EINTR")}


def fails(project, words, *arguments, code=3, **options):
    found, said = project.call(*arguments, **options)
    assert found == code and words in said, (arguments, found, said)
    return said


def fresh(project, name, edition="old"):
    """A folder with a result."""
    out = project.work / name
    project.edition(edition)
    project.good("run", "study.yaml", "-q", "-o", out)
    return out


def each(checks):
    """Every check in a project of its own, or the one that is named."""
    for check in checks:
        if "--only" in sys.argv and sys.argv[sys.argv.index("--only") + 1] != check.__name__:
            continue
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder).chmod(0o755)
            work = pathlib.Path(folder) / "w"
            work.mkdir()
            check(Project(work))
    passed(len(checks))
