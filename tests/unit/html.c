#include <string.h>

#include "golden_report.h"
#include "html_page.h"
#include "test.h"

/* Text of a section, and what of it is in the page (or, "!", is not). */
static const struct {
	const char *text, *in, *not_in;
} texts[] = {
	{ "a < b && c > \"d\" 'e'",
	  "<p>a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#39;</p>", NULL },
	{ "<script>alert(1)</script>",
	  "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert" },
	{ "<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;",
	  "<img" },
	{ "![x](https://example.com/x.png)", "<p>x</p>", "example.com" },
	{ "[x](javascript:alert(1))", "<p>x</p>", "javascript:alert" },
	{ "[x](&#106;avascript:alert(1))", "<p>x</p>", "javascript:alert" },
	{ "[x](data:text/html,x)", "<p>x</p>", "data:text" },
	{ "[x](https://example.com/a?b&c)",
	  "<p>x <span class=\"url\">(https://example.com/a?b&amp;c)</span>",
	  "href=\"https" },
	{ "<https://example.com/>", "<p>https://example.com/</p>",
	  "href=\"https" },
	{ "[x](src/none.rs)", "<p>x", "href=\"src" },
	{ "a \xe2\x80\xae b \x1b[31m", "a \\u{202e} b \\u{1b}[31m", NULL },
	{ "# one\n\n##### two", "<h3>one</h3>\n<h4>two</h4>", "<h1>one" },
	{ "- [x] done\n- [ ] open",
	  "<li><span aria-hidden=\"true\">\u2611 </span>"
	  "<span class=\"sr\">done: </span>",
	  "<input type=\"checkbox\" disabled" },
	{ "- [x] done\n- [ ] open",
	  "<li><span aria-hidden=\"true\">\u2610 </span>"
	  "<span class=\"sr\">to do: </span>",
	  NULL },
	{ "```rust\nlet a = \"<b>\";\n```",
	  "<pre><code><span class=\"k\">let</span> a = "
	  "&quot;&lt;b&gt;&quot;;\n</code></pre>",
	  NULL },
	{ "```text\nlet a;\n```", "<pre><code>let a;\n</code></pre>", NULL },
	{ "| a | b |\n|:-:|--:|\n| 1 | <i> |",
	  "<table>\n<thead><tr><th scope=\"col\" class=\"center\">a</th><th "
	  "scope=\"col\" class=\"right\">b</th></tr></thead>\n<tbody>\n<tr><td "
	  "class=\"center\">1</td>",
	  "<i>" },
	{ "3. a", "<ol start=\"3\">", NULL },
};

START_TEST(text_of_others_is_text)
{
	struct page p;
	const char *page;

	open_page(&p);
	say(&p, 0, texts[_i].text);
	page = render(&p);
	ck_assert_msg(strstr(page, texts[_i].in), "'%s' has no '%s'",
		      strstr(page, "<h2 id=\"s-summary\">"), texts[_i].in);
	if (texts[_i].not_in)
		ck_assert_ptr_null(strstr(page, texts[_i].not_in));
	close_page(&p);
}
END_TEST

#define NL "\n"

/* What stands in the page of a finding in the second section. */
static const struct {
	const char *text, *in;
} cards[] = {
	/* an anchor both ways */
	{ "- [must-fix] src/a.rs:2 — held\n  > let b;",
	  "<article class=\"card must-fix\" data-level=\"must-fix\" "
	  "data-section=\"critical-issues\" id=\"f1\" "
	  "aria-labelledby=\"t1\">" NL
	  "<h3 id=\"t1\"><span class=\"level\">must-fix</span> "
	  "<a class=\"place\" href=\"#n1\">src/a.rs:2</a></h3>" NL
	  "<p>held</p>" NL },
	{ "- [must-fix] src/a.rs:2 — held\n  > let b;",
	  "<div class=\"note must-fix\" data-level=\"must-fix\" "
	  "data-section=\"critical-issues\" id=\"n1\">" NL
	  "<p><a href=\"#f1\"><span class=\"level\">must-fix</span> in "
	  "Critical Issues</a></p>" NL "<p>held</p>" NL "</div>" },
	/* the note is below its line */
	{ "- [must-fix] src/a.rs:2 — held",
	  "<td class=\"n\">2</td><td class=\"l\"><span class=\"s\">+</span>"
	  "<span class=\"k\">let</span> b;</td></tr>" NL
	  "<tr class=\"at\"><td colspan=\"3\">" NL "<div class=\"note" },
	/* the quote is code */
	{ "- [question] src/a.rs:2 — held\n  > let b;",
	  "<pre><code><span class=\"k\">let</span> b;</code></pre>" },
	/* the rest of the item stays */
	{ "- [question] src/a.rs:2 — held\n  > let b;\n\n  *More*.\n",
	  "</code></pre>" NL "<p><em>More</em>.</p>" NL },
	{ "Before.\n\n- [question] src/a.rs:2 — x\n\nBehind.",
	  "<p>Before.</p>" NL "<article" },
	{ "Before.\n\n- [question] src/a.rs:2 — x\n\nBehind.",
	  "</article>" NL "<p>Behind.</p>" NL "</section>" },
	/* no such line: below the file; no such file: no note */
	{ "- [question] src/a.rs:99 — x", "On lines that are not shown here:"
					  "</p>" NL "<div class=\"note" },
	{ "- [question] src/z.rs:9 — x",
	  "</span> <span class=\"place\">src/z.rs:9</span></h3>" },
	{ "- [question] why?", "<h3 id=\"t1\"><span class=\"level\">question"
			       "</span></h3>" NL "<p>why?</p>" },
	{ "- [question] src/a.rs:2 *(pre-existing)* — x", "<p>x</p>" },
};

START_TEST(a_finding_is_a_card_and_a_note_at_its_line)
{
	struct page p;
	const char *page;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, " let a;\n+let b;\n-let c;\n let d;");
	say(&p, 1, cards[_i].text);
	page = render(&p);
	ck_assert_msg(strstr(page, cards[_i].in), "'%s' has no '%s'",
		      strstr(page, "<h2 id=\"s-critical-issues\">"),
		      cards[_i].in);
	close_page(&p);
}
END_TEST

/* Words of the Summary, beside a finding on line 2 of lines 1 to 3. */
static const struct {
	const char *text, *in;
} places[] = {
	{ "see src/a.rs:1.", "<p>see <a href=\"#d1-1\">src/a.rs:1</a>.</p>" },
	{ "see src/a.rs:2", "<p>see <a href=\"#n1\">src/a.rs:2</a></p>" },
	{ "see src/a.rs:9", "<p>see <a href=\"#d1\">src/a.rs:9</a></p>" },
	{ "(`src/a.rs:1`)",
	  "<p>(<code><a href=\"#d1-1\">src/a.rs:1</a></code>)</p>" },
	{ "src/a.rs:1 src/a.rs:3<",
	  "</a> <a href=\"#d1-3\">src/a.rs:3</a>&lt;" },
	{ "src/b.rs:1", "<p>src/b.rs:1</p>" },
	{ "src/a.rs:x :1 a:0", "<p>src/a.rs:x :1 a:0</p>" },
	{ "[src/a.rs:1](src/a.rs)", "<p><a href=\"#d1\">src/a.rs:1</a></p>" },
	{ "[src/a.rs:1](https://example.com/)",
	  "<p>src/a.rs:1 <span class=\"url\">" },
	{ "src/a.rs:12345678901", "<a href=\"#d1\">src/a.rs:123456789</a>01" },
	/* of the old side: its own row, or that of the line that stayed */
	{ "src/a.rs:2 (before) \u2014 x",
	  "<a href=\"#d1-o2\">src/a.rs:2</a> (" },
	{ "`src/a.rs:2` (before)",
	  "<code><a href=\"#d1-o2\">src/a.rs:2</a></code> (before)" },
	{ "src/a.rs:2 *(before the change)*",
	  "<a href=\"#d1-o2\">src/a.rs:2</a> <em>(before the change)</em>" },
	{ "src/a.rs:3\n**(before)**",
	  "<a href=\"#d1-3\">src/a.rs:3</a>\n<strong>(before)" },
	{ "src/a.rs:9 (before)", "<a href=\"#d1\">src/a.rs:9</a> (before)" },
	{ "(src/a.rs:2 before)", "(<a href=\"#d1-o2\">src/a.rs:2</a> before)" },
	{ "src/a.rs:2 before it", "<a href=\"#n1\">src/a.rs:2</a> before it" },
	{ "src/a.rs:2 x *(before)*", "<a href=\"#n1\">src/a.rs:2</a> x" },
	{ "src/a.rs:2\n\n(before)", "<a href=\"#n1\">src/a.rs:2</a></p>" },
	{ "src/a.rs:2 [x](y) (before)", "<a href=\"#n1\">src/a.rs:2</a> x" },
};

START_TEST(a_place_in_words_leads_to_its_line)
{
	struct page p;
	const char *page;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, " let a;\n+let b;\n-let c;\n let d;");
	say(&p, 0, places[_i].text);
	say(&p, 1, "- [must-fix] src/a.rs:2 — held");
	page = render(&p);
	ck_assert_msg(strstr(page, places[_i].in), "'%s' has no '%s'",
		      strstr(page, "<h2 id=\"s-summary\">"), places[_i].in);
	close_page(&p);
}
END_TEST

START_TEST(a_place_leads_to_the_note_of_its_own_side)
{
	struct page p;
	const char *page;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, " let a;\n+let b;\n-let c;\n let d;");
	say(&p, 0, "see src/a.rs:2 or src/a.rs:2 (before)");
	say(&p, 1, "- [must-fix] src/a.rs:2 *(before the change)* \u2014 held");
	p.r.findings.ptr[0].old = true;
	page = render(&p);
	ck_assert_ptr_nonnull(
		strstr(page, "see <a href=\"#d1-2\">src/a.rs:2</a> or "
			     "<a href=\"#n1\">src/a.rs:2</a> (before)"));
	close_page(&p);
}
END_TEST

static const struct {
	struct finding f;
	const char *in;
} marks[] = {
	{ { .check = FINDING_UNVERIFIED, .fact = SPAN("<no>") },
	  "<li class=\"mark bad\">unverified</li>" },
	{ { .check = FINDING_UNVERIFIED, .fact = SPAN("<no>") },
	  "<p class=\"fact\">&lt;no&gt;</p>" },
	{ { .check = FINDING_CONTRADICTED },
	  "<li class=\"mark bad\">contradicted</li>" },
	{ { .check = FINDING_VERIFIED, .pre_existing = true },
	  "<li class=\"mark\">pre-existing</li>" },
	{ { .check = FINDING_VERIFIED, .mask = true },
	  "<li class=\"mark\">masked value</li>" },
	{ { .own = true, .rule = "a-rule" },
	  "<li class=\"mark\">the program&#39;s own</li>" },
	{ { .own = true, .rule = "a-rule", .fingerprint = "0123456789abcdef" },
	  "rule <code>a-rule</code>, fingerprint "
	  "<code>0123456789abcdef</code>" },
	{ { .age = FINDING_NEW }, "<li class=\"mark\">new</li>" },
	{ { .age = FINDING_KNOWN,
	    .known_until = SPAN("2027-01-31"),
	    .known_reason = SPAN("<later>") },
	  "Known until 2027-01-31: &lt;later&gt;</p>" },
	{ { .age = FINDING_KNOWN }, "<article class=\"card must-fix known\"" },
	{ { .age = FINDING_KNOWN, .known_expired = true },
	  "<li class=\"mark bad\">known, expired</li>" },
};

START_TEST(a_card_bears_the_findings_marks)
{
	struct page p;
	const char *page;

	open_page(&p);
	*vec_push(&p.r.findings, &p.arena) = marks[_i].f;
	page = render(&p);
	ck_assert_msg(strstr(page, marks[_i].in), "no '%s'", marks[_i].in);
	close_page(&p);
}
END_TEST

#define KEY "ghp_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o"

/* Lines of a file, and what must not be in its page. */
static const struct {
	const char *path, *lines, *not_in, *in;
} secrets[] = {
	{ "src/a.rs", "+let k = \"" KEY "\";", KEY, "[masked:github-token" },
	{ "src/a.rs", "-let k = \"" KEY "\";", KEY, "[masked:github-token" },
	{ "src/a.rs", " let k = \"" KEY "\";", KEY, "[masked:github-token" },
	{ ".env", "+PLAIN=hunter2", "hunter2",
	  "not shown: by its name it holds credentials" },
	{ "src/a.rs",
	  "+-----BEGIN PRIVATE KEY-----\n"
	  "+MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n"
	  "-MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n"
	  "+-----END PRIVATE KEY-----",
	  "MzEfYyji", "[masked:private-key" },
};

START_TEST(a_secret_of_the_change_is_masked)
{
	struct page p;
	const char *page;

	open_page(&p);
	add_file(&p, secrets[_i].path, 1, secrets[_i].lines);
	page = render(&p);
	ck_assert_ptr_null(strstr(page, secrets[_i].not_in));
	ck_assert_ptr_nonnull(strstr(page, secrets[_i].in));
	close_page(&p);
}
END_TEST

static const struct {
	struct cover cover;
	const char *in;
} covers[] = {
	{ { .state = COVER_FULL },
	  "<rect class=\"full\" x=\"0\" y=\"0\" width=\"1000\" "
	  "height=\"10\"/></svg></td><td class=\"right\">2</td><td>full</td>" },
	{ { .state = COVER_HUNKS, .hunks = 4, .hunks_sent = 1 },
	  "width=\"1000\" height=\"10\"/><rect class=\"full\" x=\"0\" y=\"0\" "
	  "width=\"250\" height=\"10\"/></svg></td><td class=\"right\">2</td>"
	  "<td>1 of 4 hunks</td>" },
	{ { .state = COVER_SKIPPED, .reason = SPAN("too <large>") },
	  "<td>skipped: too &lt;large&gt;</td>" },
	{ { .state = COVER_SKIPPED, .reason = SPAN("too <large>") },
	  "<code>src/a.rs</code>: skipped: too &lt;large&gt;</li>" },
	{ { .state = COVER_SUMMARY, .reason = SPAN("a lock file") },
	  "a summary only: 1 file, 2 lines</li>" },
};

START_TEST(the_ledger_is_a_picture_and_words)
{
	struct page p;
	const char *page;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, "+a\n-b");
	*vec_push(&p.r.files, &p.arena) = covers[_i].cover;
	p.r.files.ptr[0].path = SPAN("src/a.rs");
	page = render(&p);
	ck_assert_msg(strstr(page, covers[_i].in), "'%s' has no '%s'",
		      strstr(page, "<h2 id=\"ledger\">"), covers[_i].in);
	close_page(&p);
}
END_TEST

START_TEST(a_fix_is_a_small_diff)
{
	struct page p;
	struct finding *f;
	const char *page;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, " let a;\n+let b;\n let c;");
	say(&p, 1, "- [must-fix] src/a.rs:2 — held");
	f = &p.r.findings.ptr[0];
	*vec_push(&f->fix, &p.arena) =
		(struct finding_edit){ 2, 2, SPAN("let <x>;\nlet y;\n") };
	page = render(&p);
	ck_assert_ptr_nonnull(strstr(
		page,
		"<tr class=\"cut\"><td class=\"n old\">2</td><td "
		"class=\"n\"></td><td class=\"l\"><span class=\"s\">−</span>"
		"<span class=\"k\">let</span> b;</td></tr>" NL
		"<tr class=\"add\"><td class=\"n old\"></td><td class=\"n\">2"
		"</td><td class=\"l\"><span class=\"s\">+</span><span "
		"class=\"k\">let</span> &lt;x&gt;;</td></tr>" NL));
	close_page(&p);
}
END_TEST

/* What agent files may call a section, and the page its own parts. */
static const char *const own_ids[] = { "main", "ledger", "change", "d1",
				       "f1",   "n1",	 "t1",	   "d1-1" };

START_TEST(a_section_takes_no_id_of_the_page)
{
	const struct section_want want = { "Its own", own_ids[_i], "" };
	struct page p;

	open_page(&p);
	add_file(&p, "src/a.rs", 1, "+let a;");
	say(&p, 1, "- [must-fix] src/a.rs:1 — held");
	p.r.sections.ptr[0].want = &want;
	render(&p);
	close_page(&p);
}
END_TEST

static const struct {
	const char *task, *title;
	bool partial;
	const char *in;
} titles[] = {
	{ "review", "2 commits", false, "<h1>Review: 2 commits</h1>" },
	{ "review", "2 commits", true, "<h1>Partial reply: 2 commits</h1>" },
	{ "design", "a survey for: <x>", false,
	  "<h1>A survey for: &lt;x&gt;</h1>" },
	{ "design", "a design for: x", true,
	  "<h1>Partial reply: a design for: x</h1>" },
	{ "design", "<x>", false, "<h1>&lt;x&gt;</h1>" },
	{ "design", "", false, "<h1></h1>" },
};

START_TEST(a_page_is_called_what_it_is)
{
	struct page p;

	open_page(&p);
	p.r.task = titles[_i].task;
	p.r.title = span_of(titles[_i].title);
	p.r.partial = titles[_i].partial;
	ck_assert_ptr_nonnull(strstr(render(&p), titles[_i].in));
	close_page(&p);
}
END_TEST

static const struct {
	void (*make)(struct report *r, struct arena *a);
} goldens[] = {
	{ golden_model },
	{ golden_offline },
	{ golden_partial },
	{ golden_design },
};

START_TEST(a_hostile_report_is_a_sound_page)
{
	struct page p = { 0 };

	goldens[_i].make(&p.r, &p.arena);
	if (p.r.findings.len > 1)
		add_file(&p, "src/a b%25:,;\"'=|`.rs", 1, "+<script>\n-</td>");
	ck_assert_ptr_null(strstr(render(&p), "<script>alert"));
	close_page(&p);
}
END_TEST

Suite *html_suite(void)
{
	Suite *s = suite_create("html");
	TCase *tc = tcase_create("html");

	add_rows(tc, text_of_others_is_text, texts);
	add_rows(tc, a_finding_is_a_card_and_a_note_at_its_line, cards);
	add_rows(tc, a_place_in_words_leads_to_its_line, places);
	tcase_add_test(tc, a_place_leads_to_the_note_of_its_own_side);
	add_rows(tc, a_card_bears_the_findings_marks, marks);
	add_rows(tc, a_secret_of_the_change_is_masked, secrets);
	add_rows(tc, the_ledger_is_a_picture_and_words, covers);
	tcase_add_test(tc, a_fix_is_a_small_diff);
	add_rows(tc, a_section_takes_no_id_of_the_page, own_ids);
	add_rows(tc, a_page_is_called_what_it_is, titles);
	add_rows(tc, a_hostile_report_is_a_sound_page, goldens);
	suite_add_tcase(s, tc);
	return s;
}
