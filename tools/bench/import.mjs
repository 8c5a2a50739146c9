// How long the release page stands still while it imports 20,000 runs, and deletes them.
//   node tools/bench/import.mjs [ROUNDS]
import { importOnce, manyRuns, watchTasks } from "../../tests/e2e/imports.mjs";
import { closeBrowser, openPage, startSite } from "../../tests/e2e/harness.mjs";

const ends = [];
const t = { after: (end) => ends.push(end) };
const rounds = Number(process.argv[2] ?? 5);
try {
  const site = await startSite(t);
  const { page } = await openPage(t);
  await watchTasks(page);
  await page.goto(site.url);
  const chosen = await manyRuns(t);
  const told = (tasks) => `${String(tasks.length).padStart(3)} over 50 ms, the longest ${(tasks[0] ?? 0).toFixed(0).padStart(4)} ms`;
  for (let round = 1; round <= rounds; round += 1) {
    const { took, imported, deleted } = await importOnce(page, chosen);
    console.log(`import ${(took / 1000).toFixed(1)} s: ${told(imported)}; deletion: ${told(deleted)}`);
  }
} finally {
  for (const end of ends) await end();
  await closeBrowser();
}
