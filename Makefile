# Two commands: `make demo` shows a running mission, `make test` runs every check and test there is.
# Both work in a fresh clone with Python 3.11 or newer and Node 20 or newer, and both may be repeated.

AUDIENCE ?= 300
PORT ?= 8000
ARGS ?=
SEEDS ?= 20000
# test files at a time: two for each core, up to eight, for many tests wait for something to be noticed
CORES ?= $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 4 ? 2 * cores : 8)))
LOAD ?= steady
PEERS ?= raw,socketio
SCENE ?= standard

BIN := .venv/bin
STAMP := .venv/installed
BENCH := $(BIN)/python -m pip install --quiet --require-hashes --requirement locks/bench.txt
VENDORED := static/vendor/vendor.version
TSC := npm exec --yes --package=typescript@7.0.2 -- tsc -p static/tsconfig.json

# the tests start some thousand processes, which need not compile the server each time, as some machines ask for
export PYTHONDONTWRITEBYTECODE :=

# what was named on the command line, as an option; HOST in the environment is often the machine's own name
given = $(if $(filter command,$(origin $(1))),--$(2) "$($(1))")

.PHONY: help install demo test load soak conformance check format browser faketime tests-js bench bench-docs
.PHONY: bench-micro flame lock sbom architecture

help:
	@echo "make demo     a running mission with $(AUDIENCE) simulated people (AUDIENCE=, PORT=, ARGS=)"
	@echo "make test     every check and test"
	@echo "make load     a full audience with thresholds: SCENE= (attacks: with somebody hostile), PEOPLE=, SECONDS=, or HOST= (docs/load.md)"
	@echo "make soak     the long forms of the simulation, the faults and the fuzzing (hours; SEEDS=)"
	@echo "make conformance  Autobahn's suite on our WebSockets, where there is a Python 2.7 (docs/conformance.md; PYTHON2=)"
	@echo "make soak MINUTES=40   a lively hour with 300 people: memory, descriptors, what is left when all have gone"
	@echo "make bench    our fan-out beside its peers (LOAD=steady|busy|flood|hall|join|idle|all, PEERS=raw,socketio or all)"
	@echo "make bench-docs   all of it, and docs/figures.md renewed (half an hour)"
	@echo "make bench-micro  micro-benchmarks of what a message and a join are made of"
	@echo "make flame    where the time goes under the busy load, as docs/pictures/flame.svg"
	@echo "make install  only the environment, in .venv"
	@echo "make check    only format, lint and types"
	@echo "make architecture  docs/pictures/architecture.svg, drawn from the folders"
	@echo "make lock     newer versions of what is installed, within pyproject.toml's ranges, into locks/"
	@echo "make sbom     what a server consists of, as CycloneDX, in dist/sbom.json"
	@echo "make format   lay out the Python code as 'make check' wants it"

install: $(STAMP) $(VENDORED)

# built anew only when what it is built from has changed
$(STAMP): pyproject.toml hatch_build.py locks/development.txt
	@scripts/environment
	@touch $(STAMP)

# brought by the installation; only if somebody removed it since
$(VENDORED): | $(STAMP)
	@$(BIN)/python hatch_build.py

demo: install
	@$(BIN)/python -m webinar_server.demo --audience $(AUDIENCE) --port $(PORT) $(ARGS)

test: install browser faketime check tests-js
	CHROMIUM="$$(scripts/browser)" $(BIN)/python -m pytest --numprocesses $(CORES) --dist loadfile --no-loadscope-reorder $(ARGS)

load: install
	@$(BIN)/python -m loadtests $(SCENE) $(call given,PEOPLE,people) $(call given,SECONDS,seconds) \
	  $(call given,HOST,host) $(call given,TOKENS,tokens) $(call given,HOSTS,hosts) $(ARGS)

# with MINUTES one lively hour of so many, looked at all the way; without it what is repeated many times
ifdef MINUTES
soak: install
	@$(BIN)/python -m tests.faults.soak --minutes $(MINUTES) $(ARGS)
else
soak: install
	SIM_SEEDS=$(SEEDS) FAULTS=long FUZZ=long $(BIN)/python -m pytest tests/sim tests/mission/test_simulation.py tests/faults tests/fuzz $(ARGS)
endif

conformance: install
	@PYTHON2="$(PYTHON2)" $(BIN)/python scripts/conformance.py

bench: install
	@$(BIN)/python -m loadtests.bench --load $(LOAD) --peers $(PEERS) $(ARGS)

bench-docs: install
	@$(BIN)/python -m loadtests.figures
	@$(BIN)/python -m loadtests.micro.joining
	@$(BIN)/python -m loadtests.painting
	@$(BIN)/python -m loadtests.missions
	@$(BIN)/python -m loadtests.contacts
	@$(BIN)/python -m loadtests.taps
	@$(BIN)/python -m loadtests.phone
	@$(BIN)/python -m loadtests.bench --load all --peers all $(ARGS)
	@$(BIN)/python -m loadtests.bench.document

bench-micro: install
	@$(BIN)/python -c "import pytest_benchmark" 2>/dev/null || $(BENCH)
	$(BIN)/python -m pytest loadtests/micro --benchmark-columns=min,median,iqr,rounds --benchmark-sort=name $(ARGS)

flame: install
	@$(BIN)/python -c "import importlib.metadata as m; m.version('py-spy')" 2>/dev/null || $(BENCH)
	$(BIN)/python -m loadtests.bench.flame $(ARGS)

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/hadolint Dockerfile
	$(TSC)

# which versions are taken is looked at in the difference, and tried by `make test`
lock: install
	scripts/lock --upgrade $(ARGS)

sbom: install
	@$(BIN)/python scripts/sbom.py dist/sbom.json

tests-js: install
	node --test $$(find tests/js -name '*.test.mjs')

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# the browser tests need a real Chromium, Firefox and WebKit, those of wrong clocks libfaketime; they are never skipped
browser:
	@for one in chromium firefox webkit; do scripts/browser $$one >/dev/null || exit 1; done

faketime:
	@scripts/faketime >/dev/null

architecture: install
	@$(BIN)/python scripts/architecture.py
