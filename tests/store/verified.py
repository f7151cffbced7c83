# SPDX-License-Identifier: GPL-3.0-or-later
"""`rift verify`: a result against its digest, the files that it was made from, and the study computed again; what was changed,
is gone or new is named; signatures are checked by the programs that made them."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import RIFT, passed, rift, skip

try:
    import h5py
    import numpy

    from content import sign
except ImportError as missing:
    skip(f"needs h5py: {missing}")

CODES = ["KEN", "TZA", "UGA", "RWA", "ETH"]


def project(folder):
    """A study with a folder of sources, a countries file, groups by year and a question; its result."""
    for name in ("studies", "indices", "data/series"):
        (folder / name).mkdir(parents=True)
    for k, code in enumerate("ab"):
        (folder / "data" / "series" / f"{code}.csv").write_text("country,year,indicator,value\n" + "".join(
            f"{c},{y},{code},{10 + (7 * i + 3 * y + 5 * k) % 13}\n" for i, c in enumerate(CODES) for y in (2019, 2020, 2021)))
    (folder / "data" / "countries.csv").write_text("country,name,bloc\n" + "".join(
        f"{c},{c},{'n' if i % 2 else 's'}\n" for i, c in enumerate(CODES)))
    (folder / "indices" / "i.yaml").write_text(
        "code: i\nnormalisation: min-max\nscope: pooled\nseries: [{code: a}, {code: b}]\n"
        "nodes: [{code: total, children: [a, b]}]\n")
    (folder / "studies" / "s.yaml").write_text(
        "code: s\ntitle: S\nyears: {first: 2019, last: 2021}\nsources: [../data/series]\n"
        "countries: {file: ../data/countries.csv}\nindex: ../indices/i.yaml\ngroups: [{code: bloc, column: bloc}]\n"
        "divide: {by: [bloc], replicates: 50}\ncharts: []\nreport: false\n")
    rift("run", folder / "studies" / "s.yaml", "-q", "-o", folder / "out")
    return folder / "out" / "s.h5"


def verified(*arguments, code=0, cwd=None, env=None):
    """Rows as {(check, subject): conclusion}, and what is said on standard error."""
    done = subprocess.run([RIFT, "verify", "--json", *map(str, arguments)], capture_output=True, text=True, cwd=cwd, env=env)
    assert done.returncode == code, (arguments, done)
    rows = json.loads(done.stdout)["rows"] if done.stdout else []
    return {(r["check"], r["subject"]): r["conclusion"] for r in rows}, rows, done.stderr


def check_whole(work, whole):
    found, rows, _ = verified(whole, "--recompute", cwd="/")
    assert found == {("digest", "s.h5"): "right", ("definition", "s.yaml"): "as stored",
                     ("definition", "../indices/i.yaml"): "as stored", ("input", "a.csv"): "as stored",
                     ("input", "b.csv"): "as stored", ("input", "countries.csv"): "as stored",
                     ("recomputation", "s.h5"): "the same, byte for byte"}, found
    with h5py.File(whole) as data:
        assert rows[0]["detail"] == data.attrs["rift_digest"].decode()
    assert len(verified(whole)[0]) == 1 and len(verified(whole, "--inputs")[0]) == 6
    shutil.copytree(work / "p", work / "moved")  # a copied project finds its own study, and a lone result the one that is named
    assert len(verified(work / "moved" / "out", "--recompute")[0]) == 7
    shutil.copy(whole, work / "lone.h5")
    for said in (work / "p" / "studies" / "s.yaml", work / "p"):
        assert verified(work / "lone.h5", said, "--recompute", cwd="/")[0][("recomputation", "lone.h5")].endswith("byte for byte")
    assert "was not found" in verified(work / "lone.h5", "--inputs", code=1, cwd="/")[2]
    assert "was not found" in verified(work / "lone.h5", work / "moved" / "data", "--inputs", code=1)[2]


def check_later(whole):
    rift("audit", whole, "--store", "-q")
    found, rows, _ = verified(whole, "--recompute")
    assert found[("recomputation", "s.h5")] == "the same" and "--store added" in rows[-1]["detail"]


def check_changed(work):
    def of(change, *expected, text=""):
        shutil.rmtree(work / "c", ignore_errors=True)
        shutil.copytree(work / "p", work / "c")
        change(work / "c")
        found, rows, said = verified(work / "c" / "out", "--recompute", code=1)
        for check, subject, conclusion in expected:
            assert found.get((check, subject)) == conclusion, (expected, found)
        assert text in said + json.dumps(rows), (text, said, rows)

    series = pathlib.Path("data") / "series"
    undone = ("recomputation", "s.h5", "not made")
    of(lambda f: (f / series / "a.csv").write_text((f / series / "a.csv").read_text() + "KEN,2018,a,5\n"),
       ("input", "a.csv", "changed"), ("input", "b.csv", "as stored"), undone, text="2 of 7 checks failed")
    of(lambda f: (f / series / "b.csv").unlink(), ("input", "b.csv", "missing"), ("input", "a.csv", "as stored"), undone)
    of(lambda f: shutil.copy(f / series / "b.csv", f / series / "c.csv"), ("input", "c.csv", "new"), undone)
    of(lambda f: shutil.move(f / series / "a.csv", f / series / "z.csv"), ("input", "a.csv", "missing"), ("input", "z.csv", "new"))
    of(lambda f: (f / "indices" / "i.yaml").write_text((f / "indices" / "i.yaml").read_text() + "# more\n"),
       ("definition", "../indices/i.yaml", "changed"), ("definition", "s.yaml", "as stored"), undone)
    of(lambda f: (f / "studies" / "s.yaml").write_text((f / "studies" / "s.yaml").read_text() + "# more\n"),
       ("digest", "s.h5", "right"), text="was not found with the text")


def check_forged(work):
    """A digest can be made anew by anyone; what the study gives cannot."""
    def forged(change):
        shutil.copy(work / "p" / "out" / "s.h5", work / "p" / "out" / "forged.h5")
        with h5py.File(work / "p" / "out" / "forged.h5", "r+") as data:
            change(data)
        sign(work / "p" / "out" / "forged.h5")
        return work / "p" / "out" / "forged.h5"

    def better(data):
        data["score"][0, 0, 0] += 1

    def other_version(data):
        data["provenance/version"][()] = "0.0.1"
        for name in ("product_version", "rift_version"):
            data.attrs[name] = numpy.bytes_("0.0.1")

    found, rows, _ = verified(forged(better), "--recompute", code=1)
    assert found[("digest", "forged.h5")] == "right" and found[("recomputation", "forged.h5")] == "not the same"
    assert "1 differ: score" in rows[-1]["detail"], rows[-1]
    found, _, _ = verified(forged(other_version), "--recompute")
    assert found[("recomputation", "forged.h5")] == "the same"
    os.unlink(work / "p" / "out" / "forged.h5")


def check_panel(work):
    rift("ingest", work / "p" / "data" / "series", "-o", work / "panel.h5", "-q")
    found, _, _ = verified(work / "panel.h5", work / "p" / "data", "--inputs")
    assert found == {("digest", "panel.h5"): "right", ("input", "a.csv"): "as stored", ("input", "b.csv"): "as stored"}, found
    assert "name the folder of its files" in verified(work / "panel.h5", "--inputs", code=1)[2]


def check_signatures(work, whole):
    (work / "bin").mkdir()
    alone = {"PATH": str(work / "bin")}
    (work / "s.minisig").write_text("untrusted comment: made up\nRWQ\n")
    (work / "s.sig").write_bytes(b"\x88\x75\x04")
    # minisign would take a key that came with the files, in the current folder
    assert "add --key FILE" in verified(whole, "--signature", work / "s.minisig", code=2, env=alone)[2]
    (work / "k").write_text("a key\n")
    assert "minisign: error: cannot run it" in verified(whole, "--signature", work / "s.minisig", "--key", work / "k", code=3, env=alone)[2]
    assert "gpg: error: cannot run it" in verified(whole, "--signature", work / "s.sig", code=3, env=alone)[2]
    for name in ("minisign", "gpg"):   # which writes down how it is called, and says what files say
        (work / "bin" / name).write_text(
            f'#!/bin/sh\necho "$0 $@" >>"{work}/called"\nread says <"{work}/says"\n'
            f'[ {name} = minisign ] || while read -r line; do echo "$line"; done <"{work}/lines" >&3\nexit $says\n')
        (work / "bin" / name).chmod(0o755)
    (work / "k e y").write_text("a key\n")
    os.mkdir(work / "-odd")
    for name, held in (("-r.h5", whole), ("-s.minisig", work / "s.minisig"), ("-s.sig", work / "s.sig"), ("-k", work / "k e y")):
        shutil.copy(held, work / "-odd" / name)
    imported = "[GNUPG:] IMPORT_OK 1 AB\n"
    good = "[GNUPG:] GOODSIG CD Some%25one \x1b[2J%1b[2J\u202e%0aelse\n[GNUPG:] VALIDSIG ABCDEF 2026-01-01 1 0 4 0 22 10 00 ABCDEF\n"
    for signature, name in (("s.minisig", "minisign"), ("s.sig", "gpg")):
        for says, conclusion in ((0, "valid"), (1, "not valid")):
            (work / "says").write_text(f"{says}\n")
            (work / "lines").write_text(imported + good)
            (work / "called").unlink(missing_ok=True)
            found, rows, _ = verified(whole, "--signature", work / signature, "--key", work / "k e y", code=says, env=alone)
            assert found[("signature", signature)] == conclusion
            called = (work / "called").read_text()
            assert name in called and str(whole) in called and str(work / "k e y") in called
            if name == "gpg":
                assert rows[-1]["detail"].endswith("ABCDEF Some%one [2J[2J else"), rows
            (work / "called").unlink()   # names are those of files here, and no options
            found, _, _ = verified("--signature=-" + signature, "--key=-k", "--", "-r.h5", code=says, env=alone, cwd=work / "-odd")
            words = (work / "called").read_text().split()
            for file in ("-r.h5", "-" + signature, "-k"):
                assert file not in words and "./" + file in words, (file, words)
    check_lines(work, whole, alone, imported, good)
    assert "--key is of a signature" in verified(whole, "--key", "k", code=2)[2]
    for signature in ("s.minisig", "s.sig"):   # asked for by a program that would make it
        found, _, said = verified(whole, "--signature", work / signature, "--key", "no-key.gpg", code=3, cwd=work)
        assert "no-key.gpg: error: cannot open" in said and not (work / "no-key.gpg").exists(), said
    if shutil.which("gpg"):
        check_gpg(work, whole)


def check_lines(work, whole, env, imported, good):
    """What gpg says of a signature counts, whatever its exit status is; it may say as much as it likes."""
    def of(lines, conclusion, why=""):
        (work / "says").write_text("0\n")
        (work / "lines").write_text(imported + lines)
        found, rows, _ = verified(whole, "--signature", work / "s.sig", "--key", work / "k e y", env=env,
                                  code=0 if conclusion == "valid" else 1)
        assert found[("signature", "s.sig")] == conclusion and why in rows[-1]["detail"], (lines[:99], rows)

    of(good, "valid")
    of("", "not valid")
    of(good.splitlines()[0] + "\n", "not valid")
    of(good.splitlines()[1] + "\n", "not valid")
    of(good.replace("[GNUPG:]", "gpg:"), "not valid")
    for word, why in (("BADSIG", "bad"), ("REVKEYSIG", "revoked"), ("EXPKEYSIG", "key has expired"), ("EXPSIG", "it has expired"),
                      ("ERRSIG", "cannot be checked"), ("NO_PUBKEY", "no such key"), ("PLAINTEXT", "no detached signature")):
        of(good + f"[GNUPG:] {word} CD another\n", "not valid", why)
        of(f"[GNUPG:] {word} CD another\n" + good, "not valid", why)
    of("x" * 100000 + "\n" + good, "valid")
    of(good * 2000, "valid")


def check_gpg(work, whole):
    home, private = work / "keys", work / "private"
    home.mkdir(mode=0o700)
    private.mkdir()
    env = {**os.environ, "GNUPGHOME": str(home), "TMPDIR": str(private)}

    def gpg(*arguments):
        return subprocess.run(["gpg", "--batch", "--yes", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback",
                               *map(str, arguments)], check=True, env=env, capture_output=True).stdout

    def key(user, *how, until="never"):
        """Its fingerprint, and a signature by it."""
        gpg(*how, "--quick-generate-key", user, "ed25519", "sign", until)
        lines = gpg("--with-colons", "--list-keys", f"={user}").decode().splitlines()
        finger = next(line.split(":")[9] for line in lines if line.startswith("fpr"))
        gpg(*how, "--local-user", finger, "--output", work / f"{user[:5]}.sig", "--detach-sign", whole)
        (work / f"{user[:5]}.gpg").write_bytes(gpg("--export", finger))
        return finger

    def of(signature, conclusion, why="", result=whole, named=None, cwd=None):
        more = ["--key", named] if named else []
        found, rows, _ = verified(result, "--signature", work / signature, *more, env=env, cwd=cwd,
                                  code=0 if conclusion == "valid" else 1)
        assert found[("signature", signature)] == conclusion and why in rows[-1]["detail"], rows
        assert not list(private.iterdir()), list(private.iterdir())

    alice, eve = key("alice@example.org"), key("eve\u202e!@example.org")
    of("alice.sig", "valid", f"{alice} alice@example.org")
    of("alice.sig", "not valid", "bad", result=work / "panel.h5")
    # a keyring of the name in the home folder is not the file that is named; nothing there is touched
    (home / "key.gpg").write_bytes((work / "eve\u202e!.gpg").read_bytes())
    (work / "key.gpg").write_bytes((work / "alice.gpg").read_bytes())
    before = sorted((str(p), p.stat().st_mtime_ns) for p in home.rglob("*"))
    of("eve\u202e!.sig", "not valid", "no such key", named="key.gpg", cwd=work)
    of("alice.sig", "valid", alice, named="key.gpg", cwd=work)
    (work / "key.asc").write_bytes(gpg("--armor", "--export", alice))
    of("alice.sig", "valid", alice, named="key.asc", cwd=work)
    of("eve\u202e!.sig", "not valid", "no such key", named="key.asc", cwd=work)
    of("eve\u202e!.sig", "valid", f"{eve} eve!@example.org", named=home / "pubring.kbx")
    assert before == sorted((str(p), p.stat().st_mtime_ns) for p in home.rglob("*"))
    _, _, said = verified(whole, "--signature", work / "alice.sig", "--key", work / "s.minisig", env=env, code=1)
    assert "holds no public key" in said and not list(private.iterdir()), said
    past = ("--faked-system-time", "20200101T000000!")
    key("older@example.org", *past, until="2d")
    gone = key("gone1@example.org")
    gpg(*past, "--ignore-time-conflict", "--default-sig-expire", "1d", "--local-user", key("early@example.org", *past),
        "--output", work / "brief.sig", "--detach-sign", whole)
    revocation = (home / "openpgp-revocs.d" / f"{gone}.rev").read_text().replace(":-----", "-----")
    subprocess.run(["gpg", "--batch", "--import"], input=revocation, text=True, env=env, check=True, capture_output=True)
    (work / "gone1.gpg").write_bytes(gpg("--export", gone))
    for named in (None, True):
        of("older.sig", "not valid", "key has expired", named=named and work / "older.gpg")
        of("gone1.sig", "not valid", f"revoked; key {gone}", named=named and work / "gone1.gpg")
        of("brief.sig", "not valid", "it has expired", named=named and work / "early.gpg")
    gpg("--local-user", alice, "--output", work / "inline.sig", "--sign", work / "panel.h5")
    of("inline.sig", "not valid")
    gpg("--local-user", alice, "--output", work / "clear.sig", "--clear-sign", work / "key.asc")
    of("clear.sig", "not valid")
    subprocess.run(["gpgconf", "--kill", "all"], env=env, capture_output=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        whole = project(work / "p")
        check_whole(work, whole)
        check_changed(work)
        check_forged(work)
        check_panel(work)
        check_signatures(work, whole)
        check_later(whole)
    passed(6)


main()
