# make demo: from articles to a validated graph, three answered questions and a network page
# make test: everything tested, in an environment of its own
# Another Python: make demo PYTHON=python3.12
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out
GRAPH := $(OUT)/graph
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARTICLES := $(sort $(filter-out corpus/README.md,$(wildcard corpus/*.md)))

.PHONY: demo test lint check clean

$(BIN)/kg: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or later; name one: make demo PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(VENV)/.test: $(BIN)/kg pyproject.toml
	$(PIP) -e '.[test,dev]'
	@touch $@

demo: $(BIN)/kg
	$(BIN)/kg build $(ARTICLES) -o $(GRAPH)
	$(BIN)/kg validate --graph $(GRAPH)
	$(BIN)/kg query shares material=lithium --graph $(GRAPH)
	$(BIN)/kg query agreements country="United States" --graph $(GRAPH)
	$(BIN)/kg query restrictions country=China --graph $(GRAPH)
	$(BIN)/kg view --graph $(GRAPH) -o $(OUT)/network.html
	@echo "The graph is in $(GRAPH)/graph.ttl, the network page in $(OUT)/network.html; ask with: $(BIN)/kg query --list"

test: $(VENV)/.test
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

clean:
	rm -rf $(VENV) $(OUT)
