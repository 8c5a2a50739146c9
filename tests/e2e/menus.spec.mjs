// The menus of a form: what it can be filled from, and what can be made of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite, takePictures } from "./harness.mjs";
import { associate, known, send } from "./history.mjs";
import { save } from "./presets.mjs";
import { button, choice, choose, editAgain, field, hasFocus, openOperation, sees, status, words, write } from "./person.mjs";

after(closeBrowser);

const menu = (page, name) => page.getByRole("menu", { name, exact: true });

async function open(t, options) {
  const { page } = await openPage(t, (await startSite(t)).url, options);
  await openOperation(page, associate);
  return page;
}

test("a menu is gone through with the keyboard, and gives the focus back", async (t) => {
  const page = await open(t);
  const more = button(page, "More");
  assert.equal(await more.getAttribute("aria-haspopup"), "menu");
  assert.equal(await more.getAttribute("aria-expanded"), "false");
  await more.press("Enter");
  const [first, second, last] = ["Copy as", "Copy link", "Save as preset"].map((name) => choice(page, "More", name));
  await sees(() => hasFocus(first), true);
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  await assertAccessible(page, "an open menu");
  await page.keyboard.press("ArrowDown");
  assert.ok(await hasFocus(second));
  await page.keyboard.press("End");
  assert.ok(await hasFocus(last));
  await page.keyboard.press("ArrowDown");
  assert.ok(await hasFocus(first), "round the end");
  await page.keyboard.press("s");
  assert.ok(await hasFocus(last), "by its first letter");
  await page.keyboard.press("Home");
  assert.ok(await hasFocus(first));
  await page.keyboard.press("Escape");
  await sees(() => menu(page, "More").count(), 0);
  assert.ok(await hasFocus(more));
  assert.equal(await more.getAttribute("aria-expanded"), "false");
  await more.press("ArrowUp");
  await sees(() => hasFocus(last), true, "upwards the last comes first");
  await page.keyboard.press("Tab");
  await sees(() => menu(page, "More").count(), 0);
  assert.ok(await hasFocus(button(page, "Associate")), "Tab goes on from the button");
});

test("a menu closes with another press, a press elsewhere, and its choice", async (t) => {
  const page = await open(t);
  for (const leave of [() => button(page, "More").click(), () => field(page, "Product ID").click(), () => page.getByRole("heading", { level: 1 }).click()]) {
    await button(page, "More").click();
    await menu(page, "More").waitFor();
    await leave();
    await sees(() => menu(page, "More").count(), 0);
  }
  await button(page, "Load").click();
  await menu(page, "Load").waitFor();
  await button(page, "More").click();
  await menu(page, "More").waitFor();
  assert.equal(await menu(page, "Load").count(), 0);
});

test("a form is filled from an example, a preset of its operation, and an earlier run", async (t) => {
  const page = await open(t);
  const product = field(page, "Product ID");
  await choose(page, "Load", "Add an action to a new version");
  await sees(async () => (await product.inputValue()) !== "", true, "an example");
  await button(page, "Clear").click();
  await write(page.getByRole("main"), { "Product ID": "prod-preset" });
  await save(page, { name: "Mine", description: "Of the team" });
  await sees(() => status(page), "Mine was saved.");
  await send(page, associate, "Associate", known);
  await editAgain(page);
  await button(page, "Clear").click();
  await sees(() => product.inputValue(), "");
  await button(page, "Load").click();
  await menu(page, "Load").getByRole("group", { name: "Presets" }).waitFor();
  await sees(() => words(menu(page, "Load")), /^Paste a command Examples .* Presets Mine Of the team Earlier runs \d{4}-.* The service action is now associated/);
  await assertAccessible(page, "what a form can be filled from");
  await takePictures(page, "load-menu");
  await choice(page, "Load", "Mine").click();
  await sees(() => product.inputValue(), "prod-preset");
  await sees(() => words(page.locator("#notice")), /The preset Mine was loaded/);
  await button(page, "Load").click();
  await menu(page, "Load").getByRole("group", { name: "Earlier runs" }).getByRole("menuitem").first().press("Enter");
  await sees(() => product.inputValue(), known["Product ID"]);
  await openOperation(page, "View a record");
  await button(page, "Load").click();
  await menu(page, "Load").getByRole("group", { name: "Examples" }).waitFor();
  assert.equal(await menu(page, "Load").getByRole("group", { name: "Presets" }).count(), 0, "they are of another operation");
});

test("on a phone the menus lie within the window", async (t) => {
  const page = await open(t, { width: 390, height: 600 });
  for (const name of ["Load", "More"]) {
    await button(page, name).click();
    await menu(page, name).waitFor();
    const { x, y, width, height } = await menu(page, name).boundingBox();
    assert.ok(x >= 0 && y >= 0 && x + width <= 390 && y + height <= 600, JSON.stringify({ x, y, width, height }));
    assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 390);
    await page.keyboard.press("Escape");
  }
});
