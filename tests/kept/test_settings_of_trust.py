"""Settings that keep secrets apart, and a database that keeps its word."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from feedback import db
from feedback.settings import DEMO_BACKUP_TO, DEMO_SECRET, SettingError, Settings
from tests.world import SECRET


def a_secret_in(path: Path, mode: int = 0o400) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{SECRET}\n")
    path.chmod(mode)
    return path


def settings(tmp_path: Path, **env: str) -> Settings:
    return Settings.from_env({"FEEDBACK_VAR": str(tmp_path / "var"), **env})


def test_the_secret_comes_out_of_a_file_only_the_account_can_read(tmp_path: Path):
    path = a_secret_in(tmp_path / "secret")
    assert settings(tmp_path, FEEDBACK_SECRET_FILE=str(path)).secret == SECRET


@pytest.mark.parametrize(
    ("place", "mode", "sentence"),
    [
        ("secret", 0o444, "can be read by anybody"),
        ("var/secret", 0o400, "keep the secret apart"),
    ],
)
def test_a_secret_where_others_find_it_ends_the_start(
    tmp_path: Path, place: str, mode: int, sentence: str
):
    path = a_secret_in(tmp_path / place, mode)
    with pytest.raises(SettingError, match=sentence) as refused:
        settings(tmp_path, FEEDBACK_SECRET_FILE=str(path))
    assert SECRET not in str(refused.value)


def test_a_private_backup_key_on_the_server_ends_the_start(tmp_path: Path):
    with pytest.raises(SettingError, match="holds a private key") as refused:
        settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_BACKUP_TO="AGE-SECRET-KEY-1ABC")
    assert "1ABC" not in str(refused.value)


@pytest.mark.parametrize("where", ["unix:/run/clamav/clamd.ctl", "127.0.0.1:3310", "[::1]:3310"])
def test_a_scanner_may_listen_on_a_socket_or_a_port(tmp_path: Path, where: str):
    assert settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_CLAMD=where).clamd == where


@pytest.mark.parametrize(
    "where",
    ["clamd", "/run/clamav/clamd.ctl", "unix:clamd.ctl", "localhost:", ":3310", "a:0", "a:70000"],
)
def test_a_scanner_that_cannot_be_found_ends_the_start(tmp_path: Path, where: str):
    with pytest.raises(SettingError, match="set it to unix:/path"):
        settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_CLAMD=where)


def test_nobody_is_scanned_unless_a_scanner_is_named(tmp_path: Path):
    assert settings(tmp_path, FEEDBACK_SECRET=SECRET).clamd == ""


def test_only_a_demo_has_a_backup_key_by_itself(tmp_path: Path):
    assert settings(tmp_path, FEEDBACK_SECRET=SECRET).backup_to == ()
    assert settings(tmp_path, FEEDBACK_DEMO="1").backup_to == (DEMO_BACKUP_TO,)


def test_a_database_that_may_forget_is_named_by_what_it_forgets(story: Connection):
    engine = story.engine
    assert db.broken_promises(engine) == []
    if engine.dialect.name != "postgresql":
        return
    forgetful = db.make_engine(
        engine.url.update_query_dict({"options": "-c synchronous_commit=off"}).render_as_string(
            hide_password=False
        )
    )
    assert db.broken_promises(forgetful) == ["SHOW synchronous_commit is off, not on"]
    forgetful.dispose()


def a_provider(tmp_path: Path, **env: str) -> dict[str, str]:
    path = a_secret_in(tmp_path / "client")
    return {
        "FEEDBACK_SECRET": SECRET,
        "FEEDBACK_OIDC_ISSUER": "https://id.so.example/realms/giao-duc",
        "FEEDBACK_OIDC_CLIENT_ID": "gop-y",
        "FEEDBACK_OIDC_SECRET_FILE": str(path),
        **env,
    }


def test_nobody_outside_is_known_unless_an_issuer_is_named(tmp_path: Path):
    assert settings(tmp_path, **a_provider(tmp_path, FEEDBACK_OIDC_ISSUER="")).provider is None


def test_a_provider_is_known_by_all_it_takes_and_never_shows_the_secret(tmp_path: Path):
    found = settings(tmp_path, **a_provider(tmp_path)).provider
    assert found
    assert (found.issuer, found.client_id) == ("https://id.so.example/realms/giao-duc", "gop-y")
    assert found.secret == SECRET
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({"FEEDBACK_OIDC_ISSUER": "http://id.so.example"}, "must start with https"),
        ({"FEEDBACK_OIDC_ISSUER": "https://id.so.example/?a=1"}, "bare address"),
        ({"FEEDBACK_OIDC_CLIENT_ID": ""}, "FEEDBACK_OIDC_CLIENT_ID too"),
        ({"FEEDBACK_OIDC_SECRET_FILE": ""}, "a file with the client's secret"),
        ({"FEEDBACK_OIDC_SECRET_FILE": "/nowhere"}, "FEEDBACK_OIDC_SECRET_FILE is /nowhere"),
    ],
)
def test_half_a_provider_ends_the_start(tmp_path: Path, env: dict[str, str], sentence: str):
    with pytest.raises(SettingError, match=sentence):
        settings(tmp_path, **a_provider(tmp_path, **env))


# --- the secret before, while it is changed -----------------------------------------------------

BEFORE = "the-secret-of-last-year-and-more-than-32-characters"


def test_without_one_no_change_is_under_way(tmp_path: Path):
    assert settings(tmp_path, FEEDBACK_SECRET=SECRET).secret_before == ""


def test_the_secret_before_comes_from_the_environment_or_a_file_apart(tmp_path: Path):
    told = settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_SECRET_BEFORE=BEFORE)
    assert told.secret_before == BEFORE
    assert BEFORE not in repr(told)
    path = tmp_path / "secret-before"
    path.write_text(f"{BEFORE}\n")
    path.chmod(0o400)
    told = settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_SECRET_BEFORE_FILE=str(path))
    assert told.secret_before == BEFORE


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (SECRET, "FEEDBACK_SECRET_BEFORE is the same as FEEDBACK_SECRET"),
        ("short", "FEEDBACK_SECRET_BEFORE is too weak"),
        (DEMO_SECRET, "FEEDBACK_SECRET_BEFORE is too weak"),
    ],
)
def test_a_secret_before_that_cannot_be_one_is_refused_at_start(
    tmp_path: Path, before: str, sentence: str
):
    with pytest.raises(SettingError, match=sentence):
        settings(tmp_path, FEEDBACK_SECRET=SECRET, FEEDBACK_SECRET_BEFORE=before)
