# make demo: see docctl check an example agency.   make test: the whole test suite on the built wheel.
# Needs Python >= 3.11 with venv, git and make; everything else is installed into .venv-* folders here.

PYTHON ?= python3
SOURCES := $(shell find docctl schemas -type f -not -name '*.mo' -not -path '*/__pycache__/*') pyproject.toml hatch_build.py
RUN := .venv-demo/bin
TEST := .venv-test/bin
LINT := .venv-lint/bin
PIP := -m pip --disable-pip-version-check --quiet

.PHONY: demo test nightly benchmark lint docs messages clean
.DELETE_ON_ERROR:

demo: .venv-demo/ready
	@$(RUN)/python examples/demo.py demo

test: .venv-test/ready .wheelhouse/ready
	@cd tests && PYTHONSAFEPATH=1 DOCCTL_WHEELHOUSE="$(CURDIR)/.wheelhouse" ../$(TEST)/python -m pytest -n auto --dist worksteal $(ARGS)

# The generated cases alone: others every time, and fifty times as many.
nightly: .venv-test/ready .wheelhouse/ready
	@cd tests && PYTHONSAFEPATH=1 DOCCTL_NIGHTLY=1 ../$(TEST)/python -m pytest -n auto --dist worksteal -m hypothesis $(ARGS)

# Single steps; with peers and whole repositories: python tests/benchmarks/peers.py (docs/performance.md).
benchmark: .venv-test/ready
	@$(TEST)/python $(PIP) install --group benchmark
	@$(TEST)/python -m pytest -q -p no:xdist tests/benchmarks/cases.py $(ARGS)

lint: .venv-lint/ready
	@$(LINT)/ruff check .
	@$(LINT)/ruff format --check .
	@$(LINT)/mypy
	@PYTHONPATH=. $(LINT)/lint-imports --no-logo

# docs/rules, docs/fields.md and docs/cli-help.md are made from the code; a test compares them.
docs: .venv-test/ready
	@$(TEST)/python docs/generate.py

# New messages into the Vietnamese catalogue, empty until somebody translates them; a test finds those.
messages: .venv-lint/ready
	@$(LINT)/pybabel -q extract -F babel.cfg -k msg -k mark -k _ --no-location --sort-output -o build/docctl.pot .
	@$(LINT)/pybabel -q update -N --ignore-pot-creation-date --omit-header -l vi -D docctl -d docctl/locale -i build/docctl.pot

clean:
	rm -rf .venv-* .wheelhouse build dist demo

python-ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "docctl needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@command -v git >/dev/null || { echo "git is missing. On Debian or Ubuntu: sudo apt install git"; exit 1; }
.PHONY: python-ready

dist/ready: $(SOURCES) README.md LICENSE | python-ready
	@mkdir -p build dist && rm -f dist/*.whl
	@test -x build/venv/bin/python || $(PYTHON) -m venv build/venv
	@build/venv/bin/python $(PIP) wheel --no-deps --wheel-dir dist .
	@touch $@

.venv-demo/ready: dist/ready
	@echo "Making an environment and installing docctl (once) ..."
	@test -x $(RUN)/python || $(PYTHON) -m venv .venv-demo
	@$(RUN)/python $(PIP) install --force-reinstall --no-deps dist/*.whl
	@$(RUN)/python $(PIP) install dist/*.whl
	@touch $@

.venv-test/ready: dist/ready
	@test -x $(TEST)/python || $(PYTHON) -m venv .venv-test
	@$(TEST)/python $(PIP) install 'pip>=25.1'
	@$(TEST)/python $(PIP) install --force-reinstall --no-deps dist/*.whl
	@$(TEST)/python $(PIP) install --group test dist/*.whl
	@touch $@

.venv-lint/ready: dist/ready
	@test -x $(LINT)/python || $(PYTHON) -m venv .venv-lint
	@$(LINT)/python $(PIP) install 'pip>=25.1'
	@$(LINT)/python $(PIP) install --group lint babel hatchling dist/*.whl
	@touch $@

# What an installation of the hook needs, so that the tests of pre-commit ask no network.
.wheelhouse/ready: pyproject.toml .venv-test/ready
	@mkdir -p .wheelhouse
	@$(TEST)/python $(PIP) download --dest .wheelhouse --find-links dist dist/*.whl hatchling babel editables setuptools
	@rm -f .wheelhouse/docctl_qms-*
	@touch $@
