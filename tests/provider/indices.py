# SPDX-License-Identifier: GPL-3.0-or-later
"""The indices that ship as definitions, from the providers' own tables, against what these
print: telecommunication index 2022 and human capital index 2020 of the UN's E-Government
Survey from their inputs, its index of every survey year from its sub-indices, UNDP's HDI of
2019, UNCTAD's B2C index of 2020. Says how many agree to the last printed digit."""
import csv
import math
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, number, passed, rift, rows, skip

FOLDER = SOURCE.parent / "shared" / "data"
UN = FOLDER / "un_desa"
INDICES = SOURCE / "indicators" / "indices"


def compare(name, found, published, digits, n, least, tolerance):
    """Largest gap, and how many print alike; `least` must, and no gap reaches `tolerance`."""
    gaps = {c: abs(found[c] - x) for c, x in published.items()}
    assert len(gaps) == n and not any(map(math.isnan, gaps.values())), (name, len(gaps))
    alike = sum(f"{found[c]:.{digits}f}" == f"{x:.{digits}f}" for c, x in published.items())
    print(f"{name}: {n} economies, {alike} to the last printed digit, "
          f"largest gap {max(gaps.values()):.6f}")
    assert alike >= least and max(gaps.values()) < tolerance, (name, alike, max(gaps.values()))


def score(index, node, *arguments):
    text = rift("score", INDICES / index, "--data", *arguments)
    return {(r["country"], int(r["year"])): number(r["value"]) for r in rows(text)
            if r["node"] == node and r["value"]}


def from_inputs(work, file, year, node, published, columns, least, tolerance):
    """A sub-index of the survey from its inputs; the other inputs are given as constants that
    differ, since the index needs them."""
    with open(UN / file, encoding="utf-8-sig", newline="") as text:
        table = list(csv.DictReader(text))
    wanted = ["IT.NET.USER.ZS", "IT.CEL.SETS.P2", "i911mw", "IT.NET.BBND.P2", "SE.ADT.LITR.ZS",
              "UN.EGOV.GER", "UNDP.EYS", "UNDP.MYS", "UN.EGOV.OSI"]
    name = "country" if "country" in table[0] else next(iter(table[0]))
    with open(work / "data.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["country", "year", "indicator", "value"])
        for k, row in enumerate(table):
            for code in wanted:
                writer.writerow([row[name], year, code, row[columns[code]] if code in columns else k])
    index = (INDICES / "egdi-2022.yaml").read_text().replace("best_score: 1\n", "best_score: 1\nentities: any\n", 1)
    (work / "index.yaml").write_text(index)
    found = score(work / "index.yaml", node, work / "data.csv")
    compare(f"EGDI {year}, {node} from its inputs", {r[name].strip(): found[r[name].strip(), year]
                                                     for r in table},
            {r[name].strip(): float(r[published]) for r in table}, 4, 193, least, tolerance)


def surveys():
    """The index of every survey year; where a state was not ranked, 0 is printed."""
    n = {2003: 173, 2004: 178, 2005: 179, 2008: 182, 2010: 183, 2012: 190, 2014: 193,
         2016: 193, 2020: 193}
    for year, states in n.items():
        file = UN / f"EGOV_DATA_{year}.csv"
        index = "egdi-2010.yaml" if year in (2008, 2010) else "egdi.yaml"
        found = score(index, "egdi", file)
        # read as Rift reads it, so that both have the same country codes
        printed = panel(file, "E-Government Index")
        published = {c: x for c, x in printed.items() if x != 0}
        if year == 2008:  # two states are printed with another state's index
            wrong = [c for c, x in published.items() if abs(found[c, year] - x) > 0.001]
            assert len(wrong) == 2, wrong
            print(f"EGDI 2008: {', '.join(sorted(wrong))} do not follow from their sub-indices")
            published = {c: x for c, x in published.items() if c not in wrong}
            states -= 2
        compare(f"EGDI {year}", {c: found[c, year] for c in published}, published, 4, states,
                int(0.9 * states), 0.00006)


def annex(work):
    """The surveys of 2020 and 2022 once more, from the annex tables with four digits."""
    for file, year in [("egdi_2020_hci_raw_published.csv", 2020),
                       ("egdi_2022_tii_raw_published.csv", 2022)]:
        with open(UN / file, encoding="utf-8-sig", newline="") as text:
            table = list(csv.DictReader(text))
        name = "country" if "country" in table[0] else next(iter(table[0]))
        with open(work / "annex.csv", "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["country", "year", "indicator", "value"])
            for row in table:
                for code, column in [("Online Service Index", "osi"), ("Human Capital Index", "hci"),
                                     ("Telecommunication Infrastructure Index", "tii")]:
                    writer.writerow([row[name], year, code, row[column]])
        index = (INDICES / "egdi.yaml").read_text().replace("best_score: 1\n", "best_score: 1\nentities: any\n", 1)
        (work / "index.yaml").write_text(index)
        found = score(work / "index.yaml", "egdi", work / "annex.csv")
        compare(f"EGDI {year}, annex", {r[name].strip(): found[r[name].strip(), year]
                                        for r in table},
                {r[name].strip(): float(r["egdi"]) for r in table}, 4, 193, 150, 0.0001001)


def panel(file, series):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "panel.h5"
        rift("ingest", file, "-o", path, "-q")
        return {r["country"]: float(r["value"]) for r in rows(rift("export", path, "panel"))
                if r["indicator"] == series}


def hdi():
    file = FOLDER / "undp" / "HDR2020_Table1_HDI.csv"
    found = score("hdi.yaml", "hdi", file)
    published = panel(file, "Human Development Index (HDI)")
    compare("HDI 2019", {c: found[c, 2019] for c in published}, published, 3, 189, 185, 0.00051)


def b2c():
    file = FOLDER / "unctad" / "b2c_ecommerce_index_2020.csv"
    found = score("unctad-b2c.yaml", "b2c", file)
    published = panel(file, "2020 Index value")
    # four inputs without decimals, each off by up to 0.5, and the index by 0.05
    compare("UNCTAD B2C 2020", {c: found[c, 2020] for c in published}, published, 1, 152, 25,
            0.351)


def main():
    if not (UN / "egdi_2022_tii_raw_published.csv").exists():
        skip(f"no {FOLDER}")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        # half of the last digit printed, and a little for binary fractions
        from_inputs(work, "egdi_2022_tii_raw_published.csv", 2022, "tii", "tii",
                    {"IT.NET.USER.ZS": "internet_users_pct", "IT.CEL.SETS.P2": "mobile_per100",
                     "IT.NET.BBND.P2": "fixed_bb_per100", "i911mw": "active_mbb_per100"},
                    190, 0.000051)
        # years of schooling are printed with one decimal, which alone may shift an index by
        # 0.0016
        from_inputs(work, "egdi_2020_hci_raw_published.csv", 2020, "hci", "hci",
                    {"SE.ADT.LITR.ZS": "adult_literacy_pct", "UN.EGOV.GER": "gross_enrolment_pct",
                     "UNDP.EYS": "expected_years_schooling", "UNDP.MYS": "mean_years_schooling"},
                    60, 0.0002)
        annex(work)
    surveys()
    hdi()
    b2c()
    passed(6)


main()
