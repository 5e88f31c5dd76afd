#include "base/placeholder.h"

#include <ctype.h>
#include <string.h>

/*
 * Found in no random key but by chance: five bytes of base64url in any case
 * fit one place in 3·10^7, four one in 10^6.
 */
static const char *const marks[] = {
	"example",
	"placeholder",
	"your-",
	"your_",
	"yourkey",
	"yourtoken",
	"yoursecret",
	"xxxx",
	"redacted",
	"changeme",
	"change-me",
	"change_me",
	"dummy",
	"insert-",
	"insert_",
	"abcdefgh",
	"12345678",
	"01234567",
	"deadbeef",
	"test-",
	"test_",
	"-test",
	"fake-",
	"fake_",
	"-fake",
	"not-a-real",
	"not_a_real",
	"some-",
	"some_",
	"****",
	"[masked:",
	"....",
	"secretkey",
	/* published with the storage emulator */
	"eby8vdm02xnocqflquwj",
};

/* What documentation and development set-ups write. */
static const char *const defaults[] = {
	"password",    "passwd",     "pass",	   "pwd",	 "pw",
	"secret",      "postgres",   "root",	   "admin",	 "guest",
	"test",	       "example",    "user",	   "username",	 "mysql",
	"redis",       "changeme",   "change-me",  "token",	 "key",
	"apikey",      "api_key",    "api-key",	   "foo",	 "bar",
	"baz",	       "mypassword", "mypass",	   "dbpass",	 "rabbitmq",
	"default",     "hidden",     "redacted",   "p",		 "x",
	"passw0rd",    "password1",  "postgrespw", "mongo",	 "minio",
	"open sesame", "opensesame", "p@ssw0rd",   "p%40ssw0rd",
};

static bool has_mark(struct span s)
{
	size_t i, k;

	/* one look a byte: few marks share their first letter */
	for (i = 0; i < s.len; i++) {
		char c = (char)tolower((unsigned char)s.ptr[i]);

		for (k = 0; k < sizeof(marks) / sizeof(marks[0]); k++) {
			size_t n = strlen(marks[k]);

			if (marks[k][0] == c && s.len - i >= n &&
			    !strncasecmp(s.ptr + i, marks[k], n))
				return true;
		}
	}
	return false;
}

static size_t different_bytes(struct span s)
{
	bool seen[256] = { false };
	size_t i, n = 0;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		n += !seen[c];
		seen[c] = true;
	}
	return n;
}

static bool varied(struct span s)
{
	bool digit = false, upper = false, lower = false;
	size_t i;

	for (i = 0; i < s.len; i++) {
		digit |= isdigit((unsigned char)s.ptr[i]) != 0;
		upper |= isupper((unsigned char)s.ptr[i]) != 0;
		lower |= islower((unsigned char)s.ptr[i]) != 0;
	}
	return digit || (upper && lower);
}

/* `ACCESS_TOKEN` names a variable. */
static bool screaming(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (islower((unsigned char)s.ptr[i]))
			return false;
	return span_chr(s, '_') >= 0;
}

bool secret_any(struct span s)
{
	return different_bytes(s) > 1 && span_find(s, SPAN("[masked:")) < 0;
}

bool secret_token(struct span s)
{
	size_t want = s.len / 3 < 10 ? s.len / 3 : 10;

	return different_bytes(s) >= want && varied(s) && !screaming(s) &&
	       !has_mark(s);
}

bool secret_random(struct span s)
{
	size_t i, run = 0, digits = 0, letters = 0;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (!isalnum(c))
			run = digits = letters = 0;
		else
			run++;
		digits += isdigit(c) != 0;
		letters += isalpha(c) != 0;
		if (run >= 16 && digits && letters)
			return secret_token(s);
	}
	return false;
}

static bool interpolated(struct span s)
{
	return (span_chr(s, '{') >= 0 && span_chr(s, '}') >= 0) ||
	       (s.ptr[0] == '$' && s.len > 1 && !isdigit(s.ptr[1])) ||
	       (s.ptr[0] == '%' && s.len <= 3) ||
	       (s.ptr[0] == '%' && s.ptr[s.len - 1] == '%') ||
	       (s.ptr[0] == '<' && s.ptr[s.len - 1] == '>') ||
	       (s.ptr[0] == '[' && s.ptr[s.len - 1] == ']');
}

/* A default as it stands, or with up to four digits behind it. */
static bool known_default(struct span s)
{
	struct span word = s;
	size_t i;

	while (word.len && s.len - word.len < 4 &&
	       isdigit((unsigned char)word.ptr[word.len - 1]))
		word.len--;
	for (i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
		if (span_eqs_nocase(s, defaults[i]) ||
		    span_eqs_nocase(word, defaults[i]))
			return true;
	return false;
}

bool secret_password(struct span s)
{
	return s.len && s.len < 256 && different_bytes(s) > 1 &&
	       !interpolated(s) && !known_default(s) && !has_mark(s);
}

/* What a text is made of, white space and control bytes aside. */
struct makeup {
	size_t letters, digits, signs, others;
	size_t runs, changes; /* of digits; from one class to another */
};

static int class_of(char c)
{
	return islower((unsigned char)c)   ? 1
	       : isupper((unsigned char)c) ? 2
	       : isdigit((unsigned char)c) ? 3
					   : 0;
}

static struct makeup look_at(struct span s)
{
	struct makeup m = { 0 };
	int before = 0;
	size_t i;

	for (i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		int class = class_of(c);

		m.letters += class == 1 || class == 2;
		m.digits += class == 3;
		m.runs += class == 3 && before != 3;
		m.signs += c && strchr("!@#$%^&*?+=|", c);
		m.others += (unsigned char)c <= ' ' || c == 0x7F;
		m.changes += i && class && before && class != before;
		before = class;
	}
	return m;
}

/* `auth.password.min8` */
static bool names_password(struct span s)
{
	static const char *const words[] = { "password", "passwd", "secret" };
	size_t i, k;

	for (i = 0; i < s.len; i++)
		for (k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (s.len - i >= strlen(words[k]) &&
			    !strncasecmp(s.ptr + i, words[k], strlen(words[k])))
				return true;
	return false;
}

bool secret_chosen(struct span s)
{
	struct makeup m;

	if (s.len < 6 || s.len > 128 || !secret_password(s) ||
	    strchr("/.~", s.ptr[0]) || span_find(s, SPAN("://")) >= 0)
		return false;
	m = look_at(s);
	return m.letters && (m.digits || m.signs) && !m.others &&
	       (m.signs || !names_password(s));
}

static bool uuid(struct span s)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t i;

	if (s.len != sizeof(form) - 1)
		return false;
	for (i = 0; i < s.len; i++)
		if (form[i] == '-' ? s.ptr[i] != '-'
				   : !isxdigit((unsigned char)s.ptr[i]))
			return false;
	return true;
}

static bool token_bytes(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!isalnum((unsigned char)s.ptr[i]) &&
		    (!s.ptr[i] || !strchr("_+/=.~:-", s.ptr[i])))
			return false;
	return s.len >= 16 && s.len <= 512;
}

/* Of random base62 one in six is a digit, and six in ten differ in class from
 * the one before; of random hex, more. */
bool secret_drawn(struct span s)
{
	struct makeup m;

	if (!token_bytes(s) || uuid(s) || !secret_token(s) ||
	    strchr("/.~", s.ptr[0]) || span_find(s, SPAN("://")) >= 0)
		return false;
	m = look_at(s);
	return m.runs >= 2 && m.letters * 4 >= s.len &&
	       m.digits * 16 >= s.len && m.changes * 5 >= s.len;
}

static int base64_value(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	const char *p = c ? strchr(digits, c) : NULL;

	return p ? (int)(p - digits) : -1;
}

/* What base64 holds, as far as it is text; of anything else, false. */
static bool base64_text(struct span s, char *text, size_t room,
			struct span *plain)
{
	unsigned bits = 0, n = 0;
	size_t i;

	*plain = (struct span){ text, 0 };
	for (i = 0; i < s.len && s.ptr[i] != '='; i++) {
		int v = base64_value(s.ptr[i]);
		char c;

		if (v < 0 || plain->len == room)
			return false;
		bits = bits << 6 | (unsigned)v;
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		c = (char)(bits >> n & 0xFF);
		if ((unsigned char)c < 0x20)
			return false;
		text[plain->len++] = c;
	}
	return true;
}

bool secret_basic(struct span s)
{
	struct span plain;
	char text[384];
	ptrdiff_t colon;

	if (!base64_text(s, text, sizeof(text), &plain))
		return false;
	colon = span_chr(plain, ':');
	return colon >= 0 &&
	       secret_password(span_from(plain, (size_t)colon + 1));
}

bool secret_readable(struct span s)
{
	struct span plain;
	char text[384];

	if (!base64_text(s, text, sizeof(text), &plain) || plain.len < 8)
		return false;
	for (size_t i = 0; i < plain.len; i++)
		if ((unsigned char)plain.ptr[i] >= 0x7F)
			return false;
	return !secret_token(plain);
}
