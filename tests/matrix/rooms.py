"""ROOMS: for whom each staff door opens, by method. A door without an entry fails the test.

Behind a door with a name in its address stand two things of one school: an ordinary matter, and one
that is hidden from the school. Each has its own set of people. For everybody else there is nothing.
"""

from typing import Any

from flask import Flask, url_for
from werkzeug.routing import Rule

from tests.matrix.district import PEOPLE, District

People = frozenset[str]


def _people(names: str) -> People:
    return frozenset(names.split())


EVERYBODY = frozenset(PEOPLE)
NOBODY = _people("")
CLERK, PRINCIPAL, ADMIN = _people("clerk"), _people("principal"), _people("admin")
NEIGHBOUR_PRINCIPAL = _people("neighbour_principal")
SCHOOL, OFFICE = _people("clerk principal"), _people("office office_head")
READERS = SCHOOL | OFFICE
MANAGERS = READERS | ADMIN
DECLARERS = OFFICE | PRINCIPAL
OVERSEERS = OFFICE | _people("far_office far_office_head")
KEEPERS = OVERSEERS | _people("admin far_admin")
WARDENS = OFFICE | ADMIN
AUDITORS = _people("auditor school_auditor far_auditor")
SIGNERS = _people("principal office_head chair neighbour_principal far_office_head far_chair")
HANDLERS = READERS | SIGNERS | _people("neighbour far_clerk far_office")
HANGERS = HANDLERS | _people("admin far_admin")

OPEN = frozenset({"public", "tracking", "session", "outside", "api", "health", "static"})

# Who may know of the thing; with a second set, who may know of the one hidden from the school.
ROOMS: dict[str, tuple[People, ...]] = {
    "GET account.account": (EVERYBODY,),
    "POST account.end": (CLERK,),
    "POST account.end_others": (EVERYBODY,),
    "GET account.password": (EVERYBODY,),
    "POST account.password": (EVERYBODY,),
    "GET acts.act": (NOBODY, NOBODY),
    "POST acts.act": (NOBODY, NOBODY),
    "GET acts.done": (SCHOOL, OFFICE),
    "POST acts.preview": (NOBODY, NOBODY),
    "POST answering.accuse": (SCHOOL, OFFICE),
    "POST answering.lift": (DECLARERS, NOBODY),
    "POST answering.recuse": (READERS, OFFICE),
    "POST answering.send_back": (NOBODY, NOBODY),
    "POST answering.submit": (SCHOOL, OFFICE),
    "POST answering.take_over": (NOBODY, NOBODY),
    "GET answering.who": (READERS, OFFICE),
    "GET audit.book": (AUDITORS,),
    "POST audit.check": (AUDITORS,),
    "GET breaches.breach": (WARDENS,),
    "GET breaches.notice": (WARDENS,),
    "POST breaches.record": (KEEPERS,),
    "GET breaches.register": (KEEPERS,),
    "POST breaches.reported": (WARDENS,),
    "POST bulk.together_page": (NOBODY,),
    "GET calendar.file": (KEEPERS,),
    "POST calendar.file": (KEEPERS,),
    "GET calendar.sample": (EVERYBODY,),
    "GET calendar.sheet": (EVERYBODY,),
    "GET delegations.delegations": (HANDLERS,),
    "POST delegations.delegations": (HANDLERS,),
    "POST delegations.end": (CLERK,),
    "POST delegations.hand_over": (SIGNERS,),
    "GET desk.attachment": (READERS, OFFICE),
    "GET desk.case": (READERS, OFFICE),
    "GET desk.inbox": (EVERYBODY,),
    "POST desk.move": (READERS, OFFICE),
    "POST desk.receipt": (NOBODY, NOBODY),
    "GET desk.today": (EVERYBODY,),
    "GET desk.type_in": (HANDLERS,),
    "POST desk.type_in": (HANDLERS,),
    "GET digest.settings": (HANDLERS,),
    "POST digest.settings": (HANDLERS,),
    "GET factors.app": (EVERYBODY,),
    "POST factors.app": (EVERYBODY,),
    "GET factors.choose": (EVERYBODY,),
    "POST factors.codes": (EVERYBODY,),
    "POST factors.drop_app": (NOBODY,),
    "POST factors.drop_key": (CLERK,),
    "POST factors.key": (EVERYBODY,),
    "POST factors.key_options": (EVERYBODY,),
    "POST factors.new_app": (EVERYBODY,),
    "GET factors.offer_codes": (EVERYBODY,),
    "POST held_files.decide": (PRINCIPAL, _people("office_head")),
    "GET held_files.held_files": (SCHOOL, OFFICE),
    "GET holds.case_data": (READERS, OFFICE),
    "POST holds.hold": (READERS, OFFICE),
    "POST holds.lift_hold": (READERS, OFFICE),
    "GET inventory.assessment": (KEEPERS,),
    "GET inventory.columns": (KEEPERS,),
    "POST joining.join": (HANDLERS,),
    "POST joining.part": (NOBODY, NOBODY),
    "POST keeping.carry_out": (OFFICE,),
    "GET keeping.certificate": (OFFICE,),
    "GET keeping.disposal": (OFFICE,),
    "POST keeping.propose": (OVERSEERS,),
    "POST keeping.reject": (OFFICE,),
    "GET keeping.schedule": (OVERSEERS,),
    "POST keeping.set_term": (OVERSEERS,),
    "GET laying.draft": (NOBODY, NOBODY),
    "POST laying.draft": (NOBODY, NOBODY),
    "GET laying.paper": (NOBODY, NOBODY),
    "POST laying.preview": (NOBODY, NOBODY),
    "GET meetings.book": (HANDLERS,),
    "POST meetings.cancel": (READERS,),
    "GET meetings.publish": (HANDLERS,),
    "POST meetings.publish": (HANDLERS,),
    "GET meetings.receptions": (HANDLERS,),
    "GET meetings.record": (HANDLERS,),
    "POST meetings.record": (HANDLERS,),
    "GET meetings.visit": (SCHOOL,),
    "POST meetings.visit": (SCHOOL,),
    "GET meetings.visits": (HANDLERS,),
    "GET meetings.visits_csv": (HANDLERS,),
    "POST office.add_holiday": (KEEPERS,),
    "POST office.confirm_holiday": (ADMIN,),
    "GET office.holidays": (EVERYBODY,),
    "POST office.import_holidays": (KEEPERS,),
    "POST office.remove_holiday": (ADMIN,),
    "GET office.schools": (OVERSEERS,),
    "GET office.schools_csv": (OVERSEERS,),
    "POST opening.allow": (SCHOOL, OFFICE),
    "POST opening.ask": (SCHOOL, OFFICE),
    "POST opening.hand_out": (SCHOOL, OFFICE),
    "GET opening.identity": (SCHOOL, OFFICE),
    "POST opening.refuse": (SCHOOL, OFFICE),
    "GET papers.file": (SCHOOL, OFFICE),
    "GET papers.paper": (SCHOOL, OFFICE),
    "POST papers.paper": (SCHOOL, OFFICE),
    "POST papers.preview": (SCHOOL, OFFICE),
    "POST points.call_off": (MANAGERS,),
    "POST points.gather": (MANAGERS,),
    "POST points.make": (HANGERS,),
    "POST points.move": (MANAGERS,),
    "POST points.pause": (MANAGERS,),
    "GET points.point": (MANAGERS,),
    "GET points.points": (HANGERS,),
    "GET points.poster": (MANAGERS,),
    "POST points.restore": (MANAGERS,),
    "POST points.resume": (MANAGERS,),
    "POST points.revoke": (MANAGERS,),
    "GET redactions.copies": (READERS, OFFICE),
    "POST redactions.copies": (SCHOOL, OFFICE),
    "GET redactions.file": (READERS, OFFICE),
    "GET redactions.photo": (READERS, OFFICE),
    "POST replies.bring_back": (SCHOOL,),
    "POST replies.insert": (SCHOOL, OFFICE),
    "POST replies.retire": (SCHOOL,),
    "GET replies.template": (SCHOOL,),
    "POST replies.template": (SCHOOL,),
    "GET replies.template_new": (HANDLERS,),
    "POST replies.template_new": (HANDLERS,),
    "GET replies.templates": (HANDLERS,),
    "POST reports.accept": (OFFICE,),
    "GET reports.csv": (NOBODY,),
    "GET reports.docx": (SCHOOL,),
    "GET reports.excerpts": (NOBODY,),
    "GET reports.paper": (SCHOOL,),
    "GET reports.report": (READERS,),
    "POST reports.report": (READERS,),
    "GET reports.rounds": (EVERYBODY,),
    "POST reports.send_back": (OFFICE,),
    "POST rights.extend": (SCHOOL, OFFICE),
    "GET rights.letter": (READERS, OFFICE),
    "GET rights.request": (READERS, OFFICE),
    "GET rights.requests": (HANDLERS,),
    "POST rights.settle": (SCHOOL, OFFICE),
    "POST rights.type_in": (HANDLERS,),
    "POST second.key": (EVERYBODY,),
    "POST second.key_options": (EVERYBODY,),
    "GET second.prove": (EVERYBODY,),
    "POST second.prove": (EVERYBODY,),
    "GET second.step": (EVERYBODY,),
    "POST second.step": (EVERYBODY,),
    "GET spam.folder": (HANDLERS,),
    "POST spam.let_in": (HANDLERS,),
    "GET splitting.split": (READERS, OFFICE),
    "POST splitting.split": (READERS, OFFICE),
    "POST surveys.close": (PRINCIPAL,),
    "POST surveys.reopen": (PRINCIPAL,),
    "GET surveys.results": (HANDLERS,),
    "POST surveys.start": (NEIGHBOUR_PRINCIPAL,),
    "POST views.forget": (CLERK,),
    "POST views.keep": (EVERYBODY,),
}


def staff_rules(app: Flask) -> list[Rule]:
    rules = app.url_map.iter_rules()
    return [rule for rule in rules if rule.endpoint.partition(".")[0] not in OPEN]


def doors(app: Flask) -> list[tuple[str, Rule]]:
    """Every method of every staff rule."""
    return [
        (method, rule)
        for rule in staff_rules(app)
        for method in sorted(set(rule.methods or ()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})
    ]


def things(rule: Rule) -> tuple[str, ...]:
    """What stands behind this door: the ordinary thing, then the hidden one."""
    if "reference" in rule.arguments:
        return "case", "secret"
    if rule.endpoint == "rights.letter":
        return "told", "secret_told"
    if "request_id" in rule.arguments:
        return "request", "secret_request"
    if rule.endpoint == "desk.attachment":
        return "photo", "secret_photo"
    return ("paper", "secret_paper") if "name" in rule.arguments else ("",)


def address(app: Flask, rule: Rule, district: District, thing: str, real: bool) -> str:
    """Where the thing is, or one of its kind that does not exist."""
    values: dict[str, Any] = {
        one: _value(one, rule, district, thing, real) for one in rule.arguments
    }
    with app.test_request_context():
        return url_for(rule.endpoint, **values)


# Several kinds of things belong to one matter: the number of each, for the ordinary and the hidden.
OF_A_MATTER = frozenset({"request_id", "opening_id", "hold_id", "file_id"})
CHOICES = {"move": "accept", "table_code": "B1", "section": "1", "joined": "SA-2026-00000",
           "unit": "SA", "year": "2026"}  # fmt: skip


def _value(one: str, rule: Rule, district: District, thing: str, real: bool) -> object:
    if one.endswith("_id"):
        return _thing(one, rule, district, thing).id if real else 999_999
    if one == "reference":
        return getattr(district, thing).reference if real else "SA-2026-ZZZZZ"
    if one == "name":
        return district.file_name(thing) if real else "f" * 32
    if one in ("version", "picture"):  # every matter has one copy, with one photo
        return 1 if real else 99
    named = {"code": _code, "number": _number}.get(one)
    if named is not None:
        return named(rule, district, real)
    return district.visit.received_on.year if one == "year" else CHOICES[one]


def _thing(one: str, rule: Rule, district: District, thing: str) -> Any:
    if rule.endpoint == "keeping.certificate":
        return district.disposed
    return district.beside[f"{thing}.{one}"] if one in OF_A_MATTER else district.things[one]


def _number(rule: Rule, district: District, real: bool) -> int:
    """Of an evening at a point, or of a line of the register."""
    if rule.endpoint == "points.call_off":
        return int(district.evening.id) if real else 999_999
    return district.visit.number if real else 99


def _code(rule: Rule, district: District, real: bool) -> str:
    """Of a point, of a kind of paper, or of a class of records."""
    if rule.endpoint.startswith("keeping"):
        return "opinion" if real else "nothing"
    return "receipt" if rule.endpoint.startswith(("papers", "acts")) else district.code(real)
