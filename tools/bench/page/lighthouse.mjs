// Lighthouse, of the page under a path of a static host: all four categories at a desk, and how fast it
// is on a phone.
import lighthouse, { desktopConfig } from "lighthouse";
import { atLeast } from "./report.mjs";

const categories = { performance: "performance", accessibility: "accessibility", "best-practices": "best practices", seo: "SEO" };
const runs = 3;

async function scores(port, url, only, config) {
  const all = Object.fromEntries(only.map((name) => [name, []]));
  for (let run = 0; run < runs; run += 1) {
    const { lhr } = await lighthouse(url, { port, logLevel: "error", onlyCategories: only }, config);
    for (const name of only) all[name].push(Math.round(lhr.categories[name].score * 100));
  }
  return all;
}

export async function marks({ port, sites, say }) {
  const desk = await scores(port, sites.ours.url, Object.keys(categories), desktopConfig);
  say("Lighthouse: at a desk");
  const phone = await scores(port, sites.ours.url, ["performance"]);
  say("Lighthouse: on a phone");
  return [
    ...Object.entries(categories).map(([name, said]) => atLeast(`Lighthouse, desktop, ${said}`, desk[name], 100)),
    atLeast("Lighthouse, mobile, performance", phone.performance, 95),
  ];
}
