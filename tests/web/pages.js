"use strict";
/*
 * pages.js BROWSER DIR: what must hold of the pages in DIR, which make_pages.sh
 * made. A test's name is a claim.
 */
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const axe = require("axe-core");
const { HtmlValidate } = require("html-validate");
const { launch, show } = require("./browser.js");

const [browser_path, dir] = process.argv.slice(2);
const files = fs.readdirSync(dir, { recursive: true })
	.filter((f) => f.endsWith(".html")).sort();
const wide = { viewport: { width: 1440, height: 900 } };
/* of a batch's pages one is like the other */
const alike = files.filter((f) => /^batch.[0-9a-f]+\.html$/.test(f)).slice(1);
const file_of = (name) => path.join(dir, name);

const shown = (page, what) => page.locator(what).filter({ visible: true });

/* Of every page: loaded once, in light colours and a wide window. */
const of_every_page = {
	async "it asks for nothing but itself, and nothing complains"(page) {
		assert.deepEqual(page.asked, []);
		assert.deepEqual(page.complaints, []);
		assert.equal(await page.evaluate("window.harmed"), undefined);
	},

	async "nothing moves as it loads"(page) {
		assert.equal(await page.evaluate(async () => {
			let sum = 0;

			new PerformanceObserver((list) => {
				for (const e of list.getEntries())
					sum += e.value;
			}).observe({ type: "layout-shift", buffered: true });
			await new Promise((r) => setTimeout(r, 60));
			return sum;
		}), 0);
	},

	async "it holds no element that loads or runs"(page) {
		const live = "iframe, img, object, embed, link, base, video, " +
			"audio, [style], [src], [onerror], [onload], " +
			"a:not([href^='#']):not([href$='.html'])";

		assert.equal(await page.locator(live).count(), 0);
		assert.equal(await page.locator("script").count(), 1);
		assert.equal(await page.locator("style").count(), 1);
	},

	async "headings begin with one h1 and skip no level"(page) {
		const levels = await page.evaluate(() =>
			[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
				.map((e) => +e.tagName[1]));

		assert.equal(levels[0], 1);
		assert.equal(levels.filter((l) => l === 1).length, 1);
		levels.reduce((was, l) => {
			assert.ok(l <= was + 1, `h${l} below h${was}`);
			return l;
		});
	},

	async "axe finds nothing, in light and in dark"(page) {
		await page.evaluate(axe.source);
		for (const colorScheme of ["light", "dark"]) {
			await page.emulateMedia({ colorScheme });
			const found = await page.evaluate("axe.run()");

			assert.deepEqual(found.violations.map((v) =>
				`${colorScheme} ${v.id}: ` +
				v.nodes.slice(0, 3).map((n) =>
					n.html.slice(0, 120)).join(" | ")), []);
		}
	},

	async "it is no wider than the window"(page) {
		for (const width of [1440, 1000, 320]) {
			await page.setViewportSize({ width, height: 900 });
			assert.ok(await page.evaluate(() => {
				const root = document.documentElement;
				return root.scrollWidth <= root.clientWidth;
			}), `${width} px`);
		}
	},

	async "whatever is pressed in it, it stays harmless"(page) {
		for (const e of await page.locator("summary").all())
			await e.press("Enter");
		assert.deepEqual(page.asked, []);
		assert.deepEqual(page.complaints, []);
		assert.equal(await page.evaluate("window.harmed"), undefined);
	},
};

const tests = {
	async "every page is valid HTML"() {
		const validator = new HtmlValidate({
			extends: ["html-validate:recommended"],
			rules: {
				"long-title": "off", /* of taste */
				"wcag/h32": "off", /* no form is ever sent */
			},
		});

		for (const f of files) {
			const report = await validator.validateFile(file_of(f));
			const said = report.results.flatMap((r) => r.messages);

			assert.deepEqual(said.map((m) =>
				`${f}:${m.line}: ${m.ruleId}: ${m.message}`), []);
		}
	},

	async "the policy stops what would be put into a page"(browser) {
		const page = await show(browser, file_of("model.html"), wide);
		const stopped = await page.evaluate(async () => {
			const seen = [];
			const image = new Image();
			const script = document.createElement("script");

			addEventListener("securitypolicyviolation", (e) =>
				seen.push(e.effectiveDirective));
			image.src = "http://127.0.0.1:9/x.png";
			script.textContent = "window.harmed = 1";
			document.body.append(image, script);
			await new Promise((r) => setTimeout(r, 200));
			return [seen.sort().join(), window.harmed];
		});

		assert.deepEqual(stopped, ["img-src,script-src-elem", undefined]);
		await page.context().close();
	},

	async "every link leads to something that can be seen"(browser) {
		for (const f of ["model.html", "offline.html", "hostile.html"]) {
			const page = await show(browser, file_of(f), wide);
			const links = await page.evaluate(() =>
				[...new Set([...document.querySelectorAll("a")]
					.map((e) => e.getAttribute("href")))]
					.filter((h) => h[0] === "#"));

			await page.evaluate(() => {
				for (const e of document.querySelectorAll("details"))
					e.open = false;
			});
			for (const link of links) {
				await page.evaluate((l) => {
					location.hash = l;
				}, link);
				await page.locator(link)
					.waitFor({ state: "visible", timeout: 1000 });
			}
			await page.context().close();
		}
	},

	async "the filter goes by level, section and words"(browser) {
		const page = await show(browser, file_of("model.html"), wide);
		const cards = shown(page, ".card");
		const said = page.locator("output");

		assert.equal(await cards.count(), 14);
		assert.equal(await said.textContent(), "14 of 14 shown");
		await page.locator("input[name=must-fix]").uncheck();
		assert.equal(await cards.count(), 9);
		assert.equal(await shown(page, ".note").count(), 9);
		assert.equal(await said.textContent(), "9 of 14 shown");
		await page.getByLabel("Section").selectOption("idiomatic-rust");
		assert.equal(await cards.count(), 3);
		assert.equal(await shown(page, "section[data-part]").count(), 1);
		await page.getByLabel("Text").fill("ATOMIC");
		assert.equal(await cards.count(), 1);
		await page.getByLabel("Text").fill("no such words");
		assert.equal(await said.textContent(), "0 of 14 shown");
		await page.getByRole("button", { name: "Show all" }).click();
		await page.waitForFunction(
			"document.querySelector('output').textContent[0] === '1'");
		assert.equal(await cards.count(), 14);
		/* a link to what is filtered out shows it */
		await page.locator("input[name=must-fix]").uncheck();
		await page.evaluate(() => { location.hash = "#f1"; });
		await page.locator("#f1").waitFor({ state: "visible" });
		await page.context().close();
	},

	async "all of it works by keyboard"(browser) {
		const page = await show(browser, file_of("model.html"), wide);
		const focus = (what) => page.locator(`${what}:focus`);
		const outlined = () => page.evaluate(() =>
			getComputedStyle(document.activeElement).outlineStyle);

		await page.keyboard.press("Tab");
		assert.equal(await focus(".skip").count(), 1);
		assert.ok(await page.locator(".skip").evaluate(
			(e) => e.getBoundingClientRect().left >= 0));
		await page.keyboard.press("Tab");
		assert.equal(await focus(".theme").count(), 1);
		assert.equal(await outlined(), "solid");
		await page.keyboard.press("Enter");
		assert.equal(await page.locator("html").getAttribute("data-theme"),
			     "light");
		while (!await focus("input[name=must-fix]").count())
			await page.keyboard.press("Tab");
		assert.equal(await outlined(), "solid");
		await page.keyboard.press("Space");
		assert.equal(await shown(page, ".card").count(), 9);
		await page.keyboard.press("Space");
		assert.equal(await shown(page, ".card").count(), 14);
		await page.locator(".skip").focus();
		await page.keyboard.press("Enter");
		do
			await page.keyboard.press("Tab");
		while (!await focus("main a.place").count());
		assert.equal(await focus("main a.place").getAttribute("href"),
			     "#n1");
		await page.keyboard.press("Enter");
		await page.waitForFunction(() => {
			const r = document.getElementById("n1")
				.getBoundingClientRect();
			return r.top >= 0 && r.top < innerHeight;
		});
		await page.keyboard.press("Tab");
		assert.equal(await focus("#n1 a").getAttribute("href"), "#f1");
		await page.context().close();
	},

	async "colours follow the system, and the switch"(browser) {
		const back = (page) => page.evaluate(() =>
			getComputedStyle(document.documentElement).backgroundColor);
		const file = file_of("model.html");
		const light = await show(browser, file, { colorScheme: "light" });
		const dark = await show(browser, file, { colorScheme: "dark" });
		const button = dark.getByRole("button", { name: "Colours" });
		const was = await back(dark);

		assert.notEqual(await back(light), was);
		await button.click();
		assert.equal(await button.textContent(), "Colours: light");
		assert.equal(await back(dark), await back(light));
		await dark.reload();
		assert.equal(await back(dark), await back(light));
		await button.click();
		await button.click();
		assert.equal(await back(dark), was);
		await light.context().close();
		await dark.context().close();
	},

	async "all of it can be read without the script"(browser) {
		const page = await show(browser, file_of("model.html"),
					{ ...wide, javaScriptEnabled: false });

		assert.equal(await shown(page, ".card").count(), 14);
		assert.equal(await shown(page, ".note").count(), 14);
		assert.equal(await shown(page, "section").count(), 10);
		assert.equal(await shown(page, "form, .theme").count(), 0);
		await page.context().close();
	},

	async "it prints: the report alone, in light colours"(browser) {
		const page = await show(browser, file_of("model.html"),
					{ ...wide, colorScheme: "dark" });

		const button = page.getByRole("button", { name: "Colours" });

		while (await button.textContent() !== "Colours: dark")
			await button.click();
		await page.emulateMedia({ media: "print" });
		assert.equal(await shown(page, "nav, form, .theme").count(), 0);
		assert.equal(await shown(page, ".card").count(), 14);
		assert.equal(await page.evaluate(() => getComputedStyle(
			document.documentElement).backgroundColor),
			"rgb(255, 255, 255)");
		assert.ok((await page.pdf()).length > 20000);
		await page.context().close();
	},

	async "to print opens what is folded, until it is printed"(browser) {
		const page = await show(browser, file_of("model.html"), wide);
		const open = () => page.locator("details[open]").count();
		const all = await page.locator("details").count();

		await page.locator("details").first().evaluate((e) => {
			e.open = false;
		});
		const was = await open();

		assert.ok(was < all);
		await page.evaluate("dispatchEvent(new Event('beforeprint'))");
		assert.equal(await open(), all);
		await page.evaluate("dispatchEvent(new Event('afterprint'))");
		assert.equal(await open(), was);
		await page.context().close();
	},

	async "words of a card keep its note"(browser) {
		const page = await show(browser, file_of("model.html"), wide);

		/* its fingerprint stands in the card alone */
		await page.getByLabel("Text").fill(
			await page.locator("#f1 .ids code").last().textContent());
		assert.equal(await shown(page, ".card").count(), 1);
		assert.equal(await shown(page, ".note").count(), 1);
		assert.ok(await page.locator("#n1").isVisible());
		await page.context().close();
	},

	async "a removed line has its number in a narrow window"(browser) {
		const page = await show(browser, file_of("model.html"),
					{ viewport: { width: 360, height: 720 } });
		const at = await page.locator("details[open] .cut[id]").first()
			.evaluate((row) => {
				const range = document.createRange();

				range.selectNodeContents(row.cells[0]);
				return {
					number: range.getBoundingClientRect().toJSON(),
					lines: range.getClientRects().length,
					code: row.cells[2].getBoundingClientRect().x,
				};
			});

		assert.ok(at.number.width > 5 && at.number.height > 5);
		assert.ok(at.number.x >= 0 && at.number.right <= at.code);
		assert.equal(at.lines, 1);
		await page.context().close();
	},

	async "a batch's index leads to its pages and back"(browser) {
		const page = await show(browser, file_of("batch/index.html"), wide);

		assert.equal(await page.locator("tbody tr").count(), 5);
		await page.locator("tbody a").first().click();
		assert.match(await page.locator("h1").textContent(), /^Review/);
		await page.getByRole("link", { name: "All reports" }).click();
		assert.match(await page.locator("h1").textContent(), /^Batch/);
		await page.context().close();
	},
};

let failed = 0;

async function claim(name, test) {
	try {
		await test();
	} catch (e) {
		failed++;
		console.log(`pages: failed: ${name}\n${e.message}`);
	}
}

(async () => {
	const browser = await launch(browser_path);

	assert.ok(files.length >= 12, `${files.length} pages`);
	for (const f of files.filter((name) => !alike.includes(name))) {
		const page = await show(browser, file_of(f), wide);

		for (const [name, test] of Object.entries(of_every_page))
			await claim(`${f}: ${name}`, () => test(page));
		await page.context().close();
	}
	for (const [name, test] of Object.entries(tests))
		await claim(name, () => test(browser));
	await browser.close();
	console.log(`pages: ${Object.keys(of_every_page).length} claims of ` +
		`${files.length} pages each, ` +
		`${Object.keys(tests).length} of some, ${failed} failed`);
	process.exit(failed ? 1 : 0);
})();
