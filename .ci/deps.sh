#!/bin/sh
# Install what is missing: `deps.sh build` for building and testing,
# `deps.sh dev` for lint, fuzz, bench and the like, `deps.sh web` for what looks
# at pages in a browser. Asks before it installs, so it does nothing, and needs
# no network, where everything is there. Debian and its kin through apt;
# elsewhere it prints the one command and fails.
set -eu

# kind, what is asked (a command, a pkg-config module, a function below), then
# the package's name for apt, dnf, pacman, apk and Homebrew; "=" as for apt,
# "-" where none is needed.
table='
build cc gcc,libc6-dev gcc gcc gcc,musl-dev -
build pkg-config pkg-config pkgconf-pkg-config pkgconf pkgconf pkgconf
build git git = = = =
build openssl openssl = = = =
build pkg:libcurl libcurl4-openssl-dev libcurl-devel curl curl-dev curl
build pkg:libcjson libcjson-dev cjson-devel cjson cjson-dev cjson
build pkg:libgit2 libgit2-dev libgit2-devel libgit2 = libgit2
build pkg:libpcre2-8 libpcre2-dev pcre2-devel pcre2 pcre2-dev pcre2
build pkg:md4c libmd4c-dev md4c-devel md4c md4c-dev =
build pkg:check check check-devel = check-dev =
dev gcc gcc = = = =
dev clang clang = = = llvm
dev ask:clang_runtime RUNTIME compiler-rt compiler-rt compiler-rt -
dev ask:sanitizers - libasan,libubsan - - -
dev clang-format clang-format clang-tools-extra clang clang-extra-tools llvm
dev valgrind valgrind = = = -
dev strace strace = = = -
dev cmark cmark = = cmark =
dev curl curl = = = =
dev jq jq = = = =
dev hyperfine hyperfine = = = =
dev shellcheck shellcheck ShellCheck = = =
dev ask:jsonschema python3-jsonschema = python-jsonschema py3-jsonschema -
web ask:browser chromium = = = -
web node nodejs = = = node
web npm npm nodejs-npm = = node
'

# libFuzzer's and the sanitizers' libraries come apart from clang itself
clang_runtime()
{
	command -v clang >/dev/null || return 1
	find "$(clang -print-resource-dir)/" -name 'libclang_rt.fuzzer*' \
		2>/dev/null | grep -q .
}

sanitizers()
{
	test -e "$(cc -print-file-name=libasan.so 2>/dev/null)" ||
		test "$(uname)" = Darwin
}

browser()
{
	command -v chromium || command -v chromium-browser ||
		command -v google-chrome
} >/dev/null

jsonschema()
{
	python3 -c 'import jsonschema' 2>/dev/null
}

there()
{
	case $1 in
	pkg:*) "${PKG_CONFIG:-pkg-config}" --exists "${1#*:}" 2>/dev/null ;;
	ask:*) "${1#*:}" ;;
	*) command -v "$1" >/dev/null ;;
	esac
}

# what is missing of a kind, as the packages in the given column
missing()
{
	echo "$table" | while read -r kind what apt dnf pacman apk brew; do
		[ "$kind" = "$1" ] || continue
		there "$what" && continue
		case $2 in
		apt) names=$apt ;;
		dnf) names=$dnf ;;
		pacman) names=$pacman ;;
		apk) names=$apk ;;
		brew) names=$brew ;;
		*) names=${what#*:} ;;
		esac
		[ "$names" != = ] || names=$apt
		[ "$names" = - ] || echo "$names" | tr ',' '\n'
	done | sort -u | tr '\n' ' ' | sed 's/ $//'
}

# the runtime of the clang that is there, or of the one that will be
runtime()
{
	version=$(clang -dumpversion 2>/dev/null || apt-cache depends clang |
		sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p')
	echo "libclang-rt-${version%%.*}-dev"
}

apt_install()
{
	sudo=
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || {
			echo "run as root: apt-get update &&" \
				"apt-get install -y $*" >&2
			exit 1
		}
		sudo=sudo
	fi
	$sudo apt-get -qq update
	for name; do
		shift
		[ "$name" = RUNTIME ] && name=$(runtime)
		set -- "$@" "$name"
	done
	echo "installing: $*"
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
		-o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 \
		-o Dpkg::Use-Pty=0 install --no-install-recommends "$@" \
		>"$log" 2>&1 || {
		cat "$log" >&2
		exit 1
	}
}

kind=${1:?build, dev or web}
[ -n "$(missing "$kind" "")" ] || exit 0

for tool in apt-get dnf pacman apk brew none; do
	command -v $tool >/dev/null && break
done
# shellcheck disable=SC2046 # names have no blanks
case $tool in
apt-get)
	log=$(mktemp)
	trap 'rm -f "$log"' EXIT
	apt_install $(missing "$kind" apt)
	left=$(missing "$kind" "")
	[ -z "$left" ] || {
		echo "still missing: $left" >&2
		exit 1
	}
	exit 0
	;;
dnf) command="sudo dnf install" ;;
pacman) command="sudo pacman -S --needed" ;;
apk) command="sudo apk add" ;;
brew) command="brew install" ;;
*)
	echo "missing: $(missing "$kind" "")" >&2
	echo "install them with your system's package manager" >&2
	exit 1
	;;
esac
echo "missing: $(missing "$kind" "")" >&2
echo "run: $command $(missing "$kind" $tool)" >&2
exit 1
