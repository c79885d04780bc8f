"""Every setting, typed, read once from the environment, failing at start with what to set."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

DEMO_SECRET = "demo-secret-that-protects-nothing-and-is-refused-outside-demo-mode"  # noqa: S105
SHORTEST_SECRET = 32
LAST_PORT = 65535


class SettingError(ValueError):
    """A setting that cannot be used; the sentence says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator may choose; `from_env` names the variables."""

    demo: bool
    secret: str
    var: Path
    database_url: str
    base_url: str
    port: int
    smtp_url: str
    mail_from: str
    trusted_hosts: tuple[str, ...]
    proxies: int
    spare_mib: int
    # Outside of the database and of its backups: which letters were erased.
    erasures: Path

    @property
    def secure(self) -> bool:
        """Whether the public address is served over TLS (cookies and HSTS follow it)."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        demo = _flag(env, "FEEDBACK_DEMO")
        var = Path(env.get("FEEDBACK_VAR") or "var").absolute()
        port = _number(env, "PORT", 8000, LAST_PORT)
        base_url = _base_url(env.get("FEEDBACK_BASE_URL") or f"http://127.0.0.1:{port}")
        return cls(
            demo=demo,
            secret=_secret(env.get("FEEDBACK_SECRET", ""), demo),
            var=var,
            database_url=_database(
                env.get("FEEDBACK_DATABASE_URL") or f"sqlite:///{var}/feedback.db"
            ),
            base_url=base_url,
            port=port,
            smtp_url=_smtp(env.get("FEEDBACK_SMTP_URL", "")),
            mail_from=env.get("FEEDBACK_MAIL_FROM") or "khong-tra-loi@demo.invalid",
            trusted_hosts=_hosts(env.get("FEEDBACK_TRUSTED_HOSTS", ""), base_url),
            proxies=_number(env, "FEEDBACK_PROXIES", 0, 5),
            spare_mib=_number(env, "FEEDBACK_SPARE_MIB", 500, 1_000_000),
            erasures=Path(env.get("FEEDBACK_ERASURES") or var / "erasures.jsonl").absolute(),
        )


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value in {"1", "true", "yes"}:
        return True
    if value in {"", "0", "false", "no"}:
        return False
    raise SettingError(f"{name} is {value!r}: set it to 1 or 0.")


def _number(env: Mapping[str, str], name: str, default: int, most: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) > most:
        raise SettingError(f"{name} is {value!r}: set it to a whole number from 0 to {most}.")
    return int(value)


def _secret(value: str, demo: bool) -> str:
    if demo and not value:
        return DEMO_SECRET
    if not demo and value in {"", DEMO_SECRET}:
        raise SettingError(
            "FEEDBACK_SECRET is not set: set it to a long random text, for example the output of "
            "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`, and keep a copy "
            "apart from the backups. For a trial without real data set FEEDBACK_DEMO=1 instead."
        )
    if len(value) < SHORTEST_SECRET:
        raise SettingError(
            f"FEEDBACK_SECRET is too short: set at least {SHORTEST_SECRET} characters."
        )
    return value


def _scheme_of(name: str, allowed: tuple[str, ...]) -> Callable[[str], str]:
    """A reader that refuses any address whose scheme the program cannot speak."""

    def read(value: str) -> str:
        if urlsplit(value).scheme not in allowed:
            raise SettingError(f"{name} must start with one of {', '.join(allowed)} and '://'.")
        return value.rstrip("/")

    return read


_base_url = _scheme_of("FEEDBACK_BASE_URL", ("http", "https"))


def _database(value: str) -> str:
    return _scheme_of("FEEDBACK_DATABASE_URL", ("sqlite", "postgresql+psycopg"))(
        value.replace("postgresql://", "postgresql+psycopg://", 1)
    )


def _smtp(value: str) -> str:
    return _scheme_of("FEEDBACK_SMTP_URL", ("smtp", "smtps"))(value) if value else ""


def _hosts(value: str, base_url: str) -> tuple[str, ...]:
    named = [host.strip() for host in value.split(",") if host.strip()]
    own = urlsplit(base_url).hostname or ""
    # The machine asks itself whether it is well, and the demo is looked at from it.
    local = ["127.0.0.1", "localhost", "[::1]"]
    return tuple(dict.fromkeys([own, *named, *local]))
