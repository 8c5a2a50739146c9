.PHONY: help serve page aws models picks classes moto check test site release container size screens bench-page bench-import bench-files bench-proxy bench-models count-proxy soak-proxy soak-sandbox soak-hostile fuzz-proxy hostile schedules bench-bulk compare-botocore

help:
	@echo 'make serve        the console at http://127.0.0.1:8080, answered by the sandbox'
	@echo 'make page         the same page without the proxy: trunk serve'
	@echo 'make aws          the console against AWS; ARGS="--allow-write --profile demo" as needed'
	@echo 'make models       the models of all AWS services, into models/; serve, aws and site do it, too'
	@echo 'make picks        how the required identifiers of all operations are picked, one a line;'
	@echo '                  ARGS="--sample SEED 60" draws some of those that are'
	@echo 'make classes      the class of every operation, anew from its sources: src/api/curated/classes'
	@echo 'make moto         the console against moto, an emulator of AWS'
	@echo 'make check        formatting, lints and the quick native tests, while working'
	@echo 'make test         every test: native, in the browser, end to end; or some of them, as in'
	@echo '                  make test SUITE=end-to-end FILE=rows'
	@echo 'make site         the page for any static host, into dist/; PROXY=1 lets it use a proxy on the'
	@echo '                  computer of whoever opens it'
	@echo 'make release      archives for Linux on x86-64 and arm64, into target/archives'
	@echo 'make container    an image of the proxy with its page, from such an archive'
	@echo 'make size         what the first load of dist/ costs'
	@echo 'make screens      pictures of every screen, in both themes and at four widths, into target/screens'
	@echo 'make bench-page   the page beside Swagger UI, RJSF and Cloudscape; PART=key for a part of it'
	@echo 'make bench-import how long the page stands still while it imports 20,000 runs'
	@echo 'make bench-files  a file of a gigabyte through page and proxy, and back'
	@echo 'make bench-proxy  the speed of the proxy beside that of its peers'
	@echo 'make bench-models what the models of all services cost the proxy: time, memory, decisions'
	@echo 'make count-proxy  the instructions that one request costs it, counted by valgrind'
	@echo 'make soak-proxy   its memory over a million requests'
	@echo 'make soak-sandbox the effects and the memory of the sandbox over 200,000 requests'
	@echo 'make soak-hostile 500 requests a second beside hostile answers, for 10 minutes'
	@echo 'make fuzz-proxy   a million malformed requests of each kind'
	@echo 'make compare-botocore  random inputs and answers of all operations, here and in botocore;'
	@echo '                  ARGS="--service sqs --seed 1 --count 3" as needed'
	@echo 'make schedules    the life of a run over 100,000 schedules of events'
	@echo 'make bench-bulk   bulk runs of 10,000 rows with 20 seeds, judged by the ledger, and their cost'
	@echo 'make hostile      hostile requests and answers to the proxy and its peers; rewrites tests/hostile/results'

serve:
	@tools/serve

page:
	@tools/page

aws:
	@tools/aws $(ARGS)

moto:
	@tools/moto $(ARGS)

check:
	@tools/check

test:
	@SUITE='$(SUITE)' FILE='$(FILE)' tools/test

models:
	@tools/models

picks:
	@tools/picks $(ARGS)

classes:
	@tools/classes

site:
	@PROXY='$(PROXY)' tools/site models

release:
	@tools/release

container:
	@tools/container

size:
	@tools/site
	@node tools/size.mjs

screens:
	@tools/setup test
	@tools/site models
	@cargo build --locked -p formsmith-proxy
	@node tools/screens.mjs

bench-page:
	@tools/bench/page/run $(PART)

bench-import:
	@tools/setup test
	@tools/site
	@node tools/bench/import.mjs

bench-files:
	@tools/setup test
	@tools/site models
	@cargo build --locked --release -p formsmith-proxy
	@FORMSMITH_PROXY=$${CARGO_TARGET_DIR:-target}/release/formsmith-proxy node tools/bench/files.mjs

bench-proxy:
	@tools/bench/run

bench-models:
	@tools/models
	@tools/bench/run models

count-proxy:
	@tools/bench/run instructions

soak-proxy:
	@tools/bench/run soak

soak-sandbox:
	@tools/bench/run soak-sandbox

soak-hostile:
	@tools/bench/run soak-hostile

fuzz-proxy:
	@FORMSMITH_FUZZ_CASES=1000000 cargo test -p formsmith-proxy --test it fuzz::

hostile:
	@tools/hostile

schedules:
	@SCHEDULES=100000 cargo test --locked --release -p formsmith-run --test schedules

bench-bulk:
	@BULK_ROWS=10000 BULK_SEEDS=20 BULK_SCHEDULES=5000 cargo test --locked --release -p formsmith-bulk --test it -- --nocapture chaos:: schedules::
	@cargo bench --locked -p formsmith-bulk --bench figures

compare-botocore:
	@tools/compare-botocore $(ARGS)
