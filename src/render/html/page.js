"use strict";
/* The page can be read without any of this: it filters, and changes colours. */
(function () {
	const root = document.documentElement;
	const themes = ["auto", "light", "dark"];

	function stored() {
		try {
			return localStorage.getItem("architect-theme");
		} catch {
			return null; /* some browsers: never for file:// */
		}
	}

	function paint(theme) {
		if (theme === "light" || theme === "dark")
			root.dataset.theme = theme;
		else
			delete root.dataset.theme;
	}

	function theme_button(button) {
		let at = Math.max(0, themes.indexOf(stored()));

		function show() {
			button.textContent = "Colours: " + themes[at];
		}
		button.addEventListener("click", () => {
			at = (at + 1) % themes.length;
			paint(themes[at]);
			show();
			try {
				localStorage.setItem("architect-theme",
						     themes[at]);
			} catch {
				/* it holds for this page alone */
			}
		});
		show();
	}

	function filters(form) {
		const items = [...document.querySelectorAll("[data-level]")];
		const parts = [...document.querySelectorAll("[data-part]")];
		const cards = items.filter((e) => e.matches(".card"));
		/* a note says less than its card, and goes with it */
		const words = new Map(items.map((e) => [e, (
			document.getElementById(e.id.replace("n", "f")) || e
		).textContent.toLowerCase()]));

		function apply() {
			const on = new FormData(form);
			const part = on.get("section");
			const find = on.get("words").trim().toLowerCase();

			for (const e of items)
				e.hidden = !on.has(e.dataset.level) ||
					(part && e.dataset.section !== part) ||
					!words.get(e).includes(find);
			for (const e of parts)
				e.hidden = part && e.dataset.part !== part;
			form.querySelector("output").textContent =
				cards.filter((e) => !e.hidden).length + " of " +
				cards.length + " shown";
		}
		form.addEventListener("input", apply);
		form.addEventListener("reset", () => setTimeout(apply));
		form.addEventListener("submit", (e) => e.preventDefault());
		apply();
	}

	/* What is linked to must not stand in a folded file or be filtered out */
	function reveal() {
		const e = document.getElementById(location.hash.slice(1));
		const file = e && e.closest("details");
		const form = document.querySelector("form");

		if (file)
			file.open = true;
		if (e && e.closest("[hidden]") && form)
			form.reset();
		if (e)
			setTimeout(() => e.scrollIntoView({block: "nearest"}));
	}

	root.classList.add("js");
	paint(stored());
	addEventListener("DOMContentLoaded", () => {
		document.querySelectorAll(".theme").forEach(theme_button);
		document.querySelectorAll("form").forEach(filters);
		reveal();
	});
	addEventListener("hashchange", reveal);
	let folded = [];
	addEventListener("beforeprint", () => {
		folded = [...document.querySelectorAll("details:not([open])")];
		for (const e of folded)
			e.open = true;
	});
	addEventListener("afterprint", () => {
		for (const e of folded)
			e.open = false;
	});
})();
