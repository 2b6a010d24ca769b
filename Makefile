# `make build` and `make test` set up all that they need in .venv: Python 3.11 or newer and make are enough.
PYTHON ?= python3
BIN := .venv/bin
# Anki's reviewer ships its MathJax and styles in `aqt`; its own dependencies (Qt) are not needed for that.
AQT := aqt==26.9.3
# The oldest Anki on which the contract with learners is tested, beside the newest one.
OLD_ANKI := anki==24.11

.PHONY: build test lint bench contract pictures clean

build: .venv/build
	$(BIN)/qbank build

test: .venv/test lint
	$(BIN)/python -m pytest -n 2 --dist worksteal tests

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/qbank check

bench: .venv/test
	$(BIN)/python tests/bench.py

# Two hundred random lives of learners instead of twenty.
contract: .venv/test
	QBANK_LIVES=200 $(BIN)/python -m pytest -n 2 tests/consumers/test_contract.py

pictures: .venv/test build
	$(BIN)/python docs/pictures.py

clean:
	rm -rf .venv dist/anki dist/cheatsheets dist/data

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qbank needs Python 3.11 or newer")'
	if command -v uv >/dev/null; then uv venv --quiet --seed --python $(PYTHON) .venv; else $(PYTHON) -m venv .venv; fi

.venv/build: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pdf]'
	touch $@

.venv/test: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pdf,test]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps '$(AQT)'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .venv/anki-24.11 '$(OLD_ANKI)'
	touch $@ .venv/build
