"""What stands in addresses is documented: it cannot be renamed without a trace."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path

import pytest

from hub import exports, filters
from search import state
from search.engines.base import Sort
from search.registry import registry

DOCUMENT = Path(__file__).resolve().parents[2] / "hub" / "docs" / "addresses.md"
MODULES = ["methods.filters", "casestudies.filters", "network.filters"]
#: Facets whose codes are data: the document says where they come from.
DATA = {"thema", "zielgruppe", "ziel", "bezirk", "runde", "jahr", "methode"}


@pytest.fixture(scope="module")
def documented() -> set[str]:
    text = DOCUMENT.read_text()
    return {part for part in text.split("`")[1::2] if part}


def _calls(module_name: str, functions: set[str]):
    module = importlib.import_module(module_name)
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions:
            yield module, node.args[0]


def _value(module, node: ast.expr):
    return node.value if isinstance(node, ast.Constant) else getattr(module, node.id)


@pytest.mark.parametrize("name", MODULES)
def test_filters_of_lists(name, documented):
    found = {_value(*call) for call in _calls(name, {"FacetSpec", "NumberSpec"})}
    assert found
    assert found - documented == set()


@pytest.mark.parametrize("name", MODULES)
def test_codes_of_choices_in_lists(name, documented):
    calls = _calls(name, {"choice_labels"})
    codes = {code for call in calls for code in _value(*call).values}
    assert codes
    assert codes - documented == set()


def test_facets_of_the_search(documented):
    assert set(registry.facets) - documented == set()
    for name, facet in registry.facets.items():
        if name not in DATA:
            assert set(facet.labels()) - documented == set(), name


def test_parameters_of_search_and_lists(documented):
    names = {state.QUERY, state.GROUP, state.KIND, state.SORT, state.PAGE}
    names |= {filters.PAGE, filters.SORT, exports.OUTPUT}
    names |= {*state.GROUPS, *(sort.value for sort in Sort), *registry.kinds()}
    assert names - documented == set()
