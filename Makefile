# The commands of the checkout. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow lint fit bench constraints clean

BIN := .venv/bin
UV ?= uv

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup:  ## make .venv with everything pinned; does nothing when it is up to date (PYTHON=... names a Python 3.12)
	@PYTHON='$(PYTHON)' sh scripts/setup

demo: setup  ## compare no programme, a friend circle and a support group on the same people; a table and a figure
	$(BIN)/peersim compare baseline friend_circle support_group --seeds 20 -s run.days=180 --out demo

test: setup  ## run the tests (ARGS="-k ties" passes options to pytest)
	$(BIN)/python -m pytest $(ARGS)

test-slow: setup  ## run the tests that take minutes
	@$(BIN)/python -m pytest -m slow $(ARGS) || { status=$$?; [ $$status -eq 5 ] || exit $$status; }

lint: setup  ## check style and types
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

fit: setup  ## fit the calibrated numbers to the bands anew (ten minutes); see docs/calibration.md
	$(BIN)/python calibration/fit.py

bench: setup  ## measure speed and memory beside other ways and libraries (ten minutes; ARGS=--quick for two)
	$(BIN)/python -m benchmarks $(ARGS)

constraints:  ## pin anew every package that set-up installs (needs uv; UV=... names it)
	@command -v '$(UV)' >/dev/null || { echo 'make constraints: needs uv (python -m pip install uv), or UV=/path/to/uv' >&2; exit 1; }
	'$(UV)' pip compile pyproject.toml --extra dev --upgrade --python-version 3.12 --python-platform linux \
	    --no-python-downloads --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-annotate --custom-compile-command 'make constraints' --quiet --output-file constraints.txt

clean:  ## remove what building, testing and the demo left behind (.venv stays)
	rm -rf build dist demo .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find peersim tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
