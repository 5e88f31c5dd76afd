# architect: a review agent for Rust. `make help` lists the targets.

VERSION  = 0.1.0
CC      ?= cc
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config

PKGS      = libcurl libcjson libgit2 libpcre2-8 md4c
TEST_PKGS = check

SYSTEM := $(shell uname -sm)
WARN    = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
# what a compiler or linker of this system knows; HARD= turns all of it off
HARD    = -fstack-protector-strong -fPIE -U_FORTIFY_SOURCE \
	  -D_FORTIFY_SOURCE=2 $(if $(filter x86_64 i%86,$(SYSTEM)),$(CET))
CET     = -fcf-protection
HARDLD  = $(if $(filter Darwin,$(SYSTEM)),,$(ELFLD))
ELFLD   = -pie -Wl,-z,relro,-z,now,-z,noexecstack
OPT    ?= -O2 -g
# set by asan, cover and lint; empty otherwise
EXTRA  ?=
# V=1 shows the commands
say     = $(if $(V),,@echo "  $(1) $@";)

# Asked when first needed, so after `deps` in `make deps check`, and only once.
ask     = $(or $(shell $(PKG_CONFIG) --$(1) $(2) 2>/dev/null && echo ' '),\
	  $(error missing $(call absent,$(2)): run `make deps`))
absent  = $(or $(strip $(shell for p in $(1); do \
	  $(PKG_CONFIG) --exists $$p || echo $$p; done 2>/dev/null)),$(1))
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(call ask,cflags,$(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(call ask,libs,$(PKGS)))$(PKG_LIBS)
TEST_CFLAGS = \
	$(eval TEST_CFLAGS := $$(call ask,cflags,$(TEST_PKGS)))$(TEST_CFLAGS)
TEST_LIBS  = $(eval TEST_LIBS := $$(call ask,libs,$(TEST_PKGS)))$(TEST_LIBS)

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' $(OPT) $(WARN) \
	     $(HARD) -Iinclude -I$(BUILD)/gen $(PKG_CFLAGS) $(EXTRA) $(CFLAGS)
ALL_LDFLAGS = $(if $(HARD),$(HARDLD)) $(EXTRA) $(LDFLAGS)
LIBS = $(PKG_LIBS) -lpthread

MAIN = src/main.c
SRC := $(filter-out $(MAIN),$(sort $(wildcard src/*/*.c)))
OBJ  = $(SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/prompts.o \
       $(BUILD)/gen/page.o $(BUILD)/gen/texts.o
LIB  = $(BUILD)/libarchitect.a
BIN  = $(BUILD)/architect
# what the program itself prints; for another machine's program, HOST_BIN is
# one of the same version that runs here
HOST_BIN ?= $(BIN)
PRINTED = $(BUILD)/architect.1 $(BUILD)/architect.bash $(BUILD)/architect.zsh \
	  $(BUILD)/architect.fish

UNIT := $(sort $(wildcard tests/unit/*.c))
# the scripted model server, and the programs made of tests/*.c
FAKE := $(filter-out %_main.c,$(sort $(wildcard tests/fake_*.c)))
CASES := $(sort $(wildcard tests/case*.c))
FUZZ := $(sort $(wildcard tests/fuzz/*.c))
UNIT_OBJ  = $(UNIT:%.c=$(BUILD)/%.o) $(BUILD)/gen/suites.o
FAKE_OBJ  = $(FAKE:%.c=$(BUILD)/%.o)
TEST_BINS = $(BUILD)/unit $(if $(FAKE),$(BUILD)/fake_llm) \
	    $(if $(CASES),$(BUILD)/cases)

# what must be over before anything is built, also under -j
SETUP := $(filter deps deps-dev deps-web,$(MAKECMDGOALS))

.PHONY: all
all: $(BIN) ## build the program: build/architect

$(BIN): $(BUILD)/$(MAIN:.c=.o) $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(OBJ)
	$(call say,ar  )rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/%.o: %.c | $(SETUP)
	@mkdir -p $(@D)
	$(call say,cc  )$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c | $(SETUP)
	$(call say,cc  )$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/gen/prompts.c: prompts/embed.sh $(wildcard prompts/*.md)
	@mkdir -p $(@D)
	$(call say,sh  )sh prompts/embed.sh prompt prompts/*.md > $@.tmp && \
		mv $@.tmp $@

$(BUILD)/gen/texts.c: prompts/embed.sh $(wildcard src/cli/text/*)
	@mkdir -p $(@D)
	$(call say,sh  )sh prompts/embed.sh text src/cli/text/* > $@.tmp && \
		mv $@.tmp $@

PAGE = src/render/html/page.css src/render/html/page.js
$(BUILD)/gen/page.c: src/render/html/embed.sh $(PAGE)
	@mkdir -p $(@D)
	$(call say,sh  )sh src/render/html/embed.sh $(PAGE) > $@.tmp && \
		mv $@.tmp $@

# every tests/unit/x.c gives one `Suite *x_suite(void)`
$(BUILD)/gen/suites.c: tests/unit/suites.sh $(UNIT)
	@mkdir -p $(@D)
	$(call say,sh  )sh tests/unit/suites.sh $(UNIT) > $@.tmp && mv $@.tmp $@

$(BUILD)/tests/%.o $(BUILD)/gen/suites.o: ALL_CFLAGS += -Itests $(TEST_CFLAGS)

# calls that tests/unit/faults.c can make fail
comma := ,
WRAPPED := pthread_create fork fsync malloc calloc realloc rename

$(BUILD)/unit: $(UNIT_OBJ) $(FAKE_OBJ) $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) \
		$(WRAPPED:%=-Wl$(comma)--wrap=%) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(BUILD)/fake_llm: $(BUILD)/tests/fake_llm_main.o $(FAKE_OBJ) $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/cases: $(CASES:%.c=$(BUILD)/%.o) $(FAKE_OBJ) $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LIBS) $(LIBS)

$(BUILD)/rustdump: $(BUILD)/tests/rustdump.o \
		$(BUILD)/tests/rustdump_commits.o $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

.PHONY: rustdump
rustdump: $(BUILD)/rustdump ## what the Rust layer sees, as rows

.PHONY: deps deps-dev deps-web
deps: ## install what building and testing need
	@sh .ci/deps.sh build

deps-dev: deps ## and what lint, asan, fuzz, bench and valgrind need
	@sh .ci/deps.sh dev

deps-web: ## and what web needs: Chromium, node, npm
	@sh .ci/deps.sh web

.PHONY: first
first: ## a new user's first minutes, by the clock
	sh tests/first.sh

.PHONY: demo
demo: $(BIN) $(BUILD)/fake_llm ## review the example crate, the model played
	@BUILD=$(BUILD) sh examples/demo.sh

.PHONY: check test unit cases layers schema threats package
check: unit cases layers schema threats package ## run every test
test: check

unit: $(BUILD)/unit ## only the unit tests; build/unit NAME… runs these suites
	$(BUILD)/unit

cases: $(BIN) $(TEST_BINS) ## only the end-to-end cases, tests/cases
	$(if $(CASES),BUILD=$(BUILD) $(BUILD)/cases)

layers: ## only the rules about who may include what
	sh tests/layers.sh --self-test
	sh tests/layers.sh

threats: $(BIN) ## only what strace sees, and the list of threats' tests
	sh tests/threats.sh
	BUILD=$(BUILD) sh tests/exec.sh

schema: $(BIN) $(TEST_BINS)
	BUILD=$(BUILD) sh tests/schema.sh
	BUILD=$(BUILD) sh tests/formats.sh

package: $(BIN) $(PRINTED) ## only what is installed: manual, completions …
	BUILD=$(BUILD) sh tests/man.sh
	BUILD=$(BUILD) sh tests/completion.sh
	BUILD=$(BUILD) sh tests/install.sh
	BUILD=$(BUILD) sh tests/examples.sh

.PHONY: web
web: schema ## forms by their validators, pages by a browser, where npm is
	BUILD=$(BUILD) sh tests/web/sarif.sh
	BUILD=$(BUILD) sh tests/web/pages.sh

.PHONY: screenshots
screenshots: $(BIN) $(BUILD)/fake_llm ## the pictures in examples, made anew
	BUILD=$(BUILD) sh tests/web/pages.sh screenshots

# each variant has a folder below $(BUILD) to itself
variant = $(MAKE) --no-print-directory BUILD=$(BUILD)/$@
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

.PHONY: asan
asan: | $(SETUP) ## unit tests and cases under the sanitizers
	+$(variant) EXTRA="$(SANITIZE)" OPT="-O1 -g" HARD= \
		unit-forked unit-together cases

# A fork costs the sanitizers more than most tests do, so only the suites that
# change or end their process have one a test.
FORKED = arena ci clock endpoint faults fs gather http key_command log mask \
	 models offline options pager patch progress provider repo_base \
	 repo_config repo_diff repo_guide repo_revision repo_worker screen \
	 side style surround survey tls turn
.PHONY: unit-forked unit-together
unit-forked: $(BUILD)/unit
	$(BUILD)/unit $(FORKED)

unit-together: $(BUILD)/unit
	CK_FORK=no $(BUILD)/unit $(filter-out $(FORKED),\
		$(patsubst tests/unit/%.c,%,$(UNIT)))

VALGRIND = valgrind -q --leak-check=full --errors-for-leak-kinds=definite \
	   --error-exitcode=99
.PHONY: valgrind
valgrind: $(BIN) $(TEST_BINS) ## unit tests and cases under valgrind
	CK_TIMEOUT_MULTIPLIER=30 $(VALGRIND) $(BUILD)/unit
	$(if $(CASES),ARCHITECT_WRAP="$(VALGRIND)" CK_TIMEOUT_MULTIPLIER=30 \
		BUILD=$(BUILD) $(BUILD)/cases)

.PHONY: lint objects
lint: | $(SETUP) ## style, layers, and gcc and clang without a warning
	sh tests/lint.sh --self-test
	sh tests/lint.sh
	sh tests/layers.sh
	+$(variant)/gcc CC=gcc EXTRA=-Werror objects
	+$(variant)/clang CC=clang EXTRA=-Werror OPT=-O1 objects

objects: $(OBJ) $(BUILD)/$(MAIN:.c=.o) $(UNIT_OBJ) \
	$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/*.c tests/bench/*.c) \
		$(FUZZ))

.PHONY: fmt
fmt: | $(SETUP) ## put every C file into the one format
	sh tests/lint.sh --fmt

.PHONY: cover
cover: | $(SETUP) ## which lines the tests run
	rm -rf $(BUILD)/cover
	+$(variant) EXTRA=--coverage OPT="-O0 -g" HARD= unit cases
	sh tests/cover.sh $(BUILD)/cover

FUZZ_SECONDS = 10
.PHONY: fuzz fuzz-rust fuzz-run
fuzz: | $(SETUP) ## every parser's fuzz target, ten seconds each
	+$(variant) CC=clang OPT="-O1 -g" HARD= \
		EXTRA="-fsanitize=fuzzer-no-link,address,undefined \
		-fno-sanitize-recover=all" fuzz-run

fuzz-rust: ## the Rust layer's fuzz targets alone
	+$(MAKE) --no-print-directory fuzz \
		FUZZ="$(sort $(wildcard tests/fuzz/rust_*.c))"

fuzz-run: $(FUZZ:tests/fuzz/%.c=$(BUILD)/%)
	sh tests/fuzz.sh $(FUZZ_SECONDS) $^

$(FUZZ:tests/fuzz/%.c=$(BUILD)/%): $(BUILD)/%: $(BUILD)/tests/fuzz/%.o $(LIB)
	$(call say,link)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

# tests/bench/bench.mk says how
.PHONY: bench
bench: $(BIN) $(TEST_BINS) ## measure beside curl and git, with the goals
-include tests/bench/bench.mk

$(BUILD)/architect.1: $(HOST_BIN)
	$(call say,man )$(HOST_BIN) man > $@.tmp && mv $@.tmp $@

$(BUILD)/architect.bash $(BUILD)/architect.zsh $(BUILD)/architect.fish: \
		$(HOST_BIN)
	$(call say,sh  )$(HOST_BIN) completion $(subst .,,$(suffix $@)) \
		> $@.tmp && mv $@.tmp $@

BINDIR = "$(DESTDIR)$(PREFIX)/bin"
SHARE = $(DESTDIR)$(PREFIX)/share
DOCDIR = "$(SHARE)/doc/architect"
MANDIR = "$(SHARE)/man/man1"
BASHDIR = "$(SHARE)/bash-completion/completions"
ZSHDIR = "$(SHARE)/zsh/site-functions"
FISHDIR = "$(SHARE)/fish/vendor_completions.d"
.PHONY: install uninstall
install: $(BIN) $(PRINTED) ## into PREFIX (/usr/local), below DESTDIR
	install -d $(BINDIR) $(DOCDIR) $(MANDIR) $(BASHDIR) $(ZSHDIR) $(FISHDIR)
	install -m 755 $(BIN) $(BINDIR)/architect
	ln -sf architect $(BINDIR)/cargo-architect
	install -m 644 $(BUILD)/architect.1 $(MANDIR)/architect.1
	ln -sf architect.1 $(MANDIR)/cargo-architect.1
	install -m 644 $(BUILD)/architect.bash $(BASHDIR)/architect
	ln -sf architect $(BASHDIR)/cargo-architect
	install -m 644 $(BUILD)/architect.zsh $(ZSHDIR)/_architect
	install -m 644 $(BUILD)/architect.fish $(FISHDIR)/architect.fish
	install -m 644 README.md LICENSE $(DOCDIR)
	cp -R examples $(DOCDIR)

uninstall: ## what install put there
	rm -f $(BINDIR)/architect $(BINDIR)/cargo-architect \
		$(MANDIR)/architect.1 $(MANDIR)/cargo-architect.1 \
		$(BASHDIR)/architect $(BASHDIR)/cargo-architect \
		$(ZSHDIR)/_architect $(FISHDIR)/architect.fish
	rm -rf $(DOCDIR)

.PHONY: clean help
clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' \
		$(firstword $(MAKEFILE_LIST))

-include $(wildcard $(BUILD)/src/*.d $(BUILD)/src/*/*.d $(BUILD)/tests/*.d \
	$(BUILD)/tests/*/*.d)
