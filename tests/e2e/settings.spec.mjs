// What this browser keeps: for how long, and the way to be rid of all of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { associate, failing, file, inBulk, kept, known, open, openHistory, run, send, verdicts } from "./history.mjs";
import { button, drawn, errorOf, field, flash, openOperation, sees, words } from "./person.mjs";

after(closeBrowser);

async function openSettings(page) {
  await page.getByRole("banner").getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
}

test("clearing this browser's data leaves nothing, and asks before", async (t) => {
  const { page } = await open(t);
  await send(page, associate, "Associate", known);
  await send(page, inBulk, "Disassociate", failing);
  await openSettings(page);
  await button(page, "Clear this browser's data").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  assert.ok(Object.keys(await kept(page)).length > 0, "nothing is deleted before the person agrees");
  await button(page, "Clear this browser's data").click();
  await Promise.all([page.waitForEvent("load"), dialog.getByRole("button", { name: "Clear", exact: true }).click()]);
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  assert.deepEqual(await kept(page), {});
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("formsmith."))), []);
  await openOperation(page, associate);
  await sees(() => field(page, "Product ID").inputValue(), "");
  await openHistory(page);
  await page.getByText("Nothing has been sent yet.").first().waitFor();
});

test("search opens with / unless that is turned off", async (t) => {
  const { page } = await open(t);
  await openSettings(page);
  const dialog = page.getByRole("dialog", { name: "Search" });
  const opener = page.getByRole("banner").getByRole("button", { name: "Search" });
  await page.getByLabel("Single keys").selectOption("Off");
  assert.equal(await opener.getAttribute("aria-keyshortcuts"), "Control+K Meta+K");
  await page.reload();
  await page.getByLabel("Single keys").waitFor();
  await page.keyboard.press("/");
  await drawn(page);
  assert.ok(!(await dialog.isVisible()), "one key does nothing");
  await page.keyboard.press("?");
  await drawn(page);
  assert.ok(!(await page.getByRole("dialog").isVisible()));
  await page.keyboard.press("Control+k");
  await dialog.waitFor();
  assert.equal(await dialog.getByRole("combobox").inputValue(), "");
  await page.keyboard.press("Escape");
  await page.getByLabel("Single keys").selectOption("/ opens search, ? lists all keys");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("/");
  await dialog.waitFor();
});

test("? lists the keys, and Ctrl Enter sends as the button does", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sees(() => words(dialog), /Ctrl Enter Send the form/);
  await assertAccessible(page, "the list of keys");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await field(page, "Product ID").fill("what? is typed stays");
  await field(page, "Product ID").press("?");
  assert.ok(!(await dialog.isVisible()));
  await page.keyboard.press("Control+Enter");
  await sees(() => errorOf(field(page, "Service action ID")), /^Enter/);
  await page.keyboard.press("Control+k");
  const search = page.getByRole("dialog", { name: "Search" });
  await search.getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("?");
  assert.ok(!(await dialog.isVisible()), "not over another dialog");
});

test("whoever holds Ctrl Enter down sends once", async (t) => {
  const { page, answers } = await openHeld(t);
  await openOperation(page, "List service actions");
  await page.keyboard.down("Control");
  await page.keyboard.down("Enter");
  await sees(() => answers.length, 1);
  answers[0]("{}");
  await sees(() => flash(page), /./);
  for (let times = 0; times < 5; times += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Control");
  await page.waitForTimeout(300);
  assert.equal(answers.length, 1);
});

test("a tour of four steps can be left at any time, and is offered until it is", async (t) => {
  const { page } = await open(t);
  await button(page, "Take the tour").click();
  const tour = page.getByRole("dialog", { name: "Tour" });
  await sees(() => words(tour), /Step 1 of 4 Find an operation/);
  await assertAccessible(page, "the tour");
  for (const step of ["2", "3", "4"]) {
    await tour.getByRole("button", { name: "Next" }).click();
    await sees(() => words(tour), new RegExp(`Step ${step} of 4`));
  }
  await tour.getByRole("button", { name: "Back" }).click();
  await sees(() => words(tour), /Step 3 of 4/);
  await page.keyboard.press("Escape");
  await tour.waitFor({ state: "hidden" });
  await page.reload();
  await button(page, "Paste a command").waitFor();
  assert.equal(await button(page, "Take the tour").count(), 0);
  await openSettings(page);
  await button(page, "Take the tour").click();
  await sees(() => words(tour), /Step 1 of 4 Find an operation/);
});

test("runs that reach the age limit are deleted, but for pinned ones", async (t) => {
  const { page } = await open(t);
  await openHistory(page);
  await page.getByLabel("Import").setInputFiles(file([run(1), run(2, { pinned: true })]));
  await sees(async () => (await verdicts(page)).toSorted(), ["Run 1 done", "Run 2 done"]);
  await send(page, associate, "Associate", known);
  await openSettings(page);
  await page.getByLabel("Delete runs older than").selectOption("30");
  await openHistory(page);
  await sees(async () => (await verdicts(page)).toSorted(), ["Run 2 done", "The service action is now associated with the product version."]);
});
