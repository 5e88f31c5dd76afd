#!/bin/sh
# The first minutes of somebody who knows nothing of this program, by the
# clock: from a clone to the first true finding by `make deps demo`, then the
# first review of code of their own, then an installed program.
#
#	first.sh         on this machine, in a clone of what is committed
#	first.sh ROOT    in a bare system below ROOT (as root), such as made by
#		debootstrap --variant=minbase \
#			--include=git,make,ca-certificates bookworm ROOT
#
# It fails when the first finding takes more than FIRST_LIMIT seconds (90).
# ROOT keeps what `make deps` and `make install` put there.
set -eu

reached()
{
	printf 'first: %4d s  %s\n' $(($(date +%s) - start)) "$1"
}

failed()
{
	tail -20 demo.log
	echo "first: $1" >&2
	exit 1
}

# From source.git of this folder to the demo's end. In the background, to see
# when the first finding shows.
demo()
{
	git clone -q source.git architect
	reached "the clone"
	jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
	{
		code=0
		make -C architect -j"$jobs" deps demo >demo.log 2>&1 || code=$?
		echo $code >demo.rc
	} &
	until grep -q '^- .must-fix. src/pool.rs:51 ' demo.log 2>/dev/null; do
		[ ! -e demo.rc ] || failed "the demo ended without the finding"
		sleep 0.2
	done
	took=$(($(date +%s) - start))
	reached "the first finding, src/pool.rs:51"
	wait
	[ "$(cat demo.rc)" = 0 ] || failed "the demo failed"
	reached "the demo is over"
}

own_code()
{
	git config --global user.name me
	git config --global user.email me@example.com
	git init -q own
	cd own
	mkdir src
	printf '[package]\nname = "own"\nversion = "0.1.0"\n' >Cargo.toml
	echo 'pub fn one() -> u32 { 1 }' >src/lib.rs
	git add -A
	git commit -qm one
	echo 'pub fn two() -> u32 { todo!() }' >>src/lib.rs
	../architect/build/architect review -q >report.md
	grep -q 'must-fix. src/lib.rs:2' report.md
	reached "a review of code of one's own"
}

# In an empty folder but for source.git: prefix $1, limit $2.
steps()
{
	start=$(date +%s)
	demo
	export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
	own_code
	make -s -C ../architect install PREFIX="$1" >/dev/null
	PATH=$1/bin:$PATH cargo-architect architect doctor >doctor.txt
	grep -q '^ok    repo' doctor.txt
	reached "installed, and the doctor agrees"
	echo "first: seconds of processor time below (shell's, children's)"
	times
	[ "$took" -le "$2" ] || {
		echo "first: $took s to the first finding, over $2" >&2
		exit 1
	}
}

if [ "${1:-}" = --steps ]; then
	steps "$2" "$3"
	exit
fi

here=$(cd "$(dirname "$0")/.." && pwd)
limit=${FIRST_LIMIT:-90}
clean()
{
	[ $# -eq 0 ] || umount "$1/proc"
	rm -rf "$place"
}

if [ $# -eq 0 ]; then
	place=$(mktemp -d)
	trap clean EXIT
	git clone -q --bare "$here" "$place/source.git"
	cd "$place"
	sh "$here/tests/first.sh" --steps "$place/installed" "$limit"
	exit
fi
root=${1%/}
place=$root/tmp/first
mkdir "$place"
mount -t proc proc "$root/proc"
trap 'clean "$root"' EXIT
cp /etc/resolv.conf "$root/etc/resolv.conf"
git clone -q --bare "$here" "$place/source.git"
cp "$here/tests/first.sh" "$place"
env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin TERM=dumb \
	LC_ALL=C.UTF-8 chroot "$root" sh -c \
	"cd /tmp/first && sh first.sh --steps /usr/local $limit"
