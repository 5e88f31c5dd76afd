/*
 * The program's end of the pipe. The worker may have been taken over by what
 * it read: an answer's length is checked before room is made for it, and its
 * contents are taken by repo/wire, which is total.
 */
#include "repo/repo.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "repo/server.h"
#include "repo/wire.h"

/* What an answer may hold beside the text of a diff. */
#define ANSWER_SLACK (64 << 20)

struct repo {
	struct arena arena; /* holds this struct too */
	struct place place;
	int fd; /* -1: no worker */
	pid_t pid;
};

/* End the worker; its wait status. */
static int put_down(struct repo *r)
{
	int status = -1;

	if (r->fd >= 0)
		close(r->fd);
	if (r->pid > 0)
		status = server_kill(r->pid);
	r->fd = -1;
	r->pid = 0;
	return status;
}

void repo_close(struct repo *r)
{
	struct arena a;

	if (!r)
		return;
	put_down(r);
	a = r->arena;
	arena_release(&a);
}

enum io { IO_DONE, IO_LATE, IO_DEAD };

/* Wait until fd is ready; false when the time is up. */
static bool ready(int fd, short events, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = (until - clock_mono_us() + 999) / 1000;
		int n;

		if (left <= 0)
			return false;
		n = poll(&p, 1, left > 1000000 ? 1000000 : (int)left);
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return true; /* the call that follows will say */
	}
}

static enum io transfer(int fd, char *p, size_t n, bool out, int64_t until)
{
	while (n) {
		ssize_t got = out ? send(fd, p, n, MSG_NOSIGNAL | MSG_DONTWAIT)
				  : recv(fd, p, n, MSG_DONTWAIT);

		if (got > 0) {
			p += got;
			n -= (size_t)got;
		} else if (got == 0 || (errno != EAGAIN && errno != EINTR &&
					errno != EWOULDBLOCK)) {
			return IO_DEAD;
		} else if (!ready(fd, out ? POLLOUT : POLLIN, until)) {
			return IO_LATE;
		}
	}
	return IO_DONE;
}

static int64_t deadline(const struct repo *r)
{
	return clock_mono_us() + r->place.limits.deadline_ms * 1000;
}

static enum io send_question(struct repo *r, struct buf *b, int64_t until)
{
	uint64_t len = b->len - sizeof(len);

	memcpy(b->ptr, &len, sizeof(len));
	return transfer(r->fd, b->ptr, b->len, true, until);
}

/* Room for the length, then the question's first word. */
static void begin(struct wire *w, struct buf *b, enum question q)
{
	static const char room[sizeof(uint64_t)];
	uint32_t word = q;

	buf_add(b, room, sizeof(room));
	*w = (struct wire){ .to = b };
	wire_u32(w, &word);
}

/* A worker that has been told what to open, if there is none. */
static int wake(struct repo *r, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;
	int pair[2], rc;

	if (r->fd >= 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return error_set(err, ERR_INTERNAL, "opening a socket pair: %s",
				 strerror(errno));
	rc = server_spawn(&r->pid, pair[1], err);
	close(pair[1]);
	if (rc) {
		close(pair[0]);
		return -1;
	}
	r->fd = pair[0];
	begin(&w, &b, ASK_OPEN);
	wire_place(&w, &r->place);
	send_question(r, &b, deadline(r)); /* a failure is the answer's */
	buf_release(&b);
	return 0;
}

int repo_open(struct repo **out, const char *dir,
	      const struct repo_limits *limits, struct error *err)
{
	struct arena a = { 0 };
	struct repo *r = arena_new(&a, struct repo);
	char cwd[4096];

	*out = NULL;
	if (!getcwd(cwd, sizeof(cwd))) {
		error_set(err, ERR_REPO, "finding the current folder: %s",
			  strerror(errno));
		arena_release(&a);
		return -1;
	}
	r->place.cwd = arena_strdup(&a, cwd);
	r->place.dir = dir ? arena_strdup(&a, dir) : NULL;
	r->place.limits = *limits;
	r->fd = -1;
	r->arena = a;
	if (wake(r, err)) {
		repo_close(r);
		return -1;
	}
	*out = r;
	return 0;
}

static int late(struct repo *r, struct error *err)
{
	int64_t ms = r->place.limits.deadline_ms;

	put_down(r);
	return error_set(err, ERR_REPO,
			 "the repository did not answer within %g s (a damaged "
			 "or hostile object?): run `git fsck`",
			 (double)ms / 1000);
}

static int dead(struct repo *r, struct error *err)
{
	int status = put_down(r);

	if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 70)
		return error_set(err, ERR_REPO,
				 "reading the repository took more than %lld "
				 "MiB of memory: name fewer paths or run "
				 "`git fsck`",
				 (long long)r->place.limits.memory >> 20);
	if (status >= 0 &&
	    !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
		return error_set(err, ERR_REPO,
				 "reading the repository crashed (%s %d; a "
				 "damaged or hostile object?): run `git fsck`",
				 WIFSIGNALED(status) ? "signal" : "status",
				 WIFSIGNALED(status) ? WTERMSIG(status)
						     : WEXITSTATUS(status));
	return error_set(err, ERR_REPO,
			 "the process that reads the repository was ended from "
			 "outside: try again");
}

static int garbled(struct repo *r, struct error *err)
{
	put_down(r);
	return error_set(err, ERR_REPO,
			 "reading the repository gave an answer that makes no "
			 "sense (a damaged or hostile object?): run "
			 "`git fsck`");
}

static int receive_answer(struct repo *r, struct arena *a, struct wire *w,
			  int64_t until, struct error *err)
{
	uint64_t len;
	char *bytes;
	enum io io = transfer(r->fd, (char *)&len, sizeof(len), false, until);

	if (io == IO_DONE) {
		int64_t most = r->place.limits.max_diff;

		most += REPO_TEXTS_SHARE(most) + ANSWER_SLACK;
		if (len > (uint64_t)most)
			return garbled(r, err);
		bytes = arena_alloc(a, len);
		io = transfer(r->fd, bytes, len, false, until);
		*w = (struct wire){ .from = { bytes, len }, .arena = a };
	}
	if (io == IO_LATE)
		return late(r, err);
	return io == IO_DEAD ? dead(r, err) : 0;
}

/* Receive an answer; w is then at its contents. */
static int take_answer(struct repo *r, struct arena *a, struct wire *w,
		       int64_t until, struct error *err)
{
	bool good = false;

	if (receive_answer(r, a, w, until, err))
		return -1;
	wire_bool(w, &good);
	if (w->bad)
		return garbled(r, err);
	if (!good) {
		struct error said = { 0 };

		wire_error(w, &said);
		return error_set(err, said.kind, "%s", said.msg);
	}
	return 0;
}

/* Ask what is in b; w is then at the answer's contents. Releases b. */
static int ask(struct repo *r, struct buf *b, struct arena *a, struct wire *w,
	       struct error *err)
{
	int64_t until = deadline(r);
	int rc = wake(r, err);

	if (!rc) {
		/* what went wrong with sending is seen by receiving */
		send_question(r, b, until);
		rc = take_answer(r, a, w, until, err);
	}
	buf_release(b);
	return rc;
}

/* After an answer was taken: was all of it there, and nothing else? */
static int whole(struct repo *r, const struct wire *w, struct error *err)
{
	return w->bad || w->from.len ? garbled(r, err) : 0;
}

/* Ask, then take the answer with one function of repo/wire. */
#define ASK(r, b, a, take, out, err)   \
	(ask((r), (b), (a), &w, (err)) \
		 ? -1                  \
		 : (take(&w, (out)), whole((r), &w, (err))))

int repo_resolve(struct rev_range *out, struct arena *a, struct repo *r,
		 const struct rev_spec *spec, struct error *err)
{
	struct rev_spec s = *spec;
	struct buf b = { 0 };
	struct wire w;

	*out = (struct rev_range){ 0 };
	begin(&w, &b, ASK_RESOLVE);
	wire_spec(&w, &s);
	return ASK(r, &b, a, wire_range, out, err);
}

static void begin_range(struct wire *w, struct buf *b, enum question q,
			const struct rev_range *range)
{
	struct rev_range copy = { 0 };
	bool given = range;

	begin(w, b, q);
	if (range)
		copy = *range;
	wire_bool(w, &given);
	wire_range(w, &copy);
}

int repo_diff(struct change *out, struct arena *a, struct repo *r,
	      const struct rev_range *range, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct change){ 0 };
	begin_range(&w, &b, ASK_DIFF, range);
	return ASK(r, &b, a, wire_change, out, err);
}

int repo_commits(struct commit_list *out, struct arena *a, struct repo *r,
		 const char *range, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct commit_list){ 0 };
	begin(&w, &b, ASK_COMMITS);
	wire_cstr(&w, &range);
	return ASK(r, &b, a, wire_commits, out, err);
}

int repo_intent(struct commit_list *out, struct arena *a, struct repo *r,
		const struct rev_range *range, size_t max, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct commit_list){ 0 };
	begin_range(&w, &b, ASK_INTENT, range);
	wire_size(&w, &max);
	return ASK(r, &b, a, wire_commits, out, err);
}

int repo_guides(struct guide_list *out, struct arena *a, struct repo *r,
		const struct rev_range *range, const struct span *paths,
		size_t n, const struct guide_rules *rules, struct error *err)
{
	struct guide_rules copy = *rules;
	struct buf b = { 0 };
	struct wire w;

	*out = (struct guide_list){ 0 };
	begin_range(&w, &b, ASK_GUIDES, range);
	wire_rules(&w, &copy);
	wire_count(&w, &n, sizeof(uint64_t));
	for (size_t i = 0; i < n; i++) {
		struct span s = paths[i];

		wire_span(&w, &s);
	}
	return ASK(r, &b, a, wire_guides, out, err);
}

int repo_tree(struct tree_list *out, struct arena *a, struct repo *r,
	      const char *rev, size_t max, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct tree_list){ 0 };
	begin(&w, &b, ASK_TREE);
	wire_cstr(&w, &rev);
	wire_size(&w, &max);
	return ASK(r, &b, a, wire_tree, out, err);
}

int repo_blob(struct span *out, struct arena *a, struct repo *r, const char *id,
	      struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct span){ 0 };
	begin(&w, &b, ASK_BLOB);
	wire_cstr(&w, &id);
	return ASK(r, &b, a, wire_span, out, err);
}

/* The blobs of one part of the answer: how many, or 0 when it is wrong. */
static size_t take_part(struct wire *w, repo_blob_fn *fn, void *ctx, size_t at,
			size_t n, size_t *room)
{
	size_t i = at;

	for (; i < n && w->from.len; i++) {
		struct span text = { 0 };
		bool there = false;

		wire_bool(w, &there);
		wire_span(w, &text);
		if (w->bad || text.len > *room)
			return 0;
		*room -= text.len;
		fn(ctx, i, there ? text : (struct span){ 0 });
	}
	return w->from.len ? 0 : i - at;
}

int repo_each_blob(repo_blob_fn *fn, void *ctx, struct arena *a, struct repo *r,
		   const char (*ids)[41], size_t n, size_t max_bytes,
		   struct error *err)
{
	struct arena part = { 0 };
	struct buf b = { 0 };
	size_t done = 0;
	struct wire w;
	int rc;

	begin(&w, &b, ASK_BLOBS);
	wire_size(&w, &max_bytes);
	wire_size(&w, &n);
	for (size_t i = 0; i < n; i++) {
		char id[41];

		memcpy(id, ids[i], sizeof(id));
		wire_id(&w, &id);
	}
	rc = ask(r, &b, a ? a : &part, &w, err);
	while (!rc && done < n) {
		size_t got = take_part(&w, fn, ctx, done, n, &max_bytes);

		done += got;
		if (!a)
			arena_reset(&part);
		if (!got)
			rc = garbled(r, err);
		else if (done < n)
			rc = take_answer(r, a ? a : &part, &w, deadline(r),
					 err);
	}
	if (!rc)
		rc = whole(r, &w, err);
	arena_release(&part);
	return rc;
}

static void keep_text(void *ctx, size_t i, struct span text)
{
	struct span *texts = ctx;

	texts[i] = text;
}

int repo_blobs(struct span *texts, struct arena *a, struct repo *r,
	       const char (*ids)[41], size_t n, size_t max_bytes,
	       struct error *err)
{
	return repo_each_blob(keep_text, texts, a, r, ids, n, max_bytes, err);
}

int repo_file(struct span *out, struct arena *a, struct repo *r,
	      const char *rev, const char *path, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;
	bool there = false;

	*out = (struct span){ 0 };
	begin(&w, &b, ASK_FILE);
	wire_cstr(&w, &rev);
	wire_cstr(&w, &path);
	if (ask(r, &b, a, &w, err))
		return -1;
	wire_bool(&w, &there);
	wire_span(&w, out);
	if (!there)
		*out = (struct span){ 0 };
	return whole(r, &w, err);
}

int repo_hash(char (*ids)[41], struct repo *r, const struct span *texts,
	      size_t n, struct error *err)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct wire w;
	int rc;

	begin(&w, &b, ASK_HASH);
	wire_count(&w, &n, sizeof(uint64_t));
	for (size_t i = 0; i < n; i++) {
		struct span s = texts[i];

		wire_span(&w, &s);
	}
	rc = ask(r, &b, &a, &w, err);
	for (size_t i = 0; !rc && i < n; i++)
		wire_id(&w, &ids[i]);
	if (!rc)
		rc = whole(r, &w, err);
	arena_release(&a);
	return rc;
}

int repo_bases(struct base *out, struct arena *a, struct repo *r,
	       const struct base_want *want, size_t n, struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	memset(out, 0, n * sizeof(*out));
	begin(&w, &b, ASK_BASES);
	wire_count(&w, &n, WANT_BYTES);
	for (size_t i = 0; i < n; i++) {
		struct base_want copy = want[i];

		wire_want(&w, &copy);
	}
	if (ask(r, &b, a, &w, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		wire_base(&w, &out[i]);
	return whole(r, &w, err);
}

int repo_config(struct config_list *out, struct arena *a, struct repo *r,
		struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct config_list){ 0 };
	begin(&w, &b, ASK_CONFIG);
	return ASK(r, &b, a, wire_config, out, err);
}

int repo_info(struct repo_info *out, struct arena *a, struct repo *r,
	      struct error *err)
{
	struct buf b = { 0 };
	struct wire w;

	*out = (struct repo_info){ 0 };
	begin(&w, &b, ASK_INFO);
	return ASK(r, &b, a, wire_info, out, err);
}
