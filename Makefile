.PHONY: help build test bless format lint bench fuzz check clean

help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build the tool for use: .build/release/bpc.
	swift build -c release

test: ## Run all tests.
	swift test

bless: ## Rewrite the expectations of goldens and documents; read the diff as a user would.
	-BPC_BLESS=1 swift test --filter "GoldenTests|DocumentationTests|SwiftPreludeTests"

format: ## Format the sources in place.
	swift format --in-place --recursive Package.swift Sources Tests Plugins examples

lint: ## Check the format as CI does.
	swift format lint --strict --recursive Package.swift Sources Tests Plugins examples

bench: ## Measure compile times, operation counts and start-up; see benchmarks/README.md.
	benchmarks/run

fuzz: ## Run the oracles over 100,000 random programs, and 20,000 that flow; BPC_RANDOM_SEED chooses others.
	BPC_RANDOM_PROGRAMS=$${BPC_RANDOM_PROGRAMS:-100000} \
	  BPC_RANDOM_FLOW_PROGRAMS=$${BPC_RANDOM_FLOW_PROGRAMS:-20000} swift test -c release \
	  -Xswiftc -enable-testing --scratch-path .build-fuzz --filter "RandomProgramTests|RandomFlowProgramTests"

check: ## What CI runs.
	bash .ci/run

clean: ## Remove what was built.
	rm -rf .build .build-fuzz
