# Everything a newcomer needs; `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP_FLAGS := --quiet --disable-pip-version-check
JOBS ?= 2
# What a database can answer differently; analysis, templates and texts run on SQLite alone.
POSTGRES_TESTS := tests/casestudies tests/editing tests/exchange/test_import.py tests/methods tests/network tests/search/test_outbox.py tests/search/test_lease.py tests/search/test_relations.py tests/search/test_indexing_robust.py
# Narrowed by .ci/run for a second server version.
ELASTIC_TESTS ?= tests/search
SOURCES := hub network methods casestudies search tests

.PHONY: help run test lint check types unit coverage browser postgres elastic services messages format bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.txt constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Drehscheibe needs Python 3.11 or newer: make run PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Could not make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }
	@echo "Installing (once) …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements-dev.txt -c constraints.txt
	@touch $@

$(VENV)/vnu.jar:
	@command -v npm >/dev/null || { echo "The HTML checker comes from npm: install Node.js first."; exit 1; }
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/npm vnu-jar@26.9.27 >/dev/null
	@cp $$(find $(VENV)/npm/node_modules/vnu-jar -name vnu.jar | head -1) $@

run: $(VENV)/.run ## install, migrate, load the starter content, build the index, serve (PORT=8000)
	@HUB_BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py bootstrap
	@HUB_BASE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver --noreload $(PORT)

test: lint check unit browser postgres elastic ## everything: lint, checks, tests (fails instead of skipping with CI=true)

lint: $(VENV)/.dev ## style, imports, templates
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check --quiet $(SOURCES)
	@PYTHONPATH=. $(BIN)/lint-imports --no-cache >/tmp/lint-imports.$$$$ 2>&1 || { cat /tmp/lint-imports.$$$$; rm -f /tmp/lint-imports.$$$$; exit 1; }; rm -f /tmp/lint-imports.$$$$
	@find templates -name '*.html' | xargs $(BIN)/djhtml --check --tabwidth 2
	@$(BIN)/curlylint --parse-only templates

types: $(VENV)/.dev ## types of search, exchange and services
	@$(BIN)/mypy

check: $(VENV)/.dev types ## Django's checks, migrations, compiled texts
	@$(BIN)/python manage.py check --settings hub.settings.test
	@$(BIN)/python manage.py makemigrations --check --dry-run --settings hub.settings.test >/dev/null || { echo "A model changed without a migration: manage.py makemigrations"; exit 1; }

unit: $(VENV)/.dev ## tests that need no server and no browser
	@$(BIN)/pytest -q -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not browser and not elastic" $(UNIT_OPTIONS)

coverage: UNIT_OPTIONS = --cov --cov-report=term:skip-covered
coverage: unit ## the same with the lines they reach; takes twice as long

browser: $(VENV)/.dev $(VENV)/vnu.jar ## journeys, accessibility and HTML in a real Chromium
	@$(BIN)/pytest -q -n $(JOBS) --dist loadgroup -m browser tests/browser

postgres: $(VENV)/.dev ## the tests of models and queries once more, on PostgreSQL
	@if [ -n "$$HUB_TEST_POSTGRES_URL" ]; then \
	  HUB_DATABASE_URL="$$HUB_TEST_POSTGRES_URL" $(BIN)/pytest -q -n $(JOBS) --dist loadfile -m "not elastic" $(POSTGRES_TESTS); \
	elif [ "$$CI" = true ]; then echo "PostgreSQL is missing: set HUB_TEST_POSTGRES_URL"; exit 1; \
	else echo "PostgreSQL tests left out: start it with 'make services' and set HUB_TEST_POSTGRES_URL"; fi

elastic: $(VENV)/.dev ## the search's contract and parity tests on a real Elasticsearch
	@if [ -n "$$HUB_TEST_ELASTIC_URL" ]; then \
	  $(BIN)/pytest -q -n $(JOBS) --dist loadscope -m elastic $(ELASTIC_TESTS); \
	elif [ "$$CI" = true ]; then echo "Elasticsearch is missing: set HUB_TEST_ELASTIC_URL"; exit 1; \
	else echo "Elasticsearch tests left out: start it with 'make services' and set HUB_TEST_ELASTIC_URL"; fi

services: ## start a PostgreSQL (Debian's packages) and an Elasticsearch (Maven Central) for development
	@.ci/postgres start
	@.ci/elasticsearch start

messages: $(VENV)/.dev ## collect and compile interface texts (needs gettext)
	@$(BIN)/python manage.py makemessages -l en --no-location --no-obsolete -i .venv -i var -i tests
	@$(BIN)/python manage.py compilemessages -l en -i .venv

format: $(VENV)/.dev ## format Python and templates
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true
	@$(BIN)/ruff format --quiet $(SOURCES)
	@find templates -name '*.html' | xargs $(BIN)/djhtml --tabwidth 2

bench: $(VENV)/.dev ## how fast the search is, into hub/docs/benchmarks.md (BENCH="--sizes 1000,5000"; with HUB_TEST_ELASTIC_URL both engines)
	@$(BIN)/python -m tests.bench.search --out hub/docs/benchmarks.md $(BENCH)

clean: ## remove the database, index and media of development (not .venv)
	@rm -rf var
