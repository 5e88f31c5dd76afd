#include "repo/worker.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "repo/store.h"

/* Bytes of blobs that are sent together: less than a socket holds. */
#define PART (96 << 10)

static bool transfer(int fd, char *p, size_t n, bool out)
{
	while (n) {
		ssize_t got =
			out ? send(fd, p, n, MSG_NOSIGNAL) : recv(fd, p, n, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* Room for an answer's length, and that it is a good one. */
static void begin(struct wire *out, struct buf *b)
{
	static const char room[sizeof(uint64_t)];
	bool good = true;

	buf_reset(b);
	buf_add(b, room, sizeof(room));
	*out = (struct wire){ .to = b };
	wire_bool(out, &good);
}

static bool send_answer(int fd, struct buf *b)
{
	uint64_t len = b->len - sizeof(len);

	memcpy(b->ptr, &len, sizeof(len));
	return transfer(fd, b->ptr, b->len, true);
}

/* Take the question from `in`, put the answer's contents in `out`. */
typedef int answer_fn(struct store *s, struct wire *in, struct wire *out,
		      struct error *err);

static int answer_resolve(struct store *s, struct wire *in, struct wire *out,
			  struct error *err)
{
	struct rev_spec spec = { 0 };
	struct rev_range range = { 0 };

	wire_spec(in, &spec);
	if (resolve_spec(s, &range, &spec, err))
		return -1;
	wire_range(out, &range);
	return 0;
}

static void take_range(struct wire *in, const struct rev_range **range,
		       struct rev_range *room)
{
	bool given = false;

	wire_bool(in, &given);
	wire_range(in, room);
	*range = given ? room : NULL;
}

static int answer_diff(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	struct rev_range room = { 0 };
	const struct rev_range *range;
	struct change change = { 0 };

	take_range(in, &range, &room);
	if (diff_run(s, &change, &room, err))
		return -1;
	wire_change(out, &change);
	return 0;
}

static int answer_commits(struct store *s, struct wire *in, struct wire *out,
			  struct error *err)
{
	struct commit_list list = { 0 };
	const char *range = NULL;

	wire_cstr(in, &range);
	if (read_commits(s, &list, range, err))
		return -1;
	wire_commits(out, &list);
	return 0;
}

static int answer_intent(struct store *s, struct wire *in, struct wire *out,
			 struct error *err)
{
	struct rev_range room = { 0 };
	const struct rev_range *range;
	struct commit_list list = { 0 };
	size_t max = 0;

	take_range(in, &range, &room);
	wire_size(in, &max);
	if (read_intent(s, &list, &room, max, err))
		return -1;
	wire_commits(out, &list);
	return 0;
}

static struct span *take_spans(struct store *s, struct wire *in, size_t *n)
{
	struct span *spans;

	wire_count(in, n, sizeof(uint64_t));
	spans = arena_array(&s->arena, *n, sizeof(*spans));
	for (size_t i = 0; i < *n; i++)
		wire_span(in, &spans[i]);
	return spans;
}

static int answer_guides(struct store *s, struct wire *in, struct wire *out,
			 struct error *err)
{
	struct rev_range room = { 0 };
	const struct rev_range *range;
	struct guide_rules rules = { 0 };
	struct guide_list list = { 0 };
	struct span *paths;
	size_t n = 0;

	take_range(in, &range, &room);
	wire_rules(in, &rules);
	paths = take_spans(s, in, &n);
	if (guides_collect(s, &list, range, paths, n, &rules, err))
		return -1;
	wire_guides(out, &list);
	return 0;
}

static int answer_tree(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	struct tree_list list = { 0 };
	const char *rev = NULL;
	size_t max = 0;

	wire_cstr(in, &rev);
	wire_size(in, &max);
	if (read_tree(s, &list, rev, max, err))
		return -1;
	wire_tree(out, &list);
	return 0;
}

static int answer_blob(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	struct span text = { 0 };
	const char *id = NULL;

	wire_cstr(in, &id);
	if (read_blob(s, &text, id, err))
		return -1;
	wire_span(out, &text);
	return 0;
}

static int answer_blobs(struct store *s, struct wire *in, struct wire *out,
			struct error *err)
{
	size_t n = 0, max = 0;

	wire_size(in, &max);
	wire_count(in, &n, 1);
	if (max > (size_t)s->place.limits.max_diff)
		max = (size_t)s->place.limits.max_diff;
	for (size_t i = 0; i < n; i++) {
		struct blob b = { 0 };
		char id[41] = "";
		bool there;

		wire_id(in, &id);
		if (blob_open(s, &b, id, max, err))
			return -1;
		there = b.text.ptr;
		max -= b.text.len;
		wire_bool(out, &there);
		wire_span(out, &b.text);
		blob_close(&b);
		/* what is sent is taken while the next is read */
		if (out->to->len > PART && i + 1 < n) {
			if (!send_answer(s->fd, out->to))
				_exit(0);
			begin(out, out->to);
		}
	}
	return 0;
}

static int answer_file(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	struct span text = { 0 };
	const char *rev = NULL, *path = NULL;
	bool there = false;

	wire_cstr(in, &rev);
	wire_cstr(in, &path);
	if (read_file(s, &there, &text, rev, path, err))
		return -1;
	wire_bool(out, &there);
	wire_span(out, &text);
	return 0;
}

static int answer_hash(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	size_t n = 0;
	struct span *texts = take_spans(s, in, &n);

	for (size_t i = 0; i < n; i++) {
		char id[41];
		git_oid oid;
		int rc = git_odb_hash(&oid, texts[i].ptr, texts[i].len,
				      GIT_OBJECT_BLOB);

		if (rc)
			return store_fail(s, err, rc, "hashing a text");
		hex_of(&id, &oid);
		wire_id(out, &id);
	}
	return 0;
}

static int answer_bases(struct store *s, struct wire *in, struct wire *out,
			struct error *err)
{
	struct base_want *want;
	struct base *found;
	size_t n = 0;

	wire_count(in, &n, WANT_BYTES);
	want = arena_array(&s->arena, n, sizeof(*want));
	found = arena_array(&s->arena, n, sizeof(*found));
	for (size_t i = 0; i < n; i++)
		wire_want(in, &want[i]);
	if (bases_find(s, found, want, n, err))
		return -1;
	for (size_t i = 0; i < n; i++)
		wire_base(out, &found[i]);
	return 0;
}

static int answer_config(struct store *s, struct wire *in, struct wire *out,
			 struct error *err)
{
	struct config_list list = { 0 };

	(void)in;
	if (config_list(s, &list, err))
		return -1;
	wire_config(out, &list);
	return 0;
}

static int answer_info(struct store *s, struct wire *in, struct wire *out,
		       struct error *err)
{
	struct repo_info info = { 0 };

	(void)in;
	if (read_info(s, &info, err))
		return -1;
	wire_info(out, &info);
	return 0;
}

static const struct {
	answer_fn *answer;
	bool without_repository;
} answers[QUESTION_COUNT] = {
	[ASK_RESOLVE] = { answer_resolve, false },
	[ASK_DIFF] = { answer_diff, false },
	[ASK_COMMITS] = { answer_commits, false },
	[ASK_INTENT] = { answer_intent, false },
	[ASK_GUIDES] = { answer_guides, false },
	[ASK_TREE] = { answer_tree, false },
	[ASK_BLOB] = { answer_blob, false },
	[ASK_BLOBS] = { answer_blobs, false },
	[ASK_FILE] = { answer_file, false },
	[ASK_HASH] = { answer_hash, true },
	[ASK_CONFIG] = { answer_config, true },
	[ASK_INFO] = { answer_info, false },
	[ASK_BASES] = { answer_bases, false },
};

/* A question's bytes; false when the program has gone. */
static bool receive(int fd, struct buf *b)
{
	uint64_t len;

	buf_reset(b);
	if (!transfer(fd, (char *)&len, sizeof(len), false))
		return false;
	if (!transfer(fd, buf_reserve(b, len), len, false))
		return false;
	b->len = len;
	return true;
}

static int dispatch(struct store *s, struct wire *in, struct wire *out,
		    struct error *err)
{
	uint32_t q = 0;

	wire_u32(in, &q);
	if (q >= QUESTION_COUNT || !answers[q].answer)
		return error_set(err, ERR_REPO, "a question without an answer");
	if (!s->git && !answers[q].without_repository) {
		*err = s->broken;
		return -1;
	}
	return answers[q].answer(s, in, out, err);
}

static void answer(struct store *s, struct span question, struct buf *b)
{
	struct wire in = { .from = question, .arena = &s->arena };
	struct wire out;
	struct error err = { 0 };
	bool good = false;

	begin(&out, b);
	if (dispatch(s, &in, &out, &err)) {
		b->len = sizeof(uint64_t);
		wire_bool(&out, &good);
		wire_error(&out, &err);
	}
}

static void limit_memory(int64_t bytes)
{
	struct rlimit r = { (rlim_t)bytes, (rlim_t)bytes };

#if defined(__SANITIZE_ADDRESS__)
	return; /* its shadow needs terabytes of addresses */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return;
#endif
#endif
	if (bytes > 0)
		setrlimit(RLIMIT_AS, &r);
}

/*
 * Every question takes and frees the same megabytes. Kept, they cost nothing;
 * given back each time, the next one's page faults are a fifth of its time.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
	mallopt(M_TRIM_THRESHOLD, 64 << 20);
	mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

void worker_main(int fd)
{
	struct store s = { .fd = fd };
	struct buf question = { 0 }, out = { 0 };
	struct wire w;
	struct place place = { 0 };
	uint32_t q = 0;

	if (!receive(fd, &question))
		return;
	w = (struct wire){ .from = buf_span(&question), .arena = &s.own };
	wire_u32(&w, &q);
	wire_place(&w, &place);
	if (q != ASK_OPEN || w.bad)
		return;
	limit_memory(place.limits.memory);
	keep_memory();
	store_open(&s, &place);
	while (receive(fd, &question)) {
		answer(&s, buf_span(&question), &out);
		arena_release(&s.arena);
		if (!send_answer(fd, &out))
			return;
	}
}
