# Two commands matter: `make run` and `make test`. Each sets up what it needs and stamps it, so that the second
# start does nothing but start.

PYTHON ?=
ZONE ?= demo
PORT ?= 8600
BIN := .venv/bin

.PHONY: help run test lint types imports web-check check lock pictures clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: ## set up, make the demo zone if it is not there, serve it and print the address
	@python3 scripts/setup.py run $(PYTHON)
	@test -f $(ZONE)/zone.toml || $(BIN)/zonetwin demo $(ZONE)
	@exec $(BIN)/zonetwin serve $(ZONE) --port $(PORT)

test: ## set up and run all tests, browser tests included
	@python3 scripts/setup.py test $(PYTHON)
	@$(BIN)/python -m pytest -n 2 $(ARGS)

lint: ## ruff, and that everything is formatted
	@$(BIN)/ruff check src tests benchmarks scripts hatch_build.py
	@$(BIN)/ruff format --check src tests benchmarks scripts hatch_build.py

types: ## mypy --strict on source, tests and benchmarks
	@$(BIN)/mypy

imports: ## the import contract: arrows only point down
	@$(BIN)/lint-imports

web-check: ## types, lint and unit tests of the web interface
	@$(BIN)/python -m zonetwin.web_build check

check: lint types imports web-check ## everything but the tests

lock: ## compile the universal lock anew (needs uv in .venv)
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

pictures: ## draw every view in both languages and themes into docs/pictures
	@$(BIN)/python -m tests.browser.pictures

clean: ## remove what make run and make test made, the demo zone included
	rm -rf .venv .stamps demo src/zonetwin/_web web/node_modules
