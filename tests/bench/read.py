#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast large files are read: two generated files, each way of reading in turn, best of N,
with the same values asserted first. Peers are timed in the same run where they are
installed (pandas, polars, duckdb; data.table by Rscript). Run by hand:
    python3 tests/bench/read.py build/test/tests [repeats] [folder]
Ratios hold on a noisy machine, MB/s less so; nothing here is a test."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(sys.argv[1]).resolve()
REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 3
PEERS = {
    "pandas": "import pandas\npandas.read_csv({path!r})",
    "polars": "import polars\npolars.read_csv({path!r}, infer_schema_length=10000)",
    "duckdb": "import duckdb\nduckdb.sql('create table t as select * from read_csv_auto(' + "
              "repr({path!r}) + ')')",
}


def one(path, mode, threads, repeats=1):
    said = subprocess.run([TESTS / "bench_read", path, mode, str(threads), str(repeats)],
                          check=True, capture_output=True, text=True).stdout.split()
    return dict(seconds=float(said[1]), mb=float(said[2]), peak=int(said[3]),
                values=int(said[4]), digest=said[5])


def peer(program):
    start = time.monotonic()
    if subprocess.run(program, capture_output=True).returncode != 0:
        return None
    return time.monotonic() - start


def bench(path):
    size = path.stat().st_size
    modes = [("rows", 1), ("libcsv", 1), ("fast", 1), ("fast", 2), ("some", 1)]
    best = {}
    for _ in range(REPEATS):  # in turn, so that a slow minute meets all of them
        for mode in modes:
            now = one(path, *mode)
            if mode not in best or now["seconds"] < best[mode]["seconds"]:
                best[mode] = now
    whole = {(best[m]["values"], best[m]["digest"]) for m in modes if m[0] in ("libcsv", "fast")}
    assert len(whole) == 1, whole
    result = best["fast", 1]["values"] * 8 / 2**20
    print(f"{path.name}: {size / 1e6:.0f} MB, {best['fast', 1]['values']:,} values, "
          f"{result:.0f} MiB of numbers")
    for mode in modes:
        b = best[mode]
        print(f"  {mode[0]:8}{mode[1]} thread{'s' if mode[1] > 1 else ' '} "
              f"{size / b['seconds'] / 1e6:8.0f} MB/s {b['seconds']:8.3f} s {b['peak']:6} MiB")
    fast = best["fast", 1]["seconds"]
    print(f"  ratios: to libcsv, equal output {best['libcsv', 1]['seconds'] / fast:.2f}; to libcsv's "
          f"grammar alone {best['rows', 1]['seconds'] / fast:.2f}; two threads "
          f"{fast / best['fast', 2]['seconds']:.2f}; 30 series "
          f"{fast / best['some', 1]['seconds']:.2f}")
    for name, text in PEERS.items():
        if importlib.util.find_spec(name):
            seconds = peer([sys.executable, "-c", text.format(path=str(path))])
            if seconds:
                print(f"  {name:16} {size / seconds / 1e6:8.0f} MB/s, Rift {seconds / fast:.1f} times")
    if shutil.which("Rscript"):
        seconds = peer(["Rscript", "-e", f"library(data.table); setDTthreads(1); "
                        f"x <- fread({str(path)!r}, header = TRUE)"])
        if seconds:
            print(f"  {'data.table':16} {size / seconds / 1e6:8.0f} MB/s, Rift {seconds / fast:.1f} times")


def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else temporary)
        for kind in ("wide", "long"):
            path = folder / f"{kind}.csv"
            if not path.exists():
                with open(path, "wb") as out:
                    subprocess.run([TESTS / "bench_generate", kind], check=True, stdout=out)
            bench(path)


main()
