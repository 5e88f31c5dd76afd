# sourced: tests/web/package.json's modules are in $modules; where they cannot
# be, the script that sources this says so and ends well.
web=${BUILD:-build}/web
# shellcheck disable=SC2034 # for whoever sources this
modules=$web/node_modules

skip()
{
	echo "${0##*/}: skipped: $1"
	exit 0
}

command -v node >/dev/null || skip "no node (make deps-web)"
command -v npm >/dev/null || skip "no npm (make deps-web)"
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' ||
	skip "node $(node --version) is older than 20"
mkdir -p "$web"
if ! cmp -s tests/web/package.json "$web/package.json"; then
	cp tests/web/package.json "$web/wanted.json"
	mv "$web/wanted.json" "$web/package.json"
	# a registry that is out of reach is soon known
	if ! timeout 180 npm install --prefix "$web" --no-package-lock \
		--no-audit --no-fund --fetch-retries=0 --fetch-timeout=60000 \
		>"$web/npm.log" 2>&1; then
		rm "$web/package.json"
		skip "npm install failed: $(tail -1 "$web/npm.log")"
	fi
fi
