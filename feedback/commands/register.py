"""Every command of the operator's door: the only door besides web/ that commits."""

from flask import Flask

from feedback.catalogue import catalogue
from feedback.commands import (
    figures,
    law,
    officekeys,
    post,
    reorganise,
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
    setup.add_officer,
    setup.load_holidays,
    setup.api_token,
    officekeys.office_key,
    officekeys.open_identity,
    trial.demo,
    trial.greet,
    catalogue,
)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
