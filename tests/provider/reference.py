# SPDX-License-Identifier: GPL-3.0-or-later
"""Published check values on the data sets that they were published for, which lie beside the tree
and are never part of it: Phillips and Sul (2009) on GDP per head of 152 countries; Callaway and
Sant'Anna (2021) on employment of teenagers in counties where the minimum wage rose."""
import csv
import ctypes
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, skip

DATA = SOURCE.parent / "shared" / "reference"
LIBRARY = pathlib.Path(RIFT).parent / "librift.so"


class LogT(ctypes.Structure):
    _fields_ = [("b", ctypes.c_double), ("se", ctypes.c_double), ("t", ctypes.c_double), ("n", ctypes.c_size_t)]


class Clubs(ctypes.Structure):
    _fields_ = [("n_club", ctypes.c_size_t), ("all", LogT), ("test", ctypes.POINTER(LogT)),
                ("club", ctypes.POINTER(ctypes.c_int32)), ("n_before", ctypes.c_size_t),
                ("test_before", ctypes.POINTER(LogT)), ("club_before", ctypes.POINTER(ctypes.c_int32))]


class Settings(ctypes.Structure):
    _fields_ = [("start", ctypes.c_double), ("at_start", ctypes.c_bool), ("independent", ctypes.c_bool),
                ("sieve", ctypes.c_double), ("merge", ctypes.c_bool)]


def find_clubs(library, merge):
    with open(DATA / "filteredGDP.csv", newline="") as file:
        table = [[float(x) for x in row[1:]] for row in list(csv.reader(file))[1:]]
    n, n_time = len(table), len(table[0])
    x = (ctypes.c_double * (n * n_time))(*[v for row in table for v in row])
    clubs = Clubs()
    status = library.rift_clubs_find(x, ctypes.c_size_t(n), ctypes.c_size_t(n_time), 
                                     ctypes.byref(Settings(1 / 3, False, False, 0, merge)), ctypes.byref(clubs))
    assert status == 0, status
    assert n == 152 and n_time == 34
    return clubs


def effect(library, table, group, year):
    """Change of those first treated in a year against the never treated."""
    before = str(int(group) - 1)
    rows = [(float(c[year]["lemp"]) - float(c[before]["lemp"]), c[year]["first.treat"] == group)
            for c in table.values() if c[year]["first.treat"] in ("0", group)]
    n = len(rows)
    change = (ctypes.c_double * n)(*[r[0] for r in rows])
    joined = (ctypes.c_uint8 * n)(*[r[1] for r in rows])
    x = (ctypes.c_double * n)(*[1.0] * n)
    out, influence = ctypes.c_double(), (ctypes.c_double * n)()
    status = library.rift_joining_effect(change, joined, x, ctypes.c_size_t(n), ctypes.c_size_t(1), ctypes.byref(out),
                                         influence)
    assert status == 0, status
    return out.value


def joining(library):
    table = {}
    with open(DATA / "mpdta.csv", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["countyreal"], {})[row["year"]] = row
    for group, year, published in (("2004", "2004", -.0105), ("2004", "2006", -.1373), ("2007", "2007", -.0261)):
        found = effect(library, table, group, year)
        assert abs(found - published) < 5e-5, (group, year, found)


def main():
    if not (DATA / "filteredGDP.csv").exists():
        skip("the data set is not here")
    if "RIFT_SANITIZE:BOOL=ON" in (pathlib.Path(RIFT).parent / "CMakeCache.txt").read_text():
        skip("a sanitized library does not load into Python")
    library = ctypes.CDLL(str(LIBRARY))
    clubs = find_clubs(library, False)
    assert abs(clubs.all.b - -0.8748) < 5e-5 and abs(clubs.all.t - -159.555) < 5e-4, (clubs.all.b, clubs.all.se, clubs.all.t)
    found = [(clubs.test[k].n, round(clubs.test[k].b, 4), round(clubs.test[k].t, 4)) for k in range(clubs.n_club)]
    published = [(50, .3816, 9.2823), (30, .2400, 6.9044), (21, .1101, 3.4025), (24, .1305, 2.0549), (14, .1895, 1.7008),
                 (11, 1.0027, 6.0238), (2, -.4701, -.5585)]
    assert found == published, found
    library.rift_clubs_free(ctypes.byref(clubs))
    joining(library)
    passed(2)


main()
