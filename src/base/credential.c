/* Part of base/mask, in a file of its own for its tables. */
#include "base/mask.h"

#include <ctype.h>

/* Globs over the last component, or over the last two when they hold a
 * slash; lower case. */
static const char *const holds[] = {
	".env",
	".env.*",
	"*.env",
	".envrc",
	"*.pem",
	"*.key",
	"*.p8",
	"*.p12",
	"*.pfx",
	"*.jks",
	"*.keystore",
	"*.ppk",
	"*.kdbx",
	"id_rsa",
	"id_dsa",
	"id_ecdsa",
	"id_ecdsa_sk",
	"id_ed25519",
	"id_ed25519_sk",
	".netrc",
	"_netrc",
	".npmrc",
	".yarnrc.yml",
	".pypirc",
	".pgpass",
	".my.cnf",
	".mylogin.cnf",
	".htpasswd",
	".git-credentials",
	".dockercfg",
	".docker/config.json",
	".cargo/credentials",
	"credentials",
	"credentials.toml",
	"credentials.json",
	"credentials.yml",
	"credentials.yaml",
	".aws/config",
	".kube/config",
	"kubeconfig",
	"kubeconfig.*",
	"*.kubeconfig",
	"secrets.yml",
	"secrets.yaml",
	"secrets.json",
	"secrets.toml",
	"service-account*.json",
	"service_account*.json",
	"client_secret*.json",
	"application_default_credentials.json",
	"*.tfstate",
	"*.tfstate.backup",
	"*.tfvars",
	"*.auto.tfvars.json",
	".terraformrc",
	"terraform.rc",
	".vault-token",
	".vault_pass",
	".vault_pass.txt",
	".s3cfg",
	".boto",
	"wallet.dat",
};

/* Templates are there to be read. */
static const char *const harmless[] = {
	"*.example",   "*.sample",    "*.template",   "*.tmpl",	   "*.dist",
	"*.example.*", "*.sample.*",  "*.template.*", "example.*", "sample.*",
	"*-example.*", "*_example.*", "*.pub",
};

/* The last n components. */
static struct span tail(struct span path, size_t n)
{
	size_t at = path.len;

	while (at > 0 && (path.ptr[at - 1] != '/' || --n))
		at--;
	return span_from(path, at);
}

static bool matches(const char *pattern, struct span path)
{
	struct span p = span_of(pattern);

	return text_glob(p, tail(path, span_chr(p, '/') < 0 ? 1 : 2));
}

bool mask_credential_path(struct span path)
{
	char low[512];
	size_t i;

	/* what matters stands at the end of a long path */
	if (path.len > sizeof(low))
		path = span_from(path, path.len - sizeof(low));
	for (i = 0; i < path.len; i++)
		low[i] = (char)tolower((unsigned char)path.ptr[i]);
	path.ptr = low;
	for (i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (matches(harmless[i], path))
			return false;
	for (i = 0; i < sizeof(holds) / sizeof(holds[0]); i++)
		if (matches(holds[i], path))
			return true;
	return false;
}
