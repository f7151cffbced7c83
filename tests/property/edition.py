# SPDX-License-Identifier: GPL-3.0-or-later
"""The edition of a result is the last year whose scores are of that year; later ones are provisional,
and what is shown says how much of a score is carried forward."""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, number, passed, rift, rows

COUNTRIES = ["BEN", "BFA", "CIV", "GHA", "KEN", "MLI", "NER", "TGO"]
WEIGHT = {"a": 5, "b": 3, "c": 2}
# the last year of each series, of the countries from the fourth on; the first three are told to the end
LAST = {"a": 2022, "b": 2021, "c": 2020}


def study(work, edition=""):
    work.mkdir(exist_ok=True)
    lines = ["country,year,indicator,value"]
    for k, s in enumerate("abc"):
        for i, c in enumerate(COUNTRIES):
            last = 2023 if i < 3 else LAST[s]
            lines += [f"{c},{y},{s},{10 + (7 * i + 11 * k + 3 * y) % 80}" for y in range(2018, last + 1)]
    (work / "data.csv").write_text("\n".join(lines) + "\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},Land {c}\n" for c in COUNTRIES))
    (work / "index.yaml").write_text(
        "code: i\nnormalisation: goalposts\nseries:\n" + "".join(
            f"  - {{code: {s}, goalposts: {{low: 0, high: 100}}, maximum_age: 5}}\n" for s in "abc") +
        "nodes:\n  - {code: total, children: [" + ", ".join(f"{{series: {s}, weight: {w}}}" for s, w in WEIGHT.items()) + "]}\n")
    (work / "study.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2018, last: 2023}\nsources: [data.csv]\ncountries: {file: countries.csv}\n"
        f"index: index.yaml\n{edition}")
    return work / "study.yaml"


def run(work, edition=""):
    rift("run", study(work, edition), "-q", "--no-charts", "-o", work / "out")
    return work / "out"


def own(country, year):
    """Share of the weight whose value is of the year, and the oldest year of any."""
    last = {s: 2023 if COUNTRIES.index(country) < 3 else LAST[s] for s in WEIGHT}
    return (sum(w for s, w in WEIGHT.items() if last[s] >= year) / sum(WEIGHT.values()),
            min(min(last[s], year) for s in WEIGHT))


def shares(work):
    result = run(work)
    for year in range(2018, 2024):
        for r in rows(rift("export", result, "ranking", "--year", year)):
            share, oldest = own(r["country"], year)
            assert abs(number(r["own_year_share"]) - share) < 1e-12 and int(r["oldest_year"]) == oldest, r
    leaf = {r["node"]: r for r in rows(rift("export", result, "country", "--country", "KEN", "--year", 2022))}
    assert {n: leaf[n]["own_year_share"] for n in "abc"} == {"a": "1", "b": "0", "c": "0"}
    assert (leaf["c"]["oldest_year"], leaf["total"]["own_year_share"]) == ("2020", "0.5"), leaf


def shown_years(result):
    text = rift("show", result, "ranking")
    return {int(line.split()[0]) for line in text.splitlines()[1:]}


def said_percent(share, wanted):
    """Rounded, but not up to what an edition needs, nor to all."""
    near = round(100 * share)
    return int(100 * share + 1e-9) if any(share < limit and near >= 100 * limit for limit in (wanted, 1)) else near


def editions(work):
    """Of all eight countries 5 x 3 of 10 end in 2021 and 5 x 2 in 2020."""
    whole = {y: sum(own(c, y)[0] for c in COUNTRIES) / len(COUNTRIES) for y in range(2018, 2024)}
    for said, year in (("", 2021), ("edition: {share: 0.9}\n", 2020), ("edition: {share: 0.6}\n", 2022), ("edition: latest\n", 2023),
                       ("edition: 2019\n", 2019), ("edition: {share: 1}\n", 2020)):
        result = run(work, said)
        wanted = float(re.search(r"share: ([0-9.]+)", said)[1]) if "share" in said else 0 if "latest" in said else 0.8
        assert shown_years(result) == {year}, (said, whole)
        report = (result / "report.html").read_text()
        assert f"Edition {year}: " in report and f"{said_percent(whole[year], wanted)} %" in report, said
        assert ("Provisional: " in report) == (year < 2023), said
        for y in range(year + 1, 2024):
            assert f"{y} ({said_percent(whole[y], wanted)} %)" in report, (said, y)


def refused(work):
    for said, told in (("edition: 2030\n", "'edition' is a year of the study, 2018 to 2023, latest, or"),
                       ("edition: first\n", "'edition' is a year of the study"), ("edition: {share: 2}\n", "share")):
        assert told in rift("run", study(work, said), "-q", "-o", work / "no", code=1), said


def audited(work):
    """What is of one year is of the edition, unless another is asked for."""
    result = run(work)
    for table in ("dominance", "statistics"):
        assert {r["year"] for r in rows(rift("audit", result, table, "--to", "csv"))} == {"2021"}, table
    done = subprocess.run([RIFT, "show", result, "ranking", "--year", "2022"], capture_output=True, text=True)
    assert "2022 is provisional: 69 % of the values" in done.stderr and "the edition is 2021" in done.stderr, done
    done = subprocess.run([RIFT, "show", result, "ranking", "--year", "2019"], capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done


def marks(work):
    """e, i, p, y of cells whose flags and ages are known: observation status, a carried and an interpolated value."""
    study(work)
    flags = {("BEN", 2021): "E", ("BFA", 2021): "P", ("CIV", 2021): "F", ("GHA", 2021): "I", ("KEN", 2021): "B"}
    lines = ["country,year,indicator,value,obs_status"]
    for i, c in enumerate(COUNTRIES):
        for y in range(2018, 2022):
            missing = (c == "MLI" and y == 2021) or (c == "NER" and y == 2019)
            if not missing:
                lines.append(f"{c},{y},a,{10 + 7 * i + y % 7},{flags.get((c, y), 'A')}")
    (work / "data.csv").write_text("\n".join(lines) + "\n")
    (work / "index.yaml").write_text(
        "code: i\nnormalisation: goalposts\nseries:\n  - {code: a, goalposts: {low: 0, high: 100}, maximum_age: 5}\n"
        "nodes:\n  - {code: total, children: [{series: a}]}\n")
    (work / "study.yaml").write_text((work / "study.yaml").read_text().replace("2023", "2022") + "edition: 2021\n")
    rift("run", work / "study.yaml", "-q", "--no-charts", "-o", work / "out")
    found = {y: {r["country"]: r["marks"] for r in rows(rift("export", work / "out", "ranking", "--year", y))} for y in (2020, 2021, 2022)}
    assert found[2021] == {"BEN": "e", "BFA": "p", "CIV": "e", "GHA": "i", "KEN": "", "MLI": "y", "NER": "", "TGO": ""}, found[2021]
    assert found[2020] == dict.fromkeys(COUNTRIES, ""), found[2020]
    # carried on into a provisional year, with the flag of the year that it is from
    assert found[2022] == {"BEN": "epy", "BFA": "py", "CIV": "epy", "GHA": "ipy", "KEN": "py", "MLI": "py", "NER": "py", "TGO": "py"}, found[2022]
    leaf = {(r["node"], r["country"]): r["marks"] for r in rows(rift("export", work / "out", "country", "--year", 2021))}
    assert all(leaf["a", c] == leaf["total", c] == found[2021][c] for c in COUNTRIES), leaf
    (work / "index.yaml").write_text((work / "index.yaml").read_text().replace("maximum_age: 5", "maximum_age: 0, imputation: linear"))
    rift("run", work / "study.yaml", "-q", "--no-charts", "-o", work / "out")
    assert {r["country"]: r["marks"] for r in rows(rift("export", work / "out", "ranking", "--year", 2019))}["NER"] == "i"


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "w"
        shares(work)
        editions(work)
        refused(work)
        audited(work)
        marks(work)
    passed(5)


main()
