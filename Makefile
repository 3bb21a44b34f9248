# Needs make and Python 3.11 or newer; everything else goes into .venv. Paths are relative, for a space may be in them.
PYTHON ?= python3
ARGS ?=
# Half the time of an installation goes into an older pip's reading of the index, and into compiling what is never used.
PIP_PIN = pip==26.3
PIP = .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check
PIN = .venv/bin/python -m piptools compile --quiet --upgrade --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	--build-deps-for editable --unsafe-package distribute

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check format bench contract pins clean

help: ## list these targets
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

run: .venv/.runtime ## start the service with a synthetic municipality, on an embedded Postgres (ARGS="--port 8001")
	@.venv/bin/talentspor demo $(ARGS)

test: .venv/.dev ## run the tests and measure their coverage (ARGS="-k placement")
	@.venv/bin/python -m pytest -n 2 --cov $(ARGS)

check: .venv/.dev ## check form, types, the walls between the rooms, the contract files and the documents' links
	@.venv/bin/ruff format --quiet --check .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/basedpyright
	@.venv/bin/lint-imports
	@.venv/bin/talentspor contract --check
	@.venv/bin/python tests/docs_links.py

format: .venv/.dev ## put the code in its form
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .

bench: .venv/.dev ## measure how fast the service answers
	@.venv/bin/python -m benchmarks $(ARGS)

contract: .venv/.runtime ## write openapi/ anew from the code
	@.venv/bin/talentspor contract

pins: .venv/.dev ## pin the newest allowed version of every dependency
	@$(PIP) install pip-tools
	@$(PIN) --extra embedded --output-file requirements.txt pyproject.toml
	@$(PIN) --extra embedded --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml
	@if grep -nE '://|^-|/' requirements.txt requirements-dev.txt; then echo "These pins name a place."; exit 1; fi

clean: ## remove what can be made again; the data stays
	@rm -rf .venv .coverage* .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Talentspor needs Python 3.11 or newer, which $(PYTHON) is not: try make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(PIP) install --no-compile $(PIP_PIN)

.venv/.runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the service needs into .venv …"
	@$(PIP) install --no-compile --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing what its development needs into .venv …"
	@$(PIP) install --no-compile --requirement requirements-dev.txt
	@touch $@
