"""Every command of the operator's door: the only door besides web/ that commits."""

from flask import Flask

from feedback.catalogue import catalogue
from feedback.commands import (
    changing,
    erased,
    figures,
    keeping,
    law,
    ledger,
    officekeys,
    post,
    recount,
    reorganise,
    scanning,
    setup,
    tables,
    trial,
    units,
)

COMMANDS = (
    tables.database,
    post.run_notices,
    post.mail_test,
    law.explain,
    law.deadline,
    units.load_units,
    reorganise.reorganise,
    figures.figures,
    recount.verify_report,
    ledger.anchor,
    ledger.verify_ledger,
    setup.add_officer,
    setup.reset_factor,
    setup.load_holidays,
    setup.api_token,
    erased.reapply_erasures,
    officekeys.office_key,
    officekeys.open_identity,
    trial.demo,
    trial.greet,
    trial.demo_code,
    trial.export_for_test,
    keeping.backup_key,
    keeping.backup,
    keeping.restore,
    keeping.verify,
    keeping.sweep,
    changing.change_secret,
    scanning.scan_files,
    catalogue,
)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
