"""Rows that everyone may see are found from the rows that are asked for: a page that shows
five of them does not read all pages and all people of the site first."""

from __future__ import annotations

import re

from django.db import connection

import pytest

from casestudies.models import MethodUse
from network.models import Involvement, Membership


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "asked"),
    [
        (MethodUse, {"case": 1}),
        (Involvement, {"person": 1}),
        (Involvement, {"page": 1}),
        (Membership, {"organisation": 1}),
    ],
)
def test_visible_rows_are_looked_up(model, asked):
    if connection.vendor != "sqlite":
        pytest.skip("Small tables are always read as a whole there.")
    plan = model.objects.visible().filter(**asked).explain()
    read = set(re.findall(r"SCAN (\w+)", plan))
    assert read <= {"r"}, plan  # restrictions, of which there are few
