// What an answer of very many failed entries costs, from the press that sends until it can be read.
import { goTo, measure, nodes, open, press, until } from "./browser.mjs";
import { answer as answerOf, id, input } from "./data.mjs";
import { fill, send } from "./ours.mjs";
import { figure, ratio } from "./report.mjs";

const many = 10_000;
const most = 100_000;
/** A longer task keeps a person waiting. */
const task = 50;

/** How each page is made ready, what is pressed, and what shows that the answer of so many entries is there. */
const pages = {
  proxied: {
    async prepare(tab, site) {
      await fill(tab.page, site, input(1));
      await send(tab.page, "Disassociate").evaluate((button) => (button.dataset.bench = "press"));
      return "[data-bench=press]";
    },
    shown: (entries) => `document.querySelector('[aria-rowcount="${entries + 1}"]')`,
  },
  swagger: {
    async prepare(tab, site) {
      await goTo(tab, site.url);
      await until(tab, "document.querySelector('.btn.execute')");
      return ".btn.execute";
    },
    shown: (entries) => `document.querySelector('.live-responses-table')?.textContent.includes('${id("ServiceActionId", entries - 1)}')`,
  },
  cloudscape: {
    async prepare(tab, site) {
      await goTo(tab, site.url);
      await until(tab, "document.querySelector('button[class*=variant-primary]')");
      return "button[class*=variant-primary]";
    },
    shown: () => "document.querySelectorAll('table tbody tr').length >= 50",
  },
};

async function once(browser, { prepare, shown }, site, entries) {
  const tab = await open(browser, site);
  site.service.answer = answerOf(entries);
  try {
    const selector = await prepare(tab, site);
    const cost = await measure(tab, () => press(tab, selector), shown(entries));
    return { ...cost, nodes: await nodes(tab) };
  } finally {
    site.service.answer = undefined;
    await tab.close();
  }
}

export async function answer({ browser, sites, rounds, say }) {
  const all = { ours: [], swagger: [], cloudscape: [], most: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const tries = [["ours", "proxied", many], ["cloudscape", "cloudscape", many], ["most", "proxied", most]];
    // Minutes of work: once is enough to tell its size.
    if (round === 1) tries.push(["swagger", "swagger", many]);
    for (const [kind, name, entries] of tries) {
      all[kind].push(await once(browser, pages[name], sites[name], entries));
      say(`answer of ${entries} entries: ${kind}, round ${round} of ${rounds}`);
    }
  }
  const of = (name, what) => all[name].map((one) => one[what]);
  const names = ["ours", "swagger", "cloudscape"];
  return [
    ...names.map((name) => figure(`answer of 10,000 entries until it is drawn, ${name}`, of(name, "ready"), "ms")),
    ...names.map((name) => figure(`answer of 10,000 entries until the page is at rest, ${name}`, of(name, "cpu"), "ms")),
    ratio("answer of 10,000 entries until the page is at rest, beside Swagger UI", of("ours", "cpu"), of("swagger", "cpu"), 0.006),
    ...names.map((name) => figure(`answer of 10,000 entries, longest task, ${name}`, of(name, "longest"), "ms", name === "ours" ? task : undefined)),
    ...names.map((name) => figure(`answer of 10,000 entries, nodes, ${name}`, of(name, "nodes"))),
    figure("answer of 100,000 entries until it is drawn, ours", of("most", "ready"), "ms", 1500),
    figure("answer of 100,000 entries until the page is at rest, ours", of("most", "cpu"), "ms"),
    figure("answer of 100,000 entries, longest task, ours", of("most", "longest"), "ms", task),
  ];
}
