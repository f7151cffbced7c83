# SPDX-License-Identifier: GPL-3.0-or-later
"""A result is read in a process of its own, which is forked. No thread of Rift's is starting at that moment: the locks that a
thread takes as it starts would be held for ever in the copy, which then waits until its time is over (as programs built with
the address sanitizer did in some of every hundred runs on a busy machine)."""
import pathlib
import sys
import tempfile

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[i]) for i in (0, 1)]
sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "store"))
from called import at_call
from made import new_study
from support import passed

COMMANDS = (["show", "new/new.h5", "ranking"], ["audit", "new/new.h5", "--store", "-q"], ["divide", "new/new.h5", "--store", "-q"],
            ["plot", "new/new.h5", "ranking", "-o", "p", "-q"], ["verify", "new/new.h5"], ["export", "new/new.h5", "scores", "-o", "s.csv"],
            ["verify", "new/new.h5", "study/studies/new.yaml", "--recompute"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        work.mkdir()
        new_study(work)
        for arguments in COMMANDS:
            done, forks, early = at_call(work, arguments, 0, "fork", "0")
            assert done.returncode == 0, (arguments, done.returncode, done.stderr)
            assert forks >= 1 and early == 0, (arguments, forks, early)
    passed(len(COMMANDS))


main()
