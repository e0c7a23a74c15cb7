# OpenScorecard. `make` alone lists what can be made.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEMO   ?= demo
SERVE  ?= yes

.DEFAULT_GOAL := help
.PHONY: help install demo test lint types contracts bench lock clean

help: ## list the targets
	@echo "OpenScorecard: make TARGET"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP) ## the environment in .venv, from the hash-locked requirements

# One stamp: remade when the lock or the project's own metadata change.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "OpenScorecard needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(STAMP) ## build and publish the demonstration council, then open it (SERVE=no: do not serve)
	$(BIN)/scorecard demo $(DEMO) $(if $(filter no,$(SERVE)),--no-serve,)

test: $(STAMP) ## lint, types, import contracts and all tests
	@$(BIN)/python scripts/test.py

lint: $(STAMP) ## ruff
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

contracts: $(STAMP) ## the import direction
	$(BIN)/lint-imports

bench: $(STAMP) ## measure the commands that people wait for
	$(BIN)/python bench/run.py

lock: $(STAMP) ## work out requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --group dev pyproject.toml -o requirements.lock

clean: ## remove the environment and what the demo made
	rm -rf $(VENV) $(DEMO)
