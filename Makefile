# Each target is one script under scripts/, which may be run by itself as well.
.DEFAULT_GOAL := help
.PHONY: help setup demo test bench fuzz soak check test-rust test-python test-kotlin test-swift test-console test-system

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building and testing needs and this machine lacks
	@scripts/setup.sh

demo: ## a real bulletin becomes an alert on a phone
	@scripts/demo.sh

test: ## every part of the test suite, one after the other, with a table of counts
	@scripts/test.sh

check: ## format, lints, documentation and dependencies of the Rust workspace
	@scripts/check.sh

bench: ## the benchmarks
	@scripts/bench.sh

soak: ## what takes long: power cuts, properties, fuzzing, benchmarks
	@scripts/soak.sh

fuzz: ## ten minutes of fuzzing of what comes from outside
	@scripts/fuzz.sh

test-rust: ## checks and tests of the Rust workspace
	@scripts/test.sh rust

test-python: ## the scenarios through the Python bindings
	@scripts/test.sh python

test-kotlin: ## the Kotlin shell on the JVM
	@scripts/test.sh kotlin

test-swift: ## the Swift shell in the Swift root
	@scripts/test.sh swift

test-console: ## the console in a real browser
	@scripts/test.sh console

test-system: ## the built programs, used from outside
	@scripts/test.sh system
