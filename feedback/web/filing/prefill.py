"""What the case already knows of a paper, so that the clerk types only the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from feedback import access, clock, db, identities, permissions, reckoning, redacting
from feedback.clock import OFFICE_ZONE, office_day
from feedback.issuing import SIGNERS
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline, CaseEvent
from feedback.models.officers import Officer
from feedback.models.papers import IssuedPaper
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS
from feedback.rules.petitions import DENUNCIATION, PETITION_KINDS
from feedback.rules.roles import ROLES
from feedback.web import contacts, here

DENUNCIATION_DAYS = 30
TRANSFER_LAWS = {
    "TC": "Điều 24 Luật Tố cáo 2018",
    "KN": "Điều 26 Luật Tiếp công dân 2013",
}
USUAL_LAW = "Điều 26 khoản 2 Luật Tiếp công dân 2013"
# On which article a matter stands still or ends.
STOPPING_LAWS = {
    "complaint_suspended": "Điều 11a khoản 1 Luật Khiếu nại",
    "complaint_ended": "Điều 11a khoản 2 Luật Khiếu nại",
    "denunciation_suspended": "Điều 34 khoản 1 Luật Tố cáo",
    "denunciation_ended": "Điều 34 khoản 3 Luật Tố cáo",
}

# Whose last day a paper tells: the newest of these clocks.
_KN1, _KN2 = ("KN1_RESOLVE", "KN1_RESOLVE_C"), ("KN2_RESOLVE", "KN2_RESOLVE_C")
# Counted from the end of the term they extend: not before that is done.
LONGER = ("TC_EXT1", "TC_EXT2")
CLOCKS: dict[str, tuple[str, ...]] = {
    "receipt": ("ACK_ALL",),
    "complaint_accepted": ("KN1_RESOLVE", "KN2_RESOLVE"),
    "complaint_extended": ("KN1_RESOLVE_C", "KN2_RESOLVE_C"),
    "complaint_resumed": (*_KN1, *_KN2),
    "denunciation_accepted": ("TC_RESOLVE",),
    "denunciation_notice": ("TC_RESOLVE",),
    "denounced_notice": ("TC_RESOLVE",),
    "denunciation_extended": LONGER,
    "denunciation_extension_notice": LONGER,
    "denunciation_resumed": ("TC_RESOLVE", *LONGER),
}
TRANSFERS = ("transfer", "denunciation_transfer")
# Which paper of this case another one cites.
CITED = {
    "transfer": TRANSFERS,
    "decision": ("denunciation_accepted",),
    "first": ("complaint_decision",),
    "suspension": ("complaint_suspended", "denunciation_suspended"),
}
# At an extension it is the decision to extend.
EXTENDED = {"denunciation_extension_notice": ("denunciation_extended",)}


@dataclass(frozen=True, slots=True)
class Ground:
    """The case, the unit that issues, and the kind of paper."""

    case: Case
    unit: Unit
    code: str

    @property
    def answers(self) -> bool:
        """Whether this desk answers the case: only it opens the sender's contact."""
        return self.case.owner_id in here.scope().own

    @property
    def names_sender(self) -> bool:
        """Whether the sender's name stands in the form: who signs a paper with it reads it too."""
        with_it = any(field.startswith("citizen.") for field in PAPERS[self.code].fields)
        return self.answers or (with_it and permissions.waits_for(here.scope(), self.case))


def known(ground: Ground) -> dict[str, Any]:
    """What nobody types."""
    case = ground.case
    return {
        "matter.kind_code": case.kind_code,
        "matter.received_on": case.received_on,
        "matter.reference": case.reference,
        "kind_code": case.kind_code,
        "again": case.status.endswith("_again"),
    }


def prefill(ground: Ground) -> dict[str, Any]:
    """What the form says before anybody has typed, by the path of each fact."""
    parts: tuple[Callable[[Ground], dict[str, Any]], ...] = (
        _sender, _matter, _people, due, _handed_on, _answered, _cited, _usual, _enclosed,
    )  # fmt: skip
    return {path: value for part in parts for path, value in part(ground).items()}


# --- who --------------------------------------------------------------------------------------


def _sender(ground: Ground) -> dict[str, Any]:
    if not ground.names_sender:
        return {}
    contacts.opened(ground.case)
    contact = identities.contact_of(ground.case.submission, here.keys())
    if not contact.name:
        return {}
    called = f"Ông (bà) {contact.name}"
    told = {
        "citizen.name": contact.name,
        "citizen.address": contact.address,
        "complainant.name": contact.name,
        "invited": f"{called}, người khiếu nại",
    }
    # The letter about more time in a denunciation goes to both sides and names no sender.
    return told if ground.case.kind_code == DENUNCIATION else {**told, "addressee": called}


def _people(ground: Ground) -> dict[str, Any]:
    officer, unit = here.officer(), ground.unit
    position = next((r.label for r in officer.roles_on(clock.today()) if r.unit_id == unit.id), "")
    title, head = SIGNERS[unit.kind], _head(unit)
    named = {f"{part}.name": officer.name for part in ("received_by", "proposed_by", "secretary")}
    placed = {f"{part}.position": position for part in ("received_by", "proposed_by", "secretary")}
    about = ground.case.submission.about_text
    return {
        **named,
        **placed,
        "signer.title": title,
        "signer.name": head,
        "chair.name": head,
        "chair.position": title,
        "complained": about or ground.case.unit.name,
        "complained.name": about,
        "denounced.name": about,
        "denounced.workplace": ground.case.unit.name,
    }


def _head(unit: Unit) -> str:
    """Who signs at this unit: the one who is here to do it, or the only one there is."""
    me, today = here.officer(), clock.today()
    if me.signs_at(unit.id, today):
        return me.name
    found = [
        officer.name
        for officer in db.session.scalars(select(Officer).where(Officer.active))
        if any(r.unit_id == unit.id and ROLES[r.code].signs for r in officer.roles_on(today))
    ]
    return found[0] if len(found) == 1 else ""


# --- what and when ----------------------------------------------------------------------------


def _matter(ground: Ground) -> dict[str, Any]:
    case, words = ground.case, ground.case.submission.text
    secret = case.kind_code == DENUNCIATION
    return {
        "matter.content": words,
        # Never from the words of who denounces: they are cleared by hand.
        "about.points": "" if secret else words,
        "received_at": case.received_at.astimezone(OFFICE_ZONE),
        "place": ground.unit.address,
        "ground_code": case.refusal_code or "",
        "before": case.promised_on or case.due_on,
        "next_level": ground.unit.manager_name,
        "contact": ", ".join(filter(None, (ground.unit.address, ground.unit.phone))),
    }


def due(ground: Ground) -> dict[str, Any]:
    """The last day of the clock this paper tells of, with the lines that explain it."""
    case, codes = ground.case, CLOCKS.get(ground.code, ())
    told_of = [d for d in case.deadlines if d.rule_code in codes]
    running = [d for d in told_of if d.met_on is None] or told_of
    if running:
        told = reckoning.why(running[-1], case, here.calendar())
        return _day(running[-1].due_on, told.lines if told else ())
    if not codes or codes is LONGER:
        return {}
    found = reckoning.counted(codes[0], _start(case), here.calendar().at(case.owner_id))
    return _day(*found) if found else {}


def _start(case: Case) -> date:
    """The day a term begins that does not run yet: the day of acceptance, else today."""
    step = "accept_again" if case.lodged_again else "accept"
    accepted: list[CaseDeadline] = [d for d in case.deadlines if d.started_by == step]
    return office_day(accepted[0].started_at) if accepted else clock.today()


def _day(on: date, because: tuple[str, ...]) -> dict[str, Any]:
    return {"due.on": on, "due.because": "\n".join(because)}


# --- what was done ----------------------------------------------------------------------------


def _handed_on(ground: Ground) -> dict[str, Any]:
    """Where it went and why; where it has not gone yet, the unit above."""
    case = ground.case
    handing_on = TRANSFER_LAWS.get(case.kind_code, USUAL_LAW)
    law = STOPPING_LAWS.get(ground.code, handing_on)
    if ground.answers:
        return {"receiving": case.owner.manager_name, "law": law}
    moved = last(case, "transfer")
    return {"receiving": case.owner.name, "law": law, "reason": moved.note if moved else ""}


def _answered(ground: Ground) -> dict[str, Any]:
    if ground.code != "answer":
        return {}
    said = [m.text for m in ground.case.messages if m.move_code == "answer"]
    event = last(ground.case, "answer")
    done = event.detail.get("done", "") if event else ""
    return {"findings": said[-1] if said else "", "done": done}


def _cited(ground: Ground) -> dict[str, Any]:
    """The papers of this case that the new one speaks of."""
    issued = list(
        db.session.scalars(access.papers(here.scope()).where(IssuedPaper.case_id == ground.case.id))
    )
    told: dict[str, Any] = {}
    for part, usual in CITED.items():
        codes = EXTENDED.get(ground.code, usual) if part == "decision" else usual
        for paper in (one for one in issued if one.code in codes):
            told[f"{part}.title"] = PAPERS[paper.code].title
            told[f"{part}.number"] = paper.full_number
            told[f"{part}.dated"] = paper.dated_on
    return told


def _enclosed(ground: Ground) -> dict[str, Any]:
    """The newest copy without who sent it goes along with a letter of transfer."""
    made = redacting.versions(db.session(), ground.case) if ground.code in TRANSFERS else []
    if not made:
        return {}
    newest = made[0]
    return {"enclosed": f"bản che số {newest.version}, ngày {office_day(newest.made_at):%d/%m/%Y}"}


def _usual(ground: Ground) -> dict[str, Any]:
    kind = PETITION_KINDS[ground.case.kind_code].label.lower()
    copies = 3 if ground.code == "dialogue_minutes" else 2
    return {"copies": copies, "days": DENUNCIATION_DAYS, "times": 1, "agenda": f"Nội dung {kind}"}


def last(case: Case, move_code: str) -> CaseEvent | None:
    return next((e for e in reversed(case.events) if e.move_code == move_code), None)
