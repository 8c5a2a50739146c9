// What becomes of a form that was sent: one line beneath its outcomes, which opens with all that was
// typed; and the row that is shown beside a table.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { eight, name } from "./eight.mjs";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { allWords, button, editAgain, field, flash, hasFocus, openOperation, part, row, sees, words, write } from "./person.mjs";

after(closeBrowser);

const formLine = (page) => part(page, "Form (8 associations)");

test("a form that was sent is one line beneath its outcomes, and opens with all that was typed", async (t) => {
  const { page } = await eight(t);
  const main = page.getByRole("main");
  assert.match(await words(formLine(page)), /^Form \(8 associations\) What was sent\. Open to edit it and send it again\./);
  const first = field(row(page, "Association 1"), "Service action ID");
  assert.equal(await first.isVisible(), false);
  assert.equal(await button(page, "Disassociate").isVisible(), false);
  // Verdict, outcomes, form, and last what went over the line.
  const order = ["Association outcomes", "Form (8 associations)", "Request as sent", "Response as received"];
  const tops = await Promise.all(order.map((text) => main.getByText(text).first().evaluate((it) => it.getBoundingClientRect().top)));
  assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
  await assertAccessible(page, "a form in one line");

  await button(page, "Edit and send again").press("Enter");
  await sees(() => hasFocus(first), true);
  assert.equal(await first.inputValue(), "act-1");
  assert.equal(await formLine(page).count(), 0);
  await field(row(page, "Association 8"), "Service action ID").fill("act-9");
  await button(page, "Disassociate").click();
  await formLine(page).waitFor();
  await editAgain(page);
  assert.equal(await field(row(page, "Association 8"), "Service action ID").inputValue(), "act-9");
});

test("after a reload the form that was sent is one line, and one that was changed since is open", async (t) => {
  const { page } = await eight(t);
  await page.reload();
  await formLine(page).waitFor();
  await editAgain(page);
  await field(row(page, "Association 8"), "Service action ID").fill("act-9");
  await page.keyboard.press("Tab");
  await page.waitForTimeout(1500);
  await page.reload();
  await part(page, name).waitFor();
  await field(row(page, "Association 8"), "Service action ID").waitFor();
  assert.equal(await formLine(page).count(), 0);
});

test("a form in one line opens when its operation is chosen in search, and the focus lands in nothing hidden", async (t) => {
  const { page } = await eight(t);
  const first = field(row(page, "Association 1"), "Service action ID");
  const address = page.url();
  const other = await page.context().newPage();
  await other.goto(address);
  await button(other, "Edit and send again").click();
  await field(row(other, "Association 8"), "Service action ID").fill("act-other");
  await other.keyboard.press("Tab");
  await other.waitForTimeout(1500);
  await other.close();
  await editAgain(page);
  await first.fill("act-here");
  // Sent before the draft would be stored.
  await button(page, "Disassociate").click();
  await formLine(page).waitFor();
  await button(page, "Keep this draft").press("Enter");
  await sees(() => hasFocus(button(page, "Edit and send again")), true, "what is there of the form");
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "Search" });
  await search.getByRole("combobox").fill("disassociate service actions in bulk");
  await search.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await sees(() => first.isVisible(), true);
  assert.equal(await first.inputValue(), "act-here");
});

test("what another draft brings opens the form, and an error of the service leaves it open", async (t) => {
  const { page } = await eight(t);
  await page.evaluate(() => (location.hash += "?input=%7B%7D"));
  await field(row(page, "Association 1"), "Service action ID").or(button(page, "Add association")).first().waitFor();
  assert.equal(await formLine(page).count(), 0);

  const { page: other } = await openPage(t, (await startSite(t)).url);
  await other.getByRole("button", { name: "No permission", exact: true }).click();
  await button(other, "Disassociate").click();
  await sees(() => flash(other), /AccessDeniedException/);
  await sees(() => button(other, "Disassociate").isVisible(), true);
});

test("the verdict of what was sent before doesn't stay above new errors of the form", async (t) => {
  const { page } = await eight(t);
  await editAgain(page);
  await field(row(page, "Association 1"), "Service action ID").fill("");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), "");
  await sees(() => hasFocus(page.locator("#summary")), true);
  assert.match(await words(part(page, "Result")), /4 of 8 associations disassociated, 4 failed/);
  await field(row(page, "Association 1"), "Service action ID").fill("act-1");
  await sees(() => page.locator("#summary").count(), 0);
  assert.equal(await flash(page), "", "it comes back with the next result");
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^4 of 8 associations disassociated/);
});

test("beside its result each row of the form tells its outcome, until it is edited", async (t) => {
  const { page } = await eight(t, { width: 2560, height: 1300 });
  const outcome = (number) => words(row(page, `Association ${number}`));
  await sees(() => outcome(1), /Done/);
  await sees(() => outcome(2), /Failed: THROTTLING/);
  await sees(() => outcome(3), /Failed: RESOURCE_NOT_FOUND/);
  assert.equal(await formLine(page).isVisible(), false, "the form stands beside its result");
  await assertAccessible(page, "outcomes in the rows of a form");
  await field(row(page, "Association 2"), "Product ID").fill("prod-new");
  await sees(async () => /THROTTLING/.test(await outcome(2)), false);
  assert.match(await outcome(3), /Failed: RESOURCE_NOT_FOUND/);
  await button(page, "Remove association 1").click();
  await sees(() => outcome(2), /Failed: RESOURCE_NOT_FOUND/, "an outcome goes with its row");
});

test("what is shown beside a table has its row marked, and breaks no identifier", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url, { width: 1700, height: 1000 });
  await openOperation(page, "List opportunities");
  await write(page.getByRole("main"), { Catalog: "Sandbox" });
  await button(page, "List").click();
  const rows = page.getByRole("table", { name: "Opportunities" });
  const current = () => allWords(rows.locator("tr[aria-current=true]"));
  await rows.getByRole("button", { name: "O9000500", exact: true }).click();
  const panel = page.getByRole("region", { name: "O9000500" });
  await panel.waitFor();
  await sees(async () => (await current()).map((text) => text.split(" ")[0]), ["O9000500"]);
  const identifier = panel.getByText("CRM-O9000500", { exact: true });
  await sees(() => identifier.evaluate((it) => it.getClientRects().length), 1, "one line");
  await assertAccessible(page, "an item beside its table");
  await rows.getByRole("checkbox").nth(3).focus();
  await sees(async () => (await current()).map((text) => text.split(" ")[0]), ["O9000403"], "it follows the focus");
});
