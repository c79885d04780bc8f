"""The printed codes: where they hang, what comes of them, their prints and their fate."""

from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response as Answer

from feedback import access, clock, codes, db
from feedback.models.points import QrPoint
from feedback.posters import qr_svg
from feedback.web import here
from feedback.web.counter import pointlife, printouts
from feedback.web.counter.asked import asked_unit, units_of
from forms.account import ButtonForm
from forms.points import (
    GatheringForm,
    PauseForm,
    PlaceForm,
    RestoreForm,
    ResumeForm,
    RevokeForm,
)

blueprint = Blueprint("points", __name__)

BAD = 422
# Several forms stand on one page: none may take another's names.
REVOKE, RESTORE, MOVE = "revoke-", "restore-", "move-"
PAUSE, RESUME, GATHERING = "pause-", "resume-", "gathering-"


@blueprint.get("/ma-qr")
def points() -> str:
    return _list(_place_form())


@blueprint.post("/ma-qr/moi")
def make() -> str | Answer:
    form = _place_form()
    if not form.validate_on_submit():
        return make_response(_list(form), BAD)
    unit = units_of(here.scope().manages)[form.unit_code]
    point = QrPoint.make(codes.new_point_code(), unit, form.place.data, here.officer(), clock.now())
    db.session.add(point)
    db.session.commit()
    flash(_("Đã tạo mã. Bước tiếp theo: in áp phích và treo lên."), "ok")
    return redirect(url_for("points.point", code=point.code), 303)


@blueprint.get("/ma-qr/<code>")
def point(code: str) -> str:
    return _one(_find(code))


@blueprint.get("/ma-qr/<code>/ap-phich")
def poster(code: str) -> Answer:
    found = _find(code)
    size = request.args.get("size", "A4")
    if size not in printouts.SHEETS:
        abort(404)
    if found.revoked:
        flash(_("Mã này đã thu hồi nên không in nữa. Muốn in, mời dùng lại mã trước."), "warn")
        return redirect(url_for("points.point", code=found.code), 303)
    pdf = Response(printouts.SHEETS[size](found), mimetype="application/pdf")
    pdf.headers.set("Content-Disposition", "inline", filename=printouts.file_name(found, size))
    return pdf


@blueprint.post("/ma-qr/<code>/thu-hoi")
def revoke(code: str) -> str | Answer:
    found, form = _find(code), RevokeForm(prefix=REVOKE)
    if not form.validate_on_submit():
        return make_response(_one(found, revoke=form), BAD)
    if not found.revoked:
        found.revoke(here.officer(), clock.now(), form.note.data)
        db.session.commit()
    flash(_("Đã thu hồi. Ai quét mã này sẽ thấy lời hướng dẫn tìm áp phích mới."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/mo-lai")
def restore(code: str) -> str | Answer:
    found, form = _find(code), RestoreForm(prefix=RESTORE)
    if not form.validate_on_submit():
        return make_response(_one(found, restore=form), BAD)
    if found.revoked:
        found.restore(here.officer(), clock.now(), form.note.data)
        db.session.commit()
    flash(_("Mã dùng lại được. Áp phích đang treo lại mở trang của trường."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/doi-cho")
def move(code: str) -> str | Answer:
    found = _find(code)
    form = _place_form(found)
    if not form.validate_on_submit():
        return make_response(_one(found, move=form), BAD)
    unit = units_of(here.scope().manages)[form.unit_code]
    if (unit.id, form.place.data) == (found.unit_id, found.place):
        flash(_("Nơi đặt mã vẫn như cũ, không có gì thay đổi."), "info")
        return redirect(url_for("points.point", code=found.code), 303)
    found.lead_to(form.place.data, here.officer(), clock.now(), unit)
    db.session.commit()
    flash(pointlife.moved(found), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/tam-dung")
def pause(code: str) -> str | Answer:
    found, form = _find(code), PauseForm(prefix=PAUSE, today=clock.today())
    if not form.validate_on_submit():
        return make_response(_one(found, pause=form), BAD)
    until = pointlife.end_of(form.until.data) if form.until.data else None
    found.pause(here.officer(), clock.now(), form.note.data, until)
    db.session.commit()
    flash(_("Đã tạm dừng. Ai quét mã sẽ thấy các cách khác để liên hệ với trường."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/nhan-lai")
def resume(code: str) -> str | Answer:
    found, form = _find(code), ResumeForm(prefix=RESUME)
    if not form.validate_on_submit():
        return make_response(_one(found, resume=form), BAD)
    found.resume(here.officer(), clock.now(), form.note.data)
    db.session.commit()
    flash(_("Điểm này nhận phiếu lại."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/dem-dong-nguoi")
def gather(code: str) -> str | Answer:
    found, form = _find(code), GatheringForm(prefix=GATHERING, today=clock.today())
    if not form.validate_on_submit():
        return make_response(_one(found, gathering=form), BAD)
    pointlife.gather(found, form)
    db.session.commit()
    flash(_("Đã ghi. Trong buổi này, nhiều người cùng gửi từ một mạng là bình thường."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


@blueprint.post("/ma-qr/<code>/dem-dong-nguoi/<int:number>/bo")
def call_off(code: str, number: int) -> Answer:
    found = _find(code)
    evening = pointlife.evening(found, number)
    if not ButtonForm().validate_on_submit():
        abort(400)
    pointlife.call_off(found, evening)
    db.session.commit()
    flash(_("Đã bỏ buổi này."), "ok")
    return redirect(url_for("points.point", code=found.code), 303)


def _find(code: str) -> QrPoint:
    tidy = codes.tidy_point_code(code)
    mine = access.points(here.scope()).where(QrPoint.code == tidy)
    return db.session.scalar(mine) or abort(404)


def _place_form(point: QrPoint | None = None) -> PlaceForm:
    chosen = point.unit.code if point else request.args.get("unit", "")
    form = PlaceForm(prefix=MOVE if point else "", unit=chosen, place=point.place if point else "")
    form.offer_units((unit.code, unit.name) for unit in units_of(here.scope().manages).values())
    return form


def _list(form: PlaceForm) -> str:
    units = units_of(here.scope().manages)
    chosen = asked_unit(units.values())
    return render_template("points/points.html", form=form, page=pointlife.page(units, chosen))


def _one(point: QrPoint, **forms: Any) -> str:
    usual: dict[str, Callable[[], Any]] = {
        "revoke": lambda: RevokeForm(prefix=REVOKE),
        "restore": lambda: RestoreForm(prefix=RESTORE),
        "move": lambda: _place_form(point),
        "pause": lambda: PauseForm(prefix=PAUSE, today=clock.today()),
        "resume": lambda: ResumeForm(prefix=RESUME),
        "gathering": lambda: GatheringForm(prefix=GATHERING, today=clock.today()),
    }
    return render_template(
        "points/point.html",
        point=pointlife.shown(point),
        qr=qr_svg(printouts.point_url(point)),
        forms={name: forms.get(name) or make() for name, make in usual.items()},
    )
