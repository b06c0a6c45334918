# `make run` brings up the whole product; `make test` proves it. Both install what they need into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := 0.13.9
SEEDS ?= 2000
FIRST ?= 0
WORKERS ?= 3
# Options of `pond up`, such as make run UP="--detach --ahead 3"
UP ?=
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements/constraints.txt
FALLBACK = $(BIN)/python -m pip install --quiet -c requirements/constraints.txt

export PYTHONPATH :=
# Where the machine forbids bytecode, each of the many programs below would compile all its packages at each start.
export PYTHONDONTWRITEBYTECODE :=
export SAM_CLI_TELEMETRY := 0

.PHONY: run down test check unit bench simulate screenshots lock clean
.DEFAULT_GOAL := run

run: $(VENV)/run
	@$(BIN)/pond up $(UP)

down: $(VENV)/run
	@$(BIN)/pond down

# Both at once: the check needs one core for half a minute, the tests wait for browsers and clouds much of their time.
test:
	@$(MAKE) --no-print-directory -j2 check unit

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cfn-lint template.yaml infra/ui.yaml
	AWS_DEFAULT_REGION=us-east-1 $(BIN)/sam validate --lint --template template.yaml

unit: $(VENV)/dev $(VENV)/table $(VENV)/browser
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

bench: $(VENV)/dev $(VENV)/table $(VENV)/browser
	$(BIN)/python -m bench

simulate: $(VENV)/dev
	$(BIN)/python -m tests.simulation --seeds $(SEEDS) --first $(FIRST)

screenshots: $(VENV)/dev $(VENV)/table $(VENV)/browser
	$(BIN)/python -m tests.screens --to docs/screens

lock: $(VENV)/tools
	@{ echo '# Every version that dev.txt brings, for every platform. Made by `make lock`.'; \
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links requirements/dev.txt; } > requirements/constraints.new
	@mv requirements/constraints.new requirements/constraints.txt

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/tools:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "pond: Python 3.11 or newer is needed; name one with make PYTHON=python3.12 [python_too_old]" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "pond: a virtual environment could not be made; install your system's python3-venv package [no_venv]" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@touch $@

$(VENV)/run: $(VENV)/tools $(wildcard requirements/*.txt) pyproject.toml
	@echo "Installing what Pond runs on (once) …"
	@$(INSTALL) -r requirements/run.txt -e . || $(FALLBACK) -r requirements/run.txt -e .
	@touch $@

$(VENV)/dev: $(VENV)/run
	@echo "Installing what Pond's tests run on (once) …"
	@$(INSTALL) -r requirements/dev.txt || $(FALLBACK) -r requirements/dev.txt
	@touch $@

$(VENV)/table: $(VENV)/run
	@$(BIN)/python -m infra.local.dynoxide
	@touch $@

$(VENV)/browser: $(VENV)/dev
	@$(BIN)/python -m infra.browser
	@touch $@
