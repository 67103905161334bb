# Two commands are enough: `make run` and `make test`. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test lint soak bench bench-load bench-intake bench-start bench-scale bench-publish bench-reliability parity bundle docs screenshots clean

run: $(VENV)/.ready
	$(BIN)/streamlit run app.py

test: $(VENV)/.ready-dev lint
	$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder  # many wait for a browser or a server; few large files must not come last

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 2 -m soak --timeout 3600

bench: $(VENV)/.ready-dev .venv-peers/.ready
	$(BIN)/python bench/ui.py
	@echo 'By number of cases, up to a hundred million (45 minutes): make bench-scale; publishing: make bench-publish'

bench-load: $(VENV)/.ready-dev
	$(BIN)/python bench/load.py

bench-intake: $(VENV)/.ready-bench
	$(BIN)/python bench/intake.py

bench-start: $(VENV)/.ready-dev
	$(BIN)/python bench/start.py

bench-reliability: $(VENV)/.ready-dev
	$(BIN)/python bench/reliability.py

bench-scale: $(VENV)/.ready-dev .venv-peers/.ready
	$(BIN)/python bench/scale.py

bench-publish: $(VENV)/.ready-dev
	$(BIN)/python bench/publish.py

parity: .venv-spark/.ready
	.venv-spark/bin/python bench/parity.py

bundle: $(VENV)/.ready
	$(BIN)/python -m install.build

docs: $(VENV)/.ready-dev
	$(BIN)/python docs/architecture.py

screenshots: $(VENV)/.ready-dev
	$(BIN)/python -m tests.e2e.screenshots

clean:
	rm -rf $(VENV) .venv-peers .venv-spark data/lake

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed / 需要 Python 3.11 以上")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.txt constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet -r requirements.txt -c constraints.txt
	touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	$(BIN)/pip install --quiet -r requirements-dev.txt -c constraints.txt
	touch $@

$(VENV)/.ready-bench: bench/requirements.txt $(VENV)/.ready-dev
	$(BIN)/pip install --quiet -r bench/requirements.txt -c constraints.txt
	touch $@

.venv-peers/.ready: bench/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet -r bench/peers/requirements.txt
	touch $@

.venv-spark/.ready: requirements-spark.txt requirements-dev.txt requirements.txt constraints.txt
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/pip install --quiet -r requirements-dev.txt -r requirements-spark.txt -c constraints.txt
	touch $@
