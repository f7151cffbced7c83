# SPDX-License-Identifier: GPL-3.0-or-later
"""rift with fault/at_call.c loaded, which counts calls and does something at one of them."""
import os
import pathlib
import struct
import subprocess

from support import RIFT, SANITIZED, skip

PRELOAD = pathlib.Path(RIFT).parent / "tests" / "at_call.so"
if not PRELOAD.exists() or SANITIZED:
    skip("calls are counted by a library that is loaded first, which a sanitizer has to be")


def at_call(work, arguments, number, what, act, under=""):
    """What came of a command of which one call had something done to it, 0: none; calls of it all, and after that one."""
    count = work / "count"
    count.write_bytes(bytes(16))
    done = subprocess.run([RIFT, *map(str, arguments)], cwd=work, capture_output=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "LD_PRELOAD": str(PRELOAD), "AT_CALL": str(number), "AT_WHAT": what, "AT_DO": act,
                               "AT_UNDER": under, "AT_FOLDER": f"{work.resolve()}/", "AT_COUNT": str(count)})
    return (done, *struct.unpack("QQ", count.read_bytes()))


def said(done):
    return done.stderr.decode("utf-8", "replace")
