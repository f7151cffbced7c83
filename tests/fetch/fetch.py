#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rift fetch against a local server that speaks the World Bank's JSON and misbehaves: slow,
cut, wrong, busy, down, unknown indicator; pages, resuming, the cache and its checksums."""
import email.utils
import hashlib
import http.server
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

RIFT = os.path.abspath(sys.argv[1])
asked = []  # (code, page) in order
state = {}  # how often a code was asked for
hanging, over = threading.Event(), threading.Event()  # an answer is held back; until here


def record(code, country, year):
    return {"indicator": {"id": code, "value": "Users (% of population)"},
            "country": {"id": country[:2], "value": country}, "countryiso3code": country,
            "date": str(year), "value": 1.5, "unit": "", "obs_status": "", "decimal": 0}


STRANGE = {  # what the answer says of itself, and its records
    "ALIEN.1": ({}, [record("=EVIL", "KEN", 2020)]),
    "MIXED.1": ({}, [record("MIXED.1", "KEN", 2020), record("OTHER", "PER", 2020)]),
    "NAMELESS.1": ({}, [{**record("X", "KEN", 2020), "indicator": {}}]),
    "FEW.1": ({"total": 50}, [record("FEW.1", c, 2020) for c in ("KEN", "PER")]),
    "SHORT.1": ({"total": 50, "per_page": 2}, [record("SHORT.1", c, 2020) for c in ("KEN", "PER")]),
    "SURPLUS.1": ({"total": 1}, [record("SURPLUS.1", c, 2020) for c in ("KEN", "PER")]),
    "OLD.1": ({}, [record("OLD.1", "KEN", 2001)])}


def page_of(code, page, pages):
    rows = [record(code, "KEN" if page == 1 else "PER", 2020)]
    return json.dumps([{"page": page, "pages": pages, "per_page": 1, "total": pages,
                        "lastupdated": "2026-01-01"}, rows]).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        code, page = urllib.parse.unquote(url.path.rsplit("/", 1)[1]), int(query["page"])
        if code.startswith(".."):
            return self.answer(200, page_of(code, page, 1))
        assert url.path.startswith("/v2/country/all/indicator/"), url.path
        assert query["format"] == "json"
        asked.append((code, page))
        n = state[code] = state.get(code, 0) + 1
        if code == "GOOD.1":
            assert query["date"] == "2019:2020", query
            self.answer(200, page_of(code, page, 2))
        elif code == "CUT.1" and n < 3:
            body = page_of(code, page, 1)
            self.answer(200, body[:40], len(body))
            self.close_connection = True
        elif code == "HALF.1" and n < 2:  # whole as HTTP, half as JSON
            self.answer(200, page_of(code, page, 1)[:60])
        elif code == "BUSY.1" and n < 3:
            self.answer(429, b"slow down", Retry_After="0")
        elif code == "WEAK.1" and n < 3:
            self.answer(503, b"later")
        elif code == "DOWN.1":
            self.answer(500, b"broken")
        elif code == "WRONG.1":
            self.answer(200, b"<html>Welcome to the hotel network</html>")
        elif code == "GONE.1":
            self.answer(404, b"no")
        elif code == "NONE.1":
            self.answer(200, json.dumps([{"message": [{"id": "120", "key": "Invalid value",
                        "value": "The provided parameter value is not valid"}]}]).encode())
        elif code in ("AWAY.1", "NEAR.1") and "moved" not in query:   # to the other server; within this one
            here = f"http://{self.headers['Host']}"
            self.answer(302, b"", Location=f"{state['other'] if code == 'AWAY.1' else here}{self.path}&moved=1")
        elif code in ("MANY.1", "OTHER.1", "GROWS.1", "SHIFTS.1"):
            said = {"page": page, "pages": 3, "per_page": 1, "total": 3}
            said.update({"MANY.1": {"pages": 99999999}, "OTHER.1": {"page": 7},
                         "GROWS.1": {"pages": 3 + page, "total": 9},
                         "SHIFTS.1": {"total": 8 + page}}[code])
            if code in ("GROWS.1", "SHIFTS.1"):
                said["per_page"] = 3
            self.answer(200, json.dumps([said, [record(code, "KEN", y) for y in (2018, 2019, 2020)]]).encode())
        elif code == "old.1":
            self.answer(200, page_of("OLD.1", page, 1))
        elif code in STRANGE:
            said, records = STRANGE[code]
            head = {"page": 1, "pages": 1, "per_page": 1000, "total": len(records), **said}
            self.answer(200, json.dumps([head, records]).encode())
        elif code == "WAIT.1" and n < 2:
            self.answer(429, b"slow down", Retry_After="30")
            hanging.set()
        elif code == "DATE.1" and n < 2:
            self.answer(429, b"slow down", Retry_After=email.utils.formatdate(time.time() + 90, usegmt=True))
            hanging.set()
        elif code == "DRIP.1":  # a byte now and then, for ever
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            try:
                while not over.wait(0.25):
                    self.wfile.write(b"[")
                    self.wfile.flush()
            except OSError:
                pass
        elif code == "EMPTY.1":
            self.answer(200, b'[{"page":0,"pages":0,"per_page":0,"total":0},null]')
        elif code == "PART.1" and page == 2 and not state.get("repaired"):
            self.answer(500, b"broken")
        elif code == "PART.1":
            self.answer(200, page_of(code, page, 3))
        elif code == "SLOW.1":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            hanging.set()
            over.wait()
        else:
            self.answer(200, page_of(code, page, 1))


def fetch(base, work, *arguments, code=0):
    environment = {**os.environ, "XDG_CACHE_HOME": str(work / "cache"), "no_proxy": "*"}
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        environment.pop(name, None)
    done = subprocess.run([RIFT, "fetch", "worldbank", *arguments, "--base-url", base,
                           "--delay", "10", "-v"], cwd=work, env=environment,
                          capture_output=True)
    said = done.stderr.decode()
    assert done.returncode == code, (arguments, done.returncode, said)
    return done.stdout.decode().split(), said


def check_good(base, work):
    files, said = fetch(base, work, "GOOD.1", "--years", "2019:2020", "--per-page", "1")
    assert len(files) == 2 and "0 of them from the cache" in said, (files, said)
    notes = [pathlib.Path(f + ".from").read_text().splitlines() for f in files]
    for file, note in zip(files, notes):
        digest = hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()
        assert note[0].startswith("url http://") and note[1].startswith("date 20")
        assert note[2] == "sha256 " + digest, note
    assert asked == [("GOOD.1", 1), ("GOOD.1", 2)], asked
    again, said = fetch(base, work, "GOOD.1", "--years", "2019:2020", "--per-page", "1")
    assert again == files and "2 of them from the cache" in said and len(asked) == 2
    # a page that was changed on disk is fetched again, the other is not
    pathlib.Path(files[1]).write_text("[]")
    fetch(base, work, "GOOD.1", "--years", "2019:2020", "--per-page", "1")
    assert asked[2:] == [("GOOD.1", 2)], asked
    fetch(base, work, "GOOD.1", "--years", "2019:2020", "--per-page", "1", "--refresh")
    assert len(asked) == 5, asked
    copies, _ = fetch(base, work, "GOOD.1", "--years", "2019:2020", "--per-page", "1",
                      "-o", "out/down")
    assert copies == ["out/down/GOOD.1.2019-2020.json", "out/down/GOOD.1.2019-2020.page2.json"]
    done = subprocess.run([RIFT, "ingest", *copies, "-o", "p.h5", "-q"], cwd=work,
                          capture_output=True)
    assert done.returncode == 0, done.stderr


def check_cache(base, work):
    folder = work / "cache" / "rift" / "worldbank"
    assert folder.stat().st_mode & 0o777 == 0o700, oct(folder.stat().st_mode)
    folder.rename(work / "elsewhere")
    folder.symlink_to(work / "elsewhere")
    _, said = fetch(base, work, "GOOD.1", code=3)
    assert "the cache is a link" in said, said
    folder.unlink()
    (work / "elsewhere").rename(folder)


def check_trouble(base, work):
    for code, words in (("CUT.1", "transfer"), ("HALF.1", "not what was requested"),
                        ("BUSY.1", "answers 429"), ("WEAK.1", "answers 503")):
        files, said = fetch(base, work, code)
        assert len(files) == 1 and words in said.lower() + said, (code, said)
    for code, exit_code, words, times in (
            ("DOWN.1", 3, "the server answers 500", 5),
            ("WRONG.1", 3, "the answer is not what was requested", 5),
            ("GONE.1", 1, "the server answers 404", 1),
            ("NONE.1", 1, "The provided parameter value is not valid", 1),
            ("EMPTY.1", 1, "has no value of 'EMPTY.1'", 1)):
        files, said = fetch(base, work, code, code=exit_code)
        assert not files and words in said and state[code] == times, (code, said, state)
    assert not list((work / "cache").rglob("*DOWN*")) + list((work / "cache").rglob("*WRONG*"))
    files, said = fetch(base, work, "SLOW.1", "--timeout", "1", "--tries", "2", code=3)
    assert state["SLOW.1"] == 2, said
    for code, words, times in (("MANY.1", "announces more pages than there can be", 1),
                               ("OTHER.1", "is another page than the one asked for", 1),
                               ("GROWS.1", "another number of pages than the first", 2),
                               ("SHIFTS.1", "another number of values than the first", 2)):
        files, said = fetch(base, work, code, code=1)
        assert words in said and state[code] == times, (code, said, state)
    for code in (".", ".."):
        before = len(asked)
        files, said = fetch(base, work, code, code=1)
        assert "is no code of an indicator" in said and len(asked) == before, said
    # one that fails does not keep the others from coming
    files, _ = fetch(base, work, "DOWN.1", "FINE.1", "--tries", "1", code=3)
    assert len(files) == 1 and "FINE.1" in files[0], files
    _, said = fetch("ftp://127.0.0.1/", work, "X.1", code=1)
    _, said = fetch("http://127.0.0.1:9", work, "X.1", "--tries", "2", code=3)
    assert "cannot be fetched" in said, said
    files, _ = fetch(base, work, "../../etc/x%2e;y")
    assert pathlib.Path(files[0]).parent == work / "cache" / "rift" / "worldbank", files


def check_redirects(base, work):
    """A page is kept under the address that answered: one of another host is told, and not taken for this one's again."""
    for code, other, times in (("AWAY.1", True, 4), ("NEAR.1", False, 2)):
        for again in (0, 1):
            files, said = fetch(base, work, code)
            assert ("another host answered" in said) == other, said
        assert state[code] == times, (code, state)
        note = dict(line.split(" ", 1) for line in pathlib.Path(files[0] + ".from").read_text().splitlines())
        assert note["url"].startswith(state["other"] if other else base) and "moved=1" in note["url"], note
        assert note["asked"].startswith(base) and "moved" not in note["asked"], note


def check_strange(base, work):
    """Records that are not those asked for, or not as many as announced: told, at once, and not kept."""
    words = {"ALIEN.1": "the indicator '=EVIL'", "MIXED.1": "the indicator 'OTHER'", "NAMELESS.1": "the indicator ''",
             "FEW.1": "2 records, where page 1 of 1 of 50 records has 50", "SHORT.1": "of 50 records",
             "SURPLUS.1": "2 records, where page 1 of 1 of 1 records has 1", "OLD.1": "the year '2001'"}
    for code in STRANGE:
        files, said = fetch(base, work, code, "--years", "2019:2020", code=1)
        assert not files and words[code] in said and state[code] == 1, (code, said)
        assert not list((work / "cache").rglob(f"*{code}*")), code
    files, _ = fetch(base, work, "old.1", code=0)  # the API takes codes in any case
    files, _ = fetch(base, work, "OLD.1")  # and without years any year is right
    assert len(files) == 1


def check_waits(base, work):
    """A wait is told while it lasts, with its length; quiet, it is not. A trickle ends."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(work / "cache"), "no_proxy": "*"}
    for code, quiet in (("WAIT.1", []), ("DATE.1", []), ("WAIT.1", ["-q"])):
        state.pop(code, None)
        run = subprocess.Popen([RIFT, "fetch", "worldbank", code, "--base-url", base, *quiet], cwd=work, env=environment,
                               stderr=subprocess.PIPE, text=True)
        if quiet:
            hanging.clear()
            assert hanging.wait(60)
            run.terminate()
            assert run.communicate()[1] == ""
            continue
        line = run.stderr.readline()  # it comes though the wait has not ended
        assert run.poll() is None, line
        told = re.search(r"answers 429; try 2 of 5 follows in ([0-9.]+) s", line)
        assert told and (float(told[1]) == 30 if code == "WAIT.1" else 30 < float(told[1]) <= 90), line
        run.terminate()
        run.communicate()
    files, said = fetch(base, work, "DRIP.1", "--timeout", "1", "--tries", "1", code=3)
    assert not files and "cannot be fetched" in said, said


def check_private(base, work):
    """Files of the cache are closed to others, whatever the umask."""
    usual = os.umask(0)
    try:
        files, _ = fetch(base, work, "FINE.2")
    finally:
        os.umask(usual)
    for file in (files[0], files[0] + ".from"):
        assert os.stat(file).st_mode & 0o777 == 0o600, (file, oct(os.stat(file).st_mode))


def check_resume(base, work):
    fetch(base, work, "PART.1", "--per-page", "1", "--tries", "1", code=3)
    before = len(asked)
    state["repaired"] = 1
    files, said = fetch(base, work, "PART.1", "--per-page", "1", "--tries", "1")
    assert len(files) == 3 and asked[before:] == [("PART.1", 2), ("PART.1", 3)], asked[before:]


def check_interrupt(base, work):
    environment = {**os.environ, "XDG_CACHE_HOME": str(work / "cache"), "no_proxy": "*"}
    hanging.clear()
    run = subprocess.Popen([RIFT, "fetch", "worldbank", "SLOW.1", "--base-url", base, "--timeout", "600"],
                           cwd=work, env=environment, stderr=subprocess.PIPE)
    while not hanging.wait(0.1):
        assert run.poll() is None, run.communicate()
    run.send_signal(signal.SIGINT)
    run.communicate()  # ends though the answer does not
    assert run.returncode == -signal.SIGINT, run.returncode


def main():
    helps = subprocess.run([RIFT, "fetch", "worldbank", "X"], capture_output=True,
                           env={"PATH": os.environ["PATH"]})
    if b"without libcurl" in helps.stderr:
        print("skipped: built without libcurl")
        sys.exit(77)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    other.daemon_threads = True
    threading.Thread(target=other.serve_forever, daemon=True).start()
    state["other"] = f"http://127.0.0.1:{other.server_port}"
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        check_good(base, work)
        check_cache(base, work)
        check_trouble(base, work)
        check_redirects(base, work)
        check_private(base, work)
        check_resume(base, work)
        check_strange(base, work)
        check_waits(base, work)
        check_interrupt(base, work)
    over.set()
    print("9 passed, 0 failed")


main()
