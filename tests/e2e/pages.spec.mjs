// A list that comes page by page: the next page is one press away.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, hasFocus, message, openOperation, part, sees, words, write } from "./person.mjs";

after(closeBrowser);

test("each press on Next page shows the following page, until there is none", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "List service actions");
  await write(page.getByRole("main"), { "Page size": "4" });
  await button(page, "List").click();
  const ids = async () => [...new Set((await words(part(page, "Answer"))).match(/\bact-[a-z0-9]{13}\b/g) ?? [])];
  await sees(async () => (await ids()).length, 4);
  await assertAccessible(page, "a page of a list");
  const all = await ids();
  for (let pages = 1; await button(page, "Next page").count(); pages += 1) {
    assert.ok(pages < 20, "there is an end");
    const before = await ids();
    await button(page, "Next page").click();
    await sees(async () => (await ids()).some((id) => before.includes(id)), false, "another page shows");
    await sees(() => hasFocus(page.locator("#result")), true, "the focus goes to it");
    const { body } = await message(page, "Request as sent");
    assert.deepEqual(Object.keys(JSON.parse(body)).sort(), ["PageSize", "PageToken"], "the rest of the input stays");
    all.push(...(await ids()));
  }
  assert.ok(all.length > 4, "there was a next page");
  assert.equal(new Set(all).size, all.length, "nothing shows twice");
});
