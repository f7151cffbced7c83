# SPDX-License-Identifier: GPL-3.0-or-later
"""A project that was copied with its build folder: the copy refuses to build what it was copied from,
whoever calls, and configures and builds itself anew, also in a folder whose name has blanks; setup.sh
sees it, runs from any folder and says what it cannot do."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, SOURCE, passed, skip

if "RIFT_SANITIZE:BOOL=ON" in (pathlib.Path(RIFT).parent / "CMakeCache.txt").read_text():
    skip("a build is made in a plain build only")

# The sources of which a small target is built: country_names, which the rest needs.
PARTS = ["CMakeLists.txt", "CMakePresets.json", "setup.sh", "cmake", "engine", "plots", "data/country-names.csv",
         "docs/renamed.csv"]


def run(*words, code=0, **options):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=500, **options)
    said = done.stdout + done.stderr
    assert (done.returncode == 0) == (code == 0), (words, done.returncode, said[-3000:])
    return said


def copy_sources(to):
    for part in PARTS:
        (to / part).parent.mkdir(parents=True, exist_ok=True)
        of = SOURCE / part
        shutil.copytree(of, to / part) if of.is_dir() else shutil.copy(of, to / part)


def stamps(folder):
    return {str(p): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file() and p.suffix in (".o", ".c", "")
            and p.name not in (".ninja_deps", ".ninja_log", "CMakeCache.txt")}


def refuses(generator, work):
    """Built here, copied there: there nothing is built, nor here, and the hint is right."""
    here, there = work / f"of {generator[:4]}", work / f"copy {generator[:4]}"
    copy_sources(here)
    run("cmake", "--preset", "release", "-G", generator, cwd=here)
    run("cmake", "--build", "build/release", "--target", "country_names", cwd=here)
    assert (here / "build/release/country_names").exists()
    for keep in (shutil.copy2, shutil.copy):  # as cp -a and as cp -r
        shutil.rmtree(there, ignore_errors=True)
        shutil.copytree(here, there, copy_function=keep)
        before = stamps(here / "build")
        changed = there / "engine/core/text.c"
        changed.write_text(changed.read_text() + "\n#error of the copy\n")
        tool = {"Ninja": ["ninja"], "Unix": ["make"]}[generator.split()[0]]
        for words, cwd in ((["cmake", "--build", "build/release"], there), (["cmake", "--build", "--preset", "release"], there),
                           (["cmake", "--build", there / "build/release", "--target", "country_names"], work),
                           (tool, there / "build/release")):
            said = run(*words, code=1, cwd=cwd)
            assert "is a copy of" in said and "cmake --fresh --preset release" in said, said[-2000:]
            assert str(there / "build/release") in said.replace("\n  ", " ").replace("\n", " "), said[-2000:]
        assert stamps(here / "build") == before, "the copy built what it was copied from"
    # the hint is followed: the copy's own source is compiled now, and stops at what was written into it
    run("cmake", "--fresh", "--preset", "release", "-G", generator, cwd=there)
    said = run("cmake", "--build", "build/release", "--target", "country_names", code=1, cwd=there)
    assert "error of the copy" in said, said[-2000:]
    shutil.copy(SOURCE / "engine/core/text.c", there / "engine/core/text.c")
    run("cmake", "--build", "build/release", "--target", "country_names", cwd=there)
    run("cmake", "--build", "build/release", "--target", "country_names", cwd=here)  # the first is as good as before


def with_programs(folder, **programs):
    """An environment in which these are programs of ours."""
    folder.mkdir()
    for name, body in programs.items():
        (folder / name).write_text("#!/bin/sh\n" + body + "\n")
        (folder / name).chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def setup_makes_anew(work):
    """setup.sh in a copy: configured for the copy, once; its own cmake is asked what it was told to do."""
    here, there = work / "of setup", work / "copy of setup"
    copy_sources(here)
    (here / "indicators").mkdir()
    (here / "data").mkdir(exist_ok=True)
    log = work / "cmake.log"
    cmake = shutil.which("cmake")
    environment = with_programs(work / "bin", **{
        "dpkg-query": "echo 'ii '",
        # all but the compiling, in whose place stands a program that says what it was asked
        "cmake": f'echo "$PWD: $*" >> "{log}"\ncase "$1" in --build) mkdir -p build/release results/three-layer; '
                 f'printf \'#!/bin/sh\\necho "$@" >> "{log}"\\n\' > build/release/rift; chmod +x build/release/rift;; '
                 f'*) exec {cmake} "$@";; esac'})
    run("sh", here / "setup.sh", "run", cwd="/", env=environment)
    asked = log.read_text().splitlines()
    assert asked[0] == f"{here}: --preset release" and asked[1].startswith(f"{here}: --build --preset release"), asked
    assert asked[2].startswith("run indicators/studies/three-layer.yaml"), asked
    log.unlink()
    said = run("sh", here / "setup.sh", "run", cwd=here, env=environment)
    assert "--preset release\n" not in log.read_text().replace("--build --preset release", ""), "configured twice"
    assert "made for" not in said, said
    log.unlink()
    shutil.copytree(here, there)
    said = run("sh", "setup.sh", "run", cwd=there, env={**environment, "CDPATH": str(work)})
    assert f"build/release was made for {here}: making it anew" in said, said
    home = [l for l in (there / "build/release/CMakeCache.txt").read_text().splitlines() if l.startswith("CMAKE_HOME")]
    assert home == [f"CMAKE_HOME_DIRECTORY:INTERNAL={there}"], home
    shutil.rmtree(there / "build/release")
    (there / "build/release").mkdir()
    (there / "build/release/CMakeCache.txt").write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={there}\n")  # a torn one
    run("sh", "setup.sh", "run", cwd=there, env=environment)
    assert list((there / "build/release").glob("Makefile")) + list((there / "build/release").glob("build.ninja"))


def setup_says_what_it_cannot(work):
    """Neither root nor sudo, no network, no package: what to do instead is said, and the exit status is 3."""
    project = work / "poor"
    copy_sources(project)
    base = {"dpkg-query": "exit 1"}
    links = work / "links"
    links.mkdir()
    for name in ("sh", "dirname", "id", "nproc", "env", "cat", "sed", "rm", "find"):
        (links / name).symlink_to(shutil.which(name))
    cases = [({**base, "id": "echo 1000", "apt-get": "exit 0"}, "there is no sudo"),
             ({**base, "id": "echo 0", "apt-get": "echo E: no network >&2; exit 100"}, "apt-get update failed"),
             ({**base, "id": "echo 0", "apt-get": 'case "$*" in *update*) exit 0;; esac; echo E: Unable to locate package >&2; exit 100'},
              "apt-get install failed"),
             ({**base, "id": "echo 1000", "sudo": "echo a password is required >&2; exit 1", "apt-get": "exit 0"},
              "apt-get update failed")]
    for k, (programs, words) in enumerate(cases):
        environment = with_programs(work / f"bin{k}", **programs)
        environment["PATH"] = f"{work / f'bin{k}'}:{links}"
        done = subprocess.run(["/bin/sh", "setup.sh", "run"], cwd=project, env=environment, capture_output=True, text=True)
        assert done.returncode == 3 and words in done.stderr, (k, done)
        assert "apt-get update && apt-get install gcc" in done.stderr and not (project / "build").exists(), done.stderr
    done = subprocess.run(["sh", "setup.sh", "what"], cwd=project, capture_output=True, text=True)
    assert done.returncode == 2 and "Usage" in done.stderr


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder).resolve()
        generators = ["Unix Makefiles"] * bool(shutil.which("make")) + ["Ninja"] * bool(shutil.which("ninja"))
        assert generators
        for generator in generators:
            refuses(generator, work)
        if "debian" in pathlib.Path("/etc/os-release").read_text():
            setup_makes_anew(work)
            setup_says_what_it_cannot(work)
    passed(2 + len(generators))


main()
