// Proves the clock: a page that works 30 ms longer for each key has to be measured as that much
// slower. The kernel counts the same keys, as on a busy machine the same work takes longer.
import { readFileSync } from "node:fs";
import { keyCost, letters } from "./key.mjs";
import { evaluate, open } from "./browser.mjs";
import { median } from "./report.mjs";

const aim = 30;
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
  return Math.round(aim / median(rates.slice(5)));
}

export async function control({ browser, sites, rounds }) {
  const tab = await open(browser, sites.bare);
  const added = { measured: [], counted: [] };
  try {
    await tab.page.goto(`${sites.bare.url}?rows=50`);
    await tab.page.locator("input").nth(75).focus();
    const pid = await processOf(tab);
    const steps = await calibrate(tab, pid);
    await evaluate(tab, `globalThis.more = 0; addEventListener("keydown", () => more && burn(more)); 0`);
    const series = async (more) => {
      await evaluate(tab, `more = ${more}`);
      const before = kernel(pid);
      const { cpu } = await keyCost(tab);
      return { measured: cpu, counted: (kernel(pid) - before) / letters.length };
    };
    for (let round = 0; round < rounds; round += 1) {
      const [less, more] = [await series(0), await series(steps)];
      for (const clock of Object.keys(added)) added[clock].push(more[clock] - less[clock]);
    }
  } finally {
    await tab.close();
  }
  const [measured, counted] = [median(added.measured), median(added.counted)];
  const holds = Math.abs(measured - counted) <= tolerance && counted > aim / 2;
  const limit = `${counted.toFixed(1)} ± ${tolerance} ms`;
  return [{ what: `control: work of ${aim} ms more for a key`, value: measured, unit: "ms", limit, holds, spread: added.measured }];
}
