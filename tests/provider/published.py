# SPDX-License-Identifier: GPL-3.0-or-later
"""GSMA's Mobile Connectivity Index and the Commission's DESI: the weights and goalposts of the
publishers, and DESI itself from the Commission's own file."""
import csv
import itertools
import math
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, number, passed, rift, rows, skip

SHARED = SOURCE.parent / "shared"
WEIGHTS = SHARED / "design" / "published-weights.md"
DESI = SHARED / "data" / "eu_desi" / "DESI_2017-2021.csv"
INDICES = SOURCE / "indicators" / "indices"
COUNTRIES = ["KEN", "NGA", "ZAF"]
UNUSED = {"desi_c_mbb": 1}    # weight of an indicator that its parts leave room for, and that has no values
ALPHA3 = dict(zip("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(),
                  "AUT BEL BGR CYP CZE DEU DNK EST GRC ESP FIN FRA HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT "
                  "ROU SWE SVN SVK".split()))
PERIODS = {2016: 0, 2018: 0, 2019: 1, 2020: 1, 2021: 2, 2022: 2}


def sections():
    return WEIGHTS.read_text().split("\n## ")[1:]


def tree(section):
    """Each node's children with their weights, as published."""
    children = {}
    for code, parent, weight in re.findall(r"`(\w+)` \([^)]*\) in (\w+), weight ([\d.]+)", section):
        children.setdefault(parent, []).append((code, float(weight)))
    for code, parent, weight in re.findall(r"`(\w+)` in (\w+) ([\d.]+)", section.split("Indicators")[1]):
        children.setdefault(parent, []).append((code, float(weight)))
    return children


def mean(children, score, node):
    """As GSMA writes it: weighted means, of the enablers a geometric one."""
    if node not in children:
        return score[node]
    part = [(mean(children, score, c), w) for c, w in children[node]]
    whole = sum(w for _, w in part)
    if node == "mci":
        return math.exp(sum(w * math.log(x) for x, w in part) / whole)
    return sum(w * x for x, w in part) / whole


def gsma(work):
    trees = [tree(s) for s in sections()[:3]]
    leaves = sorted({c for t in trees for kids in t.values() for c, _ in kids if c not in t})
    assert len(leaves) == 42, len(leaves)
    score = {(y, c): {s: 5 + (7 * i + 11 * k + 13 * j) % 89 for k, s in enumerate(leaves)}
             for (i, y), (j, c) in itertools.product(enumerate(PERIODS), enumerate(COUNTRIES))}
    (work / "scores.csv").write_text("country,year,indicator,value\n" + "".join(
        f"{c},{y},{s},{x}\n" for (y, c), of in score.items() for s, x in of.items()))
    found = {(int(r["year"]), r["country"], r["node"]): number(r["value"])
             for r in rows(rift("score", INDICES / "gsma-mci.yaml", "--data", work / "scores.csv"))}
    for (year, country), of in score.items():
        for node in trees[0]:
            if node != "top":
                expected = mean(trees[PERIODS[year]], of, node)
                assert abs(found[year, country, node] - expected) < 1e-11, (year, country, node)
    assert abs(found[2018, "KEN", "mci"] - mean(trees[1], score[2018, "KEN"], "mci")) > 1e-3


def desi_posts(section):
    return {c: (float(w), float(low), float(high)) for c, w, low, high in
            re.findall(r"\| `(\w+)` \| [^|]* \| \w+ \| (\d+) \| ([\d.]+) \| ([\d.]+) \| 1 \|", section)}


def desi(work):
    """The file has each indicator's weighted score in its sub-dimension; divided by the weight and
    taken back to its unit, it is what the index is computed from."""
    posts = desi_posts(sections()[3])
    assert len(posts) == 33, len(posts)
    with open(DESI) as file:
        kept = {(r["indicator"], r["breakdown"], r["ref_area"], int(r["time_period"])): number(r["value"])
                for r in csv.DictReader(file)}
    siblings = {}
    for parent, code, _, _ in kept:
        if code in posts and parent.startswith("desi_"):
            siblings.setdefault(parent, set()).add(code)
    with open(work / "desi.csv", "w") as out:
        out.write("country,year,indicator,value\n")
        for (parent, code, area, year), part in kept.items():
            if area != "EU" and code in siblings.get(parent, ()):
                weight, low, high = posts[code]
                share = weight / (sum(posts[c][0] for c in siblings[parent]) + UNUSED.get(parent, 0))
                out.write(f"{area},{year},{code},{low + part / share * (high - low)!r}\n")
    found = {(r["country"], int(r["year"]), r["node"]): number(r["value"])
             for r in rows(rift("score", INDICES / "desi-2022.yaml", "--data", work / "desi.csv"))}
    wanted = {(ALPHA3[a], y): v for (i, _, a, y), v in kept.items() if i == "desi_total" and a != "EU"}
    assert len(wanted) == 135
    worst = max(abs(found[c, y, "desi"] - x) for (c, y), x in wanted.items())
    print(f"DESI, 27 countries, 2017-2021: {worst:.2g} off at most, of parts with six digits")
    # weights of the sub-dimensions sum to 1: each part may be half a unit of its last digit off, and so the total
    assert worst < 5e-7 * (1 + max(map(len, siblings.values()))), worst


def main():
    if not WEIGHTS.exists() or not DESI.exists():
        skip(f"{WEIGHTS} or {DESI} is not there")
    with tempfile.TemporaryDirectory() as folder:
        gsma(pathlib.Path(folder))
        desi(pathlib.Path(folder))
    passed(2)


main()
