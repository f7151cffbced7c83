# SPDX-License-Identifier: GPL-3.0-or-later
"""The report in headless Chromium, through chromedriver: no console error, every picture
loaded, the table sorted by a click, readable without JavaScript and in print."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from support import passed, shipped, skip

DRIVER = shutil.which("chromedriver")
if not DRIVER or not shutil.which("chromium"):
    skip("needs chromium and chromedriver")


class Browser:
    """The few calls of the WebDriver protocol that this test needs."""

    def __init__(self):
        self.driver = subprocess.Popen([DRIVER, "--port=0"], text=True,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # It says when it is ready, and where: "... was started successfully on port 40123."
        port = next(found for line in self.driver.stdout
                    if (found := re.search(r"successfully on port (\d+)", line))).group(1)
        self.base = f"http://127.0.0.1:{port}"
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu",
                            "--disable-dev-shm-usage", "--remote-debugging-pipe",
                            "--window-size=1200,900"]}
        wanted = {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}}
        self.base += "/session/" + self.call("POST", "/session", wanted)["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def click_head(browser, name):
    element = browser.call("POST", "/element", {
        "using": "xpath",
        "value": f"//section[@id='ranking']//th/button[normalize-space()='{name}']"})
    browser.call("POST", f"/element/{next(iter(element.values()))}/click", {})


def column(browser, name):
    return browser.run(f"""
        var t = document.querySelector('#ranking table');
        var heads = Array.from(t.tHead.rows[0].cells).map(c => c.textContent.trim());
        var i = heads.indexOf('{name}');
        return Array.from(t.tBodies[0].rows).map(r => r.cells[i].textContent);""")


def check_sorting(browser):
    assert column(browser, "rank")[:3] == ["1", "2", "3"]
    click_head(browser, "country")
    codes = column(browser, "country")
    assert len(codes) == 217 and codes == sorted(codes)
    click_head(browser, "score")
    scores = [float(s) for s in column(browser, "score") if s]
    assert scores == sorted(scores) and len(scores) > 100
    assert column(browser, "score")[-1] == ""
    click_head(browser, "score")
    scores = column(browser, "score")
    assert [float(s) for s in scores if s] == sorted((float(s) for s in scores if s),
                                                     reverse=True)
    assert scores[-1] == ""  # empty cells stay last
    assert browser.run("return document.querySelector('#ranking th[aria-sort]')"
                       ".getAttribute('aria-sort')") == "descending"


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = shipped()
        browser = Browser()
        try:
            browser.call("POST", "/url", {"url": (out / "report.html").as_uri()})
            assert browser.call("GET", "/title").startswith("The digital divide")
            pictures = browser.run("return Array.from(document.images).map("
                                   "i => [i.complete, i.naturalWidth, i.alt.length])")
            assert len(pictures) == 18
            assert all(done and width > 300 and alt > 40 for done, width, alt in pictures)
            check_sorting(browser)
            wide = browser.run("return document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"the page is {wide} pixels too wide"
            log = browser.call("POST", "/se/log", {"type": "browser"})
            assert not log, log
        finally:
            browser.close()
        # Without JavaScript the tables stand in the page itself.
        page = (out / "report.html").read_text()
        assert page.count("<td>KEN</td>") == 1 and page.count("<tr>") > 300
        pdf = pathlib.Path(folder) / "report.pdf"
        subprocess.run(["chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
                        f"--print-to-pdf={pdf}", (out / "report.html").as_uri()],
                       check=True, capture_output=True)
        assert pdf.read_bytes().startswith(b"%PDF") and pdf.stat().st_size > 100000
    passed(6)


main()
