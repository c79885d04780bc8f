"""A session of one officer of the demo, as the cookie that a scanner carries."""

import sys

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from feedback import db
from feedback.app import create_app
from feedback.models.officers import Officer
from feedback.web import signins


def cookie(email: str) -> str:
    """`desk=…` for this officer, fully signed in."""
    app = create_app()
    with app.app_context():
        officer = db.session.scalars(select(Officer).where(Officer.email == email)).one()
        token = signins.begin(officer, second=True)
        db.session.commit()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps({'sign_in': token})}"


if __name__ == "__main__":
    sys.stdout.write(cookie(sys.argv[1]))
