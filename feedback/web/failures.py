"""Every failure as a page with one clear sentence; never a stack trace, never a lost word."""

import logging
import secrets

from flask import Flask, current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers.response import Response

from feedback import db
from feedback.web.guard import OPEN_BLUEPRINTS

log = logging.getLogger("feedback")
Reply = tuple[str, int] | Response


def explain_failures(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StaleDataError, _two_at_once)
    app.register_error_handler(OperationalError, _not_stored)
    app.register_error_handler(OSError, _not_stored)
    app.register_error_handler(ParseException, _unreadable)
    app.register_error_handler(Exception, _unexpected)


NOT_FOUND = frozenset({404, 405})


def _words(status: int) -> tuple[str, str]:
    known = {
        400: (_("Yêu cầu không đọc được"), _("Mời quay lại trang trước và thử lại.")),
        403: (
            _("Yêu cầu không đến từ trang này"),
            _("Mời mở lại trang từ mã QR hoặc địa chỉ của trường rồi gửi lại."),
        ),
        404: (
            _("Không tìm thấy trang này"),
            _("Địa chỉ có thể bị gõ thiếu. Nếu anh/chị quét mã QR, mời quét lại."),
        ),
        405: (_("Không tìm thấy trang này"), _("Mời quay lại trang trước và thử lại.")),
        409: (
            _("Có người vừa thay đổi việc này"),
            _("Chưa có gì được ghi. Mời tải lại trang, xem thay đổi rồi làm lại."),
        ),
        413: (
            _("Tệp gửi lên quá lớn"),
            _("Mỗi ảnh tối đa 8 MB, tối đa 5 ảnh. Mời quay lại và chọn ảnh nhỏ hơn."),
        ),
        429: (_("Anh/chị thử quá nhanh"), _("Mời đợi ít phút rồi thử lại.")),
        503: (
            _("Hệ thống tạm thời chưa lưu được"),
            _(
                "Nội dung CHƯA được gửi. Mời quay lại trang trước (chữ đã gõ vẫn còn) và gửi lại "
                "sau ít phút."
            ),
        ),
    }
    fallback = (_("Có lỗi xảy ra"), _("Lỗi đã được ghi lại. Mời thử lại sau ít phút."))
    return known.get(status, fallback)


def page(status: int, error_id: str = "") -> Response:
    """The failure's own page, in the face of the door it happened at."""
    title, advice = _words(status)
    public = request.blueprint is None or request.blueprint in OPEN_BLUEPRINTS
    if status in NOT_FOUND and not public:
        advice = _("Địa chỉ có thể bị gõ thiếu, hoặc việc này do nơi khác giải quyết.")
    html = render_template(
        "errors/error.html",
        title=title,
        advice=advice,
        error_id=error_id,
        public=public,
        actions=_ways_on(public) if status in NOT_FOUND else (),
    )
    return make_response(html, status)


def _ways_on(public: bool) -> list[dict[str, str]]:
    if public:
        return [{"href": url_for("public.home"), "label": _("Về trang đầu")}]
    return [{"href": url_for("desk.today"), "label": _("Về trang Hôm nay")}]


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    if isinstance(error, SecurityError):
        # Asked under a name that is not ours: no address can be made for such a page.
        return make_response("This is not the address of this service.", 400)
    return page(error.code or 500)


def _unreadable(_error: ParseException) -> Response:
    """A body whose pieces are not what they say: the sender's fault, not ours."""
    db.roll_back()
    return page(400)


def _two_at_once(_error: StaleDataError) -> Response:
    db.roll_back()
    return page(409)


def _not_stored(error: Exception) -> Response:
    db.roll_back()
    error_id = _log(error)
    response = page(503, error_id)
    response.headers["Retry-After"] = "120"
    return response


def _unexpected(error: Exception) -> Response:
    if current_app.testing:
        raise error
    db.roll_back()
    return page(500, _log(error))


def _log(error: Exception) -> str:
    """Type and route only: an error's message may hold what somebody wrote."""
    error_id = secrets.token_hex(4)
    log.error(
        "failed", extra={"error": type(error).__name__, "at": request.endpoint, "id": error_id}
    )
    return error_id
