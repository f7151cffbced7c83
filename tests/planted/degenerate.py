# SPDX-License-Identifier: GPL-3.0-or-later
"""Panels in which something is undefined - all alike, all zero, one country, two years, values below
0, people of one country - through every analysis, view, chart and the report: nothing that is read
says nan or inf, or has a sign before a zero, and nothing stops."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift

CODES = ["KEN", "TZA", "UGA", "RWA", "ETH", "CHN", "POL", "NAM", "BRA", "IND", "DEU", "FRA"]
AT = {c: i for i, c in enumerate(CODES)}
YEARS = range(2012, 2022)
CHARTS = ("ranking, lorenz, gini, gdp, regions, incomes, partners, dominance, theil, ridges, sigma, beta, paths, fan, "
          "quadrants, behind")
BAD = re.compile(r"(?<![\w.])-?(nan|inf|infinity)(?!\w)|(?<![\w.])-0(\.0+)?(?![\w.])", re.I)
UNITS = {"X": "%", "Y": "%", "Z": "per 100", "POP": "people", "GDP": "US$", "F": "%", "M": "%"}
PLAIN = {"POP": lambda c, y: 1000 * (1 + AT[c]), "GDP": lambda c, y: 500 * (1 + AT[c]),
         "F": lambda c, y: 30 + AT[c], "M": lambda c, y: 40 + AT[c]}


def steady(value):
    return {"X": value, "Y": value, "Z": value}


CASES = {
    "constant": dict(value=steady(lambda c, y: 50)),
    "zero": dict(value=steady(lambda c, y: 0)),
    "one-country": dict(value={"X": lambda c, y: y - 2002, "Y": lambda c, y: 50, "Z": lambda c, y: 20}, codes=["TZA"]),
    "two-years": dict(value={"X": lambda c, y: 10 + AT[c], "Y": lambda c, y: 50 - AT[c], "Z": lambda c, y: 20 + 3 * AT[c]},
                      years=range(2020, 2022)),
    "one-year": dict(value={"X": lambda c, y: 5 * AT[c], "Y": lambda c, y: 50 + AT[c], "Z": lambda c, y: AT[c]},
                     years=range(2020, 2021), charts=""),
    "negative": dict(value={"X": lambda c, y: AT[c] - 50, "Y": lambda c, y: -20 - AT[c] * (y - 2009), "Z": lambda c, y: -30},
                     low=-100, charts=""),
    "z-scores": dict(value={"X": lambda c, y: 50 + AT[c], "Y": lambda c, y: 20 - AT[c] * (y - 2009),
                            "Z": lambda c, y: 30 + AT[c] ** 2}, low=-100, norm="z-score"),
    "some-zero": dict(value={"X": lambda c, y: max(0, AT[c] - 3) * 5, "Y": lambda c, y: max(0, AT[c] - 6) * 10,
                             "Z": lambda c, y: AT[c]}, charts=""),
    "few-people": dict(value={"X": lambda c, y: 5 * AT[c], "Y": lambda c, y: 50, "Z": lambda c, y: AT[c],
                              "POP": lambda c, y: 1000 if c == "KEN" else None,
                              "GDP": lambda c, y: None if AT[c] else 5}, charts=""),
}


def write(folder, value, years=YEARS, codes=CODES, low=0, norm="goalposts", charts=CHARTS):
    folder.mkdir()
    (folder / "s.yaml").write_text(
        f"code: s\ntitle: S\nyears: {{first: {years[0]}, last: {years[-1]}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\ngroups: [{code: region, column: region}, {code: income, column: income}]\n"
        "series_files: [c.yaml]\nindex: i.yaml\npopulation: POP\ngdp_per_head: GDP\nhighlight: {grouping: region, group: A}\n"
        "divide: {measures: [gini, gini-corrected, cv, theil-t, theil-l, ge--1, ge-2, atkinson-0.5, atkinson-1, hoover, sigma, "
        "wolfson, esteban-ray-1, egr-2-1, der-0.5, p90p10, s80s20, top-10, bottom-10], decompose: [region, income], "
        "replicates: 9}\nconverge: {}\nforecast: {target: 50, replicates: 9}\n"
        f"paradox: {{pairs: [{{name: sex, lagging: F, leading: M}}], replicates: 9}}\naudit: {{draws: 20}}\ncharts: [{charts}]\n")
    (folder / "i.yaml").write_text(
        f"code: i\nnormalisation: {norm}\nnodes:\n  - {{code: total, children: [l1, l2]}}\n"
        "  - {code: l1, children: [{series: X}, {series: Y}]}\n  - {code: l2, children: [{series: Z}]}\n")
    (folder / "c.yaml").write_text("series:\n" + "".join(
        f"  - {{code: {c}, name: Series {c}, unit: '{u}', goalposts: {{low: {low}, high: 100}}, "
        "polarity: higher-is-better, layer: use, department: none}\n" for c, u in UNITS.items()))
    lines = ["country,year,indicator,value"]
    for series, of in {**PLAIN, **value}.items():
        cells = ((c, y, of(c, y)) for c in codes for y in years)
        lines += [f"{c},{y},{series},{x}" for c, y, x in cells if x is not None]
    (folder / "data.csv").write_text("\n".join(lines) + "\n")
    (folder / "countries.csv").write_text("country,name,region,income\n" + "".join(
        f"{c},{c},{'A' if AT[c] % 2 else 'B'},{'High income' if AT[c] > 6 else 'Low income'}\n" for c in codes))


def read(text, where):
    for line in text.splitlines():
        found = BAD.search(line)
        assert not found, (where, found[0], line[:200])


def page(path):
    text = re.sub(r"<(script|style|svg)[^>]*>.*?</\1>", "", path.read_text(), flags=re.S)
    return re.sub(r"<[^>]+>", "\n", re.sub(r"data:[^\"']*", "", text))


def main():
    wanted = sys.argv[3:]
    views = [r["table"] for r in json.loads(rift("list", "tables", "--json"))["rows"]]
    with tempfile.TemporaryDirectory() as work:
        for name, case in CASES.items():
            if wanted and name not in wanted:
                continue
            folder = pathlib.Path(work) / name
            write(folder, **case)
            done = subprocess.run([RIFT, "run", folder / "s.yaml", "-o", folder / "out", "-q"], capture_output=True, text=True)
            assert done.returncode == 0, (name, done.stderr[-1000:])
            read(done.stderr, name)
            for group in ("divide", "converge", "forecast", "paradox", "audit"):
                read(rift(group, folder / "out", "--whole"), f"{name}: {group}")
            for view in views:
                read(rift("show", folder / "out", view), f"{name}: show {view}")
            read(page(folder / "out" / "report.html"), f"{name}: report")
            for chart in (folder / "out" / "charts").glob("*.svg"):
                read("\n".join(re.findall(r"<tspan[^>]*>([^<]*)<", chart.read_text())), f"{name}: {chart.name}")
    passed(len(CASES))


main()
