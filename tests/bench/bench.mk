# Programs that only `make bench` needs.

BENCH_TOOLS := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,\
	$(wildcard tests/bench/*.c))

.PHONY: bench-tools
bench-tools: $(BENCH_TOOLS)

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# Each prints what it measured beside its reference and its goal. Rust is read
# from the folder ARCHITECT_RUST, which should hold large projects.
bench: bench-tools
	BUILD=$(BUILD) sh tests/bench/review-vs-curl.sh
	BUILD=$(BUILD) sh tests/bench/batch.sh
	BUILD=$(BUILD) sh tests/bench/parts.sh
	BUILD=$(BUILD) sh tests/bench/tokens.sh $$ARCHITECT_TOKENIZER
	BUILD=$(BUILD) sh tests/bench/change-vs-git.sh $(BENCH_REPO)
	$(BUILD)/bench/sse
	find "$${ARCHITECT_RUST:-examples}" -name '*.rs' \
		>$(BUILD)/bench/rust_outline.list
	$(BUILD)/bench/rust_outline @$(BUILD)/bench/rust_outline.list
	$(BUILD)/bench/rust_damage @$(BUILD)/bench/rust_outline.list
	$(BUILD)/bench/rust_index @$(BUILD)/bench/rust_outline.list
	test -z "$$ARCHITECT_RUST" || BUILD=$(BUILD) sh tests/bench/closest.sh

.PHONY: bench-sse
bench-sse: $(BUILD)/bench/sse
	$(BUILD)/bench/sse
