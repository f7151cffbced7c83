# SPDX-License-Identifier: GPL-3.0-or-later
"""Every chart is drawn, whole, and can be redrawn from what lies beside it; hostile text in
names runs nothing and leaves every chart and page well-formed."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.dom.minidom

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, rift, shipped, study_text

CHARTS = ["map", "ranking", "layers", "lorenz", "gini", "gdp", "regions", "incomes",
          "partners", "dominance", "theil", "ridges", "sigma", "beta", "paths", "behind",
          "fan", "quadrants"]
# Every fourth country has all that the charts show, at a fraction of the time.
SOME = [line[:3] for line in (SOURCE / "data" / "countries.csv").read_text().splitlines()[1::4]]
HOSTILE = ["`touch pwned`", "x'.system(\"touch pwned\").'", "\"; system('touch pwned') #",
           "<script>document.title='pwned'</script>", "a\\nb @x{y}_^z &amp; ]]>",
           "|touch pwned", "$(touch pwned)", "# comment", "C\u00f4te d'Ivoire"]


def whole(folder):
    for name in CHARTS:
        svg = (folder / f"{name}.svg").read_bytes()
        png = (folder / f"{name}.png").read_bytes()
        assert svg.rstrip().endswith(b"</svg>"), name
        xml.dom.minidom.parseString(svg)
        assert png.startswith(b"\x89PNG") and png.endswith(b"IEND\xaeB`\x82"), name
        assert len(png) > 10000, name


def redraw(folder, work):
    copy = work / "copy"
    shutil.copytree(folder, copy)
    for name in CHARTS:
        old = (copy / f"{name}.svg").read_bytes()
        (copy / f"{name}.svg").unlink()
        subprocess.run(["gnuplot", "-d", f"{name}.gp"], cwd=copy, check=True)
        assert (copy / f"{name}.svg").read_bytes() == old, name


def hostile_study(work):
    """The default study with names, groups and titles that try to break out."""
    data = work / "h"
    shutil.copytree(SOURCE / "data", data / "data")
    shutil.copytree(SOURCE / "indicators", data / "indicators")
    lines = (data / "data" / "countries.csv").read_text().splitlines()
    out = [lines[0]]
    for i, line in enumerate(lines[1:]):
        cells = line.split(",")
        name = HOSTILE[i % len(HOSTILE)].replace('"', '""')
        tail = line.split('"')[-1].lstrip(",") if '"' in line else ",".join(cells[3:])
        out.append(f'{cells[0]},{cells[1]},"{name}",{tail}')
    (data / "data" / "countries.csv").write_text("\n".join(out) + "\n")
    study = data / "indicators" / "studies" / "three-layer.yaml"
    text = study_text(only=SOME).replace(str(SOURCE), "../..").replace("Belt and Road partners", "it's `touch pwned`")
    text = text.replace('title: "The', "title: \"<img src=x onerror=alert(1)> The")
    text = text.replace("World Bank region", "\"'; system('touch pwned'); '\"")
    study.write_text(text)
    index = data / "indicators" / "indices" / "three-layer.yaml"
    index.write_text(index.read_text().replace("name: Access", "name: \"`touch pwned`'\""))
    return study


def small_studies(work):
    """A few countries and one year; then z-scores, which have no Gini: said, not drawn."""
    (work / "few.yaml").write_text(study_text(only=["KEN", "TZA", "UGA", "NOR"], years=(2020, 2021)))
    rift("run", work / "few.yaml", "-q", "-o", work / "few")
    for name in CHARTS:
        xml.dom.minidom.parse(str(work / "few" / "charts" / f"{name}.svg"))
    index = (SOURCE / "indicators" / "indices" / "three-layer.yaml").read_text()
    index = index.replace("normalisation: goalposts", "normalisation: z-score")
    index = index.replace("aggregation: geometric", "aggregation: arithmetic")
    index = index.replace("../series", str(SOURCE / "indicators" / "series"))
    (work / "z-index.yaml").write_text(index)
    zed = study_text(only=SOME, years=(2014, 2024)).replace(str(SOURCE / "indicators" / "indices" / "three-layer.yaml"),
                                                 "z-index.yaml")
    (work / "z.yaml").write_text(zed)
    done = subprocess.run([RIFT, "run", work / "z.yaml", "-o", work / "z"], capture_output=True, text=True)
    assert done.returncode == 0 and "the chart 'gini' has nothing to show" in done.stderr, done.stderr
    assert "Nothing to show" in (work / "z" / "charts" / "gini.svg").read_text()


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole(shipped() / "charts")
        redraw(shipped() / "charts", work)
        rift("plot", shipped(), "map", "-o", work)
        assert (work / "map.svg").read_bytes() == (shipped() / "charts" / "map.svg").read_bytes()
        study = hostile_study(work)
        rift("run", study, "-q", "-o", work / "bad", cwd=work)
        whole(work / "bad" / "charts")
        assert not list(work.rglob("pwned")), "a chart ran a command"
        page = (work / "bad" / "report.html").read_text()
        assert "<img src=x" not in page and "<script>document" not in page
        assert page.count("<script") == 1
        small_studies(work)
    passed(6)


main()
