# SPDX-License-Identifier: GPL-3.0-or-later
"""The telecommunication index of the UN's E-Government Survey 2022 and the human capital
index of 2020 from their published inputs, for 193 states: z-scores, weighted mean,
min-max. Needs the provider's tables."""
import csv
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, number, passed, rift, rows, skip

FOLDER = SOURCE.parent / "shared" / "data" / "un_desa"
INDEX = """code: {code}
unit: any
normalisation: z-score
scale: 1
series: [{series}]
nodes:
  - code: total
    rescale: true
    children:
{children}
"""


def reproduce(work, file, year, published, weights, tolerance):
    with open(FOLDER / file, encoding="utf-8-sig", newline="") as text:
        table = list(csv.DictReader(text))
    name = "country" if "country" in table[0] else next(iter(table[0]))
    with open(work / "data.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["unit", "year", "series", "value"])
        for row in table:
            for code in weights:
                writer.writerow([row[name], year, code, row[code]])
    children = "\n".join(f"      - {{series: {c}, weight: {w}}}" for c, w in weights.items())
    series = ", ".join(f"{{code: {c}}}" for c in weights)
    (work / "index.yaml").write_text(
        INDEX.format(code=published, series=series, children=children))
    found = {r["country"]: number(r["value"]) for r in
             rows(rift("score", work / "index.yaml", "--data", work / "data.csv"))
             if r["node"] == "total"}
    gaps = [abs(found[row[name].strip()] - float(row[published])) for row in table]
    assert len(gaps) == 193 and not any(map(math.isnan, gaps))
    print(f"{published} {year}: 193 states, largest gap {max(gaps):.6f}")
    assert max(gaps) < tolerance, max(gaps)


def main():
    if not (FOLDER / "egdi_2022_tii_raw_published.csv").exists():
        skip(f"no {FOLDER}")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        # half of the last digit printed, and a little for binary fractions
        reproduce(work, "egdi_2022_tii_raw_published.csv", 2022, "tii",
                  {"internet_users_pct": 1, "mobile_per100": 1, "fixed_bb_per100": 1,
                   "active_mbb_per100": 1}, 0.000051)
        with open(FOLDER / "egdi_2020_hci_raw_published.csv", encoding="utf-8-sig") as text:
            head = next(csv.reader(text))
        literacy, enrolment, expected, mean = head[2:6]
        # most years of schooling are printed with one decimal, which alone may shift an
        # index by 0.0016; an independent computation came within 0.0002
        reproduce(work, "egdi_2020_hci_raw_published.csv", 2020, "hci",
                  {literacy: 3, enrolment: 2, expected: 2, mean: 2}, 0.0002)
    passed(2)


main()
