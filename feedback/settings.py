"""Every setting, typed, read once from the environment, failing at start with what to set."""

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEMO_SECRET = "demo-secret-that-protects-nothing-and-is-refused-outside-demo-mode"  # noqa: S105
# The key pair of demo backups: known to everybody, so it protects nothing either.
DEMO_BACKUP_TO = "age1gsmnrq44r8z3d9v5452xmzmz2mwr4mu55uw6y02spdh8ugys6evsck888u"
DEMO_BACKUP_KEY = "AGE-SECRET-KEY-12WPYFKZ83CUA6WK2AHHE4ZFU8ZGT42786EDLVW569XPCE8LG5QAQ34WTG2"
SHORTEST_SECRET = 32
LAST_PORT = 65535
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingError(ValueError):
    """A setting that cannot be used; the sentence says what to set."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where officers may sign in besides here (OpenID Connect), and who we are over there."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    label: str = ""  # what the button says, when not the usual words


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
    password_days: int
    backup_to: tuple[str, ...]
    # Where the virus scanner listens; empty without one.
    clamd: str = ""
    provider: Provider | None = None
    # The secret that is being given up; empty unless a change is under way.
    secret_before: str = field(default="", repr=False)

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
        secret = _secret(_text_or_file(env, "FEEDBACK_SECRET", var), demo)
        return cls(
            demo=demo,
            secret=secret,
            secret_before=_before(_text_or_file(env, "FEEDBACK_SECRET_BEFORE", var), secret),
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
            password_days=_number(env, "FEEDBACK_PASSWORD_DAYS", 0, 3650),
            backup_to=_backup_to(env.get("FEEDBACK_BACKUP_TO", ""), demo),
            clamd=_clamd(env.get("FEEDBACK_CLAMD", "").strip()),
            provider=_provider(env, var),
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


def _from_file(env: Mapping[str, str], purpose: str, var: Path) -> str:
    """A secret out of a file that nobody else reads and no backup of the data folder holds."""
    variable = f"{purpose}_FILE"
    name = env.get(variable, "")
    if not name:
        return ""
    path = Path(name).absolute()
    if not path.is_file():
        raise SettingError(f"{variable} is {name}: there is no such file.")
    if path.is_relative_to(var):
        raise SettingError(f"{variable} is inside FEEDBACK_VAR: keep the secret apart.")
    if path.stat().st_mode & stat.S_IRWXO:
        raise SettingError(f"{variable} can be read by anybody: chmod 400 {name}")
    return path.read_text(encoding="utf-8").strip()


def _text_or_file(env: Mapping[str, str], name: str, var: Path) -> str:
    return env.get(name) or _from_file(env, name, var)


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


def _before(value: str, secret: str) -> str:
    """Empty unless the secret is being changed."""
    if not value:
        return ""
    if value == secret:
        raise SettingError(
            "FEEDBACK_SECRET_BEFORE is the same as FEEDBACK_SECRET: set FEEDBACK_SECRET to the new "
            "secret and FEEDBACK_SECRET_BEFORE to the one it replaces, or take the latter out."
        )
    if len(value) < SHORTEST_SECRET or value == DEMO_SECRET:
        raise SettingError(
            "FEEDBACK_SECRET_BEFORE is too weak to have been a secret here: set it to the whole "
            f"secret that is being replaced ({SHORTEST_SECRET} characters at least)."
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


def _clamd(value: str) -> str:
    host, _colon, port = value.rpartition(":")
    a_path = value.removeprefix("unix:").startswith("/") and value.startswith("unix:")
    a_port = host and port.isdecimal() and 0 < int(port) <= LAST_PORT
    if value and not (a_path or a_port):
        raise SettingError(
            f"FEEDBACK_CLAMD is {value!r}: set it to unix:/path/of/its/socket or to host:port."
        )
    return value


def _backup_to(value: str, demo: bool) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in value.split(",") if key.strip())
    if any(key.startswith("AGE-SECRET-KEY-") for key in keys):
        raise SettingError(
            "FEEDBACK_BACKUP_TO holds a private key: set it to the public one, which begins with "
            "age1, and keep the private key off this machine."
        )
    return keys or ((DEMO_BACKUP_TO,) if demo else ())


def _provider(env: Mapping[str, str], var: Path) -> Provider | None:
    """None unless an issuer is named: then nothing is ever asked of anybody outside."""
    issuer = env.get("FEEDBACK_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise SettingError("FEEDBACK_OIDC_ISSUER must start with https://.")
    if parts.query or parts.fragment or not parts.hostname:
        raise SettingError("FEEDBACK_OIDC_ISSUER is the bare address of the issuer: https://host/…")
    client_id = env.get("FEEDBACK_OIDC_CLIENT_ID", "").strip()
    secret = _from_file(env, "FEEDBACK_OIDC_SECRET", var)
    if not client_id or not secret:
        raise SettingError(
            "FEEDBACK_OIDC_ISSUER is set: set FEEDBACK_OIDC_CLIENT_ID too, and "
            "FEEDBACK_OIDC_SECRET_FILE to a file with the client's secret."
        )
    label = env.get("FEEDBACK_OIDC_LABEL", "").strip()
    return Provider(issuer, client_id, secret, label)


def _hosts(value: str, base_url: str) -> tuple[str, ...]:
    named = [host.strip() for host in value.split(",") if host.strip()]
    own = urlsplit(base_url).hostname or ""
    # The machine asks itself whether it is well, and the demo is looked at from it.
    local = ["127.0.0.1", "localhost", "[::1]"]
    return tuple(dict.fromkeys([own, *named, *local]))
