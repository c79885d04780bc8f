"""How the program is served: two processes of eight threads suit two cores and slow phones."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter
from sqlalchemy.exc import SQLAlchemyError

from feedback import db

bind = f"{os.environ.get('FEEDBACK_BIND') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

# Threads, so that a slow photo upload occupies a thread and not a whole process.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
threads = 8

timeout = 60
graceful_timeout = 20
keepalive = 75  # longer than a proxy keeps its side, or the proxy meets closed connections

# The sign of life of a worker is a file: on a disk that stalls, a healthy worker would be killed.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes it private

# What the program writes (database, photos, mails) is for its own account only.
umask = 0o077

# An address must not be kept by accident: no line per request, none per request that cannot be
# read (a warning, with the sender's address), and no socket to be controlled by.
accesslog = None
errorlog = "-"
loglevel = "error"
control_socket_disable = True


def post_worker_init(worker: Any) -> None:
    """Ctrl-C is for the master, which tells its workers: told twice at once, a worker can hang."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _refuse_to_forget(worker)


def _refuse_to_forget(worker: Any) -> None:
    """Nothing is received on a database that might lose it; /healthz says it when it is away."""
    try:
        broken = db.broken_promises(db.session.get_bind().engine)
    except SQLAlchemyError:  # not there yet, or for a moment: each request tries again
        return
    if broken:
        worker.log.critical("Not started: %s. A receipt must mean stored.", "; ".join(broken))
        sys.exit(Arbiter.APP_LOAD_ERROR)
