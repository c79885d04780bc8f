"""What ships with the house as data: the calendar, the schools, the questionnaires, the words."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "seed"


@cache
def read(name: str) -> Any:
    """One file of the seed folder, read once. Nobody changes what it holds."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
