"""An office into which people denounce their head, with everything about them known beforehand.

Run as a program it plants, prints what it planted as JSON, and waits with its database open until
its standard input ends: whatever it left anywhere can be looked at meanwhile.
"""

import json
import os
import re
import sys
import unicodedata
from io import BytesIO
from typing import Any

from alembic import command
from PIL import Image

from feedback import clock, db, matters
from feedback.app import create_app
from feedback.envelopes import OfficeKey
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.unit_keys import take_key
from feedback.schema import building, works
from feedback.web.signins import begin
from tests import world
from tests.eyes import Visitor

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương")
GIVEN = ("Thị Bích Thủy", "Quốc Khánh", "Ngọc Diễm", "Văn Thưởng", "Mỹ Duyên")

LAST = ("Ái", "Ô", "Ư", "Ê", "Ơ")


def person(number: int) -> dict[str, str]:
    """Somebody nobody else is: eight things that must be found nowhere."""
    name = f"{FAMILY[number % 10]} {GIVEN[number % 5]} {LAST[number // 10 % 5]}"
    return {
        "name": name,
        "phone": f"09{17_350_000 + 4_813 * number:08d}",
        "email": f"phu.huynh.kin.{number}@hop-thu-kin.vn",
        "address": f"{100 + number}/7B hẻm Hoa Sưa, khu phố {number}",
        "device": f"Mozilla/5.0 (Linux; Android 14; KIN-{7_000 + number}Q) Ve/1.{number}",
        "camera": f"Máy ảnh của {name} số {5_000 + number}",
        "text": f"Phiếu thu số {9_100 + number} hiệu trưởng ký khống cho lớp bán trú",
    }


def photo(camera: str) -> bytes:
    """A picture that tells who took it."""
    picture, exif = BytesIO(), Image.Exif()
    exif[0x010F] = exif[0x013B] = exif[0x9286] = camera
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG", exif=exif, comment=camera.encode())
    return picture.getvalue()


def main(number: int) -> list[dict[str, str]]:
    app = create_app()
    with building(db.session.session_factory.kw["bind"]) as connection:
        command.upgrade(works(connection), "head")
    with app.app_context():
        world.the_holidays()
        school = world.a_school()
        office = school.manager or world.an_office()
        lan = world.an_officer(office, "office", "Phạm Ngọc Lan")
        point = world.a_point(school)
        take_key(db.session(), office, OfficeKey.new().public, clock.now(), clock.today())
        token = begin(lan, second=True)
        db.session.commit()
        code = point.code
    people = [_denounce(app, code, person(n)) for n in range(number)]
    _work(app, token)
    _sign(app, people)
    app.test_cli_runner().invoke(args=["run-notices", "--once"])
    return people


def _denounce(app: Any, code: str, who: dict[str, str]) -> dict[str, str]:
    """Sent from a telephone through the door of the school, after a mistake and a second try."""
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = who["device"]
    form = Visitor(client).see(f"/q/{code}/khieu-nai-to-cao?about=leaders&as=TC")
    told = {
        "text": unicodedata.normalize("NFC", who["text"]),
        "reply": "contact",
        "name": who["name"],
        "phone": who["phone"],
        "email": who["email"],
    }
    pictures = [(photo(who["camera"]), f"{who['name']}.jpg")]
    again = form.send(**told, photos=pictures)
    receipt = again.send(consent="y")
    found = re.search(r"(?:[0-9A-Z]{4}-\s?){3}[0-9A-Z]{4}", receipt.said)
    assert found, receipt.said[:500]
    shown = found[0].replace(" ", "")
    Visitor(client).see("/tra-cuu").send(code=shown)
    return who | {"code": shown.replace("-", ""), "shown code": shown}


def _work(app: Any, token: str) -> None:
    """The Office reads each, looks at its photo, notes something and searches."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["sign_in"] = token
    with app.app_context():
        known = [(c.reference, c.submission.attachments[0].name) for c in db.session.query(Case)]
    for reference, name in known:
        page = client.get(f"/viec/{reference}")
        assert page.status_code == 200
        assert client.get(f"/tep/{name}").status_code == 200
    client.get("/hop-viec?q=hieu+truong")


def _sign(app: Any, people: list[dict[str, str]]) -> None:
    """Each comes by, signs, and tells their address."""
    with app.app_context():
        lan = db.session.query(Officer).filter_by(name="Phạm Ngọc Lan").one()
        for case, who in zip(db.session.query(Case).order_by(Case.id), people, strict=True):
            told = world.a_contact(name=who["name"], address=who["address"], email="")
            matters.sign(case, world.an_act(lan, "Đã xem căn cước."), world.KEYS, told)
        db.session.commit()


if __name__ == "__main__":
    os.environ.setdefault("FEEDBACK_SECRET", world.SECRET)
    print(json.dumps(main(int(sys.argv[1]))), flush=True)  # noqa: T201 - this is its answer
    sys.stdin.read()
