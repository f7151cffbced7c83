# SPDX-License-Identifier: GPL-3.0-or-later
"""Camps of countries where many have equal values: planted samples whose answer is known, and what is said of them."""
import pathlib
import sys
import tempfile

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, rift, rows

COUNTRIES, YEAR = 120, 2020
CANNOT = "whether countries fall into camps we cannot tell, for many countries have equal values"
CAMPS, NONE = "countries fall into camps, with few in between", "that countries fall into camps is not shown"


def samples():
    """name: values, what is said, whether dips with equal values as they are and spread reject."""
    draw = numpy.random.default_rng(5)
    e, side = draw.standard_normal(COUNTRIES), numpy.where(numpy.arange(COUNTRIES) % 2, 6, 0)
    falling = numpy.repeat(numpy.arange(8), (34, 27, 20, 14, 10, 8, 5, 2))   # fewer and fewer, without a trough
    twice = numpy.where(numpy.arange(COUNTRIES) % 2, numpy.round(4 * draw.random(COUNTRIES)), numpy.round(9 * draw.random(COUNTRIES), 2))
    return {"FALLING": (falling, CANNOT, True, False), "ROUNDED": (numpy.round(2 * e) / 2, CANNOT, True, False),
            "ROUND_NUMBERS": (twice, CANNOT, True, False), "GRID_CAMPS": (numpy.round(e + side), CAMPS, True, True),
            "CAMPS": (e + side, CAMPS, True, None), "HUMP": (e, NONE, False, None),
            "ZEROS": (numpy.where(numpy.arange(COUNTRIES) < 40, 0, 5 + e), CAMPS, True, True)}


def study(work, values):
    (work / "data.csv").write_text("country,year,indicator,value\n" + "".join(
        f"C{c:03},{YEAR},{name},{100 + float(x)!r}\n" for name, of in values.items() for c, x in enumerate(of)))
    (work / "index.yaml").write_text(
        "code: p\nnormalisation: goalposts\nentities: any\nseries:\n" + "".join(
            f"  - {{code: {name}, goalposts: {{low: 0, high: 200}}}}\n" for name in values) +
        f"nodes: [{{code: total, children: [{', '.join(values)}]}}]\n")
    (work / "countries.csv").write_text("country,name\n" + "".join(f"C{c:03},C{c:03}\n" for c in range(COUNTRIES)))
    (work / "study.yaml").write_text(
        f"code: p\ntitle: P\nyears: {{first: {YEAR}, last: {YEAR}}}\nsources: [data.csv]\n"
        "countries: {file: countries.csv}\nindex: index.yaml\nreport: false\n")
    rift("run", work / "study.yaml", "-o", work / "out", "-q", "--no-charts")
    return work / "out"


def main():
    wanted = samples()
    with tempfile.TemporaryDirectory() as folder:
        out = study(pathlib.Path(folder), {name: of[0] for name, of in wanted.items()})
        ask = ("divide", out, "modes", "--series", ",".join(wanted))
        table = {r["variable"]: r for r in rows(rift(*ask, "--to", "csv"))}
        said = rift(*ask)
    for name, (values, what, raw, spread) in wanted.items():
        row = table[name]
        assert (float(row["dip_p_value"]) < 0.05) == raw, (name, row)
        assert (row["dip_spread_p_value"] == "") == (spread is None), (name, row)
        assert spread is None or (float(row["dip_spread_p_value"]) < 0.05) == spread, (name, row)
        assert f"{name} in {YEAR}: {what} (" in said, (name, what, said)
        assert name != "FALLING" or abs(float(row["dip"]) - 27 / 240) < 1e-9, row   # half of the second largest heap
    assert "one peak is rejected, dip test, p < 0.001, but not once equal values are spread, p " in said, said
    assert "p 0.00)" not in said and "p 0.000" not in said, said
    passed(len(wanted))


main()
