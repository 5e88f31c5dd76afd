"use strict";
/* screenshots.js BROWSER PAGES TO: pictures of the demo's pages. */
const path = require("node:path");
const { launch, show } = require("./browser.js");

const [browser_path, pages, to] = process.argv.slice(2);

const shots = [
	["page-light.png", "model.html", 1280, 600, "light", ""],
	["page-dark.png", "model.html", 1280, 480, "dark", "#n1"],
	["page-narrow.png", "model.html", 360, 720, "light", "#f2"],
	["page-ledger.png", "mixed.html", 1280, 560, "light", "#ledger"],
	["batch-index.png", "batch/index.html", 1000, 330, "light", ""],
];

(async () => {
	const browser = await launch(browser_path);

	for (const [name, page, width, height, colorScheme, hash] of shots) {
		const shown = await show(browser, path.join(pages, page),
			{ viewport: { width, height }, colorScheme });

		await shown.evaluate((h) => { location.hash = h; }, hash);
		await shown.waitForTimeout(200);
		await shown.screenshot({ path: path.join(to, name) });
		await shown.context().close();
	}
	await browser.close();
})();
