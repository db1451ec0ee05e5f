# Set-up, checks and tests. Every target makes the environment that it needs first.
VENV ?= .venv
BIN = $(VENV)/bin
SHARED ?= ../shared
PYTHON ?= python3
READY = $(VENV)/ready

.DEFAULT_GOAL = check
.PHONY: check test lint types imports fix eval floors compare bench docs docs-check demo wheel lock tables clean

check: lint types imports docs-check test

# uv where present, else venv and pip; both install the pinned versions by hash and then the project itself.
$(READY): requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --allow-existing --python $(PYTHON) $(VENV) && uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install -q --python $(BIN)/python --no-build-isolation --no-deps -e .; \
	else \
	  $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .; \
	fi
	@touch $(READY)

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

imports: $(READY)
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The gold pages against the floors; prints NOT MEASURED where ../shared is absent.
eval: $(READY)
	$(BIN)/python evals/gate.py --shared $(SHARED)

# Raise the floors to what is measured now; refuses to lower one unless LOWER=1 is given.
floors: $(READY)
	$(BIN)/python evals/gate.py --shared $(SHARED) --write $(if $(LOWER),--lower)

# Gained and lost records of the gold pages since a revision: make compare REV=HEAD~1
compare: $(READY)
	$(BIN)/python evals/compare.py --shared $(SHARED) $(REV)

bench: $(READY)
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: $(READY)
	$(BIN)/python scripts/make_docs.py

docs-check: $(READY)
	$(BIN)/python scripts/make_docs.py --check

demo: $(READY)
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/onrecord read examples --db demo.db
	$(BIN)/onrecord show --db demo.db
	$(BIN)/onrecord show harbour-truce --db demo.db --kind statement
	$(BIN)/onrecord ledger --db demo.db --as-of 2023-12-01 --actor Velmora
	$(BIN)/onrecord export --db demo.db --to html demo.html --document harbour-truce
	@echo "The store is demo.db: $(BIN)/onrecord search truce --db demo.db; the page with its evidence: open demo.html in a browser."

wheel: $(READY)
	rm -rf dist && $(BIN)/python -m hatchling build -t wheel

# Versions and hashes of everything, without any host's name.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements.lock

tables: $(READY)
	$(BIN)/python scripts/make_tables.py

clean:
	rm -rf $(VENV) dist build demo.db demo.db-wal demo.db-shm demo.html
