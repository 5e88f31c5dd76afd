"use strict";
/* A browser that is asked for nothing but the page. */
const { chromium } = require("playwright-core");
const { pathToFileURL } = require("node:url");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic",
	"--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync"];

async function launch(executablePath) {
	return chromium.launch({ executablePath, args: flags });
}

/*
 * Show a file, and note what must not happen: whatever it asks for besides
 * itself, and whatever the browser complains about.
 */
async function show(browser, file, options) {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const url = pathToFileURL(file).href;

	page.setDefaultTimeout(10000);
	page.asked = [];
	page.complaints = [];
	page.on("request", (r) => {
		if (r.url().split("#")[0] !== url)
			page.asked.push(r.url());
	});
	page.on("console", (m) => page.complaints.push(m.text()));
	page.on("pageerror", (e) => page.complaints.push(e.message));
	await page.goto(url);
	return page;
}

module.exports = { launch, show };
