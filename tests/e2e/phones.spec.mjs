// What is written into on a phone has text of 16 pixels: iOS zooms into what is smaller.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, formIsOpen, openOperation, row } from "./person.mjs";

after(closeBrowser);

/** All controls that a person writes into or chooses from, whose text is smaller. */
const small = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("input:not([type=checkbox], [type=file]), select, textarea")]
      .filter((control) => parseFloat(getComputedStyle(control).fontSize) < 16)
      .map((control) => `${control.localName}#${control.id} ${getComputedStyle(control).fontSize}`),
  );

const count = (page) => page.locator("input, select, textarea").count();

for (const [name, options] of [
  ["of a phone's width", { width: 390, height: 844 }],
  ["that is touched", { hasTouch: true, isMobile: true, width: 1024, height: 768 }],
]) {
  test(`on a screen ${name} no field makes the browser zoom`, async (t) => {
    const { page } = await openPage(t, (await startSite(t)).url, options);
    const check = async (where, atLeast) => {
      assert.ok((await count(page)) >= atLeast, `${where} has fields`);
      assert.deepEqual(await small(page), [], where);
    };
    await openOperation(page, "Disassociate service actions in bulk");
    await row(page, "Association 1").waitFor();
    await check("a form with rows", 5);
    await page.getByRole("tab", { name: "JSON", exact: true }).click();
    await check("a form as JSON", 2);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").waitFor();
    await check("the search", 3);
    await page.keyboard.press("Escape");
    for (const [address, heading] of [
      ["#/settings", "Settings"],
      ["#/history", "History"],
    ]) {
      await page.evaluate((address) => (location.hash = address), address);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await check(heading, 1);
    }
    await page.evaluate(() => (location.hash = "#/partnercentral-selling/ListOpportunities"));
    await formIsOpen(page, "List opportunities");
    await button(page, "Add a setting (10)").click();
    await page.getByRole("searchbox", { name: "Find a setting" }).waitFor();
    await check("the list of settings", 3);
  });
}

test("with a mouse on a wide screen the text of a field is as large as the text around it", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "Associate a service action");
  const size = await page.getByRole("textbox", { name: "Product ID" }).or(page.getByRole("combobox", { name: "Product ID" })).evaluate((it) => getComputedStyle(it).fontSize);
  assert.equal(size, "14px");
});
