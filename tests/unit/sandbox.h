/*
 * A folder of its own for each test, with git repositories made by the git
 * program (the program under test never runs it). The user's configuration
 * plays no part: HOME lies in the folder.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "repo/repo.h"
#include "test.h"

static const struct repo_limits sandbox_limits = { 60000, (int64_t)1 << 30,
						   4 << 20, 64 << 20 };

static char sandbox_dir[512];

/* Run a script with the shell; it must succeed. */
static inline void shell(const char *script)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		execl("/bin/sh", "sh", "-ec", script, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	ck_assert_msg(status == 0, "failed: %s", script);
}

static inline void sandbox_open(void)
{
	static const char *const env[][2] = {
		{ "GIT_CONFIG_NOSYSTEM", "1" },
		{ "GIT_AUTHOR_NAME", "A" },
		{ "GIT_AUTHOR_EMAIL", "a@example.com" },
		{ "GIT_COMMITTER_NAME", "C" },
		{ "GIT_COMMITTER_EMAIL", "c@example.com" },
		{ "GIT_AUTHOR_DATE", "1700000000 +0000" },
		{ "GIT_COMMITTER_DATE", "1700000000 +0000" },
	};
	const char *tmp = getenv("TMPDIR");

	snprintf(sandbox_dir, sizeof(sandbox_dir), "%s/architect.XXXXXX",
		 tmp ? tmp : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(sandbox_dir));
	ck_assert_int_eq(chdir(sandbox_dir), 0);
	for (size_t i = 0; i < sizeof(env) / sizeof(*env); i++)
		setenv(env[i][0], env[i][1], 1);
	setenv("HOME", sandbox_dir, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_DIR");
	unsetenv("GIT_INDEX_FILE");
	unsetenv("GIT_WORK_TREE");
	shell("git config --global init.defaultBranch main;"
	      "git config --global protocol.file.allow always;"
	      "git config --global advice.detachedHead false");
}

static inline void sandbox_close(void)
{
	repo_stop();
	if (chdir("/") == 0 && *sandbox_dir)
		shell("rm -rf \"$HOME\"");
}

/* The repository in dir, by a worker that knows the environment as it is. */
static inline struct repo *sandbox_repo(const char *dir)
{
	struct error err = { 0 };
	struct repo *r = NULL;

	ck_assert_msg(!repo_start(NULL, &err), "%s", err.msg);
	ck_assert_msg(!repo_open(&r, dir, &sandbox_limits, &err), "%s",
		      err.msg);
	return r;
}

/* "--staged a -- b" as the command line would hand it over. */
static inline struct rev_spec sandbox_spec(struct arena *a, const char *line)
{
	struct rev_spec spec = { 0 };
	struct span rest = span_of(line), word;
	const char **words = arena_array(a, 16, sizeof(*words));
	const char **paths = arena_array(a, 16, sizeof(*paths));

	spec.words = words;
	spec.paths = paths;
	while (text_field(&rest, ' ', &word)) {
		char *w = arena_cstr(a, word);

		if (!word.len)
			continue;
		if (spec.dashdash)
			paths[spec.npaths++] = w;
		else if (!strcmp(w, "--"))
			spec.dashdash = true;
		else if (!strcmp(w, "--staged"))
			spec.staged = true;
		else if (!strcmp(w, "--all"))
			spec.all = true;
		else if (!strcmp(w, "--untracked"))
			spec.untracked = true;
		else if (!strncmp(w, "--commit=", 9))
			spec.commit = w + 9;
		else if (!strncmp(w, "--merge-base=", 13))
			spec.merge_base = w + 13;
		else
			words[spec.nwords++] = w;
	}
	return spec;
}

/* One line a file: status, paths, marks, lines added and removed. */
static inline void sandbox_show(struct buf *out, const struct change *c)
{
	static const char letters[] = "MADRCTU";

	vec_each (const struct file_change, f, &c->files) {
		buf_addf(out, "%c ", letters[f->status]);
		if (f->status == FILE_RENAMED)
			buf_addf(out, "%.*s => ", SPAN_ARG(f->old_path));
		buf_addf(out, "%.*s%s%s%s", SPAN_ARG(f->path),
			 f->binary ? " binary" : "",
			 f->submodule ? " submodule" : "",
			 f->too_large ? " large" : "");
		buf_adds(out, f->generated == SAYS_YES	? " generated"
			      : f->generated == SAYS_NO ? " made"
							: "");
		buf_adds(out, f->vendored == SAYS_YES ? " vendored" : "");
		buf_addf(out, "%s%s", f->old_marked ? " was-marked" : "",
			 f->new_marked ? " marked" : "");
		if (f->old_mode && f->new_mode && f->old_mode != f->new_mode)
			buf_addf(out, " %o>%o", f->old_mode, f->new_mode);
		buf_addf(out, " +%u-%u\n", f->added, f->removed);
	}
	vec_each (const struct span, s, &c->untracked)
		buf_addf(out, "? %.*s\n", SPAN_ARG(*s));
	vec_each (const struct span, g, &c->guides_edited)
		buf_addf(out, "! %.*s\n", SPAN_ARG(*g));
}

/* What a command line shows, or "error: " and its words. Release out. */
static inline void sandbox_diff(struct buf *out, struct repo *r,
				const char *line)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct rev_spec spec = sandbox_spec(&a, line);
	struct rev_range range;
	struct change c;

	if (repo_resolve(&range, &a, r, &spec, &err) ||
	    repo_diff(&c, &a, r, &range, &err))
		buf_addf(out, "error: %s", err.msg);
	else
		sandbox_show(out, &c);
	arena_release(&a);
}

/*
 * Make a repository with the script, then compare what the line shows in dir;
 * an error's words must hold the wanted ones.
 */
static inline void sandbox_expect(const char *script, const char *dir,
				  const char *line, const char *want)
{
	struct buf got = { 0 };
	struct repo *r;

	shell(script);
	r = sandbox_repo(dir);
	sandbox_diff(&got, r, line);
	if (!strncmp(buf_cstr(&got), "error: ", 7))
		ck_assert_msg(strstr(buf_cstr(&got), want) != NULL,
			      "%s: got %s, not %s", line, buf_cstr(&got), want);
	else
		ck_assert_str_eq(buf_cstr(&got), want);
	buf_release(&got);
	repo_close(r);
}

#endif
