# What can be done here; `make help` lists it. Only a shell and Python 3.11 or newer are assumed.

PYTHON := .venv/bin/python
SETUP := sh config/local/bootstrap.sh
# One database for checks and tests, quick and without promises about crashes.
WITH_DATABASE := $(PYTHON) -m config.local.postgres run --dir var/test-postgres --fast --
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=config.settings.test
PINS := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-pages bench-signin bench-reading bench-search eval-assistant \
	faults screens texts pins clean dev

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set everything up and serve the demo; PORT=8000, DATABASE_URL= for a PostgreSQL of your own
	@$(SETUP) run && exec $(PYTHON) -m config.local.run

dev:
	@$(SETUP) dev

test: dev ## set everything up and run the tests; ARGS= for some of them: make test ARGS='tests/kernel -x'
	@VSSID_CHROMIUM="$$($(SETUP) browser)" && export VSSID_CHROMIUM && \
	exec $(WITH_DATABASE) sh config/local/tests.sh $(ARGS)

check: dev ## lint, format, layers, types, templates, migrations, architecture
	@$(WITH_DATABASE) env $(TEST_SETTINGS) sh config/local/checks.sh

bench: dev ## measure the pages beside a bare program, the queues and the search
	@exec $(PYTHON) -m bench $(ARGS)

ifneq ($(wildcard bench/pages.py),)
bench-pages: dev ## measure only the pages
	@exec $(PYTHON) -m bench.pages $(ARGS)
endif

bench-signin: dev ## measure sign-ins beside the raw rate of their hash, and a crowd at the door
	@exec $(PYTHON) -m bench.signin $(ARGS)

bench-reading: dev ## read every drawn photo of an identity paper, and count right, none and wrong
	@exec $(PYTHON) -m bench.reading $(ARGS)

bench-search: dev ## measure the search over 60,000 facilities and employers, and how often it is right
	@exec $(PYTHON) -m bench.search $(ARGS)

eval-assistant: dev ## ask the assistant what people ask, and count right and false answers; ARGS=-v names them
	@$(TEST_SETTINGS) $(PYTHON) -m bench.assistant $(ARGS)

faults: dev ## kill and cut off what can be killed and cut off, and count what was lost: nothing
	@exec $(PYTHON) -m bench.faults $(ARGS)

screens: dev ## pictures of the screens, as a phone and a desk show them
	@VSSID_CHROMIUM="$$($(SETUP) browser)" && export VSSID_CHROMIUM && \
	exec $(WITH_DATABASE) $(PYTHON) -m tests.guides.screens $(ARGS)

texts: dev ## collect the texts of code and pages for translation
	@exec $(PYTHON) -m config.texts

pins: dev ## make the pinned and hashed lists in requirements/ from pyproject.toml
	@$(PINS) pyproject.toml -o requirements/run.txt
	@$(PINS) --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

clean: ## remove what was made here: packages, caches, and the demo's data
	@for lock in var/postgres/lock var/test-postgres/lock; do \
		if [ -e $$lock ] && ! flock -n $$lock true; then \
			echo "The database of $$lock is running. Stop it first." >&2; exit 1; \
		fi; \
	done
	@rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
		test-results
	@find bench config tests vssid -name __pycache__ -type d -prune -exec rm -rf {} +
