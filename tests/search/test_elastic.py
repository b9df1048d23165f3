"""The Elasticsearch engine on a real server: the contract, and what only a server can
do wrong."""

from __future__ import annotations

import pytest

from .contract_writing import EngineContract

pytestmark = pytest.mark.elastic


class TestElasticEngine(EngineContract):
    @pytest.fixture(scope="class")
    @classmethod
    def make(cls, make_elastic_engine):
        return make_elastic_engine
