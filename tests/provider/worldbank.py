# SPDX-License-Identifier: GPL-3.0-or-later
"""Rift's population-weighted means of access to electricity, from the members in the World
Bank's own files, equal the aggregates in the same file to 3 decimals. Needs those files."""
import csv
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift, rows, skip

FOLDER = SOURCE.parent / "shared" / "data" / "worldbank" / "api_csv" / "2025-05"
GROUPS = {"Low income": "LIC", "Lower middle income": "LMC", "Upper middle income": "UMC",
          "High income": "HIC"}
INDEX = """code: electricity
normalisation: goalposts
series:
  - {code: EG.ELC.ACCS.ZS, goalposts: {low: 0, high: 100}}
  - {code: SP.POP.TOTL}
nodes: [{code: total, children: [EG.ELC.ACCS.ZS]}]
"""
STUDY = """code: electricity
title: Electricity
years: {{first: 2010, last: 2023}}
sources: ["{access}", "{people}"]
countries: {{file: countries.csv}}
groups: [{{code: income, column: income}}]
population: SP.POP.TOTL
index: index.yaml
charts: []
report: false
"""


def one(pattern):
    found = sorted(FOLDER.glob(pattern))
    if not found:
        skip(f"no {FOLDER}/{pattern}")
    return found[0]


def published(file):
    with open(file, encoding="utf-8-sig", newline="") as text:
        table = [row for row in csv.reader(text) if len(row) > 4]
    head = table[0]
    return {(row[1], int(year)): float(cell)
            for row in table[1:] for year, cell in zip(head[4:], row[4:]) if cell and year}


def main():
    access = one("API_EG.ELC.ACCS.ZS*.csv")
    people = one("API_SP.POP.TOTL*.csv")
    members = one("Metadata_Country_API_EG.ELC.ACCS.ZS*.csv")
    wanted = published(access)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        with open(members, encoding="utf-8-sig", newline="") as text:
            table = [r for r in csv.DictReader(text) if r["Region"]]
        with open(work / "countries.csv", "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["country", "name", "income"])
            for row in table:
                writer.writerow([row["Country Code"], row["TableName"], row["IncomeGroup"]])
        (work / "index.yaml").write_text(INDEX)
        (work / "study.yaml").write_text(STUDY.format(access=access, people=people))
        rift("run", work / "study.yaml", "-q", "-o", work / "out")
        found = {(GROUPS[r["group"]], int(r["year"])): r for r in
                 rows(rift("export", work / "out", "means"))
                 if r["node"] == "EG.ELC.ACCS.ZS" and r["weighting"] == "population"}
    checked, worst = 0, 0
    for (group, year), row in sorted(found.items()):
        gap = abs(float(row["mean"]) - wanted[group, year])
        worst = max(worst, gap)
        if year in (2010, 2015, 2021, 2023):
            assert gap < 0.0005, (group, year, row["mean"], wanted[group, year])
            checked += 1
    assert checked == 16
    print(f"{checked} group means equal the World Bank's to 3 decimals; "
          f"largest gap over 2010-2023: {worst:.6f}")
    passed(checked)


main()
