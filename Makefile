# Two commands: `make demo` does the main job, `make test` runs every check.
# Both set up what they need in .venv; each says what is missing when something is.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUNS ?= runs/demo
BUNDLE ?= models/everyday-178
FEATURES ?= training/features/everyday-178
# What fails keeps nothing else from running; make fails at the end.
APP_TASKS := --continue ktlint lintDebug apiCheck apiDocs assembleDebug assembleDebugAndroidTest \
  :macrobenchmark:assembleBenchmarkRelease apkCheck bundleCheck :packaging:test testDebugUnitTest
AGGREGATORS := photo_evidence average attention_2_gating
export TF_CPP_MIN_LOG_LEVEL ?= 3
export MPLBACKEND ?= Agg

.PHONY: help install demo test test-long bench analyzers app check parity pytest format docs tables \
  figures
help:
	@echo "make install  everything that the commands need, in $(VENV)"
	@echo "make demo     train, compare, export, verify, predict (PHOTOS=~/Pictures for yours too)"
	@echo "make test     every check and test, the app's too, as CI runs them"
	@echo "make test-long  the tests that take minutes each"
	@echo "make bench    measures speed and growth of cost: docs/benchmarks/*.json"
	@echo "make analyzers  the list of places and the detectors that the app packs"
	@echo "make app      build, check and test the Android app alone"
	@echo "make docs     builds the documentation as a site: site/index.html"
	@echo "make tables   the tables of the result pages, from the committed measurements"
	@echo "make format   mend formatting and imports"
	@echo "make figures  the figures of the result pages from the committed measurements"

$(VENV)/installed: requirements/all.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "missing: Python 3.11 or newer as '$(PYTHON)' (apt-get install python3)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "missing: Python's venv module (apt-get install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/all.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/python -m training aggregators --quick --features $(FEATURES) --runs $(RUNS)
	$(BIN)/python -m training compare --features $(FEATURES) --runs $(RUNS)
	$(BIN)/python -m export aggregators $(AGGREGATORS:%=$(RUNS)/aggregators/%) \
	  --features $(FEATURES) --out $(RUNS)/exported --runs $(RUNS)
	$(BIN)/python -m export bundle demo --version 0.0.1 --features $(FEATURES) \
	  --extractor $(BUNDLE) --out $(RUNS)/models --runs $(RUNS) \
	  --aggregator $(RUNS)/aggregators/photo_evidence/aggregator.keras
	$(BIN)/python -m export verify $(RUNS)/models/demo
	$(BIN)/python -m export held-out $(RUNS)/models/demo --features $(FEATURES)
	$(BIN)/python -m training.experiments.everyday_galleries evaluate --short
ifdef PHOTOS
	$(BIN)/photo-interests predict --html $(RUNS)/interests.html $(PHOTOS) || [ $$? -eq 1 ]
	@echo "your interests: $(RUNS)/interests.html"
endif

check: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# What the app packs of third parties: pinned, verified and converted, and not committed.
analyzers: $(VENV)/installed
	$(BIN)/python -m export third-party place objects faces text birds insects --from ../shared/data/models

app: analyzers
	@javac -version 2>&1 | grep -q "javac 17" || \
	  { echo "missing: a JDK 17 (apt-get install openjdk-17-jdk-headless)"; exit 1; }
	@command -v mvn >/dev/null || { echo "missing: Maven (apt-get install maven)"; exit 1; }
	android-app/toolchain/gradle $(APP_TASKS) || \
	  { $(PYTHON) android-app/toolchain/failed_tests.py; exit 1; }
	@echo "NOT RUN: the tests that need a device"

test: $(VENV)/installed
	@failed=; \
	for part in check app parity pytest; do \
	  echo "== $$part"; $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; \
	done; \
	if [ -n "$$failed" ]; then \
	  case $$failed in *app*) $(PYTHON) android-app/toolchain/failed_tests.py ;; esac; \
	  echo "FAILED:$$failed"; exit 1; \
	fi

parity:
	$(BIN)/python -m training.experiments.app parity --few

pytest:
	$(BIN)/python -m pytest

test-long: $(VENV)/installed
	android-app/toolchain/gradle testDebugUnitTest -PtfliteHost=2.6
	android-app/toolchain/gradle :library:measure -Pkills=200
	android-app/toolchain/gradle :library:measure -Pmutations=10000
	$(BIN)/python -m pytest -m long

bench: $(VENV)/installed
	$(BIN)/python -m export.bench

docs: $(VENV)/installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "the site: site/index.html (its search: python -m http.server --directory site)"

tables: $(VENV)/installed
	$(BIN)/python -m training.experiments.tables

format: $(VENV)/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

figures: $(VENV)/installed
	$(BIN)/python -m training.experiments.figures
