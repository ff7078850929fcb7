# Everything runs in .venv, made on first use from the hashed lock files.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= out/xx_district_2024

.DEFAULT_GOAL := help
.PHONY: help install check test cases properties bench demo site docs

help: ## 列出全部目标 | list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/.core: requirements-core.lock pyproject.toml
	@echo "准备运行环境（首次约一分钟）| Setting up (about a minute the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-core.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.all: requirements-all.lock pyproject.toml
	@echo "准备开发环境（首次约两分钟）| Setting up for development (about two minutes the first time)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-all.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/.core

$(VENV)/.bench: requirements-bench.lock $(VENV)/.all
	@echo "准备测速对手（首次约一分钟）| Installing the peers of the benchmarks (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	@touch $@

install: $(VENV)/.all ## 安装开发环境 | set up for development

demo: $(VENV)/.core ## 评估示例区，写出结论与报告 | evaluate the example district, write finding and report
	@$(BIN)/junheng evaluate examples/xx_district --standard quality-2017 --year 2024 --out $(OUT)

test: $(VENV)/.all ## 运行测试 | run the tests
	@$(BIN)/python -m pytest -n auto -q

check: $(VENV)/.all ## 格式、类型、房间边界、测试 | lint, types, import contracts, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@JUNHENG_HOME=$(VENV)/site $(BIN)/mypy & types=$$!; $(MAKE) --no-print-directory test; tests=$$?; wait $$types && exit $$tests

cases: $(VENV)/.all ## 只运行督学可读的案例（NAME=片段）| worked cases an inspector can read (NAME=part of a name)
	@$(BIN)/python -m pytest tests/cases -q -k "$(or $(NAME),case)"

properties: $(VENV)/.all ## 长时间随机测试 | long random runs
	@JUNHENG_EXAMPLES=20 $(BIN)/python -m pytest -n auto -q -m hypothesis

bench: $(VENV)/.bench ## 与同类工具同场测速（ROWS=名称）| measure beside the named peers (ROWS=names)
	@$(BIN)/python -m benchmarks $(ROWS)

site: $(VENV)/.all ## 在浏览器中打开网站（首次建立演示县）| serve the site, with the made-up county
	@$(BIN)/junheng serve

docs: $(VENV)/.all ## 生成文档站点到 site/ | build the documentation into site/
	@$(BIN)/mkdocs build --quiet --strict
