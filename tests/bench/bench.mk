# Programs that only `make bench` needs.

BENCH_TOOLS := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,\
	$(wildcard tests/bench/*.c))

.PHONY: bench-tools
bench-tools: $(BENCH_TOOLS)

$(BUILD)/bench/%: $(BUILD)/tests/bench/%.o $(LIB)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

# Each prints what it measured beside its reference and its goal.
bench: bench-tools
	BUILD=$(BUILD) sh tests/bench/review-vs-curl.sh
	BUILD=$(BUILD) sh tests/bench/batch.sh
	BUILD=$(BUILD) sh tests/bench/change-vs-git.sh $(BENCH_REPO)
	$(BUILD)/bench/sse

.PHONY: bench-sse
bench-sse: $(BUILD)/bench/sse
	$(BUILD)/bench/sse
