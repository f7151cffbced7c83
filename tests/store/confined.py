# SPDX-License-Identifier: GPL-3.0-or-later
"""A result is read under the limits that a shell sets for good (`ulimit -v`): where there is enough memory as ever, where there
is not with an error that says so and never as if the file were damaged."""
import ctypes
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from made import new_study
from support import RIFT, SANITIZED, passed, rift, skip

if SANITIZED:
    skip("sanitizers need all the address space")
PR_CAPBSET_DROP, CAP_SYS_RESOURCE = 24, 24
MB = 1 << 20


def limited(what, most):
    """Before a command: a limit that not even root may raise again."""
    def limit():
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_RESOURCE, 0, 0, 0)
        resource.setrlimit(what, (most, most))
    return limit


def show(file, what, most):
    return subprocess.run([RIFT, "show", file], capture_output=True, text=True, preexec_fn=limited(what, most))


def least(file):
    """The least whole megabytes under which a result is shown, by halving; what is said below them."""
    low, high, said = 16, 2048, []
    while high - low > 1:
        done = show(file, resource.RLIMIT_AS, (low + high) // 2 * MB)
        if done.returncode == 0:
            high = (low + high) // 2
        else:
            low = (low + high) // 2
            said.append(done)
    return high, said


def refused_for_memory(done):
    """A program that is not even loaded says so in the words of the system's loader."""
    loader = done.returncode == 127 or done.returncode < 0
    return loader or (done.returncode == 3 and "memory" in done.stderr and "Rift result" not in done.stderr)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole = new_study(work)
        good = rift("show", whole)
        for most in (2048, 1024):
            done = show(whole, resource.RLIMIT_AS, most * MB)
            assert (done.returncode, done.stdout) == (0, good), (most, done)
        assert rift("show", whole, preexec_fn=limited(resource.RLIMIT_FSIZE, 4096)) == good
        assert rift("show", whole, preexec_fn=limited(resource.RLIMIT_NOFILE, 16)) == good
        first, said = least(whole)
        said += [show(whole, resource.RLIMIT_AS, first * MB - k * MB // 8) for k in range(1, 25)]
        for done in said:
            assert done.stdout == good if done.returncode == 0 else refused_for_memory(done), done
        (work / "bad.h5").write_bytes(whole.read_bytes()[:-500])
        assert "is no Rift result" in rift("show", work / "bad.h5", code=1, preexec_fn=limited(resource.RLIMIT_AS, 2048 * MB))
        shutil.copy(whole, work / "again.h5")   # and one that is stored into
        rift("audit", work / "again.h5", "--store", "-q", preexec_fn=limited(resource.RLIMIT_AS, 2048 * MB))
    passed(6 + len(said))


main()
