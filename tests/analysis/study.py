# SPDX-License-Identifier: GPL-3.0-or-later
"""Studies of made-up values, small enough to know what must come out."""
import pathlib
import sys
import tempfile

from support import passed, rift, rows

CODES = ["KEN", "TZA", "UGA", "RWA", "ETH", "CHN", "POL", "NAM", "BRA", "IND", "DEU", "FRA"]
EXTRA = ["ESP", "ITA", "USA", "MEX", "ARG", "CHL", "PER", "COL", "EGY", "MAR", "GHA", "NGA", "ZAF", "JPN", "KOR", "VNM", "THA",
         "IDN", "PHL", "AUS"]


def names(codes):
    return "country,name\n" + "".join(f"{c},Land {c}\n" for c in codes)


class Study:
    """A study of made-up values: value[series][country, year]."""

    def __init__(self, folder, value, years, series=None, nodes="[{series: X}]", more="", groups="", countries=None,
                 members=None, index="", unit="%"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        series = series or {"X": ""}
        (self.folder / "s.yaml").write_text(
            f"code: s\ntitle: S\nyears: {{first: {years[0]}, last: {years[-1]}}}\nsources: [data.csv]\n"
            f"countries: {{file: countries.csv}}\n{groups}series_files: [c.yaml]\nindex: i.yaml\n{more}charts: []\n")
        (self.folder / "i.yaml").write_text(
            f"code: i\nnormalisation: goalposts\n{index}nodes:\n  - {{code: total, children: {nodes}}}\n")
        (self.folder / "c.yaml").write_text("series:\n" + "".join(
            f"  - {{code: {code}, name: Series {code}, unit: {unit!r}, goalposts: {{low: 0, high: 100}}, "
            f"layer: use, department: none{'' if 'polarity' in extra else ', polarity: higher-is-better'}{extra}}}\n" for code, extra in series.items()))
        (self.folder / "data.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},{code},{x!r}\n" for code, cells in value.items() for (c, y), x in cells.items()))
        (self.folder / "countries.csv").write_text(
            countries or names(CODES))
        if members:
            (self.folder / "members.csv").write_text(members)
        rift("run", self.folder / "s.yaml", "-o", self.folder / "out", "-q")

    def table(self, command, table, *options):
        if command == "export":
            return rows(rift("export", self.folder / "out", table, *options))
        return rows(rift(command, self.folder / "out", table, "--to", "csv", *options))


def run_cases(cases):
    """Each case in a folder of its own; of those named behind the program and the tree these alone."""
    wanted = sys.argv[3:]
    with tempfile.TemporaryDirectory() as work:
        for case in cases:
            if not wanted or case.__name__ in wanted:
                case(pathlib.Path(work) / case.__name__)
    passed(len(cases))
