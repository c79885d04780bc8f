"""The words of each notice: which mail template, to whom, with which link. Never content."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage

from flask import Flask, render_template
from flask_babel import force_locale
from sqlalchemy.orm import Session

from feedback import addressees, anchors, digests, identities, mail
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.submissions import Submission
from feedback.resets import token_of
from feedback.sealing import Keys
from feedback.settings import Settings


@dataclass(frozen=True, slots=True)
class Post:
    """What a letter needs besides its notice."""

    app: Flask
    session: Session
    settings: Settings
    keys: Keys
    send: mail.Sender

    def letter(self, notice: Notice, on: date) -> EmailMessage | None:
        """The letter of this notice; none when there is nobody to write to any more."""
        to = self._address(notice, on)
        if not to or digests.is_stale(notice, on):
            return None
        with self.app.test_request_context(base_url=self.settings.base_url), force_locale("vi"):
            subject, text = self._words(notice, on)
        return mail.compose(self.settings.mail_from, to, subject, text, notice.once_key)

    def _address(self, notice: Notice, on: date) -> str:
        case, officer = self._case(notice), notice.officer
        if officer is not None:
            return officer.email if case is None or _may_know(officer, case, on) else ""
        return self._senders_address(notice, case) if case else ""

    def _senders_address(self, notice: Notice, case: Case) -> str:
        """Of several senders the one this letter is for, wherever their matter lies by now."""
        submission = self.session.get(Submission, notice.submission_id or case.submission.id)
        return identities.contact_of(submission, self.keys).email if submission else ""

    def _case(self, notice: Notice) -> Case | None:
        return self.session.get(Case, notice.event.case_id) if notice.event else None

    def _words(self, notice: Notice, on: date) -> tuple[str, str]:
        """First line of the template is the subject, the rest the text."""
        words = render_template(
            f"mail/{notice.template}.txt",
            case=self._case(notice),
            base_url=self.settings.base_url,
            token=self._token(notice),
            digest=digests.of_notice(self.session, notice, on),
            about=_about(notice.sign_in.begun_at) if notice.sign_in else "",
            browser=notice.sign_in.browser if notice.sign_in else "",
            anchor=anchors.of_notice(self.session, notice),
        )
        subject, _, text = words.partition("\n")
        return subject.strip(), text.strip() + "\n"

    def _token(self, notice: Notice) -> str:
        reset = notice.reset
        if reset is None:
            return ""
        return token_of(reset, self.keys.session)


def _about(moment: datetime) -> str:
    """The hour, no closer: enough to remember where one was."""
    hour = (moment + timedelta(minutes=30)).astimezone(OFFICE_ZONE)
    return f"{hour:%-H} giờ ngày {hour:%d/%m/%Y}"


def _may_know(officer: Officer, case: Case, on: date) -> bool:
    """Asked again when the letter leaves: the case may have been taken from the school since."""
    units = {unit.id for unit in addressees.concerned(case)}
    return (
        officer.active
        and not case.bars(officer)
        and any(role.unit_id in units for role in officer.roles_on(on))
    )
