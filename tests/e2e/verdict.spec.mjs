// The verdict: a flash with what most people do next, a line once that is closed, and a line of what was only read.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eight, name, open } from "./eight.mjs";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { allWords, button, flash, hasFocus, ofVerdict, openOperation, part, sees, words, write } from "./person.mjs";

after(closeBrowser);

const bar = (page) => page.getByRole("region", { name: "Notifications" });
const line = (page) => page.locator("#result .verdict-line");
const boxes = (page) => page.locator("#result .container").count();

test("the flash says what came of it, to whom it was sent, and what can be done next", async (t) => {
  const { page } = await eight(t);
  assert.match(await words(bar(page)), /^4 of 8 associations disassociated, 4 failed 2 can be retried\. Sent to Sandbox in the local proxy, us-east-1, today at \d\d:\d\d\. Undo 4 Retry 2 failed$/);
  assert.equal(await line(page).count(), 0, "it says so once");
  assert.equal(await boxes(page), 1, "only the outcomes stand beneath it");
  assert.deepEqual(await allWords(part(page, name).getByRole("button", { name: /again|Undo|Retry/ })), []);
  await assertAccessible(page, "a verdict");
});

test("a flash that is closed leaves its verdict and its buttons in the result", async (t) => {
  const { page } = await eight(t);
  await bar(page).getByRole("button", { name: "Dismiss" }).click();
  await sees(() => words(line(page)), /^4 of 8 associations disassociated, 4 failed 2 can be retried\. Sent to .* Undo 4 Retry 2 failed$/);
  assert.equal(await bar(page).locator(".flash").count(), 0);
  await assertAccessible(page, "a verdict whose flash was closed");
  await ofVerdict(page, "Retry 2 failed").click();
  await sees(() => flash(page), /^6 of 8 associations disassociated, 2 failed|^4 of 8 associations/, "the next verdict is a flash again");
  assert.equal(await line(page).count(), 0);
});

test("what was only read is told by a line with what it took, and by no flash", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "List service actions");
  await write(page.getByRole("main"), { "Page size": "4" });
  await button(page, "List").click();
  const pages = page.locator("#pages");
  await sees(() => words(pages), /^4 service actions on the first page, there are more 1 page · \d+ ms · .* Sent to Sandbox in this page, us-east-1, today at \d\d:\d\d\. Next page Load all$/);
  assert.equal(await bar(page).locator(".flash").count(), 0);
  await button(page, "Load all").click();
  await sees(() => words(pages), /^\d+ service actions, all pages loaded \d+ pages · /);
  await sees(() => hasFocus(pages), true);
});

test("a long message is shown once, and whole when that is asked for", async (t) => {
  const message = `Long ${"and longer ".repeat(500)}end`;
  const { page } = await open(t, "Associate a service action", { __type: "ValidationException", Message: message }, {}, 400);
  await write(page.getByRole("main"), { "Product ID": "prod-abcd1234", "Product version ID": "pa-abcd1234", "Service action ID": "act-abcd1234" });
  await button(page, "Associate").click();
  await sees(() => flash(page), "The service rejected the request: ValidationException");
  const main = page.getByRole("main");
  const shown = () => main.getByText(/and longer and longer/).filter({ visible: true }).count();
  assert.equal(await shown(), 1);
  assert.ok((await words(main)).length < 3000, "it is clamped");
  await button(page, "Show all").click();
  await sees(async () => (await words(main)).includes("longer end"), true);
});

test("where colours are forced the arrows of the columns stay visible", async (t) => {
  const { page } = await eight(t);
  await page.emulateMedia({ forcedColors: "active" });
  const head = part(page, name).getByRole("columnheader", { name: "Status" }).getByRole("button");
  const [arrow, text] = await head.evaluate((it) => [getComputedStyle(it, "::after").backgroundColor, getComputedStyle(it).color]);
  assert.equal(arrow, text);
});
