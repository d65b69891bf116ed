# Two commands matter: `make run` and `make test`. Each does its own set-up.
# Variables: PORT (8501), HOST (serve the network, read-only), PYTHON (3.11 or later).

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8501
HOST ?=
PIP = .venv/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: help run test samples bench pictures bundle requirements system
.DELETE_ON_ERROR:

help:
	@echo "make run           the dashboard on http://localhost:8501 (PORT=9000: another port;"
	@echo "                   HOST=0.0.0.0: for the whole network, read-only)"
	@echo "make test          every test, the browser's too"
	@echo "make samples       the real workbooks in ../shared/samples (SAMPLES=DIR: elsewhere)"
	@echo "make bench         times and sizes beside other tools, into docs/benchmarks.md"
	@echo "make pictures      every page at three widths in both themes, and documents, into docs/pictures"
	@echo "make bundle        dist/bundle: everything that a machine without internet needs"
	@echo "make requirements  compile requirements*.in into requirements*.txt"

run: .venv/run
	@test -f data/vintages/current || .venv/bin/python -m etl load
	@echo "http://$(if $(HOST),$(shell hostname),localhost):$(PORT)  (Ctrl+C ends it)"
	@$(if $(HOST),SHUANGYONG_READ_ONLY=1) .venv/bin/python -m streamlit run app.py \
		--server.address=$(or $(HOST),127.0.0.1) --server.port=$(PORT) --server.headless=true \
		--browser.gatherUsageStats=false --logger.hideWelcomeMessage=true

test: .venv/test system
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest -n 2 --dist loadfile

samples: .venv/test
	$(if $(SAMPLES),SAMPLES=$(SAMPLES)) .venv/bin/pytest tests/samples tests/read

bench: .venv/test system
	.venv/bin/python -m benchmarks

pictures: .venv/test system
	.venv/bin/python -m benchmarks.pictures
	.venv/bin/python -m benchmarks.sheets

bundle: .venv/run
	.venv/bin/python bundle/build.py

requirements: .venv/test
	.venv/bin/python -m pip install --quiet uv
	for name in requirements requirements-dev; do \
		.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-annotate --custom-compile-command 'make requirements' $$name.in -o $$name.txt; \
	done

# The environment. An empty file in .venv is as new as what was last installed.

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed. Debian: apt install python3.11 python3.11-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11. Give another one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make environments. Debian: apt install python3.11-venv"; exit 1; }
	@echo "Making the environment in .venv (a minute or two, once)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/run: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt .venv/run
	$(PIP) -r requirements-dev.txt
	@touch $@

# The browser that the tests drive, the office suite that renders what we write, a font with Chinese
# characters for both, and one as wide as Arial, which our documents name: what stands in its place
# else is a sixth wider. LibreOffice comes in parts: a soffice alone may lack Impress.

PACKAGES = chromium libreoffice-impress libreoffice-writer libreoffice-calc fonts-noto-cjk \
	fonts-liberation fontconfig

system:
	@office=$$(dirname "$$(readlink -f "$$(command -v soffice)")"); \
	if command -v chromium && test -e $$office/libswlo.so -a -e $$office/libsdlo.so -a \
		-e $$office/libsclo.so && fc-list :lang=zh-cn | grep -q . \
		&& fc-match Arial | grep -qE "Arial|Liberation"; then exit 0; fi >/dev/null 2>&1; \
	if ! command -v apt-get >/dev/null; then \
		echo "The tests need chromium and soffice (LibreOffice with Writer, Impress and Calc) on the PATH, fontconfig, a Chinese font and Arial or Liberation Sans."; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then sudo=; \
	elif sudo -n true 2>/dev/null; then sudo="sudo -n"; \
	else \
		echo "The tests need Chromium, LibreOffice, a Chinese font and one like Arial. Install them, then make test again:"; \
		echo "  sudo apt-get update && sudo apt-get install -y $(PACKAGES)"; exit 1; \
	fi; \
	echo "Installing $(PACKAGES)"; \
	$$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null
