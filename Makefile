# Renda Overview: `make help` lists what can be asked for.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
PIP := $(PY) -m pip --quiet --disable-pip-version-check
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' .venv/bin/uv pip compile --quiet --no-config --universal \
        --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --upgrade
# With DATABASE_URL set, the board reads that database and no sample is made.
SAMPLE := $(if $(DATABASE_URL),,var/renda.db)

.DELETE_ON_ERROR:
.PHONY: help run test every-test check bench screenshots sample lock pictures clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):[^#]*## /\1 /p' Makefile | while read -r name words; do printf '  make %-12s %s\n' "$$name" "$$words"; done

run: .venv/run .venv/pictures $(SAMPLE) ## Start the board on 127.0.0.1:8501; PORT=8502 changes the port
	@exec $(PY) -m dashboard serve

test: ## Install what tests need, then run every check and every test
	@$(MAKE) --no-print-directory --jobs=2 check every-test

# One worker more than cores: a test in a browser waits most of its time.
every-test: .venv/test .venv/pictures .venv/browser .venv/servers
	$(PY) -m pytest -n 3 --dist worksteal

check: .venv/test ## Check style, types and which room imports which
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: .venv/test .venv/browser ## Measure speed beside a static page that holds the same figures
	$(PY) -m tests.benchmarks
	$(PY) -m tests.benchmarks.importing

screenshots: .venv/test .venv/pictures .venv/browser ## Make the pictures in README again
	$(PY) -m tests.browser.screenshots

sample: .venv/run ## Make the sample district's database again, up to today
	@rm -f var/renda.db
	@$(MAKE) --no-print-directory var/renda.db

lock: .venv/uv ## Renew both requirements files from pyproject.toml
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) -c requirements.txt --extra test pyproject.toml -o requirements-test.txt

pictures: .venv/run ## Try again to install what exported pictures need
	@rm -f .venv/pictures
	@$(MAKE) --no-print-directory .venv/pictures

clean: ## Remove the environment, the sample and the caches
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each file below stands for something installed; a second start finds them and installs nothing. System packages come one
# after the other, while Python's are on their way.

.venv/made:
	@$(call need,$(PYTHON),"import sys; assert sys.version_info >= (3, 11)") || \
	  { echo "需要 Python 3.11 或更新版本。 Python 3.11 or newer is needed: apt-get install python3"; exit 1; }
	@$(call need,$(PYTHON),"import ensurepip") || $(call apt,python3-venv) || \
	  { echo "缺少 python3-venv，请先安装。 Install python3-venv first: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear .venv && touch $@

.venv/run: requirements.txt | .venv/made
	@echo "正在安装 Python 组件，约需一分钟…… Installing Python packages, about a minute…"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

.venv/test: requirements-test.txt | .venv/made
	@$(PIP) install --require-hashes --requirement requirements-test.txt
	@touch $@ .venv/run

.venv/uv: | .venv/made
	@$(PIP) install 'uv>=0.13,<0.14'
	@touch $@

# A failed attempt is remembered too, or every start without a network would wait for it.
.venv/pictures: | .venv/made
	@$(call apt,chromium-headless-shell fonts-noto-cjk) || echo "图片导出需要 chromium-headless-shell 和 fonts-noto-cjk，现未能安装，其余照常；装好后运行 make pictures。" \
	  "Exported pictures need chromium-headless-shell and fonts-noto-cjk, which could not be installed; all else works. Once they are, run make pictures."
	@touch $@

.venv/browser: | .venv/pictures
	@command -v chromium >/dev/null || $(call apt,chromium fonts-noto-cjk) || \
	  { echo "浏览器测试需要 chromium。 Browser tests need chromium: apt-get install chromium"; exit 1; }
	@touch $@

# RUNLEVEL=1 keeps the package from starting a service; tests start servers of their own and end them.
.venv/servers: export RUNLEVEL := 1
.venv/servers: | .venv/browser
	@$(call apt,postgresql mariadb-server-core) || \
	  echo "没有 postgresql 和 mariadb-server-core，数据库服务器的测试跳过。 Tests on servers are skipped: apt-get install postgresql mariadb-server-core"
	@touch $@

# Filled beside its place first: what is interrupted never looks like a whole database.
var/renda.db: | .venv/run
	@echo "正在生成样例数据库…… Making the sample database…"
	@mkdir -p var && rm -f $@.new
	@$(PY) -m data_access sample --database-url sqlite:///$(CURDIR)/$@.new && mv $@.new $@

need = $(1) -c $(2) 2>/dev/null
# Succeeds when the packages are there in the end; installs the missing ones only as root on Debian.
apt = { missing=; for one in $(1); do \
	    dpkg-query -W -f '$${db:Status-Abbrev}' $$one 2>/dev/null | grep -q ^ii || missing="$$missing $$one"; done; \
	  test -z "$$missing" || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "正在安装系统软件 Installing system packages:$$missing" && \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $$missing >/dev/null; }; }
