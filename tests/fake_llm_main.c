/* build/fake_llm: see fake_llm.h for what a script says. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fs.h"
#include "fake_llm.h"

static const char usage[] =
	"fake_llm [--record DIR] [--check] [--port N]\n"
	"         [--proxy 407|refuse|forward] [SCRIPT]\n"
	"Prints \"port N\" and serves until SIGTERM or the end of a piped "
	"stdin.\n";

static const char default_script[] =
	"say auto ## Summary\\nA played reply.\\n\\n"
	"## Critical Issues\\nNone.\\n\\n"
	"## Architectural Observations\\nNone.\\n\\n"
	"## Async/Performance Considerations\\nNone.\\n\\n"
	"## Idiomatic Rust Suggestions\\nNone.\\n\\n"
	"## Code Examples\\nNone.\\n\\n"
	"## Testing Recommendations\\nNone.\\n\\n"
	"## Action Items\\nNone.\\n\n"
	"loop\n";

static const struct {
	const char *name;
	enum fake_proxy proxy;
} proxies[] = {
	{ "407", PROXY_407 },
	{ "refuse", PROXY_REFUSE },
	{ "forward", PROXY_FORWARD },
};

static int read_args(struct fake_options *o, const char **script, int argc,
		     char **argv)
{
	for (int i = 1; i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : "";

		if (!strcmp(argv[i], "--check")) {
			o->check = true;
		} else if (!strcmp(argv[i], "--record")) {
			o->record = next, i++;
		} else if (!strcmp(argv[i], "--port")) {
			o->port = (int)strtol(next, NULL, 10), i++;
		} else if (!strcmp(argv[i], "--proxy")) {
			for (size_t k = 0; k < 3; k++)
				if (!strcmp(next, proxies[k].name))
					o->proxy = proxies[k].proxy;
			i++;
		} else if (argv[i][0] == '-') {
			return -1;
		} else {
			*script = argv[i];
		}
	}
	return 0;
}

static void load(struct fake_options *o, struct arena *a, const char *path)
{
	struct error err = { 0 };
	struct span text;
	char *dir;

	if (fs_read(&text, a, path, 256u << 20, &err)) {
		fprintf(stderr, "fake_llm: %s\n", err.msg);
		exit(2);
	}
	o->script = arena_cstr(a, text);
	dir = arena_strdup(a, path);
	if (strrchr(dir, '/')) {
		*strrchr(dir, '/') = '\0';
		o->dir = dir;
	}
}

/* Readable when it is time to go: the end of stdin when that is a pipe (a
 * signal ends the program anyway), else SIGTERM or SIGINT. */
static int end_fd(void)
{
	struct stat st;
	sigset_t set;

	if (!fstat(STDIN_FILENO, &st) && S_ISFIFO(st.st_mode))
		return STDIN_FILENO;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, 0);
}

int main(int argc, char **argv)
{
	struct fake_options o = { .script = default_script };
	struct arena a = { 0 };
	struct error err = { 0 };
	const char *script = NULL;
	struct fake *f = NULL;

	if (read_args(&o, &script, argc, argv)) {
		fputs(usage, stderr);
		return 2;
	}
	if (script)
		load(&o, &a, script);
	if (fake_open(&f, &o, &err)) {
		fprintf(stderr, "fake_llm: %s\n", err.msg);
		return 2;
	}
	printf("port %d\n", fake_port(f));
	fflush(stdout);
	fake_serve(f, end_fd());
	fake_close(f);
	arena_release(&a);
	return 0;
}
