#!/bin/sh
# T2, T12: a review executes nothing but itself, whatever the repository asks
# git to run, and leaves no core file that would hold the key. Needs strace,
# which may be missing on a user's machine, but not where CI is set.
set -eu
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE

bin=$(cd "${BUILD:-build}" && pwd)/architect
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
if ! strace -f -o "$tmp/try" true 2>/dev/null; then
	[ -z "${CI:-}" ] || { echo 'exec: strace is missing'; exit 1; }
	echo 'exec: no strace here (or it may not trace): skipped'
	exit 0
fi

mkdir "$tmp/repo" "$tmp/home"
cd "$tmp/repo"
export HOME="$tmp/home" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
git init -q -b main
echo 'fn main() {}' >build.rs
printf 'fn a() {}\n' >a.rs
printf '*.rs diff=evil filter=evil merge=evil\n' >.gitattributes
mkdir .cargo
printf '[build]\nrustc-wrapper = "%s"\n' "$tmp/evil" >.cargo/config.toml
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$tmp/executed" >"$tmp/evil"
chmod +x "$tmp/evil"
git add -A
git commit -q -m 'one'
printf 'fn a() { b() }\n' >a.rs
git commit -q -a -m 'two'
printf 'fn a() { c() }\n' >a.rs
for key in core.fsmonitor core.pager core.editor core.sshCommand \
	core.askPass diff.external diff.evil.command diff.evil.textconv \
	filter.evil.clean filter.evil.smudge filter.evil.process \
	merge.evil.driver credential.helper gpg.program \
	uploadpack.packObjectsHook architect.keyCommand alias.diff \
	sequence.editor trailer.evil.command; do
	git config "$key" "$tmp/evil"
done
git config core.hooksPath "$tmp/hooks"
mkdir "$tmp/hooks"
for hook in post-checkout post-index-change pre-commit fsmonitor-watchman \
	reference-transaction post-rewrite; do
	cp "$tmp/evil" "$tmp/hooks/$hook"
done
rm -f "$tmp/executed"

failed=0
for words in 'HEAD~1..HEAD' '' '--staged' '--untracked' '--all HEAD -- .'; do
	# shellcheck disable=SC2086 # words are words
	strace -f -o "$tmp/log" -e trace=execve,execveat,prlimit64,setrlimit \
		"$bin" review --provider offline $words >"$tmp/out" 2>&1 || :
	n=$(grep -c '^[0-9]* *execve' "$tmp/log" || :)
	if [ "$n" != 1 ] || [ -e "$tmp/executed" ]; then
		echo "exec: review $words executed $n programs:"
		grep execve "$tmp/log" || :
		failed=1
	fi
	if ! grep -q 'RLIMIT_CORE, *{rlim_cur=0' "$tmp/log"; then
		echo "exec: review $words may leave a core file"
		failed=1
	fi
done
# On a terminal the user's own pager, and no other: what the repository names
# is not run.
printf '#!/bin/sh\ntouch "%s"\ncat\n' "$tmp/paged" >"$tmp/pager"
chmod +x "$tmp/pager"
if script -qec true /dev/null >/dev/null 2>&1; then
	env -u GIT_PAGER PAGER="$tmp/pager" TERM=xterm script -qec \
		"stty rows 5; strace -f -o '$tmp/log' -e trace=execve \
		'$bin' review --provider offline HEAD~1..HEAD" /dev/null \
		>"$tmp/out" 2>&1 </dev/null || :
	# itself, the pager, and what that runs
	n=$(grep -c '^[0-9]* *execve' "$tmp/log" || :)
	if [ "$n" != 4 ] || [ ! -e "$tmp/paged" ] || [ -e "$tmp/executed" ]
	then
		echo "exec: on a terminal $n programs were executed:"
		grep execve "$tmp/log" || :
		failed=1
	fi
else
	echo 'exec: no terminal to be had here: no pager tried'
fi
[ $failed = 0 ] && echo 'exec: nothing is executed, no core file'
exit $failed
