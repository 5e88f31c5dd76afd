#!/bin/sh
# What examples/ and README.md show works: options and settings that they name
# exist, the hook stops a push, the scripts run. jq, shellcheck and actionlint
# look where they are.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
bin=$PWD/${BUILD:-build}/architect
examples=$PWD/examples
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
rc=0

fail()
{
	echo "examples: $*" >&2
	rc=1
}

skip()
{
	echo "examples: $1 is not here: skipped"
}

# Each option named anywhere is some command's, or git's, jq's, apt's …
for command in $("$bin" help |
	sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
	"$bin" help "$command" | grep -o -e '--[a-z][a-z-]*'
done | sort -u >"$tmp/options"
cat >>"$tmp/options" <<'END'
--arg
--check
--deepen
--depth
--get
--global
--no-install-recommends
--no-verify
--oneline
--stat
--unshallow
--version
END
for file in README.md examples/*.sh examples/*.yml examples/*.jq \
	examples/pre-push examples/gitconfig; do
	unknown=$(grep -o -e '--[a-z][a-z-]*' "$file" | sort -u |
		grep -vxFf "$tmp/options") || continue
	fail "$file names what is no option:" "$unknown"
done

# Each setting is one.
"$bin" context --settings -C "$tmp" 2>/dev/null |
	sed -n 's/^  \([a-z-]*\) .*/\1/p' | tr -d - >"$tmp/settings"
for key in $(git config -f examples/gitconfig --name-only --get-regexp \
	'^architect\.') $(grep -o 'architect\.[a-z][A-Za-z]*' README.md); do
	grep -qix "${key#architect.}" "$tmp/settings" ||
		fail "$key is no setting"
done

# From here on nobody's settings or keys play a part.
mkdir "$tmp/bin"
ln -s "$bin" "$tmp/bin/architect"
clean()
{
	env -i PATH="$tmp/bin:$PATH" HOME="$tmp" GIT_CONFIG_NOSYSTEM=1 \
		GIT_AUTHOR_NAME=n GIT_AUTHOR_EMAIL=e GIT_COMMITTER_NAME=n \
		GIT_COMMITTER_EMAIL=e "$@"
}

commit()
{
	printf '%s\n' "$1" >>src/lib.rs
	git add -A
	clean git commit -q -m "$1"
}

git init -q -b main "$tmp/repo" && cd "$tmp/repo"
git init -q --bare ../remote.git
git remote add origin ../remote.git
mkdir src
printf '[package]\nname = "x"\nversion = "0.1.0"\n' >Cargo.toml
commit '//! Nothing yet.'
clean git push -q origin main
git remote set-head origin main
cp "$examples/pre-push" .git/hooks/
commit 'pub fn fine() {}'
clean git push -q origin main 2>"$tmp/err" || fail "push: $(cat "$tmp/err")"
git checkout -q -b topic
commit 'pub fn later() { todo!() }'
if clean git push -q origin topic 2>"$tmp/err"; then
	fail "the hook lets todo! pass"
elif ! grep -q 'must-fix.*src/lib.rs:3' "$tmp/err"; then
	fail "the hook does not say why: $(cat "$tmp/err")"
fi
clean git push -q --no-verify origin topic 2>/dev/null || fail "--no-verify"
clean git push -q origin --delete topic 2>"$tmp/err" ||
	fail "deleting a branch: $(cat "$tmp/err")"

# What the hook makes of a push whose base is not plain. $1 is the claim; the
# rest pushes code that must be fixed.
stopped()
{
	claim=$1
	shift
	if clean git push -q "$@" 2>"$tmp/err"; then
		fail "the hook lets pass $claim"
	elif ! grep -q 'must-fix.*src/lib.rs:3' "$tmp/err"; then
		fail "$claim: $(cat "$tmp/err")"
	fi
}

stopped "a first push, by address" "$tmp/remote.git" topic:other
git init -q --bare ../empty.git
stopped "a first push, to a remote" ../empty.git topic
git remote set-head origin -d
git push -q --no-verify origin main:master
git update-ref -d refs/remotes/origin/main
stopped "a branch beside one that is not main" origin topic
git clone -q ../remote.git ../theirs
(cd ../theirs && mkdir -p src && git checkout -q -b topic &&
	commit '// theirs' && git push -q origin topic)
stopped "a forced push over what was not fetched" -f origin topic
git checkout -q main
git tag blob HEAD:Cargo.toml
clean git push -q origin blob 2>"$tmp/err" || fail "a tag: $(cat "$tmp/err")"
grep -q 'pre-push: no review of refs/tags/blob' "$tmp/err" ||
	fail "the hook is silent of what it cannot review: $(cat "$tmp/err")"
git checkout -q topic

# The aliases of the sample, and its settings but the one that runs a command.
git config -f "$examples/gitconfig" --list |
	grep -v '^architect.keycommand\|^architect.provider' |
	while IFS="=" read -r key value; do
		git config -f "$tmp/.gitconfig" "$key" "$value"
	done
(cd src && clean git reviewed --provider offline HEAD~1..HEAD lib.rs) \
	>"$tmp/out" 2>"$tmp/err" && fail "failOn of the sample does nothing"
grep -q '^## Summary' "$tmp/out" || fail "git reviewed: $(cat "$tmp/err")"
clean git gate 2>"$tmp/err" || fail "git gate: $(cat "$tmp/err")"
rm "$tmp/.gitconfig"

# The job of gitlab-ci.yml reviews topic alone. $1: the branch's head where $2,
# the pipeline's, is a merge of it
merge_request()
{
	code=0
	clean CI_MERGE_REQUEST_DESCRIPTION="it's \$x" \
		CI_MERGE_REQUEST_DIFF_BASE_SHA="$(git merge-base main topic)" \
		CI_MERGE_REQUEST_SOURCE_BRANCH_SHA="$1" CI_COMMIT_SHA="$2" \
		sh "$tmp/job.sh" >"$tmp/out" 2>"$tmp/err" || code=$?
	[ "$code:$(jq -r '.[].location.path' code-quality.json)" = \
		1:src/lib.rs ] ||
		fail "gitlab-ci.yml ($code): $(cat "$tmp/out" "$tmp/err")"
	rm -f code-quality.json report.*
}

if command -v jq >/dev/null; then
	code=0
	clean sh "$examples/commits.sh" main~1..topic --fail-on must-fix \
		>"$tmp/out" 2>"$tmp/err" || code=$?
	[ "$code:$(sed -n 2p "$tmp/out" | cut -c11-16)" = "1:     1" ] ||
		fail "commits.sh ($code): $(cat "$tmp/out" "$tmp/err")"
	mkdir "$tmp/limit"
	printf '%s "$@"\nexit 7\n' "$bin" >"$tmp/limit/architect"
	chmod +x "$tmp/limit/architect"
	code=0
	clean env PATH="$tmp/limit:$PATH" sh "$examples/commits.sh" \
		main~1..topic >"$tmp/out" 2>"$tmp/err" || code=$?
	[ "$code:$(sed -n 2p "$tmp/out" | cut -c11-16)" = "7:     1" ] ||
		fail "commits.sh, 7 ($code): $(cat "$tmp/out" "$tmp/err")"
	clean sh "$examples/repositories.sh" "$tmp/repo/" >"$tmp/out" \
		2>"$tmp/err" || fail "repositories.sh: $(cat "$tmp/err")"
	[ "$(jq -r .status "$tmp/out")" = complete ] ||
		fail "repositories.sh: $(cat "$tmp/out")"
	clean architect review HEAD~1..HEAD -q -o "$tmp/report.json"
	jq -e -f "$examples/code-quality.jq" "$tmp/report.json" |
		jq -e '.[0] | .location.lines.begin == 3 and
		       .severity == "critical" and (.fingerprint | length) > 9
		       ' >/dev/null || fail "code-quality.jq"
	known=$(jq '.findings[0] += { age: "known", known: {
		expired: (true, false) } }' "$tmp/report.json" |
		jq -r -f "$examples/code-quality.jq" |
		jq -r '.[0].severity' | paste -s -)
	[ "$known" = "critical	info" ] || fail "code-quality.jq: $known"

	# A merge request alone, and merged with a target that moved on.
	awk '/^  script:/ { on = 1; next }
	     /^  [a-z]/ { on = 0 }
	     on { sub(/^    - (>-)?/, "\n"); printf "%s ", $0 }' \
		"$examples/gitlab-ci.yml" |
		sed "s|/tmp/architect/examples|$examples|; s|/tmp/|$tmp/|" \
			>"$tmp/job.sh"
	git checkout -q -b merged main
	echo 'pub fn others() { todo!() }' >src/others.rs
	git add src
	clean git commit -q -m others
	clean git merge -q -m merged topic
	merge_request "$(git rev-parse topic)" "$(git rev-parse HEAD)"
	merge_request "" "$(git rev-parse topic)"
else
	skip jq
fi

cd "$examples"
if command -v shellcheck >/dev/null; then
	shellcheck pre-push ./*.sh || rc=1
else
	skip shellcheck
fi
if command -v actionlint >/dev/null; then
	actionlint github-actions.yml || rc=1
else
	skip actionlint
fi
[ $rc != 0 ] || echo "examples: what they show works"
exit $rc
