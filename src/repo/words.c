/*
 * Words: revision or path? The rules are git's: setup.c (verify_filename,
 * verify_non_filename, looks_like_pathspec) and pathspec.c.
 */
#include "repo/store.h"

#include <ctype.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum magic {
	MAGIC_TOP = 1,
	MAGIC_EXCLUDE = 2,
	MAGIC_ICASE = 4,
	MAGIC_LITERAL = 8,
	MAGIC_GLOB = 16
};

static const struct {
	const char *name;
	unsigned bit;
} magics[] = {
	{ "top", MAGIC_TOP },	  { "exclude", MAGIC_EXCLUDE },
	{ "icase", MAGIC_ICASE }, { "literal", MAGIC_LITERAL },
	{ "glob", MAGIC_GLOB },
};

#define MAGIC_COUNT (sizeof(magics) / sizeof(*magics))

static int long_magic(unsigned *bits, struct span *rest, const char *word,
		      struct error *err)
{
	ptrdiff_t end = span_chr(*rest, ')');
	struct span list, name;

	if (end < 0)
		return error_set(err, ERR_USAGE,
				 "the path '%s' has a `:(` without its `)`",
				 word);
	list = span_first(*rest, (size_t)end);
	*rest = span_from(*rest, (size_t)end + 1);
	while (text_field(&list, ',', &name)) {
		size_t i = 0;

		while (i < MAGIC_COUNT && !span_eqs(name, magics[i].name))
			i++;
		if (i == MAGIC_COUNT && name.len)
			return error_set(err, ERR_USAGE,
					 "the path magic '%.*s' in '%s' is not "
					 "supported, only top, exclude, icase, "
					 "literal and glob",
					 SPAN_ARG(name), word);
		*bits |= i < MAGIC_COUNT ? magics[i].bit : 0;
	}
	return 0;
}

static int take_magic(unsigned *bits, struct span *rest, const char *word,
		      struct error *err)
{
	*bits = 0;
	*rest = span_of(word);
	if (!span_starts(*rest, ":"))
		return 0;
	if (span_starts(*rest, ":(")) {
		*rest = span_from(*rest, 2);
		return long_magic(bits, rest, word, err);
	}
	*rest = span_from(*rest, 1);
	while (rest->len && strchr("/!^", *rest->ptr)) {
		*bits |= *rest->ptr == '/' ? MAGIC_TOP : MAGIC_EXCLUDE;
		*rest = span_from(*rest, 1);
	}
	if (span_starts(*rest, ":"))
		*rest = span_from(*rest, 1);
	else if (rest->len && ispunct((unsigned char)*rest->ptr) &&
		 !strchr("*?[\\.^$_-", *rest->ptr))
		return error_set(err, ERR_USAGE,
				 "the path magic '%c' in '%s' is not supported",
				 *rest->ptr, word);
	return 0;
}

/* Join and resolve "." and ".."; false when it leaves the work tree. */
static bool normalize(struct buf *out, const char *prefix, struct span path)
{
	struct span parts[2] = { span_of(prefix), path }, part;

	for (int i = 0; i < 2; i++) {
		while (text_field(&parts[i], '/', &part)) {
			if (!part.len || span_eqs(part, "."))
				continue;
			if (span_eqs(part, "..")) {
				if (!out->len)
					return false;
				while (out->len &&
				       out->ptr[out->len - 1] != '/')
					out->len--;
				if (out->len)
					out->len--;
				continue;
			}
			if (out->len)
				buf_addc(out, '/');
			buf_addsp(out, part);
		}
	}
	return true;
}

/* An absolute path below the work tree becomes one from its top. */
static struct span below_top(struct store *s, struct span path, unsigned *bits)
{
	const char *top = git_repository_workdir(s->git);
	size_t n = top ? strlen(top) : 0;

	if (!n || !span_starts(path, "/"))
		return path;
	if (path.len + 1 == n && !memcmp(path.ptr, top, n - 1)) {
		*bits |= MAGIC_TOP;
		return (struct span){ 0 };
	}
	if (!span_starts(path, top))
		return path;
	*bits |= MAGIC_TOP;
	return span_from(path, n);
}

int pathspec_parse(struct store *s, struct span *out, const char *word,
		   struct error *err)
{
	struct buf path = { 0 }, whole = { 0 };
	struct span rest;
	unsigned bits;

	if (!*word)
		return error_set(err, ERR_USAGE,
				 "an empty path: use . for the whole folder");
	if (take_magic(&bits, &rest, word, err))
		return -1;
	rest = below_top(s, rest, &bits);
	if (span_starts(rest, "/") ||
	    !normalize(&path, bits & MAGIC_TOP ? "" : s->prefix, rest)) {
		buf_release(&path);
		return error_set(err, ERR_REPO,
				 "the path '%s' is outside the repository",
				 word);
	}
	bits &= ~(unsigned)MAGIC_TOP;
	if (bits || (path.len && *path.ptr == ':')) {
		buf_adds(&whole, ":(");
		for (size_t i = 0; i < MAGIC_COUNT; i++)
			if (bits & magics[i].bit)
				buf_addf(&whole, "%s,", magics[i].name);
		buf_adds(&whole, "top)");
	}
	buf_addsp(&whole, buf_span(&path));
	*out = arena_span(&s->arena, buf_span(&whole));
	buf_release(&whole);
	buf_release(&path);
	return 0;
}

static bool below(struct span folder, struct span path)
{
	return !folder.len ||
	       (path.len >= folder.len &&
		!memcmp(path.ptr, folder.ptr, folder.len) &&
		(path.len == folder.len || path.ptr[folder.len] == '/'));
}

static bool matches(unsigned bits, struct span spec, struct span path)
{
	struct buf a = { 0 }, b = { 0 };
	int flags = (bits & MAGIC_ICASE ? FNM_CASEFOLD : 0);
	bool yes;

	if (!(bits & MAGIC_ICASE) && below(spec, path))
		return true;
	if (bits & MAGIC_LITERAL && !(bits & MAGIC_ICASE))
		return false;
	if (bits & MAGIC_GLOB)
		buf_addc(&a, '/');
	buf_addsp(&a, spec);
	buf_addsp(&b, path);
	for (size_t i = 0; bits & MAGIC_ICASE && i < a.len; i++)
		a.ptr[i] = (char)tolower((unsigned char)a.ptr[i]);
	for (size_t i = 0; bits & MAGIC_ICASE && i < b.len; i++)
		b.ptr[i] = (char)tolower((unsigned char)b.ptr[i]);
	if (bits & MAGIC_GLOB)
		yes = text_glob(buf_span(&a), buf_span(&b));
	else
		yes = below(buf_span(&a), buf_span(&b)) ||
		      (!(bits & MAGIC_LITERAL) &&
		       !fnmatch(buf_cstr(&a), buf_cstr(&b), flags));
	buf_release(&a);
	buf_release(&b);
	return yes;
}

bool pathspec_match(const struct rev_range *range, struct span path)
{
	bool any = false, in = false, out = false;

	for (size_t i = 0; i < range->paths.len; i++) {
		struct span spec = range->paths.ptr[i];
		unsigned bits = 0;

		if (span_starts(spec, ":(")) {
			struct error ignored;

			spec = span_from(spec, 2);
			long_magic(&bits, &spec, "", &ignored);
		}
		if (bits & MAGIC_EXCLUDE) {
			out = out || matches(bits, spec, path);
			continue;
		}
		any = true;
		in = in || matches(bits, spec, path);
	}
	return (in || !any) && !out;
}

/* Is the current folder the git directory or below it? git asks no path then:
 * HEAD and config are files there. */
static bool inside_git_dir(struct store *s)
{
	struct span git = span_of(git_repository_path(s->git));
	char *cwd = arena_alloc(&s->arena, PATH_MAX);
	bool inside;

	if (git.len && git.ptr[git.len - 1] == '/')
		git.len--;
	if (!getcwd(cwd, PATH_MAX))
		return false;
	inside = span_starts(span_of(cwd), arena_cstr(&s->arena, git)) &&
		 (!cwd[git.len] || cwd[git.len] == '/');
	return inside;
}

bool word_is_path(struct store *s, const char *word)
{
	const char *top = git_repository_workdir(s->git);
	struct stat st;

	if (!top || inside_git_dir(s))
		return false;
	if (!strncmp(word, ":/", 2)) {
		if (!word[2])
			return true;
		word = arena_printf(&s->arena, "%s%s", top, word + 2);
	} else if (!strncmp(word, ":!", 2) || !strncmp(word, ":^", 2)) {
		if (!word[2])
			return true;
		word += 2;
	}
	return !lstat(word, &st);
}

bool word_may_be_path(struct store *s, const char *word)
{
	for (const char *p = word; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (strchr("*?[", *p))
			return true;
	}
	return !strncmp(word, ":(", 2) || word_is_path(s, word);
}
