# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of the studies in tests/house/studies: made up, the same on every machine, with the
gaps, ties, zeros, outliers and odd names that the shipped study lacks."""
import csv
import math
import random

COUNTRIES = ("AUT BEL BGD BOL CHN CIV DEU EGY ETH FRA GHA HTI HUN IND JPN KEN KOR LAO MEX NAM NER "
             "OMN PAK POL TUR USA").split()


NODES = {'geo': 3, 'har': 3, 'gen': 3, 'min': 2, 'med': 4, 'wme': 4, 'owa': 3, 'mpi': 3, 'amp': 3, 'wro': 3, 'mea': 3, 'cop': 4, 'kem': 3, 'bod': 3, 'dir': 3, 'ord': 3, 'bud': 3, 'ent': 3, 'cri': 3, 'pca': 3, 'fac': 5, 'cor': 3}


def save(path, head, lines):
    with open(path, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def methods(folder):
    """A series for each letter, levels that differ by country, some outliers and zeros."""
    draw = random.Random(11)
    lines = []
    series_of = list("abcdefghijklmnopqrstuvwx") + [f"{node}{i}" for node, n in NODES.items() for i in range(1, n + 1)]
    for k, series in enumerate(series_of):
        for i, country in enumerate(COUNTRIES):
            level = 8 + 3 * i + 6 * ((i * (k + 3)) % 7)
            for year in range(2014, 2020):
                x = max(0.0, level + 2 * (year - 2014) + 4 * draw.random())
                if series in ("u", "v") and (i + year) % 5 == 0:
                    x = 0.0
                if series in ("q", "r") and i % 13 == 4:
                    x *= 30
                if draw.random() < 0.9 and not (country == "HTI" and series < "p"):
                    lines.append([country, year, series, round(x, 3)])
    for i, country in enumerate(COUNTRIES):
        for year in range(2014, 2020):
            lines.append([country, year, "PEOPLE", 1000 * (i + 1) + 7 * (year - 2014)])
            lines.append([country, year, "INCOME", 700 + 900 * i + 40 * (year - 2014)])
    save(folder / "methods.csv", ["country", "year", "indicator", "value"], lines)
    save(folder / "methods-countries.csv", ["country", "name", "half", "third"],
         [[c, f"Country of {c}", "ab"[i % 2], "xyz"[i % 3]] for i, c in enumerate(COUNTRIES)])
    save(folder / "methods-votes.csv", ["expert", "bud1", "bud2", "bud3"],
         [["Ada", 20, 30, 50], ["Ben", 40, 40, 20], ["Eve", 25, 50, 25]])


def members(folder):
    """Shares that rise along curves, women behind men, incomes that go with them."""
    draw = random.Random(12)
    lines = []
    for i, country in enumerate(COUNTRIES):
        middle, speed, top = 2001 + 0.55 * (26 - i), 0.22 + 0.01 * (i % 5), 97 - i % 4
        for year in range(2000, 2018):
            gone = (i * 7 + year) % 11 == 0
            use = top / (1 + math.exp(-speed * (year - middle))) * (1 + 0.02 * draw.random())
            gap = max(0.5, 9 - 0.4 * (year - 2000) + (i % 3) - 2 * draw.random())
            lines.append([country, year, "USE[sex=female]", round(max(0.1, use - gap / 2), 4)])
            lines.append([country, year, "USE[sex=male]", round(use + gap / 2, 4)])
            if not gone:
                lines.append([country, year, "USE", round(use, 4)])
                lines.append([country, year, "LINES", round(2 + 0.4 * i + 0.3 * (year - 2000) * draw.random(), 4)])
            lines.append([country, year, "SPEED", round(1 + 0.8 * i + (year - 2000) ** 1.3 + draw.random(), 4)])
            lines.append([country, year, "PEOPLE", 900 + 311 * (i * i % 17) + 3 * (year - 2000)])
            lines.append([country, year, "INCOME", round(900 * 1.14 ** i * 1.02 ** (year - 2000), 2)])
            lines.append([country, year, "TOWNS", round(30 + 2 * i + 0.3 * (year - 2000), 3)])
    # paths that part, more or less: clubs that are nearly, or only just, told apart
    for k in range(1, 13):
        for i, country in enumerate(COUNTRIES):
            club = min(2, i // (6 + k % 5))
            x = 20 + 4 * draw.random()
            for year in range(2000, 2018):
                x *= 1.03 + 0.0008 * k * (1 - club) + 0.02 * draw.random()
                lines.append([country, year, f"C{k}", round(x, 4)])
    save(folder / "members.csv", ["country", "year", "indicator", "value"], lines)
    income = ["Low income", "Lower middle income", "Upper middle income", "High income"]
    save(folder / "members-countries.csv", ["country", "name", "region", "income"],
         [[c, f"Country of {c}", f"Region {i % 4}", income[min(3, i // 7)]] for i, c in enumerate(COUNTRIES)])
    save(folder / "members-union.csv", ["country", "group", "first", "last"],
         [[c, "members", 2000 + 3 * (i % 4) if i % 4 else "", "" if i % 5 else 2014]
          for i, c in enumerate(COUNTRIES) if i % 3] + [["AUT", "observers", 2004, 2011]])
    save(folder / "members-south.csv", ["country", "group", "first", "last"],
         [[c, "south" if i < 13 else "north", "", 2008] for i, c in enumerate(COUNTRIES)] +
         [[c, "south" if i < 9 else "north", 2009, ""] for i, c in enumerate(COUNTRIES)])


NAMES = ["Ash, Upper", "Ash", 'The "Fen"', "Übersee", "São Marçal", "<b>&amp;", "=1+1", "Élan's", "中区",
         "x" * 60, "a;b", "Nord/Süd", "10", "nan", "Zed, Lower", "#note", "'t Hof", "%d%s", "\\alpha", "{x}_1"]


def odd(folder):
    """Districts with odd names, years missing in the middle, negative values and ties."""
    draw = random.Random(13)
    lines = []
    for i, name in enumerate(NAMES):
        for year in (1999, 2000, 2003, 2004, 2009):
            for k, series in enumerate(["Use", "Use in schools", "S-1 (%)", "Balance"]):
                x = (i % 7) * 5 + k + (year - 1999) * 1.5 + (0 if k == 0 else draw.random())
                if series == "Balance":
                    x -= 20
                if draw.random() < 0.93:
                    lines.append([name, year, series, round(x, 2)])
            lines.append([name, year, "People", 100 + i])
    save(folder / "odd.csv", ["country", "year", "indicator", "value"], lines)
    save(folder / "odd-names.csv", ["country", "name", "side"],
         [[n, f"{n} district", ["left", "left hand", "right"][i % 3]] for i, n in enumerate(NAMES)])


def single(folder):
    """One year, few countries, two of which have the same values."""
    lines = [[c, 2020, s, (10 * (i // 2 + 1) + k) % 97] for i, c in enumerate(COUNTRIES[:8])
             for k, s in enumerate(["A", "B", "C"])]
    save(folder / "single.csv", ["country", "year", "indicator", "value"], lines)
    save(folder / "single-countries.csv", ["country", "name", "side"],
         [[c, c, "lr"[i % 2]] for i, c in enumerate(COUNTRIES[:8])])


def messy(folder):
    """Two files of one series that disagree, with names, groups, an unknown country and flags."""
    save(folder / "messy.csv", ["Country", "2018", "2019", "2020"],
         [["Korea, Rep.", 90.1, 91.2, 92.3], ["Cote d'Ivoire", "..", 30.5, 36], ["World", 49, 51, 53],
          ["Kenia", 12, 13, ""], ["Atlantis", 1, 2, 3], ["Germany", 88, 89, 1890]])
    save(folder / "messy-long.csv", ["country", "year", "indicator", "value", "flag"],
         [[c, y, "X.USE", v + (y - 2018), f] for c, v, f in [("KOR", 91, "E"), ("DEU", 88, ""), ("EU27", 80, "P")]
          for y in (2018, 2019, 2020)])


def write(folder):
    """All data files, into a folder that holds the studies."""
    for make in (methods, members, odd, single, messy):
        make(folder)
