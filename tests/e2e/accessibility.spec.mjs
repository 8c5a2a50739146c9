// What axe-core finds on every page in every state (nothing), and pages that fit a phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { operations } from "./cases.mjs";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, editIfFolded, openOperation, part, sees } from "./person.mjs";

after(closeBrowser);

/** Nothing stands outside the page's width, at the width of a phone. */
async function assertFitsPhone(page, name, { isJudged = false } = {}) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const widths = () => page.evaluate(() => [document.scrollingElement.scrollWidth <= innerWidth, innerWidth]);
  await sees(widths, [true, 390], `${name} has no horizontal scroll bar at 390 pixels`);
  // Rows are cards there, so the widths differ in more than their measure.
  if (isJudged) await assertAccessible(page, `${name}, 390 pixels wide`);
  await page.setViewportSize(before);
}

test("the start page and an address that leads nowhere", async (t) => {
  const site = await startSite(t);
  const { page } = await openPage(t, site.url);
  for (const [address, heading] of [
    [site.url, "Run AWS operations"],
    [`${site.url}#/no/such/page`, "Page not found"],
    [`${site.url}#/servicecatalog/NoSuchOperation`, "NoSuchOperation"],
  ]) {
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await assertAccessible(page, heading);
    await assertFitsPhone(page, heading, { isJudged: true });
  }
});

for (const { title, verb, exchanges } of operations) {
  test(`${title}: blank, with errors, as JSON`, async (t) => {
    const { page } = await openPage(t, (await startSite(t)).url);
    await openOperation(page, title);
    await assertAccessible(page, "the blank form");
    await assertFitsPhone(page, "the blank form");
    for (const menu of ["Load", "More"]) {
      await button(page, menu).click();
      await page.getByRole("menu", { name: menu }).waitFor();
      await assertAccessible(page, `the menu ${menu}`);
      await assertFitsPhone(page, `the menu ${menu}`);
      await page.keyboard.press("Escape");
    }
    await button(page, verb).click();
    await page.getByRole("group", { name: "There is a problem" }).waitFor();
    for (const info of await page.getByRole("button", { name: /^Info / }).all()) await info.click();
    await assertAccessible(page, "the form with errors");
    await assertFitsPhone(page, "the form with errors", { isJudged: true });
    await page.getByRole("tab", { name: "JSON" }).click();
    await page.getByRole("textbox", { name: "Input as JSON" }).fill("{");
    await assertAccessible(page, "the JSON with a mistake");
    await page.getByRole("tab", { name: "Form" }).click();
    await assertAccessible(page, "the form while the JSON has a mistake");
    await assertFitsPhone(page, "the form while the JSON has a mistake");
  });

  test(`${title}: with results`, async (t) => {
    const { page } = await openPage(t, (await startSite(t)).url);
    await openOperation(page, title);
    for (const [index, exchange] of exchanges.entries()) {
      await editIfFolded(page);
      await exchange.write?.(page);
      await button(page, verb).click();
      await part(page, "Result").waitFor();
      await part(page, exchange.parts[0] ?? "Result").waitFor();
      if (index === 0) {
        for (const name of ["Request as sent", "Response as received"]) {
          await page.getByRole("main").locator("summary").filter({ hasText: name }).click();
        }
      }
      await assertAccessible(page, exchange.verdict);
      await assertFitsPhone(page, exchange.verdict, { isJudged: index === 0 });
    }
  });
}

test("the appearance that was chosen is kept and wins over the system's", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByLabel("Colors").selectOption("Dark");
  await sees(async () => (await background()) !== light, true);
  const dark = await background();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await sees(background, dark);
  assert.equal(await page.getByLabel("Colors").locator("option:checked").innerText(), "Dark");
});
