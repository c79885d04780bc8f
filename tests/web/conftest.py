"""The town of the desk stories, and who sits in it: the same people in every file."""

import pytest

from tests.web.colleagues import Colleague, Town


@pytest.fixture
def town(story, sign_in) -> Town:
    return Town(sign_in)


@pytest.fixture
def hang(town) -> Colleague:
    return town.at_desk(town.hang)


@pytest.fixture
def lan(town) -> Colleague:
    return town.at_desk(town.lan)


@pytest.fixture
def hoa(town) -> Colleague:
    return town.at_desk(town.hoa)
