# architect: a review agent for Rust. `make help` lists the targets.

VERSION  = 0.1.0
CC      ?= cc
BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
PKG_CONFIG ?= pkg-config

PKGS      = libcurl libcjson libgit2 libpcre2-8
TEST_PKGS = check

WARN  = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
HARD  = -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2 -fcf-protection
HARDLD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
OPT  ?= -O2 -g
# set by asan, cover and lint; empty otherwise
EXTRA ?=

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
TEST_LIBS   = $(shell $(PKG_CONFIG) --libs $(TEST_PKGS) 2>/dev/null)

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' $(OPT) $(WARN) \
	     $(HARD) -Iinclude -I$(BUILD)/gen $(PKG_CFLAGS) $(EXTRA) $(CFLAGS)
ALL_LDFLAGS = $(HARDLD) $(EXTRA) $(LDFLAGS)
LIBS = $(PKG_LIBS) -lpthread

MAIN = src/main.c
SRC := $(filter-out $(MAIN),$(sort $(wildcard src/*/*.c)))
OBJ  = $(SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/prompts.o
LIB  = $(BUILD)/libarchitect.a
BIN  = $(BUILD)/architect

UNIT := $(sort $(wildcard tests/unit/*.c))
UNIT_OBJ = $(UNIT:%.c=$(BUILD)/%.o) $(BUILD)/gen/suites.o

.PHONY: all
all: $(BIN)

$(BIN): $(BUILD)/$(MAIN:.c=.o) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(OBJ)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/gen/prompts.c: prompts/embed.sh $(wildcard prompts/*.md)
	@mkdir -p $(@D)
	sh prompts/embed.sh prompts/*.md > $@.tmp && mv $@.tmp $@

# every tests/unit/x.c gives one `Suite *x_suite(void)`
$(BUILD)/gen/suites.c: tests/unit/suites.sh $(UNIT)
	@mkdir -p $(@D)
	sh tests/unit/suites.sh $(UNIT) > $@.tmp && mv $@.tmp $@

$(BUILD)/unit: $(UNIT_OBJ) $(LIB)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(TEST_LIBS) $(LIBS)

.PHONY: unit
unit: $(BUILD)/unit
	$(BUILD)/unit

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/src/*.d $(BUILD)/src/*/*.d $(BUILD)/tests/*.d \
	$(BUILD)/tests/*/*.d)
