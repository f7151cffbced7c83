# SPDX-License-Identifier: GPL-3.0-or-later
"""The divide over time, computed a second time here from the exported scores: years behind the
leader, moves between fifths; and forecasts of curves that are planted."""
import math
import pathlib
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import STUDY, passed, rift, rows

NODES = ("total", "access", "use", "capacity")


def reached(path, level):
    before = None
    for year in sorted(path):
        if path[year] >= level:
            if before is None:
                return year, True
            return before + (level - path[before]) / (path[year] - path[before]) * \
                (year - before), False
        before = year
    return None, False


def time_distance(paths, table):
    n = 0
    for row in table:
        if row["node"] not in NODES:
            continue
        mine, best = paths[row["node"]][row["country"]], paths[row["node"]][row["leader"]]
        last = max(mine.keys() & best.keys())
        level = min(mine[last], best[last])
        a, a_start = reached({y: x for y, x in mine.items() if y <= last}, level)
        b, b_start = reached({y: x for y, x in best.items() if y <= last}, level)
        assert abs(float(row["level"]) - level) < 1e-9
        assert abs(float(row["years_behind"]) - (a - b)) < 1e-9, row
        assert row["kind"] == ("at least" if a_start or b_start else "exact"), row
        n += 1
    assert n > 600, n
    for node in NODES:
        leaders = {row["leader"] for row in table if row["node"] == node}
        final = max(y for path in paths[node].values() for y in path)
        best = max((path[final], c) for c, path in paths[node].items() if final in path)[1]
        assert leaders == {best}, (node, leaders, best)


def mobility(paths, table):
    for row in table:
        if row["node"] not in NODES:
            continue
        of = paths[row["node"]]
        years = sorted({y for path in of.values() for y in path})
        mean = {y: statistics.fmean(p[y] for p in of.values() if y in p) for y in years}
        relative = {c: {y: x / mean[y] for y, x in p.items()} for c, p in of.items()}
        ends = statistics.quantiles([x for p in relative.values() for x in p.values()], n=5,
                                    method="inclusive")
        count = [[0] * 5 for _ in range(5)]
        for path in relative.values():
            for year in path:
                if year + 1 in path:
                    i, j = (sum(path[y] >= e for e in ends) for y in (year, year + 1))
                    count[i][j] += 1
        moves = sum(map(sum, count))
        assert int(row["moves"]) == moves, (row["node"], row["moves"], moves)
        p = [[x / sum(line) for x in line] for line in count]
        for k in range(5):
            assert abs(float(row[f"stay_{k + 1}"]) - p[k][k]) < 1e-12
        pi = [0.2] * 5
        for _ in range(20000):
            pi = [sum(pi[i] * p[i][j] for i in range(5)) for j in range(5)]
        for k in range(5):
            assert abs(float(row[f"ergodic_{k + 1}"]) - pi[k]) < 1e-9
        trace = sum(p[k][k] for k in range(5))
        assert abs(float(row["shorrocks"]) - (5 - trace) / 4) < 1e-12


def beta(paths, table):
    for row in table:
        if row["node"] != "use":
            continue
        of, first, last = paths["use"], int(row["first"]), int(row["last"])
        pairs = [(p[first], p[last]) for p in of.values() if first in p and last in p]

        def level(x):
            return math.log(x) if row["scale"] == "log" else math.log(x / (100 - x))

        pairs = [(level(a), level(b)) for a, b in pairs
                 if 0 < min(a, b) and (row["scale"] == "log" or max(a, b) < 100)]
        fit = statistics.linear_regression([a for a, _ in pairs],
                                           [(b - a) / (last - first) for a, b in pairs])
        assert int(row["n"]) == len(pairs) and abs(float(row["slope"]) - fit.slope) < 1e-12, row
        if row["speed"]:
            speed = -math.log(1 + fit.slope * (last - first)) / (last - first)
            assert abs(float(row["speed"]) - speed) < 1e-12


def concentration(folder, paths, table):
    """2 cov(y, r) / mean by its definition, r the fractional rank, ties sharing theirs."""
    gdp = {}
    for r in rows(rift("export", folder, "panel")):
        if r["indicator"] == "NY.GDP.PCAP.PP.CD":
            gdp[r["country"], int(r["year"])] = float(r["value"])
    n = 0
    for row in table:
        if row["node"] != "use" or row["weighting"] != "unweighted":
            continue
        year = int(row["year"])
        both = [(gdp[c, year], p[year]) for c, p in paths["use"].items()
                if year in p and (c, year) in gdp]
        assert int(row["n"]) == len(both)
        rank = [(sum(b < a for b, _ in both) + sum(b == a for b, _ in both) / 2) / len(both)
                for a, _ in both]
        mean = statistics.fmean(y for _, y in both)
        c = 2 * statistics.fmean((y - mean) * (q - 0.5) for (_, y), q in zip(both, rank)) / mean
        assert abs(float(row["concentration"]) - c) < 1e-12, (row, c)
        assert abs(float(row["wagstaff"]) - c / (1 - mean / 100)) < 1e-12
        assert abs(float(row["erreygers"]) - 4 * mean / 100 * c) < 1e-12
        n += 1
    assert n > 20, n


def planted(work):
    """Curves without noise come back: a logistic one of middle 2012 and slope 3, a Gompertz
    one; too few values, no bend, and a target that is met have their own words."""
    def logistic(year):
        return 100 / (1 + math.exp(-(year - 2012) / 3))

    def gompertz(year):
        return 100 * math.exp(-math.exp(-(year - 2008) / 6))

    paths = {"KEN": (logistic, 2000, 2020), "TZA": (gompertz, 2000, 2020),
             "UGA": (logistic, 2016, 2020), "RWA": (logistic, 2000, 2008),
             "ETH": (lambda y: 5 * (y - 2000), 2000, 2020)}
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},x,{f(y)!r}\n" for c, (f, first, last) in paths.items()
        for y in range(first, last + 1)))
    (work / "index.yaml").write_text(
        'code: p\nnormalisation: goalposts\nseries:\n'
        '  - {code: x, unit: "%", goalposts: {low: 0, high: 100}}\n'
        'nodes: [{code: total, children: [x]}]\n')
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},{c}\n" for c in paths))
    (work / "study.yaml").write_text(
        "code: p\ntitle: P\nyears: {first: 2000, last: 2020}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    ask = ["forecast", work / "out", "--series", "x", "--to", "csv", "--target"]
    found = {r["country"]: r for r in rows(rift(*ask, 99))}
    assert found["KEN"]["curve"] == "logistic" and found["TZA"]["curve"] == "gompertz"
    assert abs(float(found["KEN"]["year"]) - (2012 + 3 * math.log(99))) < 1e-4, found["KEN"]
    year = 2008 - 6 * math.log(math.log(100 / 99))
    assert abs(float(found["TZA"]["year"]) - year) < 1e-4, found["TZA"]
    assert found["UGA"]["verdict"] == "no forecast: fewer than six values"
    assert found["RWA"]["verdict"] == "no forecast: the bend lies behind the last value"
    assert found["ETH"]["verdict"] == "reached" and abs(float(found["ETH"]["year"]) - 2019.8) < 1e-9
    assert "below the ceiling 100" in rift(*ask, 100, code=2)
    assert "did you mean" in rift("forecast", work / "out", "--series", "totl", "--target", 9,
                                  code=1)
    assert "take numbers" in rift(*ask, "many", code=2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        rift("run", STUDY, "-q", "--no-charts", "--no-report", "-o", folder)
        paths = {node: {} for node in NODES}
        for r in rows(rift("export", folder, "scores")):
            if r["node"] in paths and r["value"]:
                paths[r["node"]].setdefault(r["country"], {})[int(r["year"])] = float(r["value"])
        time_distance(paths, rows(rift("export", folder, "time-distance")))
        mobility(paths, rows(rift("export", folder, "mobility")))
        beta(paths, rows(rift("export", folder, "beta")))
        concentration(folder, paths, rows(rift("export", folder, "concentration")))
    with tempfile.TemporaryDirectory() as folder:
        planted(pathlib.Path(folder))
    passed(5)


main()
