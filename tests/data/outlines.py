# SPDX-License-Identifier: GPL-3.0-or-later
"""The shipped names of countries: as their script writes them. The shipped outlines: rings closed and cut at 180 degrees, every ring with a country's
code, those put right that the source has without one; the shipped figures: only known
countries and series, no cell twice."""
import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import SOURCE, passed, rift


def check_names():
    """Every name is of a known country or of a group; where iso-codes is installed, its
    script keeps all rows of another origin."""
    table = SOURCE / "data" / "country-names.csv"
    with open(table, newline="", encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    with open(SOURCE / "data" / "countries.csv", newline="") as text:
        codes = {row["country"] for row in csv.DictReader(text)}
    assert codes <= {row["country"] for row in rows}
    for row in rows:
        assert row["name"].strip() == row["name"] != "", row
        assert row["origin"] in ("iso-codes", "cldr", "provider"), row
        assert row["language"] in ("en", "fr", "es", "pt", "de", "it", "ru", "zh", "ar"), row
        assert row["country"] == "" or len(row["country"]) == 3, row
    assert len(rows) > 4000 and rows == sorted(
        rows, key=lambda row: (not row["country"], *row.values()))
    if pathlib.Path("/usr/share/iso-codes/json/iso_3166-1.json").exists():
        with tempfile.TemporaryDirectory() as folder:
            for name in ("country-names.csv", "make-country-names.py"):
                shutil.copy(SOURCE / "data" / name, folder)
            subprocess.run([sys.executable, f"{folder}/make-country-names.py"], check=True,
                           capture_output=True)
            made = list(csv.DictReader(open(f"{folder}/country-names.csv", encoding="utf-8")))
            kept = [row for row in made if row["origin"] == "provider"]
            assert kept == [row for row in rows if row["origin"] == "provider"]


def check_outlines():
    rings = {}
    with open(SOURCE / "data" / "outlines.csv", newline="") as text:
        for row in csv.DictReader(text):
            point = (float(row["longitude"]), float(row["latitude"]))
            rings.setdefault((row["country"], row["ring"]), []).append(point)
    codes = {code for code, _ in rings}
    assert {"FRA", "NOR", "XKX", "CYP", "SOM", "RUS", "FJI", "USA"} <= codes
    assert len(codes) == 174 and all(len(code) == 3 for code in codes), len(codes)
    for name, points in rings.items():
        assert len(points) >= 4 and points[0] == points[-1], name
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points), name
        for (x0, _), (x1, _) in zip(points, points[1:]):
            assert abs(x1 - x0) < 180, (name, x0, x1)
    # Russia and Fiji lie on both sides of the cut.
    for code in ("RUS", "FJI"):
        edges = {x for (c, _), points in rings.items() if c == code for x, _ in points}
        assert min(edges) == -180 and max(edges) == 180, code


def check_figures():
    with open(SOURCE / "data" / "countries.csv", newline="", encoding="utf-8") as text:
        countries = {row["country"] for row in csv.DictReader(text)}
    assert len(countries) == 217
    defined = {line.split()[0] for line in
               rift("list", "series", cwd=SOURCE).splitlines()[1:]}
    for name in ("access", "use", "capacity", "context"):
        seen = set()
        with open(SOURCE / "data" / f"{name}.csv", newline="") as text:
            for row in csv.DictReader(text):
                cell = (row["country"], row["year"], row["indicator"])
                assert cell not in seen, cell
                seen.add(cell)
                assert row["country"] in countries, cell
                assert 2000 <= int(row["year"]) <= 2024, cell
        missing = {indicator for _, _, indicator in seen} - defined
        assert not missing, missing


check_names()
check_outlines()
check_figures()
passed(3)
