# Every door of the project. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench gallery lock clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## install what is missing (system libraries, .venv); a moment when nothing is
	@$(PYTHON) installer/prepare.py

run: setup ## practice mode: a real registry, an invented population, a virtual camera; without a display one shift plays itself
	@$(BIN)/checkpoint practice --folder practice

check: setup ## lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: check ## the whole suite
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

bench: setup ## what README's figures come from (some minutes)
	@$(BIN)/python -m benchmarks

gallery: setup ## render every page in both languages and themes into docs/gallery
	@$(BIN)/python -m benchmarks.gallery

lock: setup ## resolve the dependencies anew, hashed and without addresses
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --universal --no-header --no-annotate --python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean: ## remove what was made (not the data of a real laptop)
	@rm -rf .venv practice build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
