# SPDX-License-Identifier: GPL-3.0-or-later
"""What definitions can say of methods: each variant against values that are computed here."""
import csv
import math
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, number, passed, rift, rows

COUNTRIES = ["BEN", "BFA", "CIV", "GHA", "KEN", "MLI", "NER", "TGO"]
YEARS = [2018, 2019]
A = [[12.0, 40.0, 33.5, 40.0, 71.0, 9.0, 9.0, 26.0], [15.0, 44.0, 31.5, 47.0, 72.0, 11.0, 13.0, 29.0]]
B = [[61.0, 80.0, 22.0, 35.0, 35.0, 35.0, 97.0, 18.0], [64.0, 81.0, 28.0, 36.0, 39.0, 34.0, 90.0, 20.0]]


def table(**series):
    return {(c, y, s): x[t][i] for s, x in series.items() for t, y in enumerate(YEARS)
            for i, c in enumerate(COUNTRIES)}


def write(work, values):
    with open(work / "data.csv", "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["country", "year", "indicator", "value"])
        writer.writerows([*k, x] for k, x in values.items())


def score(work, definition, values=None, code=0):
    """Scores of {(country, year, node)}; the errors where the exit status is another."""
    (work / "index.yaml").write_text("code: made-up\n" + definition)
    write(work, values or table(a=A, b=B))
    text = rift("score", work / "index.yaml", "--data", work / "data.csv", code=code)
    if code:
        return text
    return {(r["country"], int(r["year"]), r["node"]): number(r["value"]) for r in rows(text)}


def tree(a="", b="", node=""):
    return (f"series:\n  - {{code: a{a}}}\n  - {{code: b{b}}}\n"
            f"nodes:\n  - {{code: total, children: [a, b]{node}}}\n")


def near(found, expected, tolerance=1e-12):
    assert abs(found - expected) <= tolerance, (found, expected)


def check(found, node, year, expected, tolerance=1e-12):
    for country, x in zip(COUNTRIES, expected):
        near(found[country, year, node], x, tolerance)


def finished(work):
    """Scores that came as scores stay as they are, and are aggregated."""
    found = score(work, "normalisation: none\n" + tree(b=", polarity: lower-is-better"))
    for t, year in enumerate(YEARS):
        check(found, "a", year, A[t], 0)
        check(found, "b", year, [100 - x for x in B[t]], 0)
        check(found, "total", year, [(x + 100 - z) / 2 for x, z in zip(A[t], B[t])])
    text = score(work, "normalisation: none\nbest_score: 1\n" + tree(), code=1)
    assert "'a' cannot be scored by none: BEN has 12 in 2018" in text, text
    assert "(it takes scores from 'worst_score' to 'best_score', unless 'clip' is false)" in text, text
    found = score(work, "normalisation: none\nbest_score: 1\nclip: false\n" + tree(b=", polarity: lower-is-better"))
    check(found, "b", 2018, [-x for x in B[0]], 0)


def judged_by_scores(work):
    """z-scores of mean 100 and sd 10 are far above 0, and have a geometric mean."""
    found = score(work, "normalisation: scaled-z-score\naggregation: geometric\n" + tree())

    def z(x):
        mean = sum(x) / len(x)
        sd = math.sqrt(sum((v - mean) ** 2 for v in x) / len(x))
        return [100 + 10 * (v - mean) / sd for v in x]
    check(found, "total", 2019, [math.sqrt(p * q) for p, q in zip(z(A[1]), z(B[1]))])
    for head in ("aggregation: harmonic", "aggregation: {method: generalised, power: -2}"):
        score(work, f"normalisation: scaled-z-score\n{head}\n" + tree())
    text = score(work, "normalisation: {method: scaled-z-score, mean: 5}\naggregation: geometric\n" + tree(),
                 code=1)
    assert "in 2018, which it does not take (it takes scores of 0 and above)" in text, text
    assert "BEN has" in text or "MLI has" in text, text
    text = score(work, "normalisation: z-score\naggregation: geometric\n" + tree(), code=1)
    assert "'z-score' gives negative scores, which geometric does not take" in text, text


def fractions(work):
    """Below 0 a value has a negative share of the best: COINr, n_fracmax."""
    lower = [[x - 20 for x in A[0]], A[1]]
    found = score(work, "normalisation: fraction-of-best\n" + tree(), table(a=lower, b=B))
    check(found, "a", 2018, [100 * (x - 20) / 51 for x in A[0]])
    text = score(work, "normalisation: fraction-of-best\n" + tree(), table(a=[[x - 80 for x in A[0]], A[1]], b=B),
                 code=1)
    assert "KEN has -9 in 2018, which it does not take (it takes values of which the best is above 0" in text, text


def ranks(x, ties):
    """From the bottom, by counting: R's rank() with ties.method min, max and average."""
    low = [1 + sum(v < own for v in x) for own in x]
    high = [sum(v <= own for v in x) for own in x]
    return {"min": low, "max": high, "average": [(p + q) / 2 for p, q in zip(low, high)]}[ties]


def ties(work):
    n = len(COUNTRIES)
    for how in ("average", "min", "max"):
        for method, of in [("rank", lambda r: r), ("borda", lambda r: r - 1),
                           ("percentile-rank", lambda r: 100 * (r - 1) / (n - 1))]:
            found = score(work, f"normalisation: {{method: {method}, ties: {how}}}\n" +
                          tree(b=", polarity: lower-is-better"))
            check(found, "a", 2018, [of(r) for r in ranks(A[0], how)])
            check(found, "b", 2018, [of(r) for r in ranks([-x for x in B[0]], how)])
    text = score(work, "normalisation: {method: rank, ties: mean}\n" + tree(), code=1)
    assert "unknown ties 'mean'; known are: average, min, max" in text, text
    text = score(work, "normalisation: {method: min-max, ties: min}\n" + tree(), code=1)
    assert "'ties' has no effect on min-max" in text, text


def ranking(work):
    """Ranks of the scores themselves."""
    expected = {"competition": lambda x: [1 + sum(v > own for v in x) for own in x],
                "modified-competition": lambda x: [sum(v >= own for v in x) for own in x],
                "dense": lambda x: [1 + len({v for v in x if v > own}) for own in x],
                "average": lambda x: [sum(v > own for v in x) + (x.count(own) + 1) / 2 for own in x]}
    for method, of in expected.items():
        score(work, f"normalisation: none\nranking: {method}\n" + tree())
        text = rift("score", work / "index.yaml", "--data", work / "data.csv")
        rank = {(r["country"], r["node"]): r["rank"] for r in rows(text) if r["year"] == "2018"}
        for node, x in (("a", A[0]), ("b", B[0])):
            found = [number(rank[c, node]) for c in COUNTRIES]
            assert found == of(x), (method, node, found)
    assert "unknown ranking 'olympic'" in score(work, "normalisation: none\nranking: olympic\n" + tree(), code=1)


def idle_keys(work):
    """What would have no effect, or one that nobody expects, is an error."""
    text = score(work, "normalisation: min-max\n" + tree(a=", factor: 100"), code=1)
    assert "'factor' goes with a 'denominator', which 'a' does not have" in text, text
    posts = ", goalposts: {low: 0, high: 100}"
    text = score(work, "normalisation: goalposts\n" + tree(a=posts + ", target: 95", b=posts), code=1)
    assert "'target' has no effect on 'a', which is scored by goalposts" in text, text
    # a series of a file that others share may be given its target by the index
    found = score(work, "normalisation: distance-to-target\nclip: false\n" + tree(b=", target: 90").replace(
        "[a, b]", "[{series: a, target: 40}, b]"))
    check(found, "a", 2018, [100 * (x - 9) / 31 for x in A[0]])
    check(found, "b", 2018, [100 * (x - 18) / 72 for x in B[0]])


def causes(work):
    """An error says what is the cause."""
    def why(head, words, a="", values=None):
        text = score(work, head + "\n" + tree(a=a), values, code=1)
        assert words in text, (words, text)
    why("normalisation: {method: distance-to-target, target: 9}",
        "'a' cannot be scored by distance-to-target: no value is worse than the target 9: the worst is 9, of "
        "MLI in 2018; set a target that some have yet to reach")
    why("normalisation: {method: distance-to-target, target: 80}\nscope: pooled", "the target 80: the worst is 72, "
        "of KEN in 2019", ", polarity: lower-is-better")
    why("normalisation: {method: distance-to-reference, reference: MLI}",
        "no value is worse than that of MLI: the worst is 9, of MLI in 2018; name another country")
    why("normalisation: {method: distance-to-reference, reference: DEU}",
        "in 2018: DEU, to compare with, is not in the data and has no value; name another country")
    gone = table(a=A, b=B)
    del gone["KEN", 2019, "a"]
    why("normalisation: {method: distance-to-reference, reference: KEN}",
        "in 2019: KEN, to compare with, has no value; name another country", values=gone)
    why("normalisation: {method: distance-to-reference, reference: Kenja}",
        "unknown country 'Kenja'; did you mean 'Kenya (KEN)'?")
    expected = score(work, "normalisation: {method: distance-to-reference, reference: KEN}\n" + tree())
    for said in ("Kenya", "KE", "ke", "ken", "Republic of Kenya"):
        found = score(work, f"normalisation: {{method: distance-to-reference, reference: {said}}}\n" + tree())
        assert found == expected, said
    found = score(work, "normalisation: min-max\nscreening: {exclude: [Kenya, ner]}\n" + tree())
    assert all(math.isnan(found[c, 2018, "total"]) == (c in ("KEN", "NER")) for c in COUNTRIES)
    text = score(work, "entities: any\nnormalisation: {method: distance-to-reference, reference: ken}\n" + tree(),
                 code=1)
    assert "ken, to compare with, is not in the data" in text, text
    same = [[7.0 if c not in ("KEN", "NER") else 9.0 for c in COUNTRIES]] * 2
    why("normalisation: min-max\nscreening: {exclude: [KEN, NER]}", "'a' cannot be scored by min-max in 2018: the "
        "values are constant once screening has excluded KEN, NER; use", values=table(a=same, b=B))
    why("normalisation: min-max\nscreening: {exclude: [BEN, BFA, CIV, GHA, KEN, MLI, NER]}", "once screening has "
        "excluded BEN, BFA, CIV, GHA, KEN and 2 more; use")
    why("normalisation: min-max", "the values are constant; use", values=table(a=[[5.0] * 8] * 2, b=B))


def clamped(x, share):
    """Held within two percentiles of type 7."""
    ordered = sorted(x)

    def quantile(p):
        at = p * (len(x) - 1)
        k = min(int(at), len(x) - 2)
        return ordered[k] + (at - k) * (ordered[k + 1] - ordered[k])
    low, high = quantile(share), quantile(1 - share)
    return [min(max(v, low), high) for v in x]


def scopes(work):
    """Treatment and normalisation may look at a year, or at all, each by itself."""
    said = "treatment: {method: percentiles, low: 20, high: 80}\n"
    both = {"per-year": lambda f, x: [f(v) for v in x],
            "pooled": lambda f, x: [f(x[0] + x[1])[:8], f(x[0] + x[1])[8:]]}

    def share(x):
        return [100 * (v - min(x)) / (max(x) - min(x)) for v in x]
    for treat in both:
        for norm in both:
            scope = f"scope: {{treatment: {treat}, normalisation: {norm}}}\n"
            if treat == norm == "pooled":
                scope = "scope: pooled\n"
            elif treat == "per-year" and norm == "pooled":
                scope = "scope: {normalisation: pooled}\n"
            found = score(work, "normalisation: min-max\n" + said + scope + tree())
            for node, x in (("a", A), ("b", B)):
                expected = both[norm](share, both[treat](lambda v: clamped(v, 0.2), x))
                for t, year in enumerate(YEARS):
                    check(found, node, year, expected[t])
    text = score(work, "normalisation: min-max\nscope: {treatment: yearly}\n" + tree(), code=1)
    assert "unknown treatment 'yearly'; known are: per-year, pooled" in text, text


def scales(work):
    """Clipping, the scale of the scores and limits may be said of the index, a node or a series."""
    posts = ", goalposts: {low: 10, high: 60}"
    share = [[(x - 10) / 50 for x in A[0]], [(x - 10) / 50 for x in B[0]]]

    def clip(x, low=0.0, high=1.0):
        return [min(max(v, low), high) for v in x]
    head = "normalisation: goalposts\n"
    found = score(work, head + tree(a=posts + ", clip: false", b=posts))
    check(found, "a", 2018, [100 * v for v in share[0]])
    check(found, "b", 2018, [100 * v for v in clip(share[1])])
    check(found, "total", 2018, [50 * (p + q) for p, q in zip(share[0], clip(share[1]))])
    found = score(work, head + tree(a=posts + ", worst_score: 1, best_score: 7", b=posts + ", best_score: 10"))
    check(found, "a", 2018, [1 + 6 * v for v in clip(share[0])])
    check(found, "b", 2018, [10 * v for v in clip(share[1])])
    # the child of an index says more than its series, and a node more than the index
    one = ("series:\n  - {code: a, goalposts: {low: 10, high: 60}, best_score: 50}\n"
           "  - {code: b, goalposts: {low: 10, high: 60}}\nnodes:\n"
           "  - {code: total, children: [top]}\n"
           "  - {code: top, best_score: 10, worst_score: 2, clip: false, polarity: lower-is-better,\n"
           "     children: [{series: a, best_score: 5}, {node: deep}]}\n"
           "  - {code: deep, clip: true, children: [b]}\n")
    found = score(work, head + one)
    check(found, "a", 2018, [2 + 3 * v for v in share[0]])
    check(found, "b", 2018, [2 + 8 * v for v in clip(share[1])])
    check(found, "deep", 2018, [2 + 8 * v for v in clip(share[1])])
    check(found, "top", 2018, [12 - (4 + 3 * p + 8 * q) / 2 for p, q in zip(share[0], clip(share[1]))])
    # limits: a floor under a geometric mean, a ceiling over a node
    found = score(work, head + "aggregation: geometric\n" +
                  tree(a=posts + ", limits: {low: 1}", b=posts + ", limits: {low: 5, high: 80}", node=", limits: {high: 60}"))
    a, b = clip([100 * v for v in clip(share[0])], 1, 100), clip([100 * v for v in clip(share[1])], 5, 80)
    check(found, "a", 2018, a)
    check(found, "b", 2018, b)
    check(found, "total", 2018, [min(60, math.sqrt(p * q)) for p, q in zip(a, b)])
    # the total's scale is that of the index; rescaling goes from the node's worst to its best
    found = score(work, head + tree(a=posts, b=posts, node=", rescale: true, worst_score: 3, best_score: 4"))
    total = [found[c, 2018, "total"] for c in COUNTRIES]
    assert (min(total), max(total)) == (3, 4), total
    for said, words in [(", worst_score: 100", "'worst_score' 100 of 'a' must be below 'best_score' 100"),
                        (", clip: perhaps", "unknown clip 'perhaps'; known are: false, true"),
                        (", limits: {low: 3, high: 2}", "the low end 3 of 'limits' is above the high 2")]:
        text = score(work, head + tree(a=posts + said, b=posts), code=1)
        assert words in text, (words, text)


def transformed(work):
    """One transformation after the other, of values and goalposts alike."""
    posts = "goalposts: {low: 0, high: 120}"
    found = score(work, "normalisation: goalposts\n" + tree(f", transformation: [log1p, sqrt], {posts}", f", {posts}"))
    for t, year in enumerate(YEARS):
        check(found, "a", year, [100 * math.sqrt(math.log1p(x)) / math.sqrt(math.log1p(120)) for x in A[t]], 1e-12)
    twice = score(work, "normalisation: goalposts\n" + tree(f", transformation: [sqrt, none, log1p], {posts}", f", {posts}"))
    for t, year in enumerate(YEARS):
        check(twice, "a", year, [100 * math.log1p(math.sqrt(x)) / math.log1p(math.sqrt(120)) for x in A[t]], 1e-12)
    data = table(a=[[x - 20 for x in year] for year in A], b=B)
    (work / "index.yaml").write_text("code: made-up\nnormalisation: min-max\n" + tree(", transformation: [sqrt, log]"))
    text = warned(work, data)
    assert "no sqrt, then log and count as missing" in text, text
    text = score(work, "normalisation: goalposts\n" + tree(f", transformation: [log, sqrt], {posts}", f", {posts}"), code=1)
    assert "the low goalpost 0 of 'a' has no log, then sqrt" in text, text
    text = score(work, "normalisation: min-max\n" + tree(", transformation: [logg]"), code=1)
    assert "'logg'" in text and "did you mean" in text, text


def samples(work):
    """Deviations with divisor n - 1 where that is said: over countries, and over a country's scores."""
    def sd(x, own):
        mean = sum(x) / len(x)
        return math.sqrt(sum((v - mean) ** 2 for v in x) / (len(x) - own))

    for own, said in ((0, ""), (1, ", sample: true"), (0, ", sample: false")):
        for t, year in enumerate(YEARS):
            z = [[(v - sum(x) / len(x)) / sd(x, own) for v in x] for x in (A[t], B[t])]
            far = [math.sqrt(((max(z[0]) - a) ** 2 + (max(z[1]) - b) ** 2) / 2) for a, b in zip(*z)]
            most = sum(far) / len(far) + 2 * sd(far, own)
            found = score(work, "normalisation: none\n" + tree(node=f", aggregation: {{method: wroclaw{said}}}"))
            check(found, "total", year, [100 * (1 - d / most) for d in far], 1e-11)
            row = [(100 + 10 * a, 100 + 10 * b) for a, b in zip(*z)]
            found = score(work, "normalisation: none\n" + tree(node=f", aggregation: {{method: mazziotta-pareto{said}}}"))
            check(found, "total", year, [sum(r) / 2 - sd(r, own) ** 2 / (sum(r) / 2) for r in row], 1e-10)
    text = score(work, "normalisation: none\n" + tree(node=", aggregation: {method: geometric, sample: true}"), code=1)
    assert "'sample' has no effect on geometric" in text, text


def shares_of_correlation(work):
    """A target that no weights reach is said to be out of reach, with what was reached; one that is, is met."""
    b = [[x + 0.9 * y for x, y in zip(*pair)] for pair in zip(A, B)]
    data = table(a=A, b=b)
    text = "code: made-up\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}]\nnodes:\n" \
           "  - {code: total, weighting: correlation, children: [{series: a, weight: W}, b]}\n"

    def shares(found):
        both = [[found[c, y, n] for y in YEARS for c in COUNTRIES] for n in ("a", "b", "total")]
        r = [correlation(x, both[2]) for x in both[:2]]
        return r[0] / sum(r)

    (work / "index.yaml").write_text(text.replace("W", "9"))
    said = warned(work, data)
    far = score(work, text.replace("code: made-up\n", "").replace("W", "9"), data)
    assert "no weights within bounds give the children of 'total'" in said and "did not converge" not in said, said
    assert f"'a' {shares(far):.3f} (0.900 meant)" in said, (shares(far), said)
    alone = correlation([x for y in A for x in y], [x for y in b for x in y])
    near(shares(far), 1 / (1 + alone), 1e-3)  # all weight on a
    (work / "index.yaml").write_text(text.replace("W", "1"))
    assert warned(work, data) == ""
    near(shares(score(work, text.replace("code: made-up\n", "").replace("W", "1"), data)), 0.5, 1e-4)


def correlation(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    sxy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    return sxy / math.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def warned(work, data):
    """What scoring says of data while it goes on."""
    write(work, data)
    done = subprocess.run([RIFT, "score", work / "index.yaml", "--data", work / "data.csv"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def countries_said(work):
    """A country is itself by any code or name, on the command line and in a study; an error of a study has its place."""
    score(work, "normalisation: min-max\n" + tree())
    (work / "countries.csv").write_text("country,name\n" + "".join(f"{c},Land {c}\n" for c in COUNTRIES))
    (work / "study.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2018, last: 2019}\nsources: [data.csv]\ncountries: {file: countries.csv}\n"
        "index: index.yaml\ncharts: []\nreport: false\n")
    rift("run", work / "study.yaml", "-q", "-o", work / "out")
    gaps = [rows(rift("divide", work / "out", "gaps", "--to", "csv", "--reference", said))
            for said in ("KEN", "ke", "Kenya", "Land KEN")]
    assert len(gaps[0]) > 5 and all(g == gaps[0] for g in gaps)
    for command in (["show", work / "out", "ranking"], ["score", work / "index.yaml", "--data", work / "data.csv"],
                    ["divide", work / "out", "gaps"]):
        told = [rift(*command, "--to", "csv", "--country", said) if command[0] != "show" else
                rift(*command, "--country", said) for said in ("KEN,NER", "Kenya, ne", "kenya,Niger")]
        assert "KEN" in told[0] or "Kenya" in told[0] or "Land KEN" in told[0], told[0]
        assert len(set(told)) == 1, command
    assert "unknown country 'KEM'; did you mean 'KEN'?" in rift("show", work / "out", "--country", "KEM", code=2)
    text = (work / "study.yaml").read_text()
    (work / "study.yaml").write_text(text + "divide: {reference: Atlantis}\nparadox: {high_income: income=none}\n")
    for command in ("check", "run"):
        told = rift(command, work / "study.yaml", *(["-o", work / "no"] if command == "run" else []), code=1)
        for place in ("study.yaml:9:9: error: unknown country 'Atlantis'; the study has none",
                      "study.yaml:10:10: error: unknown grouping 'income'; the study has none"):
            assert place in told, told


def main():
    tests = [finished, transformed, samples, shares_of_correlation, judged_by_scores, fractions, ties, ranking, idle_keys, causes, scopes, scales,
             countries_said]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            test(pathlib.Path(folder))
    passed(len(tests))


main()
