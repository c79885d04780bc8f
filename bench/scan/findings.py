"""What the scanners say, one shape for all, and what of it is known and answered for."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEVELS = ("info", "low", "medium", "high", "critical")
# Decision 0013 says why, one paragraph each. Anything else above low ends the scan with 1.
ANSWERED = frozenset(
    {
        ("bandit", "B704", "feedback/web/office/reportanchor.py"),
        ("bandit", "B704", "feedback/web/public/receipts.py"),
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a scanner points at."""

    scanner: str
    rule: str
    where: str
    level: str
    says: str

    @property
    def is_answered(self) -> bool:
        return (self.scanner, self.rule, self.where) in ANSWERED

    @property
    def counts(self) -> bool:
        return LEVELS.index(self.level) > LEVELS.index("low") and not self.is_answered


def of_bandit(told: str) -> list[Finding]:
    return [
        Finding(
            "bandit", one["test_id"], one["filename"].removeprefix("./"),
            one["issue_severity"].lower(), one["issue_text"],
        )
        for one in json.loads(told)["results"]
    ]  # fmt: skip


def of_audit(told: str) -> tuple[list[Finding], int, int]:
    """The findings, how many packages were looked up, and how many could not be."""
    packages: list[dict[str, Any]] = json.loads(told)["dependencies"]
    known = [one for one in packages if "vulns" in one]
    found = [
        Finding("pip-audit", flaw["id"], f"{one['name']} {one['version']}", "high",
                f"mended in {', '.join(flaw['fix_versions']) or 'no version yet'}")
        for one in known
        for flaw in one["vulns"]
    ]  # fmt: skip
    return found, len(known), len(packages) - len(known)


def of_wapiti(report: Path) -> list[Finding]:
    """Its level 0 is additional information; 1 low, 2 medium, 3 high, 4 critical."""
    told = json.loads(report.read_text(encoding="utf-8"))
    return [
        Finding("wapiti", rule, f"{one['method']} {one['path']}", LEVELS[one["level"]], one["info"])
        for part in ("vulnerabilities", "anomalies")
        for rule, ones in told[part].items()
        for one in ones
    ]
