# SPDX-License-Identifier: GPL-3.0-or-later
"""The study of format-2/, of which old.h5.gz was made when Rift wrote format 2, and the same in
today's words."""
import pathlib
import shutil

from support import rift

OLD = pathlib.Path(__file__).parent / "format-2"


def new_study(work):
    """The study of format 2 with today's keys."""
    shutil.copytree(OLD, work / "study")
    renamed = {"indices": {"unit: country": "entities: country", "\ncoverage:": "\nminimum_coverage:",
                           "floor:": "worst_score:", "\nscale:": "\nbest_score:",
                           "minimum_share:": "minimum_coverage:", ", scale:": ", factor:"},
               "series": {", scale:": ", factor:"},
               "studies": {"conflicts:": "on_conflict:", "ignored_codes:": "ignore:",
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
    rift("run", work / "study" / "studies" / "new.yaml", "-q", "-o", work / "new")
    return work / "new" / "new.h5"
