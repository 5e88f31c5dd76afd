#!/bin/sh
# The HTML form in a browser, and by a validator (pages.js); or, with the word
# `screenshots`, its pictures in examples/. Needs node, npm and Chromium; says
# so and passes without.
set -eu

. tests/web/install.sh
for browser in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
	browser=$(command -v "$browser") && break
done
[ -n "$browser" ] || skip "no chromium (make deps-web)"
[ -x "$BUILD/fake_llm" ] || skip "no $BUILD/fake_llm"

rm -rf "$web/pages"
sh tests/web/make_pages.sh "$web/pages"
# shellcheck disable=SC2154 # install.sh's
export NODE_PATH="$modules"
case ${1-} in
screenshots)
	node tests/web/screenshots.js "$browser" "$web/pages" examples
	;;
*)
	node tests/web/pages.js "$browser" "$web/pages"
	;;
esac
