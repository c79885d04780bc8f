"""The people behind a submission, as its case shows them: how many, and to whom the names."""

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback import identities
from feedback.models.cases import Case
from feedback.models.submissions import Submission
from feedback.rules.groups import is_crowd
from feedback.web import contacts, here


def facts(submission: Submission, case: Case) -> list[tuple[str, str]]:
    """How many they are; and, at the desk that answers, who speaks for them."""
    if submission.group is None:
        return []
    people = submission.group.people
    told = str(ngettext("%(num)s người", "%(num)s người", people))
    if is_crowd(people):
        told = str(_("%(people)s (đoàn đông người)", people=told))
    found = [(str(_("Cùng đứng tên")), told)]
    if case.owner_id in here.scope().own:
        contacts.opened(case)
        names = identities.group_of(submission, here.keys()).speakers
        found.append((str(_("Người đại diện")), ", ".join(names)))
    return found
