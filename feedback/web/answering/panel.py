"""Ai giải quyết: who must sign, who may not see it, and what would change that, in words."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback import access, clock, db, recusing
from feedback.models.cases import Case
from feedback.models.conflicts import Accused, Recusal
from feedback.models.units import Unit
from feedback.rules.lifecycle import STAFF, moves_from
from feedback.rules.recusals import ACCUSED, RELATIONS
from feedback.web import here, words
from feedback.web.answering import drafts
from feedback.web.desk import rows


def panel(reference: str) -> dict[str, Any]:
    """What the page of a case shows of it; nothing when there is no such case."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None:
        return {}
    return {
        "href": _page_of(reference),
        "said": [*signs(case), *may_not_see(case)],
        "changes": changes(case),
        "drafts": drafts.shown(case),
        "waiting": drafts.waiting(case),
        "earlier": drafts.earlier(case),
    }


def _page_of(reference: str) -> str:
    where: dict[str, Any] = {**rows.list_arguments(), "reference": reference}
    return url_for("answering.who", **where)


def signs(case: Case) -> list[str]:
    """Who must sign, when something here wants a signature at all."""
    if not wants_signature(case):
        return [_("%(unit)s trả lời; không cần ký quyết định.", unit=case.owner.name)]
    unit, people = case.signed_at(clock.today()), _signer_names(case)
    said = [_("Người ký: %(who)s, %(unit)s.", who=people, unit=unit.name)]
    if unit is not case.owner:
        told = _("%(unit)s chuẩn bị, trình dự thảo; không ký.", unit=case.owner.name)
        said.append(told)
    if recusing.is_alone(db.session(), case, clock.today()):
        said.append(
            _(
                "Không còn đủ hai người, một chuẩn bị và một ký: người ký không được tự chuẩn "
                "bị, nên cấp quản lý trực tiếp phải giải quyết."
            )
        )
    return said


def wants_signature(case: Case) -> bool:
    return any(m.signed and m.code != "send_back" for m in case.machine.moves.values())


def _signer_names(case: Case) -> str:
    found = recusing.signers(db.session(), case, clock.today())
    return words.listed(one.name for one in found) or str(_("chưa có ai được phép ký"))


def may_not_see(case: Case) -> list[str]:
    said = [
        _("Không được biết vụ việc này: %(who)s.", who=one.officer.name)
        for one in case.recusals
        if one.stands
    ]
    if case.hidden_from_school:
        said.insert(0, _("%(unit)s không được biết vụ việc này.", unit=case.unit.name))
    return [str(one) for one in said]


def changes(case: Case) -> list[str]:
    """What would send it another way, as far as that can still happen."""
    above = case.owner.manager
    told = [_past_school(case), _stepping_aside(case, above), _signature(case)]
    return [str(one) for one in told if one]


def _past_school(case: Case) -> str:
    manager = case.unit.manager
    if case.hidden_from_school or not case.unit.is_school or manager is None:
        return ""
    said = _(
        "Nếu người bị phản ánh, tố cáo là hiệu trưởng, phó hiệu trưởng hoặc chính nhà trường, "
        "hoặc tố cáo mà chưa rõ là ai: %(unit)s giải quyết và nhà trường không thấy nữa.",
        unit=manager.name,
    )
    return str(said)


def _stepping_aside(case: Case, above: Unit | None) -> str:
    if above is None:
        return ""
    said = _(
        "Nếu người ký của %(owner)s có quan hệ thân thích hoặc chung lợi ích với người trong vụ "
        "việc: %(above)s giải quyết. Nếu là người phụ trách: giao người khác.",
        owner=case.owner.short_name,
        above=above.name,
    )
    return str(said)


def _signature(case: Case) -> str:
    codes = {move.code for move in moves_from(case.machine, case.status, STAFF)}
    if "sign" not in codes:
        return ""
    return str(
        _(
            "Nếu người gửi ký tên và cho biết danh tính: thành đơn, tính theo thời hạn của luật, "
            "và quyết định hoặc kết luận phải do người có thẩm quyền ký."
        )
    )


# --- the page ---------------------------------------------------------------------------------


def recusals(case: Case) -> list[dict[str, Any]]:
    return [_recusal(one) for one in case.recusals if one.officer_id != here.officer().id]


def _recusal(one: Recusal) -> dict[str, Any]:
    return {
        "id": one.id,
        "who": one.officer.name,
        "relation": _(RELATIONS[one.relation_code]),
        "by": one.declared_by.name if one.declared_by else "",
        "at": words.moment(one.declared_at),
        "stands": one.stands,
        "mine": here.officer().id in (one.officer_id, one.declared_by_id),
    }


def accused(case: Case) -> list[dict[str, str]]:
    return [_accused(one) for one in case.accused]


def _accused(one: Accused) -> dict[str, str]:
    return {
        "kind": str(_(ACCUSED[one.kind_code].label)),
        "name": one.officer.name if one.officer else one.name,
        "at": words.moment(one.recorded_at),
    }
