#include "base/mask.h"

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *path;
	bool holds;
} paths[] = {
	{ ".env", true },
	{ "crates/api/.env", true },
	{ ".env.production", true },
	{ ".env.local", true },
	{ "deploy/prod.env", true },
	{ "tls/server.pem", true },
	{ "tls/SERVER.PEM", true },
	{ "tls/server.key", true },
	{ "home/.ssh/id_rsa", true },
	{ "id_ed25519", true },
	{ ".netrc", true },
	{ ".npmrc", true },
	{ "web/.npmrc", true },
	{ ".pypirc", true },
	{ ".cargo/credentials", true },
	{ ".cargo/credentials.toml", true },
	{ "x/.cargo/credentials.toml", true },
	{ ".aws/credentials", true },
	{ ".kube/config", true },
	{ "kubeconfig", true },
	{ "dev.kubeconfig", true },
	{ ".docker/config.json", true },
	{ ".git-credentials", true },
	{ "service-account-prod.json", true },
	{ "infra/terraform.tfstate", true },
	{ "infra/prod.tfvars", true },
	{ "certs/client.p12", true },
	{ ".htpasswd", true },
	{ ".env.example", false },
	{ ".env.sample", false },
	{ ".env.template", false },
	{ "config/.env.example", false },
	{ ".env.example.local", false },
	{ "example.env", false },
	{ "infra/prod.tfvars.example", false },
	{ "id_rsa.pub", false },
	{ "id_ed25519.pub", false },
	{ "src/env.rs", false },
	{ "src/credentials.rs", false },
	{ "src/key.rs", false },
	{ "src/pem.rs", false },
	{ ".env/lib/site.py", false },
	{ "id_rsa/mod.rs", false },
	{ ".cargo/config.toml", false },
	{ "kube/config", false },
	{ "docker/config.json", false },
	{ "Cargo.toml", false },
	{ "config.json", false },
	{ "server.pem.md", false },
	{ "", false },
	{ "/", false },
};

START_TEST(a_credential_file_is_known_by_its_path)
{
	ck_assert_int_eq(mask_credential_path(span_of(paths[_i].path)),
			 paths[_i].holds);
}
END_TEST

START_TEST(a_long_path_is_judged_by_its_end)
{
	struct buf b = { 0 };

	while (b.len < 5000)
		buf_adds(&b, "dir/");
	buf_adds(&b, ".env");
	ck_assert(mask_credential_path(buf_span(&b)));
	buf_adds(&b, ".example");
	ck_assert(!mask_credential_path(buf_span(&b)));
	buf_release(&b);
}
END_TEST

Suite *credential_suite(void)
{
	Suite *s = suite_create("credential");
	TCase *tc = tcase_create("credential");

	add_rows(tc, a_credential_file_is_known_by_its_path, paths);
	tcase_add_test(tc, a_long_path_is_judged_by_its_end);
	suite_add_tcase(s, tc);
	return s;
}
