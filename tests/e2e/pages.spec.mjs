// A list that comes page by page: its pages join into one answer.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, hasFocus, message, openOperation, sees, table, words, write } from "./person.mjs";

after(closeBrowser);

const pages = (page) => words(page.locator("#pages"));
const ids = async (page) => (await table(page, "Service actions")).map((cells) => cells.join(" ").match(/\bact-[a-z0-9]{13}\b/)[0]);

async function listed(t, size) {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "List service actions");
  await write(page.getByRole("main"), { "Page size": size });
  await button(page, "List").click();
  await sees(() => pages(page), new RegExp(`^${size} service actions on the first page, there are more`));
  return page;
}

test("each press on Next page adds the following page, until there is none", async (t) => {
  const page = await listed(t, "4");
  await assertAccessible(page, "a page of a list");
  let before = await ids(page);
  assert.equal(before.length, 4);
  for (let count = 1; await button(page, "Next page").count(); count += 1) {
    assert.ok(count < 20, "there is an end");
    await button(page, "Next page").click();
    await sees(async () => (await ids(page)).length > before.length, true, "more shows");
    const now = await ids(page);
    assert.deepEqual(now.slice(0, before.length), before, "what was there stays");
    before = now;
    const { body } = await message(page, "Request as sent");
    assert.deepEqual(Object.keys(JSON.parse(body)), ["PageSize"], "the person's request stays the one that shows");
  }
  assert.ok(before.length > 4, "there was a next page");
  assert.equal(new Set(before).size, before.length, "nothing shows twice");
  await sees(() => pages(page), new RegExp(`^${before.length} service actions, all pages loaded`));
  await sees(() => hasFocus(page.locator("#pages")), true, "the focus stays with the pages");
});

test("all pages are loaded into one table, and the history stores the first", async (t) => {
  const page = await listed(t, "2");
  const all = page.getByRole("main").getByRole("button", { name: "Load all", exact: true });
  await all.click();
  await sees(() => pages(page), /^\d+ service actions, all pages loaded/);
  await sees(() => pages(page), /are not stored in the history/);
  const count = Number((await pages(page)).split(" ")[0]);
  assert.ok(count > 4);
  assert.equal(new Set(await ids(page)).size, count);
  await page.getByRole("link", { name: "History" }).first().click();
  await page.getByRole("table", { name: "Runs" }).getByRole("link").first().click();
  await sees(() => pages(page), /all pages loaded/);
  await page.reload();
  await sees(() => pages(page), /there are more/);
});

test("the pages of a run of the history are loaded again", async (t) => {
  const page = await listed(t, "2");
  await page.reload();
  await sees(() => pages(page), /there are more/);
  await button(page, "Load all").click();
  await sees(() => pages(page), /all pages loaded/);
});
