#!/bin/sh
# Turn the page's style and script into C: `const char page_css[]`, and the
# words of a Content-Security-Policy that allow it and nothing else,
# `const char page_css_allowed[]` ("'sha256-…'", CSP 3).
set -eu

sum()
{
	if command -v sha256sum >/dev/null; then
		sha256sum
	elif command -v shasum >/dev/null; then
		shasum -a 256
	else
		openssl dgst -sha256 -r
	fi
}

# the digest's hex digits as base64 (RFC 4648)
base64_of_hex()
{
	awk '{
		abc = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
		      "0123456789+/"
		for (i = 1; i <= 64; i++) {
			n = n * 16 + index("0123456789abcdef",
					   substr($1, i, 1)) - 1
			if (i % 3)
				continue
			text = text substr(abc, int(n / 64) + 1, 1) \
				    substr(abc, n % 64 + 1, 1)
			n = 0
		}
		# 256 bits are 42 digits of six bits and four bits more
		print text substr(abc, n * 4 + 1, 1) "="
	}'
}

for file; do
	name=$(basename "$file" | tr -c 'a-zA-Z0-9\n' '_')
	printf 'extern const char %s[], %s_allowed[];\n' "$name" "$name"
	printf 'const char %s[] = {\n' "$name"
	od -An -v -tx1 "$file" | sed "s/ \\([0-9a-f][0-9a-f]\\)/'\\\\x\\1',/g"
	printf '0x00};\n'
	printf 'const char %s_allowed[] =\n\t"'\''sha256-%s'\''";\n' \
		"$name" "$(sum <"$file" | base64_of_hex)"
done
