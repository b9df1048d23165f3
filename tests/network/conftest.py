"""The network's section pages."""

import pytest

from tests.factories import network as things


@pytest.fixture
def network(db):
    return things.network_section()


@pytest.fixture
def programmes(db):
    return things.programmes_section()
