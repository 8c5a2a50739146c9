// What grows with the number of operations, or of runs in the history: nothing that a person waits for.
import { manyRuns } from "../../../tests/e2e/imports.mjs";
import { openHistory } from "../../../tests/e2e/history.mjs";
import { sees, status } from "../../../tests/e2e/person.mjs";
import { evaluate, goTo, measure, nodes, open } from "./browser.mjs";
import { keyCost } from "./key.mjs";
import { inTurn, ratio } from "./report.mjs";

const form = "#/servicecatalog/AssociateServiceActionWithProvisioningArtifact";
const other = "#/servicecatalog/DisassociateServiceActionFromProvisioningArtifact";
const few = 100;
const many = 20_000;
/** No figure may change by more than this. */
const most = 1.1;

const started = "document.querySelector('nav') && !document.querySelector('#boot')";
const opened = "document.querySelector('main [role=tabpanel]')";
const heading = (text) => `document.querySelector('h1')?.textContent.trim() === ${JSON.stringify(text)}`;

/** What a page costs at the stations of a person's way through it. */
async function walk(tab, site) {
  const costs = {};
  const station = async (name, ready, act) => (costs[name] = (await measure(tab, act, ready)).cpu);
  await goTo(tab, `${site.url}blank`);
  await station("start page", started, () => goTo(tab, site.url));
  costs["nodes of the start page"] = await nodes(tab);
  const go = (fragment) => () => evaluate(tab, `location.hash = ${JSON.stringify(fragment)}`);
  await station("a form", opened, go(form));
  const first = await evaluate(tab, "document.querySelector('h1').textContent.trim()");
  await station("from one form to another", `!(${heading(first)}) && ${opened}`, go(other));
  costs["nodes of a form"] = await nodes(tab);
  await tab.page.getByRole("main").locator("input, textarea").first().focus();
  await keyCost(tab);
  costs["a key"] = (await keyCost(tab)).cpu;
  await station("the history", heading("History"), go("#/history"));
  costs["nodes of the history"] = await nodes(tab);
  return costs;
}

/** A tab whose browser remembers so many runs. */
async function withRuns(t, browser, site, count) {
  const tab = await open(browser, site);
  await tab.page.goto(site.url);
  await openHistory(tab.page);
  await tab.page.getByLabel("Import").setInputFiles(await manyRuns(t, count));
  await sees(() => status(tab.page), /^[\d,]+ runs imported\.$/, "imported", 120_000);
  return tab;
}

function changes(what, less, more) {
  return Object.keys(less[0]).map((name) => ratio(`${name}, ${what}`, more.map((one) => one[name]), less.map((one) => one[name]), most));
}

export async function growth({ browser, sites, rounds, say, t }) {
  const figures = [];
  const tabs = [];
  try {
    const operations = { less: [], more: [] };
    for (let round = 1; round <= rounds; round += 1) {
      for (const [kind, site] of inTurn(round, [["less", sites.alone], ["more", sites.ours]])) {
        const tab = await open(browser, site);
        tabs.push(tab);
        operations[kind].push(await walk(tab, site));
        await tab.close();
      }
      say(`20,000 operations: round ${round} of ${rounds}`);
    }
    figures.push(...changes("20,000 operations beside 24", operations.less, operations.more));
    const runs = { less: [], more: [] };
    const less = await withRuns(t, browser, sites.ours, few);
    const more = await withRuns(t, browser, sites.ours, many);
    tabs.push(less, more);
    // What the import left to do is done, and code is warm alike.
    for (const tab of [less, more]) await walk(tab, sites.ours);
    for (let round = 1; round <= rounds; round += 1) {
      for (const [kind, tab] of inTurn(round, [["less", less], ["more", more]])) runs[kind].push(await walk(tab, sites.ours));
      say(`20,000 runs: round ${round} of ${rounds}`);
    }
    figures.push(...changes("20,000 runs beside 100", runs.less, runs.more));
  } finally {
    for (const tab of tabs) await tab.close();
  }
  return figures;
}
