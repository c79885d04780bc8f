"""TABLES: every table of the periodic reports, in the order of print."""

from collections.abc import Callable

from analysis.report_tables.grouped import by_school, kinds, subjects
from analysis.report_tables.meetings import dialogues, reception
from analysis.report_tables.open_cases import open_cases
from analysis.report_tables.openings import openings
from analysis.report_tables.opinions import satisfaction, survey
from analysis.report_tables.register import register
from analysis.rows import Material
from analysis.table import Table

TABLES: dict[str, Callable[[Material], Table]] = {
    "register": register,
    "kinds": kinds,
    "subjects": subjects,
    "reception": reception,
    "dialogues": dialogues,
    "satisfaction": satisfaction,
    "survey": survey,
    "open_cases": open_cases,
    "by_school": by_school,
    "openings": openings,
}
