# SPDX-License-Identifier: GPL-3.0-or-later
"""Claims of small studies of which the truth is known: each is said, or rightly is not."""
import collections
import pathlib
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import definitions
from support import passed, rift, rows

COUNTRIES = ("AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM DJI EGY ETH GAB GHA GIN GMB KEN LBR LSO MAR MDG MLI MOZ MRT MUS MWI "
             "NAM NER NGA RWA SDN SEN").split()
RICH = set(COUNTRIES[:17])
YEARS = range(2000, 2020)
BY_INCOME = ", by: [income]"
DRAW = numpy.random.default_rng(1)
OWN = {c: DRAW.normal(0, 1) for c in COUNTRIES}
START = {c: (60 if c in RICH else 20) + 4 * OWN[c] for c in COUNTRIES}


def made(level, countries=COUNTRIES, years=YEARS, noise=0.3, seed=2):
    """level(country, years since the first), and a little noise."""
    draw = numpy.random.default_rng(seed)
    return {(c, y): float(level(c, y - years[0])) + noise * draw.normal() for c in countries for y in years}


class Told:
    """Runs a study of one series; its claims by kind, and their readings."""

    def __init__(self, folder, value, group=None, people=None, series="", entities="country", divide="", study="", asked="A",
                 unit="points"):
        folder.mkdir(parents=True)
        countries, years = sorted({c for c, _ in value}), sorted({y for _, y in value})
        group = {c: "High income" if c in RICH else "Low income" for c in countries} if group is None else group
        (folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},A,{x!r}\n" for (c, y), x in value.items()) + "".join(
            f"{c},{y},POP,{(people or {}).get(c, 1000)}\n" for c in countries for y in range(years[0], years[-1] + 1)))
        (folder / "countries.csv").write_text("country,name,income\n" + "".join(f"{c},Land {c},{group.get(c, '')}\n" for c in countries))
        (folder / "c.yaml").write_text(
            "series:\n  - {code: POP, unit: people}\n"
            f"  - {{code: A, name: Lines, unit: \"{unit}\", goalposts: {{low: 0, high: 100}}{series}}}\n")
        (folder / "i.yaml").write_text(
            f"code: i\nentities: {entities}\nnormalisation: goalposts\nnodes:\n  - {{code: total, name: Whole, children: [A]}}\n")
        (folder / "s.yaml").write_text(
            f"code: s\ntitle: S\nyears: {{first: {years[0]}, last: {years[-1]}}}\nsources: [data.csv]\n{study}index: i.yaml\n"
            "countries: {file: countries.csv}\nseries_files: [c.yaml]\nreport: false\npopulation: POP\ncharts: []\n"
            + ("groups: [{code: income, column: income}]\n" if any(group.values()) else "") +
            f"divide: {{series: [{asked}], replicates: 10{divide}}}\nconverge: {{series: [A]}}\n")
        rift("run", folder / "s.yaml", "-q", "-o", folder / "out")
        self.folder = folder
        claims = rows(rift("export", folder / "out", "claims"))
        self.claims = {r["kind"]: r for r in claims}
        self.count = collections.Counter(r["kind"] for r in claims)
        self.readings = rows(rift("export", folder / "out", "readings"))

    def stands(self, kind, standing, agreement, *words):
        claim = self.claims[kind]
        assert (claim["standing"], claim["agreement"]) == (standing, agreement), claim
        for text in words:
            assert text in claim["sentence"], (text, claim["sentence"])

    def withheld(self, kind, why):
        claim = self.claims[kind]
        assert claim["standing"] == "withheld" and not claim["sentence"] and why in claim["reason"], claim
        assert not [r for r in self.readings if r["kind"] == kind], kind

    def story(self, text):
        """Whether the story has a text, however its lines are broken."""
        said = " ".join(rift("show", self.folder / "out", "story").split())
        assert text in said, said

    def first(self, kind):
        return next(r for r in self.readings if r["kind"] == kind)


def together(w):
    told = Told(w, made(lambda c, t: START[c] + (0 if c in RICH else 1.5 * t)))
    told.stands("gap", "told", "all agree", "narrowed, from 41 to 12 points between 2000 and 2019")
    told.stands("inequality", "told", "all agree", "Differences among economies were smaller in 2019 than in 2000.")
    told.stands("catching-up", "told", "all agree", "started lower gained more")
    assert "path" not in told.claims


def apart(w):
    told = Told(w, made(lambda c, t: START[c] + (1.2 if c in RICH else -0.3) * t))
    told.stands("gap", "told", "all agree", "widened, from 41 to 69 points")
    told.stands("inequality", "told", "all agree", "Differences among economies were larger in 2019 than in 2000.")
    told.stands("clubs", "open", "undecided", "The data speak against one common level for the 34 economies with data for 2000 and 2019; but")


def difference_and_ratio(w):
    told = Told(w, made(lambda c, t: (20 + 2 * t if c in RICH else 5 + 1.5 * t) + OWN[c]))
    told.stands("inequality", "open", "opposite", "; but relative to the average they shrank")
    told.stands("catching-up", "open", "opposite", "; but in proportion")
    told.stands("gap", "open", "opposite", "widened, from 15 to 25 points between 2000 and 2019; but the ratio of their means fell from 4.1 to 1.7")


def weightings(w):
    """Low-income countries catch up but for the four most populous, which fall behind."""
    large = dict.fromkeys(COUNTRIES[30:34], 1000000)
    told = Told(w, made(lambda c, t: START[c] + (0 if c in RICH else (-0.8 if c in large else 2) * t)), people=large)
    signs = {r["weighting"]: r["shows"] for r in told.readings if r["kind"] == "gap" and r["measure"] == "difference"}
    assert signs == {"unweighted": "fell", "population": "rose"}, signs
    told.stands("gap", "open", "opposite", "narrowed, from", ". But counting people rather than economies, the gap widened")


def hump(w):
    told = Told(w, made(lambda c, t: 50 + (START[c] - 40) * (1 - abs(t - 9) / 18), noise=0.2))
    told.stands("path", "told", "all agree")
    # the measures that there are agree, and of others nothing is said
    assert told.claims["path"]["sentence"] == "Differences among economies grew until 2009 and have shrunk since.", told.claims["path"]


def hump_but_by_people(w):
    """Ten populous economies draw apart or come closer to the end, or draw apart and stay so."""
    large = {c: 10 ** 6 + 1000 * i for i, c in enumerate(COUNTRIES[12:22])}
    for name, spread, words in (("grew", lambda t: t, "they grew throughout."), ("shrank", lambda t: -t, "they shrank throughout."),
                                ("grew-and-stayed", lambda t: min(t, 9),
                                 "they grew until 2009, and have not clearly changed since.")):
        told = Told(w / name, made(lambda c, t: 50 + (START[c] - 40) * (
            1 + spread(t) / 40 if c in large else 1.5 * (1 - abs(t - 9) / 18)), noise=0.2), people=large)
        assert told.claims["path"]["sentence"].endswith(
            f" grew until 2009 and have shrunk since; counting people rather than economies, {words}"), told.claims["path"]


def hump_but_for_the_ceiling(w):
    """All approach 100 %, by logits with one distance throughout or a growing one: points have a hump between."""
    for name, growth, words in (("same", 0, "they did not clearly change before "), ("growing", 0.04, "they grew throughout.")):
        told = Told(w / name, made(lambda c, t: 100 / (1 + numpy.exp(2.5 - t / 4 - (START[c] - 40) / 12 * (1 + growth * t))), noise=0.1),
                    unit="%")
        assert f" since; allowing for the limits of 0 and 100, {words}" in told.claims["path"]["sentence"], told.claims["path"]


def valley(w):
    told = Told(w, made(lambda c, t: 50 + (START[c] - 40) * (0.4 + abs(t - 9) / 18), noise=0.2))
    told.stands("path", "told", "all agree", "shrank until 2009 and have grown since.")


def straight(w):
    told = Told(w, made(lambda c, t: 50 + (START[c] - 40) * (1 - t / 40), noise=0.2))
    assert "path" not in told.claims
    told.stands("gap", "told", "all agree", "narrowed")


def survey_break(w):
    """Thirty points vanish at the break: nothing of it is told."""
    told = Told(w, made(lambda c, t: START[c] + (30 if t < 8 and c in RICH else 0)), series=", comparable: {breaks: [2008]}")
    assert {r["year_first"] for r in told.readings if r["kind"] in ("gap", "inequality", "catching-up")} == {"2008"}
    told.stands("gap", "open", "undecided", "were about as far apart in 2019 as in 2008: 40.83 and then 40.84 points.")
    for kind in ("gap", "inequality", "catching-up"):
        assert told.claims[kind]["numbers"].endswith(" What is measured changed in 2008, so that earlier years do not compare."), kind


def relative(w):
    told = Told(w, made(lambda c, t: START[c] + t), series=", comparable: {relative: edition}", divide=BY_INCOME)
    told.stands("groups", "told", "all agree", "More than half of the differences among economies lay between groups (by income) in 2019: ")
    for kind in ("gap", "inequality", "catching-up", "clubs", "years-behind"):
        told.withheld(kind, "against its own best")
    assert "path" not in told.claims
    told.story("Gap between two groups, differences among all, catching up, one common level, years behind: "
               "This cannot be told: each edition is scored against its own best")


def fewer(w):
    """Until 2005 only 7 of 17 low-income countries have data: no year of the gap."""
    value = made(lambda c, t: START[c] + (0 if c in RICH else t))
    value = {(c, y): x for (c, y), x in value.items() if not (y < 2006 and c in COUNTRIES[24:])}
    told = Told(w, value)
    assert told.first("gap")["year_first"] == "2006" and told.first("gap")["n_countries"] == "34"
    assert told.first("inequality")["year_first"] == "2000" and told.first("inequality")["n_countries"] == "24"


def balanced(w):
    value = {(c, y): x for (c, y), x in made(lambda c, t: START[c] + (0 if c in RICH else t)).items()
             if not (c in COUNTRIES[:5] and y == 2010)}
    w.mkdir()
    told = Told(w / "b", value, divide=", sample: balanced")
    loose = Told(w / "a", value)
    for kind in ("gap", "inequality"):
        assert (told.first(kind)["n_countries"], loose.first(kind)["n_countries"]) == ("29", "34"), kind
    assert "12 of 17 high-income" in told.claims["gap"]["numbers"]


def lower_is_better(w):
    told = Told(w, made(lambda c, t: (20 if c in RICH else 60 - 1.5 * t) + 3 * OWN[c]), series=", polarity: lower-is-better",
                unit="%")
    told.stands("gap", "told", "all agree", "low-income economies and high-income economies narrowed")
    told.stands("catching-up", "told", "all agree", "the economies that started higher improved more than the others")
    assert not [r for r in told.readings if "shortfall" in r["measure"]]   # of what is better low, nobody lacks the rest


def crossing(w):
    told = Told(w, made(lambda c, t: (20 + 2.4 * t if c in RICH else 50 + 0.2 * t) + OWN[c]))
    told.stands("gap", "told", "all agree", "In 2000 low-income economies had the higher mean, by 30 points; in 2019 high-income")


def one_year(w):
    told = Told(w, made(lambda c, t: START[c], years=range(2010, 2011)), divide=BY_INCOME)
    for kind in ("gap", "inequality", "catching-up", "clubs"):
        told.withheld(kind, "fewer than two years")
    assert told.claims["years-behind"]["reason"] == "data begin too late to say"
    assert "path" not in told.claims
    assert told.claims["groups"]["standing"] == "told", told.claims["groups"]


def two_countries(w):
    told = Told(w, made(lambda c, t: START[c] + t, countries=["AGO", "SEN"]), divide=BY_INCOME)
    assert all(not r["p_value"] and r["shows"] == "not tested" for r in told.readings if r["kind"] == "gap")
    told.stands("gap", "open", "undecided")
    told.withheld("inequality", "too few")
    told.withheld("catching-up", "at least four economies")
    told.withheld("groups", "fewer than three economies")
    assert "at least 20 economies" in told.claims["years-behind"]["reason"]


def districts(w):
    codes = [f"D{i:02}" for i in range(30)]
    group = {c: "north" if i % 2 else "south" for i, c in enumerate(codes)}
    told = Told(w, made(lambda c, t: 30 + int(c[1:]) + t / 2, countries=codes), group=group, entities="any")
    told.stands("coverage", "told", "not tested", "All 30 places")
    told.stands("gap", "open", "undecided", "the group north and the group south")
    assert not any("econom" in c["sentence"] for c in told.claims.values())
    named = Told(w / "named", made(lambda c, t: START[c] + t), study="noun: districts\n")
    named.stands("coverage", "told", "not tested", "All 34 districts")
    named.stands("scored", "told", "not tested", "Whole sums up 1 series in one score from 0 to 100.")
    assert "High-income districts" in named.claims["gap"]["sentence"], named.claims["gap"]
    assert not any("econom" in c["sentence"] + c["numbers"] + c["reason"] for c in named.claims.values())
    assert named.claims["gap"]["overturned_by"] == "other years or groups", named.claims["gap"]   # nobody is left out


def likewise(w):
    """A total of one part: what is true of both is said once."""
    told = Told(w, made(lambda c, t: START[c] + (0 if c in RICH else 1.5 * t)), asked="total, A")
    assert told.claims["gap"]["name"] == "Whole, and likewise Lines", told.claims["gap"]
    assert told.count["gap"] == 1 and told.claims["gap"]["variable"] == "total"


def apart_of_editions(w):
    """Two series of which no years compare are not the same because of that."""
    w.mkdir()
    told = Told(w / "a", made(lambda c, t: START[c] + t), series=", comparable: {relative: edition}", asked="total, A")
    assert told.claims["gap"]["name"] == "Whole, and likewise Lines", told.claims["gap"]
    study = (w / "a" / "s.yaml").read_text().replace("[total, A]", "[A, B]")
    (w / "a" / "s.yaml").write_text(study)
    (w / "a" / "c.yaml").write_text((w / "a" / "c.yaml").read_text() + "  - {code: B, name: Others, unit: points, "
                                    "goalposts: {low: 0, high: 100}, comparable: {relative: edition}}\n")
    with (w / "a" / "data.csv").open("a") as data:
        data.writelines(f"{c},{y},B,{90 - START[c]!r}\n" for c in COUNTRIES for y in YEARS)
    rift("run", w / "a" / "s.yaml", "-q", "-o", w / "a" / "out")
    named = [c["name"] for c in rows(rift("export", w / "a" / "out", "claims")) if c["kind"] == "gap"]
    assert named == ["Lines", "Others"], named


def scales(w):
    """Values near 0 that spread and near 100 that close: by the odds differences shrink from first to last."""
    told = Told(w, made(lambda c, t: 100 / (1 + numpy.exp(-(t - 9.5) / 2 - OWN[c] * (1 - t / 40))), noise=0), unit="%")
    told.stands("path", "open", "opposite", "Whether differences among economies turned depends on how they are measured: counting each once, they grew "
                "until 2009 and have shrunk since; allowing for the limits of 0 and 100, they shrank throughout.")
    assert "with data for every year." in told.claims["path"]["numbers"], told.claims["path"]
    value = made(lambda c, t: START[c] * (1 - t / 40) + t)
    gaps = Told(w / "gaps", {(c, y): x for (c, y), x in value.items() if not (y == 2010 and c in COUNTRIES[:3])})
    claim = gaps.claims["clubs"]
    assert "34 economies with data for 2000 and 2019" in claim["sentence"] and "lack" not in claim["numbers"], claim
    assert "Gaps in the years between are closed" in claim["numbers"], claim


def weighed_apart(w):
    """Two giants of the two groups make nearly all of the difference among people one between groups; among economies it is
    one within them."""
    giants = {COUNTRIES[0]: 10 ** 6, COUNTRIES[1]: 10 ** 6, COUNTRIES[32]: 10 ** 6, COUNTRIES[33]: 10 ** 6}
    w.mkdir()

    def run(name, gap, agreement, words):
        value = made(lambda c, t: (60 if c in RICH else 60 - gap) + (0 if c in giants else 25 * numpy.tanh(OWN[c])), noise=0.1)
        x, group = numpy.array([value[c, YEARS[-1]] for c in COUNTRIES]), numpy.array([c in RICH for c in COUNTRIES])
        said = []
        for weight in (numpy.ones(len(x)), numpy.array([float(giants.get(c, 1000)) for c in COUNTRIES])):
            shares = [100 * definitions.between(f"share between of {m}", x, weight, group) for m in ("variance", "theil-t", "theil-l")]
            said.append(f"{min(shares):.0f} % to {max(shares):.0f} %")
        Told(w / name, value, people=giants, divide=BY_INCOME).stands(
            "groups", "open", agreement, f"made up {said[0]} of all differences among economies, each counting once, and {said[1]} counting people.",
            words)
    run("near", 20, "undecided", "Counting people, that is more than half; counting economies, whether it is more than half is not clear.")
    run("less", 9, "opposite", "Counting economies, that is less than half; counting people, that is more than half.")


def constant(w):
    """No change is never told as one."""
    told = Told(w, made(lambda c, t: 50, noise=0), divide=BY_INCOME)
    assert told.first("inequality")["change"] == "0"
    told.stands("inequality", "told", "all agree", "All economies have the same value, in 2019 as in 2000.")
    assert "path" not in told.claims
    told.withheld("catching-up", "did not all begin alike")
    told.withheld("groups", "all have the same value")
    assert told.claims["clubs"]["standing"] == "withheld", told.claims["clubs"]
    told.withheld("gap", "no two groups whose means differ")


def untested(w):
    """By people one country is nearly all there is: nothing is tested by them, and nothing said of them; its sign counts."""
    large = {COUNTRIES[0]: 10 ** 15, COUNTRIES[30]: 10 ** 15}
    told = Told(w, made(lambda c, t: START[c] + (0 if c in RICH else 1.5 * t)), people=large)
    assert "people" not in told.claims["gap"]["sentence"], told.claims["gap"]
    grows = Told(w / "b", made(lambda c, t: START[c] + (0 if c in RICH else (-1.5 if c == COUNTRIES[30] else 1.5) * t)), people=large)
    assert grows.claims["gap"]["agreement"] in ("undecided", "opposite"), grows.claims["gap"]


def main():
    tests = [together, apart, difference_and_ratio, weightings, hump, hump_but_by_people, hump_but_for_the_ceiling, valley, straight,
             survey_break, relative, fewer, balanced, lower_is_better, crossing, one_year, two_countries, districts, constant, untested,
             likewise, apart_of_editions, scales, weighed_apart]
    with tempfile.TemporaryDirectory() as folder:
        for test in tests:
            test(pathlib.Path(folder) / test.__name__)
    passed(len(tests))


main()
