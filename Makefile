# The two commands of the README are `make run` and `make test`; each does all of its own set-up.
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN = $(VENV)/bin
DJANGO ?=
ONLY ?=
QUICK ?=
ON_POSTGRES = tests/core tests/jobs tests/integrations tests/connector tests/services tests/hub

.PHONY: run test acceptance lint bench docs clean

run: $(VENV)/.hub
	@$(BIN)/dovetail demo --home .dovetail --port $(PORT)

test: $(VENV)/.lint
	$(BIN)/python -m pytest -m "not slow$(if $(QUICK), and not browser and not process)"
	DOVETAIL_TEST_DATABASE=postgres $(BIN)/python -m pytest -m "not slow and not browser and not process" $(ON_POSTGRES)

acceptance: $(VENV)/.lint
	@$(BIN)/python -m tests.acceptance_report $(ONLY)

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.lint
	@$(BIN)/python -m benchmarks.run $(ONLY)

docs: $(VENV)/.docs
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html

clean:
	rm -rf $(VENV) .dovetail .cache docs/_build

# One stamp for each set of extras, made again when pyproject.toml changes.
$(VENV)/.%: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Dovetail needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) ($*) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]' $(DJANGO)
	@touch $@
