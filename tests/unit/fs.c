#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "test.h"

static struct arena arena;
static struct error err;
static char top[64];

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void setup(void)
{
	snprintf(top, sizeof(top), "/tmp/architect-fs-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
}

static void teardown(void)
{
	nftw(top, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	arena_release(&arena);
}

static const char *at(const char *name)
{
	return arena_printf(&arena, "%s/%s", top, name);
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void assert_holds(const char *path, const char *text)
{
	struct span s = { 0 };

	ck_assert_int_eq(fs_read(&s, &arena, path, 1 << 20, &err), 0);
	ck_assert_str_eq(s.ptr, text);
}

/* so that a temporary file left behind is seen */
static void assert_files(int want)
{
	DIR *d = opendir(top);
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d))
		n++;
	closedir(d);
	ck_assert_int_eq(n - 2, want);
}

static const struct {
	size_t size, max;
	int rc;
} ceilings[] = {
	{ 0, 0, 0 },
	{ 1, 0, FS_TOO_LARGE },
	{ 4096, 4096, 0 },
	{ 4097, 4096, FS_TOO_LARGE },
	{ 65536, 65536, 0 },
	{ 65537, 65536, FS_TOO_LARGE },
	{ 300000, 1 << 20, 0 },
	{ 300000, 200000, FS_TOO_LARGE },
};

START_TEST(a_file_is_read_whole_up_to_its_ceiling)
{
	struct span s = { 0 };
	size_t n = ceilings[_i].size;
	char *text = arena_alloc(&arena, n + 1);

	memset(text, 'x', n);
	put(at("f"), text);
	ck_assert_int_eq(fs_read(&s, &arena, at("f"), ceilings[_i].max, &err),
			 ceilings[_i].rc);
	if (ceilings[_i].rc) {
		ck_assert_int_eq(err.kind, ERR_REPO);
		ck_assert_ptr_nonnull(strstr(err.msg, at("f")));
		ck_assert_ptr_nonnull(strstr(err.msg, "larger than"));
	} else {
		ck_assert_uint_eq(s.len, n);
		ck_assert_str_eq(s.ptr, text);
	}
}
END_TEST

static const struct {
	const char *name, *why;
} unreadable[] = {
	{ "none", "No such file" },
	{ ".", "Is a directory" },
	{ "none/x", "No such file" },
	{ "loop", "symbolic links" },
};

START_TEST(what_cannot_be_read_is_named_with_the_reason)
{
	struct span s = { 0 };

	ck_assert_int_eq(symlink("loop", at("loop")), 0);
	ck_assert_int_eq(fs_read(&s, &arena, at(unreadable[_i].name), 10, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_REPO);
	ck_assert_ptr_nonnull(strstr(err.msg, at(unreadable[_i].name)));
	ck_assert_ptr_nonnull(strstr(err.msg, unreadable[_i].why));
}
END_TEST

START_TEST(endless_input_ends_at_the_ceiling)
{
	struct span s = { 0 };

	ck_assert_int_eq(fs_read(&s, &arena, "/dev/zero", 1 << 20, &err),
			 FS_TOO_LARGE);
	ck_assert_int_eq(err.kind, ERR_REPO);
}
END_TEST

START_TEST(a_dash_is_standard_input)
{
	struct span s = { 0 };
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(write(ends[1], "a\0b", 3), 3);
	close(ends[1]);
	ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	ck_assert_int_eq(fs_read(&s, &arena, "-", 3, &err), 0);
	ck_assert_uint_eq(s.len, 3);
	ck_assert_mem_eq(s.ptr, "a\0b", 4);
}
END_TEST

START_TEST(a_file_is_written_whole_with_its_mode)
{
	static const unsigned modes[] = { 0600, 0644, 0640 };
	struct stat st;
	size_t i;

	umask(077);
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(
			fs_write_atomic(at("f"), SPAN("new"), modes[i], &err),
			0);
		assert_holds(at("f"), "new");
		ck_assert_int_eq(stat(at("f"), &st), 0);
		ck_assert_uint_eq(st.st_mode & 07777, modes[i]);
	}
	ck_assert_int_eq(fs_write_atomic(at("f"), SPAN(""), 0600, &err), 0);
	assert_holds(at("f"), "");
	assert_files(1);
}
END_TEST

/* the size limit stands for a full disk */
START_TEST(a_failed_write_leaves_the_old_file_and_nothing_beside_it)
{
	struct rlimit limit = { 1000, 1000 };
	char *text = arena_alloc(&arena, 5001);

	memset(text, 'x', 5000);
	put(at("f"), "old");
	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert_int_eq(fs_write_atomic(at("f"), span_of(text), 0600, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.msg, at("f")));
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(EFBIG)));
	assert_holds(at("f"), "old");
	assert_files(1);
}
END_TEST

START_TEST(a_folder_in_the_way_is_left_alone)
{
	ck_assert_int_eq(mkdir(at("d"), 0700), 0);
	ck_assert_int_eq(fs_write_atomic(at("d"), SPAN("x"), 0600, &err), -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	assert_files(1);
	ck_assert_int_eq(fs_write_atomic(at("no/f"), SPAN("x"), 0600, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	assert_files(1);
}
END_TEST

START_TEST(a_planted_symlink_is_replaced_and_not_followed)
{
	struct stat st;

	put(at("victim"), "mine");
	ck_assert_int_eq(symlink(at("victim"), at("out")), 0);
	ck_assert_int_eq(fs_write_atomic(at("out"), SPAN("new"), 0600, &err),
			 0);
	assert_holds(at("victim"), "mine");
	assert_holds(at("out"), "new");
	ck_assert_int_eq(lstat(at("out"), &st), 0);
	ck_assert(S_ISREG(st.st_mode));
}
END_TEST

START_TEST(a_full_device_is_a_write_error_and_stays_a_device)
{
	struct stat st;

	ck_assert_int_eq(fs_write_atomic("/dev/full", SPAN("x"), 0600, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_ptr_nonnull(strstr(err.msg, strerror(ENOSPC)));
	ck_assert_int_eq(fs_write_atomic("/dev/null", SPAN("x"), 0600, &err),
			 0);
	ck_assert_int_eq(lstat("/dev/null", &st), 0);
	ck_assert(S_ISCHR(st.st_mode));
}
END_TEST

static const struct {
	const char *path;
	int fd;
} descriptors[] = {
	{ "/dev/stdin", 0 },	  { "/dev/stdout", 1 },
	{ "/dev/stderr", 2 },	  { "/dev/fd/63", 63 },
	{ "/proc/self/fd/3", 3 }, { "/dev/fd/", -1 },
	{ "/dev/fd/x", -1 },	  { "/dev/fd/-1", -1 },
	{ "/dev/fd/ 1", -1 },	  { "/dev/fd/1/a", -1 },
	{ "/dev/fd/1e", -1 },	  { "/dev/fd/99999999999999999999", -1 },
	{ "/dev/null", -1 },	  { "dev/fd/1", -1 },
	{ "/dev/stdout.md", -1 },
};

START_TEST(a_descriptor_is_known_by_its_names)
{
	ck_assert_int_eq(fs_descriptor(descriptors[_i].path),
			 descriptors[_i].fd);
}
END_TEST

START_TEST(a_descriptor_that_was_given_is_written_where_it_stands)
{
	FILE *f = fopen(at("log"), "w");
	const char *name;

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(dup2(fileno(f), 63), 63);
	ck_assert_int_eq(write(63, "old ", 4), 4);
	name = at("link");
	ck_assert_int_eq(symlink("/proc/self/fd/63", name), 0);
	ck_assert(fs_writable("/dev/fd/63"));
	ck_assert_int_eq(fs_write_atomic("/dev/fd/63", SPAN("new"), 0600, &err),
			 0);
	assert_holds(at("log"), "old new");
	/* what is ours, or only read, is not */
	ck_assert_int_eq(fcntl(63, F_SETFD, FD_CLOEXEC), 0);
	ck_assert(!fs_writable("/dev/fd/63"));
	ck_assert_int_eq(fs_write_atomic("/dev/fd/63", SPAN("x"), 0600, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_int_eq(dup2(open(at("log"), O_RDONLY), 63), 63);
	ck_assert(!fs_writable("/proc/self/fd/63"));
	assert_holds(at("log"), "old new");
	/* a link to one is a link, as any */
	ck_assert_int_eq(fs_write_atomic(name, SPAN("new"), 0600, &err), 0);
	assert_holds(name, "new");
	fclose(f);
}
END_TEST

/* The folder's mode, the file's (0: none is there) */
static const struct {
	mode_t folder, file;
	bool writable;
} modes[] = {
	{ 0755, 0644, true },  { 0755, 0444, true }, { 0755, 0, true },
	{ 0555, 0644, false }, { 0555, 0, false },   { 0655, 0644, false },
};

START_TEST(a_file_is_replaced_only_where_its_folder_may_be_written)
{
	const char *dir = at("d"), *file = at("d/f");

	ck_assert_int_eq(mkdir(dir, 0755), 0);
	put(at("d/f"), "old");
	ck_assert_int_eq(chmod(file, modes[_i].file), 0);
	if (!modes[_i].file)
		ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(chmod(dir, modes[_i].folder), 0);
	if (!getuid()) { /* root may do anything */
		ck_assert_int_eq(chown(top, 65534, 65534), 0);
		ck_assert_int_eq(chown(dir, 65534, 65534), 0);
		ck_assert_int_eq(setuid(65534), 0);
	}
	ck_assert_int_eq(fs_writable(file), modes[_i].writable);
	if (!modes[_i].writable)
		ck_assert_int_eq(errno, EACCES);
	ck_assert_int_eq(!fs_write_atomic(file, SPAN("new"), 0600, &err),
			 modes[_i].writable);
	ck_assert_int_eq(chmod(dir, 0755), 0);
}
END_TEST

static const struct {
	const char *a, *b;
	bool same;
} pairs[] = {
	{ "f", "f", true },	      { "f", "g", false },
	{ "f", "d/../f", true },      { "none", "none", true },
	{ "none", "d/none", false },  { "none", "d/../none", true },
	{ "none", "no/none", false }, { "f", "link", true },
	{ "f", "dlink/../f", true },  { "d/x", "dlink/x", true },
	{ "loop", "loop", true },
};

START_TEST(two_names_of_one_file_are_told)
{
	put(at("f"), "");
	put(at("g"), "");
	ck_assert_int_eq(mkdir(at("d"), 0700), 0);
	ck_assert_int_eq(symlink("f", at("link")), 0);
	ck_assert_int_eq(symlink("d", at("dlink")), 0);
	ck_assert_int_eq(symlink("loop", at("loop")), 0);
	ck_assert_int_eq(fs_same(at(pairs[_i].a), at(pairs[_i].b)),
			 pairs[_i].same);
	ck_assert_int_eq(fs_same(at(pairs[_i].b), at(pairs[_i].a)),
			 pairs[_i].same);
}
END_TEST

static const struct {
	mode_t mask;
	unsigned file, folder;
} masks[] = {
	{ 022, 0644, 0755 },
	{ 077, 0600, 0700 },
	{ 002, 0664, 0775 },
};

START_TEST(what_is_new_goes_by_the_umask)
{
	struct stat st;

	umask(masks[_i].mask);
	ck_assert_uint_eq(fs_new_mode(), masks[_i].file);
	ck_assert_uint_eq(umask(masks[_i].mask), masks[_i].mask);
	ck_assert_int_eq(fs_mkdirs(at("a/b"), 0777, &err), 0);
	ck_assert_int_eq(stat(at("a/b"), &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, masks[_i].folder);
}
END_TEST

START_TEST(what_is_appended_stands_behind_what_was_there)
{
	const char *path = at("log");

	ck_assert_int_eq(fs_append(path, SPAN("a\n"), &err), 0);
	ck_assert_int_eq(fs_append(path, SPAN("b\n"), &err), 0);
	assert_holds(path, "a\nb\n");
	ck_assert_int_eq(fs_append(at("no/log"), SPAN("a"), &err), -1);
	ck_assert_int_eq(err.kind, ERR_IO);
	ck_assert_int_eq(fs_append("/dev/full", SPAN("a"), &err), -1);
}
END_TEST

START_TEST(folders_are_made_down_the_whole_path_for_the_user_alone)
{
	static const char *const paths[] = { "a/b/c", "a/b/c", "a//d/", "a" };
	struct stat st;
	size_t i;

	umask(0);
	for (i = 0; i < 4; i++) {
		ck_assert_int_eq(fs_mkdirs(at(paths[i]), 0700, &err), 0);
		ck_assert_int_eq(stat(at(paths[i]), &st), 0);
		ck_assert_uint_eq(st.st_mode & 07777, 0700);
	}
}
END_TEST

START_TEST(a_file_where_a_folder_should_be_is_an_error)
{
	static const char *const paths[] = { "f", "f/x", "f/x/y" };
	size_t i;

	put(at("f"), "file");
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(fs_mkdirs(at(paths[i]), 0700, &err), -1);
		ck_assert_int_eq(err.kind, ERR_IO);
	}
	ck_assert_int_eq(fs_mkdirs("", 0700, &err), -1);
}
END_TEST

static const struct {
	const char *xdg, *home, *dir;
} states[] = {
	{ "/x", "/h", "/x/architect" },
	{ "/x", NULL, "/x/architect" },
	{ NULL, "/h", "/h/.local/state/architect" },
	{ "", "/h", "/h/.local/state/architect" },
	{ "not/absolute", "/h", "/h/.local/state/architect" },
	{ NULL, NULL, NULL },
	{ NULL, "", NULL },
};

static void put_env(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

START_TEST(the_state_folder_is_where_xdg_says)
{
	put_env("XDG_STATE_HOME", states[_i].xdg);
	put_env("HOME", states[_i].home);
	ck_assert_pstr_eq(fs_state_dir(&arena), states[_i].dir);
}
END_TEST

static const struct {
	const char *path, *absolute;
} names[] = {
	{ "/a/b", "/a/b" },
	{ "/a//b/", "/a/b" },
	{ "/a/./b/.", "/a/b" },
	{ "/a/b/../c", "/a/c" },
	{ "/../..", "/" },
	{ "/a/../../b", "/b" },
	{ "/", "/" },
	{ "/a/..b/...", "/a/..b/..." },
	{ "/a/b/../../../c", "/c" },
};

START_TEST(a_path_from_the_root_goes_by_its_names)
{
	ck_assert_str_eq(fs_absolute(&arena, names[_i].path),
			 names[_i].absolute);
}
END_TEST

START_TEST(a_path_is_known_by_its_name_and_by_where_it_leads)
{
	char *cwd = fs_real(&arena, ".");

	put(at("file"), "");
	ck_assert_int_eq(symlink(at("file"), at("link")), 0);
	ck_assert_str_eq(fs_absolute(&arena, at("link")), at("link"));
	ck_assert_str_eq(fs_real(&arena, at("link")), at("file"));
	ck_assert_ptr_null(fs_real(&arena, at("nothing")));
	ck_assert_str_eq(fs_absolute(&arena, "a/../b"),
			 arena_printf(&arena, "%s/b", cwd));
}
END_TEST

Suite *fs_suite(void)
{
	Suite *s = suite_create("fs");
	TCase *tc = tcase_create("fs");

	tcase_add_checked_fixture(tc, setup, teardown);
	add_rows(tc, a_file_is_read_whole_up_to_its_ceiling, ceilings);
	add_rows(tc, what_cannot_be_read_is_named_with_the_reason, unreadable);
	tcase_add_test(tc, endless_input_ends_at_the_ceiling);
	tcase_add_test(tc, a_dash_is_standard_input);
	tcase_add_test(tc, a_file_is_written_whole_with_its_mode);
	tcase_add_test(
		tc, a_failed_write_leaves_the_old_file_and_nothing_beside_it);
	tcase_add_test(tc, a_folder_in_the_way_is_left_alone);
	tcase_add_test(tc, a_planted_symlink_is_replaced_and_not_followed);
	tcase_add_test(tc, a_full_device_is_a_write_error_and_stays_a_device);
	add_rows(tc, a_descriptor_is_known_by_its_names, descriptors);
	tcase_add_test(tc,
		       a_descriptor_that_was_given_is_written_where_it_stands);
	add_rows(tc, a_file_is_replaced_only_where_its_folder_may_be_written,
		 modes);
	add_rows(tc, two_names_of_one_file_are_told, pairs);
	add_rows(tc, what_is_new_goes_by_the_umask, masks);
	tcase_add_test(tc, what_is_appended_stands_behind_what_was_there);
	tcase_add_test(tc,
		       folders_are_made_down_the_whole_path_for_the_user_alone);
	tcase_add_test(tc, a_file_where_a_folder_should_be_is_an_error);
	add_rows(tc, the_state_folder_is_where_xdg_says, states);
	add_rows(tc, a_path_from_the_root_goes_by_its_names, names);
	tcase_add_test(tc, a_path_is_known_by_its_name_and_by_where_it_leads);
	suite_add_tcase(s, tc);
	return s;
}
