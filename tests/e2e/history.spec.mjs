// The history: written before the send and after the answer, kept within bounds, shared by tabs,
// searched, compared, opened again, exported and imported.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, field, flash, hasFocus, openOperation, part, row, sees, status, table, words, write, writeRows } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const associate = "Associate a service action";
const ids = { "Product ID": "prod-abcdzk7xy33qa", "Product version ID": "pa-wk3f6hvy9pb7m" };
const known = { ...ids, "Service action ID": "act-fs7abcd89wxyz" };
const failing = { ...ids, "Service action ID": "act-nosuchaction1" };

async function open(t, options) {
  const site = await startSite(t);
  return { site, ...(await openPage(t, site.url, options)) };
}

/** Sends from a form and waits for its verdict. */
async function send(page, title, verb, values) {
  await openOperation(page, title);
  await write(title === inBulk ? row(page, "Association 1") : page.getByRole("main"), values);
  await button(page, verb).click();
  await part(page, "Result").waitFor();
}

async function openHistory(page) {
  await page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "History", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
}

/** The runs that are listed, by operation and verdict. */
async function runs(page) {
  const rows = await table(page, "Runs");
  return rows.filter((cells) => cells.length > 1).map((cells) => cells.slice(-4));
}

/** What is kept, as it is kept. */
function kept(page) {
  return page.evaluate(async () => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await asked(indexedDB.open("formsmith"));
    const store = database.transaction("texts").objectStore("texts");
    const keys = await asked(store.getAllKeys());
    const texts = await asked(store.getAll());
    database.close();
    return Object.fromEntries(keys.map((key, at) => [key, JSON.parse(texts[at])]));
  });
}

test("a run is kept with its input, target, verdict, times and answer, also across a reload", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  await sees(() => words(page.getByRole("main")), /Nothing has been sent yet/);
  await send(page, inBulk, "Disassociate", failing);
  await openHistory(page);
  console.log(await table(page, "Runs"));
  console.log(JSON.stringify(await kept(page), null, 1));
});
