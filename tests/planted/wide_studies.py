# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies that are wide or odd, made up so that what is right can be computed here: many layers,
groupings, series, districts and years, long names and names within names, one country, one year."""
import csv
import math
import random

COUNTRIES = ("AUT BEL BGD BOL BRA CHN CIV DEU EGY ETH FRA GHA HTI HUN IND JPN KEN KOR LAO MEX NAM NER "
             "NGA OMN PAK PER POL SEN TUR USA").split()
LONG = 300


def save(path, head, lines):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


class Plan:
    """A study as it is written down: values by (country, year, series), and the texts of its files."""

    def __init__(self, folder, code):
        self.folder, self.code = folder, code
        folder.mkdir(parents=True, exist_ok=True)
        self.value, self.countries, self.groups = {}, {}, {}
        self.years, self.unit = (2015, 2020), "country"
        self.series, self.nodes, self.head = [], [], "normalisation: goalposts\n"
        self.blocks, self.charts, self.report = "", [], True
        self.population = self.income = None
        self.extra = ""

    def write(self, outlines=None):
        f = self.folder
        save(f / "data.csv", ["country", "year", "indicator", "value"],
             [[c, y, s, repr(float(x))] for (c, y, s), x in self.value.items()])
        save(f / "countries.csv", ["country", "name", *self.groups],
             [[c, n, *(self.groups[g].get(c, "") for g in self.groups)] for c, n in self.countries.items()])
        (f / "index.yaml").write_text(
            f"code: {self.code}\nentities: {self.unit}\n{self.head}series:\n" +
            "".join(f"  - {s}\n" for s in self.series) + "nodes:\n" + "".join(f"  - {n}\n" for n in self.nodes))
        groups = "".join(f"  - {{code: {g}, name: {quote('Grouping ' + g)}, column: {g}}}\n" for g in self.groups)
        (f / "study.yaml").write_text(
            f"code: {self.code}\ntitle: {quote('Wide: ' + self.code)}\n"
            f"years: {{first: {self.years[0]}, last: {self.years[1]}}}\nsources: [data.csv]\n"
            f"countries: {{file: countries.csv}}\n" + (f"groups:\n{groups}" if groups else "") +
            (f"population: {self.population}\n" if self.population else "") +
            (f"gdp_per_head: {self.income}\n" if self.income else "") +
            f"index: index.yaml\n{self.blocks}" +
            (f"map: {{outlines: {outlines}}}\n" if outlines else "") + self.extra +
            f"charts: [{', '.join(self.charts)}]\nreport: {'true' if self.report else 'false'}\n")
        return f / "study.yaml"

    def people(self):
        self.population, self.income = "POP", "GDP"
        self.series += ["{code: POP, unit: people}", "{code: GDP, unit: dollars}"]
        for i, c in enumerate(self.countries):
            for y in range(self.years[0], self.years[1] + 1):
                self.value[c, y, "POP"] = 1000 + 137 * (i * i % 19)
                self.value[c, y, "GDP"] = 500 * 1.15 ** i * (1 + 0.01 * (y - self.years[0]))


def rising(draw, i, n, year, first):
    """A share between 0 and 100 that rises, faster for those behind."""
    return 100 / (1 + math.exp(-0.25 * (year - first - 12 + 20 * i / n) - draw.random() * 0.2))


def shares(plan, codes, n_country, seed):
    draw = random.Random(seed)
    plan.countries = {c: f"Land of {c}" for c in COUNTRIES[:n_country]}
    for k, code in enumerate(codes):
        for i, c in enumerate(plan.countries):
            for y in range(plan.years[0], plan.years[1] + 1):
                plan.value[c, y, code] = round(rising(draw, (i * (k + 3)) % n_country, n_country, y, plan.years[0]), 4)


INCOME = ["Low income", "Lower middle income", "Upper middle income", "High income"]
CHARTS = ("map ranking layers lorenz gini gdp regions incomes partners dominance theil ridges sigma beta paths fan "
          "quadrants behind").split()


def usual_groups(plan):
    n = len(plan.countries)
    plan.groups = {"region": {c: f"Region {i % 3}" for i, c in enumerate(plan.countries)},
                   "income": {c: INCOME[min(3, 4 * i // n)] for i, c in enumerate(plan.countries)}}
    plan.extra = "highlight: {grouping: region, group: Region 0}\n"


BLOCKS = ("divide: {{measures: [gini, theil-t], decompose: [{by}], replicates: 10}}\n"
          "converge: {{}}\nforecast: {{replicates: 10}}\nparadox: {{}}\n")


def layers(folder, n=70):
    """n layers of a series each; the series s01, the layers 'Layer 01 of n'."""
    plan = Plan(folder, "layers")
    codes = [f"s{k:02}" for k in range(1, n + 1)]
    shares(plan, codes, 12, 1)
    usual_groups(plan)
    plan.people()
    plan.series += [f"{{code: {s}, name: Series {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in codes]
    plan.nodes = [f"{{code: total, name: Everything, children: [{', '.join('L' + s[1:] for s in codes)}]}}"]
    plan.nodes += [f"{{code: L{s[1:]}, name: 'Layer {s[1:]} of {n}', children: [{s}]}}" for s in codes]
    plan.blocks = BLOCKS.format(by="region, income")
    plan.charts = CHARTS
    return plan


def groupings(folder, n=70):
    """n groupings of two or three groups, all decomposed by; n measures."""
    plan = Plan(folder, "groupings")
    shares(plan, ["X", "Y"], 16, 2)
    draw = random.Random(3)
    plan.groups = {f"g{k:02}": {c: f"{'ABC'[draw.randrange(2 + k % 2)]}{k}" for c in plan.countries}
                   for k in range(1, n + 1)}
    plan.people()
    plan.series += [f"{{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in "XY"]
    plan.nodes = ["{code: total, children: [X, Y]}"]
    measures = ["gini"] + [f"atkinson-{k / 50}" for k in range(1, n)]
    plan.blocks = (f"divide: {{measures: [{', '.join(measures)}], decompose: [{', '.join(plan.groups)}], "
                   "replicates: 10, series: [total]}\n"
                   "converge: {}\nforecast: {replicates: 10}\nparadox: {}\n")
    plan.charts = ["ranking", "lorenz", "gini", "gdp", "theil", "sigma", "paths", "behind"]
    plan.measures = measures
    return plan


def series(folder, n=70, aggregation="arithmetic"):
    """n series under one node, ten more beside the index, 14 pairs of them by sex."""
    plan = Plan(folder, "series")
    codes = [f"x{k:02}" for k in range(1, n + 1)]
    beside = [f"z{k:02}" for k in range(1, 15)]
    sexes = [f"{s}[sex={w}]" for s in codes[:14] for w in ("female", "male")]
    plan.years = (2010, 2020)
    shares(plan, codes + beside + sexes, 14, 4)
    usual_groups(plan)
    plan.people()
    plan.series += [f"{{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in codes]
    plan.series += [f"{{code: {quote(s)}, unit: '%'}}" for s in beside + sexes]
    plan.head = f"normalisation: goalposts\nworst_score: 1\naggregation: {aggregation}\n"
    plan.nodes = [f"{{code: total, children: [{', '.join(codes)}]}}"]
    plan.blocks = ("divide: {measures: [gini], decompose: [income]}\n"
                   "converge: {}\nforecast: {replicates: 10}\nparadox: {replicates: 10}\n")
    plan.charts = ["ranking", "lorenz", "gini"]
    plan.codes, plan.beside, plan.pairs = codes, beside, 14
    return plan


def districts(folder, n=300):
    """n districts of any name and two more, some names and codes of LONG letters, some within others."""
    plan = Plan(folder, "districts")
    plan.unit, plan.years = "any", (2012, 2020)
    draw = random.Random(5)
    plan.countries = {f"D{i:03}": f"District {i}" for i in range(n)}
    names = {"D000": "North", "D001": "North and South", "D002": "n" * LONG, "D003": "n" * LONG + "!"}
    plan.countries.update(names)
    for end in "ab":  # codes that differ in the last of many letters
        plan.countries["c" * LONG + end] = f"Coded {end}"
    for i, c in enumerate(plan.countries):
        for y in range(2012, 2021):
            for s in "AB":
                plan.value[c, y, s] = round(rising(draw, i, n, y, 2012), 4)
    usual_groups(plan)
    plan.series = [f"{{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in "AB"]
    plan.nodes = ["{code: total, children: [A, B]}"]
    plan.blocks = BLOCKS.format(by="region")
    plan.charts = ["ranking", "lorenz", "gini", "regions", "incomes", "partners", "dominance", "theil", "ridges",
                   "sigma", "beta", "paths", "behind"]
    return plan


def years(folder, n=120):
    plan = Plan(folder, "years")
    plan.years = (2024 - n + 1, 2024)
    draw = random.Random(6)
    plan.countries = {c: f"Land of {c}" for c in COUNTRIES[:10]}
    for i, c in enumerate(plan.countries):
        for y in range(plan.years[0], 2025):
            for s in "AB":
                at = (y - plan.years[0]) / 12 - 3 - 0.3 * i + 0.05 * draw.random()
                plan.value[c, y, s] = round(98 / (1 + math.exp(-at)) + 0.2 * draw.random(), 4)
    usual_groups(plan)
    plan.people()
    plan.series += [f"{{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in "AB"]
    plan.nodes = ["{code: total, children: [A, B]}"]
    plan.blocks = BLOCKS.format(by="region")
    plan.charts = [c for c in CHARTS if c not in ("map", "layers", "quadrants")]
    return plan


NAMES = {"Use": "Use", "UseS": "Use in schools", "IU": "Internet users", "IUW": "Internet users, women",
         "Same1": "Lines", "Same2": "Lines", "Long1": "long name " * (LONG // 10), "Long2": "long name " * (LONG // 10) + "x",
         "On": "Use on level", "Colon": "Use: at home"}


def names(folder):
    """Names within names, two of one name, two of LONG characters that differ in the last."""
    plan = Plan(folder, "names")
    plan.years = (2005, 2020)
    shares(plan, NAMES, 12, 7)
    usual_groups(plan)
    plan.people()
    plan.series += [f"{{code: {c}, name: {quote(n)}, unit: '%', goalposts: {{low: 0, high: 100}}}}"
                    for c, n in NAMES.items()]
    plan.nodes = [f"{{code: total, name: Everything, children: [part, {', '.join(list(NAMES)[4:])}]}}",
                  f"{{code: part, name: Everything else, children: [{', '.join(list(NAMES)[:4])}]}}"]
    plan.blocks = (f"divide: {{measures: [gini], decompose: [income], series: [{', '.join(NAMES)}], replicates: 10}}\n"
                   f"converge: {{series: [{', '.join(NAMES)}]}}\n"
                   f"forecast: {{series: [{', '.join(NAMES)}], by: [income], replicates: 10}}\n")
    plan.charts = ["ranking", "gini", "dominance", "sigma", "beta", "paths", "behind", "fan"]
    return plan


ODD = ["Two words", 'Double " quote', "Apostrophe's", "Slash/es \\ back", "\u00dcn\u00efc\u00f6d\u00e9 \u6570\u5b57", "new\nline",
       "tab\there", "<b>html</b> & co", "%s %n %d", "{brace} @at _sub^sup", "=1+1", "\u202eright to left \U0001f600"]


def odd(folder):
    """Names that gnuplot, HTML, CSV and printf could mistake; codes with blanks, quotes and commas; and a
    population of 0 everywhere, so that nothing can be weighed by people."""
    plan = Plan(folder, "odd")
    plan.years = (2010, 2020)
    codes = ["a b", 'q"q', "s/s", "\u00fc", "a,b", "a=b", "row", "year"]
    shares(plan, codes, 12, 9)
    plan.countries = dict(zip(plan.countries, ODD))
    usual_groups(plan)
    plan.groups["region"] = {c: ODD[i % 4] for i, c in enumerate(plan.countries)}
    plan.people()
    for key in plan.value:
        plan.value[key] *= key[2] != "POP"
    plan.series += [f"{{code: {quote(c)}, name: {quote(n)}, unit: '%', goalposts: {{low: 0, high: 100}}}}"
                    for c, n in zip(codes, ODD)]
    plan.nodes = [f"{{code: total, name: {quote(ODD[7])}, children: [{', '.join(map(quote, codes))}]}}"]
    plan.blocks = BLOCKS.format(by="region")
    plan.extra = f"highlight: {{grouping: region, group: {quote(ODD[1])}}}\n"
    plan.charts = CHARTS
    plan.codes = codes
    return plan


def single(folder, n_country, n_year):
    """Few countries, few years: the least that a study can be."""
    plan = Plan(folder, f"single-{n_country}-{n_year}")
    plan.years = (2020 - n_year + 1, 2020)
    shares(plan, "AB", n_country, 8)
    usual_groups(plan)
    plan.people()
    plan.series += [f"{{code: {s}, unit: '%', goalposts: {{low: 0, high: 100}}}}" for s in "AB"]
    plan.nodes = ["{code: total, children: [A, B]}"]
    plan.blocks = BLOCKS.format(by="region")
    plan.charts = ["ranking", "lorenz", "gdp", "regions", "incomes", "partners"]
    return plan
