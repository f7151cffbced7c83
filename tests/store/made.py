# SPDX-License-Identifier: GPL-3.0-or-later
"""The study of format-2/, of which old.h5.gz was made when Rift wrote format 2, and the same in
today's words."""
import csv
import pathlib
import shutil

from support import rift

FACTOR = {"a": 0.5, "d": 10}  # of series without a denominator, which is an error today
OLD = pathlib.Path(__file__).parent / "format-2"


def new_study(work):
    """The study of format 2 with today's keys."""
    shutil.copytree(OLD, work / "study")
    renamed = {"indices": {"unit: country": "entities: country", "\ncoverage:": "\nminimum_coverage:",
                           "floor:": "worst_score:", "\nscale:": "\nbest_score:",
                           "minimum_share:": "minimum_coverage:", ", scale: 10,": ","},
               "series": {', scale: 0.5': ""},
               "studies": {"data/old.csv": "data/new.csv", "conflicts:": "on_conflict:", "ignored_codes:": "ignore:",
                           "updated:": "vintage:",
                           "partners: {grouping: region, member: s}":
                           "highlight: {grouping: region, group: s}"}}
    for folder, names in renamed.items():
        text = (OLD / folder / "old.yaml").read_text()
        for old, new in names.items():
            assert old in text, old
            text = text.replace(old, new)
        (work / "study" / folder / "new.yaml").write_text(
            text.replace("/old.yaml", "/new.yaml").replace("code: old", "code: new"))
    with open(OLD / "data" / "old.csv", newline="") as old, \
            open(work / "study" / "data" / "new.csv", "w", newline="") as new:
        writer = csv.writer(new)
        for country, year, series, value in csv.reader(old):
            factor = FACTOR.get(series)
            writer.writerow([country, year, series, repr(float(value) * factor) if factor and value else value])
    rift("run", work / "study" / "studies" / "new.yaml", "-q", "-o", work / "new")
    return work / "new" / "new.h5"
