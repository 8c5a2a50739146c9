// Proves the clock: a page that works 30 ms longer for each key, as the kernel counts it, has to be
// measured as 30 ms slower.
import { readFileSync } from "node:fs";
import { keyCost } from "./key.mjs";
import { evaluate, open } from "./browser.mjs";
import { median } from "./report.mjs";

const added = 30;
const tolerance = 2;

/** Processor time of a process's main thread as the kernel counts it, in milliseconds. */
const kernel = (pid) => Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;

const work = (steps) => `{ let sum = 0; for (let step = 0; step < ${steps}; step += 1) sum = (sum * 31 + step) | 0; globalThis.sum = sum; }`;

/** The process of a page: of all renderers the one that works when the page does. */
async function processOf(tab) {
  const { processInfo } = await tab.tracer.send("SystemInfo.getProcessInfo");
  const pids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const before = pids.map(kernel);
  await evaluate(tab, work(1e8));
  const spent = pids.map((pid, at) => kernel(pid) - before[at]);
  return pids[spent.indexOf(Math.max(...spent))];
}

/** As many steps as take 30 ms of the kernel's count. */
async function calibrate(tab, pid) {
  const rates = [];
  await evaluate(tab, `globalThis.burn = (steps) => ${work("steps")}`);
  const many = 2e7;
  for (let round = 0; round < 25; round += 1) {
    const before = kernel(pid);
    await evaluate(tab, `burn(${many})`);
    rates.push((kernel(pid) - before) / many);
  }
  return Math.round(added / median(rates.slice(5)));
}

export async function control({ browser, sites, rounds }) {
  const tab = await open(browser, sites.bare);
  const cost = { without: [], with: [] };
  try {
    await tab.page.goto(`${sites.bare.url}?rows=50`);
    await tab.page.locator("input").nth(75).focus();
    const pid = await processOf(tab);
    const steps = await calibrate(tab, pid);
    await evaluate(tab, `globalThis.more = 0; addEventListener("keydown", () => more && burn(more)); 0`);
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, more] of [["without", 0], ["with", steps]]) {
        await evaluate(tab, `more = ${more}`);
        cost[kind].push((await keyCost(tab)).cpu);
      }
    }
  } finally {
    await tab.close();
  }
  const difference = median(cost.with) - median(cost.without);
  const holds = Math.abs(difference - added) <= tolerance;
  return [{ what: `control: ${added} ms more work for a key`, value: difference, unit: "ms", limit: `${added} ± ${tolerance} ms`, holds, spread: cost.with }];
}
