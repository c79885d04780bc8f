"""`./run scan`: bandit over the code, the advisories over the packages, wapiti over a live demo.

The scanners live in an environment of their own, named by BENCH_SCANNERS. wapiti walks twice: as
anybody, and as a clerk who is signed in. Ends with 1 when something above low is not answered for.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.crash.house import House
from bench.scan.findings import Finding, of_audit, of_bandit, of_wapiti
from bench.servers import ROOT

TOOLS = Path(os.environ.get("BENCH_SCANNERS", ROOT / ".scanners")) / "bin"
MODULES = (
    "backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,log4shell,methods,permanentxss,"
    "redirect,shellshock,spring4shell,sql,timesql,ssrf,upload,xss,xxe"
)
# What would end the scanner's own session, or set up a factor for it.
ASIDE = ("/dang-xuat", "/tai-khoan/*", "/static/*")


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, text=True, capture_output=True, check=False)


def bandit() -> list[Finding]:
    parts = ("wsgi.py", "feedback", "forms", "analysis")
    return of_bandit(_run(sys.executable, "-m", "bandit", "-q", "-f", "json", "-r", *parts).stdout)


def advisories() -> list[Finding]:
    """What is published about the pinned packages, where the data can be had."""
    asked = _run(
        TOOLS / "pip-audit", "-r", "requirements.txt", "--no-deps", "--disable-pip", "-f", "json"
    )
    if not asked.stdout:
        print(f"pip-audit   could not be asked: {asked.stderr.strip().splitlines()[-1:]}")
        return []
    found, known, unknown = of_audit(asked.stdout)
    print(f"pip-audit   {known} packages looked up, {unknown} could not be (no data from here)")
    return found


class Demo:
    """A furnished house with people in it, for as long as the scan takes."""

    def __init__(self, folder: Path) -> None:
        self.house = House(folder / "var", f"sqlite:///{folder}/var/feedback.db")
        self.house.folder.mkdir(parents=True)
        self.house.flask("db", "upgrade")
        self.house.flask("demo", "--schools", "2", "--months", "2")
        self.told = json.loads((self.house.folder / "demo.json").read_text(encoding="utf-8"))

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.house.port}"

    def cookie(self) -> str:
        clerk = next(one for one in self.told["officers"] if one["role"] == "clerk")
        return self.house.run("bench.scan.insider", clerk["email"]).stdout

    def doors(self) -> list[str]:
        """Where anybody comes in."""
        point = f"/q/{self.told['points'][0]['code']}"
        below = ("", "/gui", "/khieu-nai-to-cao", "/gap", "/khao-sat")
        return [*(point + one for one in below), "/", "/tra-cuu", "/dang-nhap", "/quen-mat-khau"]


def wapiti(demo: Demo, who: str, minutes: int, folder: Path) -> list[Finding]:
    """One walk through all that can be reached from the doors, then the attacks."""
    report = folder / f"{who}.json"
    starts = demo.doors() if who == "anybody" else ["/hom-nay", "/hop-viec", "/nhap", "/ma-qr"]
    words: list[str | Path] = [
        TOOLS / "wapiti", "-u", f"{demo.base}/", "--scope", "domain", "-m", MODULES, "-f", "json",
        "-o", report, "--store-session", folder / who, "--flush-session", "-d", "4", "-v", "0",
        "--max-scan-time", str(minutes * 60), "--max-attack-time", str(minutes * 15),
        "--max-links-per-page", "60", "--max-files-per-dir", "25", "--no-bugreport",
    ]  # fmt: skip
    words += [word for one in starts for word in ("-s", demo.base + one)]
    words += [word for one in ASIDE for word in ("-x", demo.base + one)]
    if who == "clerk":
        words += ["-C", demo.cookie()]
    asked = _run(*words)
    if not report.exists():
        sys.exit(f"wapiti said nothing: {asked.stderr[-2000:] or asked.stdout[-2000:]}")
    told = json.loads(report.read_text(encoding="utf-8"))["infos"]
    print(f"wapiti      as {who}: {told.get('crawled_pages_nbr')} pages, modules {MODULES}")
    return of_wapiti(report)


def walks(minutes: int) -> list[Finding]:
    with tempfile.TemporaryDirectory(prefix="feedback-scan-") as name:
        demo = Demo(Path(name))
        demo.house.start()
        try:
            found = [
                one
                for who in ("anybody", "clerk")
                for one in wapiti(demo, who, minutes, Path(name))
            ]
        finally:
            demo.house.stop()
        log = demo.house.log.read_text(errors="replace")
    print(f"the log     {log.count('Traceback')} stack traces, {log.count('failed')} failures")
    return found


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run scan")
    parser.add_argument("--minutes", type=int, default=10, help="at most for each walk (10)")
    asked = parser.parse_args(words)
    found = [*bandit(), *advisories(), *walks(asked.minutes)]
    for one in found:
        mark = "answered" if one.is_answered else "OPEN" if one.counts else "noted"
        print(f"{one.level:8} {mark:8} {one.scanner} {one.rule} {one.where}: {one.says[:160]}")
    still = sum(one.counts for one in found)
    print(f"{len(found)} findings, {still} above low and not answered for.")
    return bool(still)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
