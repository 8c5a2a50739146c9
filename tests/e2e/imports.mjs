// Importing very many runs, and how long the page stands still meanwhile.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { button, sees, status } from "./person.mjs";
import { file, openHistory, run } from "./history.mjs";

const RUNS = 20_000;

/** The path of a file of so many runs: bytes handed over would hold the page up themselves. */
export async function manyRuns(t, count = RUNS) {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-"));
  t.after(() => rm(folder, { recursive: true }));
  const { name, buffer } = file(Array.from({ length: count }, (_, at) => run(at)));
  const path = join(folder, name);
  await writeFile(path, buffer);
  return path;
}

/** Begins to note how long each task takes that takes more than 50 ms. */
export function watchTasks(page) {
  return page.addInitScript(() => {
    window.longTasks = [];
    const note = (list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
    new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
  });
}

/** The durations in milliseconds of tasks over 50 ms since it was last asked, the longest first. */
export async function longTasks(page) {
  // They are told of when the page is idle.
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(() => setTimeout(idle, 100))));
  const tasks = await page.evaluate(() => window.longTasks.splice(0));
  return tasks.sort((one, other) => other - one);
}

/** Imports the file into an empty history and deletes all again: the tasks of both, and how long the import took. */
export async function importOnce(page, chosen) {
  await openHistory(page);
  await longTasks(page);
  const start = Date.now();
  await page.getByLabel("Import").setInputFiles(chosen);
  await sees(() => status(page), /^[\d,]+ runs imported\.$/, "imported", 120_000);
  const took = Date.now() - start;
  await page.getByRole("table", { name: "Runs" }).waitFor({ timeout: 60_000 });
  await sees(() => page.getByRole("group", { name: "Pages" }).innerText(), /of 20,000/, "listed", 60_000);
  const imported = await longTasks(page);
  await button(page, "Delete all unpinned runs").click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await sees(() => page.getByRole("main").innerText(), /Nothing has been sent yet/, "deleted", 60_000);
  return { took, imported, deleted: await longTasks(page) };
}
