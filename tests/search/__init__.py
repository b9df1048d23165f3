import pytest

# Contracts are no test modules, but their assertions should say as much.
pytest.register_assert_rewrite("tests.search.contract", "tests.search.contract_writing")
