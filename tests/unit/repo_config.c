#include "sandbox.h"

static void show(struct buf *out, const struct config_list *l)
{
	static const char letters[] = "SGL";

	vec_each (const struct config_entry, e, &l->entries)
		buf_addf(out, "%c %.*s=%.*s\n", letters[e->level],
			 SPAN_ARG(e->name), SPAN_ARG(e->value));
}

static const struct {
	const char *script, *dir, *name, *file, *want;
} configs[] = {
	{ "git config --global architect.maxCost 2;"
	  "git init -q r; git -C r config architect.MaxCost 1",
	  "r", NULL, NULL, "G architect.maxcost=2\nL architect.maxcost=1\n" },
	{ "git config --global architect.maxCost 2", ".", NULL, NULL,
	  "G architect.maxcost=2\n" },
	{ "mkdir -p .config/git; git config -f .config/git/config "
	  "architect.a x; git config --global architect.a y",
	  ".", NULL, NULL, "G architect.a=x\nG architect.a=y\n" },
	{ "git config --global architect.a y; git config -f mine architect.b z",
	  ".", "GIT_CONFIG_GLOBAL", "mine", "G architect.b=z\n" },
	{ "git config --global architect.a y; git init -q r;"
	  "git -C r config architect.a l",
	  "r", "GIT_CONFIG_GLOBAL", "/dev/null", "L architect.a=l\n" },
	{ "printf '[architect]\\nsys\\n' >sys", ".", "GIT_CONFIG_SYSTEM", "sys",
	  "" },
	{ "git init -q r; git config --global architect.model.x y;"
	  "printf '[architect]\\n\\tflag\\n\\tkey = a b\\n' >>r/.git/config;"
	  "git -C r config other.key v",
	  "r", NULL, NULL,
	  "G architect.model.x=y\nL architect.flag=true\nL "
	  "architect.key=a b\n" },
	{ "git config --global core.pager p; git config --global core.pagers q;"
	  "git init -q r; git -C r config core.pager evil",
	  "r", NULL, NULL, "G core.pager=p\n" },
	{ "git init -q --object-format=sha256 r; git config --global "
	  "architect.a y",
	  "r", NULL, NULL, "G architect.a=y\n" },
};

START_TEST(settings_are_read_with_their_level_from_where_git_reads_them)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct error err = { 0 };
	struct config_list list;
	struct repo *r;
	char path[700];

	shell(configs[_i].script);
	if (configs[_i].name) {
		snprintf(path, sizeof(path), "%s/%s",
			 *configs[_i].file == '/' ? "" : sandbox_dir,
			 configs[_i].file);
		setenv(configs[_i].name, path, 1);
	}
	r = sandbox_repo(configs[_i].dir);
	ck_assert_msg(!repo_config(&list, &a, r, &err), "%s", err.msg);
	show(&got, &list);
	ck_assert_str_eq(buf_cstr(&got), configs[_i].want);
	buf_release(&got);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(the_system_file_counts_unless_it_is_switched_off)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct error err = { 0 };
	struct config_list list;
	struct repo *r;
	char path[700];

	shell("printf '[architect]\\nsys = 1\\n' >sys");
	snprintf(path, sizeof(path), "%s/sys", sandbox_dir);
	setenv("GIT_CONFIG_SYSTEM", path, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "0", 1);
	r = sandbox_repo(".");
	ck_assert_int_eq(repo_config(&list, &a, r, &err), 0);
	show(&got, &list);
	ck_assert_str_eq(buf_cstr(&got), "S architect.sys=1\n");
	buf_release(&got);
	arena_release(&a);
	repo_close(r);
}
END_TEST

Suite *repo_config_suite(void)
{
	Suite *s = suite_create("repo_config");
	TCase *tc = tcase_create("repo_config");

	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc,
		 settings_are_read_with_their_level_from_where_git_reads_them,
		 configs);
	tcase_add_test(tc, the_system_file_counts_unless_it_is_switched_off);
	suite_add_tcase(s, tc);
	return s;
}
