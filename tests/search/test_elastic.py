"""The Elasticsearch engine on a real server: the contract, and what only a server can
do wrong."""

from __future__ import annotations

import pytest

from .contract import EngineContract

pytestmark = pytest.mark.elastic


class TestElasticEngine(EngineContract):
    @pytest.fixture
    def engine(self, elastic_engine):
        return elastic_engine
