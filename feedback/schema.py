"""The building works: bring the tables to the newest revision, or back to an older one."""

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def works(connection: Connection) -> Config:
    """Alembic's configuration for one open connection; the caller commits."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
