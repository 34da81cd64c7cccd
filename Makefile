# isocourse: everything a person runs by hand. `make` alone lists it.
#
# Needs: make, git and Python 3.11 or newer. The rest comes into .venv, pinned and hashed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

venv := .venv
bin := $(venv)/bin
python := $(bin)/python
uv := $(bin)/uv
stamp := $(venv)/.set-up

# The installer's version stands in the lock like every other.
uv_version = $(shell sed -n 's/^uv==\([^ ;]*\).*/\1/p' requirements.lock)

.PHONY: help setup run test check fix bench peers docs pictures soak audit lock clean

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

setup: $(stamp) ## Make .venv with everything that is pinned (again when the pins change)

run: setup ## Open a clinic to try, with synthetic patients, at 127.0.0.1:8000
	@$(bin)/isocourse clinic demo

test: setup ## Run the tests
	@$(python) -m pytest

check: setup ## Lint, types, generated pages and catalogues; changes nothing
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	$(python) tools/docs.py --check
	$(python) tools/languages.py --check

fix: setup ## Mend what the linter and the formatter can mend
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

bench: setup ## Measure speed, side by side with peers
	@$(python) -m benchmarks

peers: setup ## Install what the benchmark of a registry is held against (DuckDB; Node for CQL)
	@$(uv) pip install --quiet --requirement benchmarks/peers.txt
	@mkdir -p $(venv)/peers && cp benchmarks/cql/package*.json $(venv)/peers
	@if command -v npm > /dev/null; then npm ci --silent --prefix $(venv)/peers; fi

docs: setup ## Write the generated pages under docs/reference
	@$(python) tools/docs.py

pictures: setup ## Take the pictures of the clinic for the README (needs chromium)
	@$(python) tools/pictures.py

soak: setup ## Run every test with many more examples (long)
	@HYPOTHESIS_PROFILE=soak $(python) -m pytest --timeout=0 -m "soak or not soak"

audit: setup ## Look up known vulnerabilities of what is pinned, and list the parts (CycloneDX)
	@$(python) tools/audit.py

compile := env -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_DEFAULT_INDEX \
  -u UV_FIND_LINKS $(uv) pip compile --quiet --no-config --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: setup ## Choose versions anew within pyproject.toml and write requirements.lock
	@$(compile) --upgrade --all-extras --output-file requirements.lock pyproject.toml
	@$(compile) --extra clinic --group build --constraint requirements.lock \
	  --output-file deploy/requirements.lock pyproject.toml

clean: ## Remove .venv, caches and builds
	rm -rf $(venv) .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(stamp): pyproject.toml requirements.lock
	@find_python() { \
	  for each in "$${PYTHON:-}" python3.11 python3 python; do \
	    if [ -n "$$each" ] && "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then echo "$$each"; return; fi; \
	  done; \
	  echo "isocourse needs Python 3.11 or newer, and none was found." >&2; \
	  echo "Install python3.11 (Debian: apt-get install python3.11 python3.11-venv), or say where" >&2; \
	  echo "it is: make setup PYTHON=/path/to/python3.11" >&2; \
	  return 1; \
	}; \
	if ! [ -x $(python) ] || ! $(python) -m pip --version >/dev/null 2>&1; then \
	  found="$$(find_python)"; \
	  if ! "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
	    echo "$$found cannot make a virtual environment: 'venv' or 'ensurepip' is missing." >&2; \
	    echo "Install it (Debian: apt-get install python3-venv), then try again." >&2; \
	    exit 1; \
	  fi; \
	  rm -rf $(venv); "$$found" -m venv $(venv); \
	fi
	@if [ "$$($(uv) --version 2>/dev/null | cut -d' ' -f2)" != "$(uv_version)" ]; then \
	  $(python) -m pip install --quiet --disable-pip-version-check "uv==$(uv_version)"; \
	fi
	@$(uv) pip sync --quiet --compile-bytecode --no-config --python $(python) --require-hashes requirements.lock
	@$(uv) pip install --quiet --no-config --python $(python) --no-deps --no-build-isolation --editable .
	@$(python) -m isocourse.exchange.warm
	@touch $@
