// Presets: forms saved under a name, opened again, and asked for what they leave open.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, takePictures } from "./harness.mjs";
import { associate, kept, known } from "./history.mjs";
import { allWords, button, choice, choose, described, drawn, errorOf, field, formIsOpen, hasFocus, input, openOperation, part, requestsOf, sees, status, words, write } from "./person.mjs";
import { dialog, filling, link, listed, open, openPresets, path, save, saveOne, saving } from "./presets.mjs";

after(closeBrowser);

const unfilled = "Write a value in place of the placeholder.";
const main = (page) => page.getByRole("main");

test("a form is saved, outlives a reload, asks for what it leaves open, and is sent", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  await write(main(page), { ...known, "Product ID": "{{product}}" });
  await button(page, "Associate").click();
  await sees(() => errorOf(field(page, "Product ID")), unfilled, "a placeholder is not sent");
  assert.equal(await button(page, "Send anyway").count(), 0);
  assert.equal(await part(page, "Result").count(), 0);
  await save(page, { name: "Restart", folder: "team/billing", asked: [/^Service action ID/] });
  await sees(() => status(page), `${path} was saved.`);
  await openPresets(page);
  await page.reload();
  await sees(() => listed(page), [["Restart Asks for 2 values", "team/billing", `${associate} servicecatalog.AssociateServiceActionWithProvisioningArtifact Write`]]);
  assert.equal(await page.title(), "Presets - Formsmith");

  await link(page, "Restart").click();
  await filling(page).waitFor();
  const [product, action] = [field(filling(page), "Product ID"), field(filling(page), "Service action ID")];
  await sees(() => hasFocus(product), true);
  await product.fill("wrong!");
  await filling(page).getByRole("button", { name: "Fill the form" }).click();
  await sees(() => errorOf(product), /“!” at position 6/, "checked as in the form");
  await sees(() => hasFocus(product), true);
  await product.fill(known["Product ID"]);
  assert.equal(await action.inputValue(), "");
  await page.keyboard.press("Enter");
  await sees(() => filling(page).isVisible(), false);
  await sees(() => status(page), "1 placeholder is left.");
  await sees(() => field(page, "Product ID").inputValue(), known["Product ID"]);
  await sees(() => hasFocus(field(page, "Service action ID")), true);
  assert.equal(await errorOf(field(page, "Service action ID")), unfilled, "what is left is marked");
  await button(page, "Associate").click();
  await sees(() => words(main(page)), /There is a problem/);
  assert.equal(await part(page, "Result").count(), 0);
  await button(page, "Fill in placeholders").click();
  assert.equal(await field(filling(page), "Product ID").count(), 0, "only what is still open");
  await field(filling(page), "Service action ID").fill(known["Service action ID"]);
  await filling(page).getByRole("button", { name: "Fill the form" }).click();
  await sees(() => button(page, "Fill in placeholders").count(), 0);
  await button(page, "Associate").click();
  await part(page, "Result").waitFor();
});

test("what was typed before a preset comes back with Undo", async (t) => {
  const { page, site } = await open(t);
  await saveOne(page);
  await write(main(page), { ...known, "Product ID": "prod-typedbefore1" });
  await openPresets(page);
  await link(page, "Restart").click();
  await filling(page).getByRole("button", { name: "Leave them" }).click();
  await sees(() => words(page.locator("#notice")), /^The preset team\/billing\/Restart was loaded\./);
  await sees(() => field(page, "Product ID").inputValue(), "{{product}}");
  await button(page, "Restore my form").click();
  await sees(() => field(page, "Product ID").inputValue(), "prod-typedbefore1");
  await page.goto(`${site.url}#/servicecatalog/AssociateServiceActionWithProvisioningArtifact?preset=gone`);
  await sees(() => words(page.locator("#notice")), /^The preset gone was not found/);
  await sees(() => field(page, "Product ID").inputValue(), "prod-typedbefore1");
});

test("a placeholder is left in JSON, over a reload and in a link, and a text can be meant as it is", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  await write(main(page), { ...known, "Product ID": "{{product}}" });
  assert.equal((await input(page)).ProductId, "{{product}}");
  await page.reload();
  await formIsOpen(page, associate);
  await button(page, "Associate").click();
  await sees(() => errorOf(field(page, "Product ID")), unfilled);
  await button(page, "Send it as it is").click();
  // It is no placeholder any more, and what else is wrong with it is said.
  await sees(() => errorOf(field(page, "Product ID")), /“{” at position 1/);
  await sees(() => button(page, "Fill in placeholders").count(), 0);
  await save(page, { name: "As it is" });
  await sees(() => status(page), "As it is was saved.");
  const stored = (await kept(page))["preset/As it is"];
  assert.deepEqual([stored.input.ProductId, stored.placeholders], ["{{product}}", []]);
  await openPresets(page);
  await link(page, "As it is").click();
  await formIsOpen(page, associate);
  await sees(() => words(page.locator("#notice")), /^The preset As it is was loaded/);
  assert.equal(await filling(page).isVisible(), false);
});

test("a name that is taken is asked about, and what can be no name is refused", async (t) => {
  const { page } = await open(t);
  await saveOne(page);
  await write(main(page), { "Product ID": known["Product ID"] });
  await choose(page, "More", "Save as preset");
  const [name, folder] = [saving(page).getByLabel("Name", { exact: true }), saving(page).getByLabel(/^Folder/)];
  await sees(() => hasFocus(name), true);
  assert.deepEqual([await name.inputValue(), await folder.inputValue()], ["Restart", "team/billing"], "what it was saved as");
  for (const [text, why] of [["", "Enter a name."], ["a/b", "A name can't have a slash: slashes separate folders."]]) {
    await name.fill(text);
    await page.keyboard.press("Enter");
    await sees(() => errorOf(name), why);
  }
  await name.fill("Restart");
  await page.keyboard.press("Enter");
  await sees(() => words(saving(page)), /team\/billing\/Restart is there already\./);
  assert.deepEqual((await kept(page))[`preset/${path}`].placeholders, ["product"], "nothing was replaced");
  await name.fill("Other");
  await sees(() => saving(page).getByRole("button", { name: "Replace it" }).count(), 0);
  await name.fill("Restart");
  await page.keyboard.press("Enter");
  await saving(page).getByRole("button", { name: "Replace it" }).click();
  await sees(() => status(page), `${path} was saved.`);
  assert.deepEqual((await kept(page))[`preset/${path}`].placeholders, []);
  await choose(page, "More", "Save as preset");
  assert.deepEqual(await saving(page).locator("datalist option").evaluateAll((all) => all.map(({ value }) => value)), ["team/billing"]);
});

test("presets are renamed, moved, duplicated and deleted, in two tabs at once", async (t) => {
  const { page, context, site } = await open(t);
  await openPresets(page);
  await sees(() => words(part(page, "Presets")), /There are none yet/);
  await saveOne(page);
  await openPresets(page);
  const other = await context.newPage();
  await other.goto(`${site.url}#/presets`);
  await sees(() => listed(other).then((all) => all.length), 1);

  await button(page, "Duplicate: Restart").click();
  const copying = dialog(page, "Duplicate");
  await copying.getByLabel("Name", { exact: true }).fill("Restart");
  await copying.getByRole("button", { name: "Save", exact: true }).click();
  await sees(() => errorOf(copying.getByLabel("Name", { exact: true })), `${path} is there already.`);
  await copying.getByLabel("Name", { exact: true }).fill("Another");
  await copying.getByRole("button", { name: "Save", exact: true }).click();
  const names = async (page) => (await listed(page)).map(([name, folder]) => `${folder}: ${name.replace(/ (Puts|Asks).*/, "")}`);
  await sees(() => names(page), ["team/billing: Another", "team/billing: Restart"]);
  await sees(() => names(other), ["team/billing: Another", "team/billing: Restart"], "the other tab has it, too");

  await button(other, "Rename or move: Another").click();
  await button(page, "Rename or move: Another").click();
  for (const [tab, name] of [[page, "Moved"], [other, "Late"]]) {
    const changing = dialog(tab, "Rename or move");
    await changing.getByLabel("Name", { exact: true }).fill(name);
    await changing.getByLabel(/^Folder/).fill("");
    await changing.getByRole("button", { name: "Save", exact: true }).click();
    await sees(() => (tab === page ? status(page) : words(changing)), tab === page ? "Moved was saved." : /team\/billing\/Another is no longer there/);
  }
  await sees(() => names(page), ["No folder: Moved", "team/billing: Restart"]);

  await button(page, "Delete: Restart").click();
  await sees(() => names(page), ["No folder: Moved"]);
  await sees(() => status(page), `${path} was deleted.`);
  await sees(() => hasFocus(page.getByRole("heading", { level: 1 })), true);
  await button(page, "Undo").click();
  await sees(() => names(page), ["No folder: Moved", "team/billing: Restart"]);
});

test("a preset is moved as another tab has saved it meanwhile", async (t) => {
  const { page, context, site } = await open(t);
  await saveOne(page);
  await openPresets(page);
  await button(page, "Rename or move: Restart").click();
  const changing = dialog(page, "Rename or move");
  await changing.getByLabel("Name", { exact: true }).fill("Moved");

  const other = await context.newPage();
  await other.goto(`${site.url}#/presets`);
  await link(other, "Restart").click();
  await field(filling(other), "Product ID").fill(known["Product ID"]);
  await filling(other).getByRole("button", { name: "Fill the form" }).click();
  await sees(() => filling(other).isVisible(), false);
  await save(other, { name: "Restart", folder: "team/billing" });
  await saving(other).getByRole("button", { name: "Replace it" }).click();
  await sees(() => status(other), `${path} was saved.`);

  await changing.getByRole("button", { name: "Save", exact: true }).click();
  await sees(() => status(page), "team/billing/Moved was saved.");
  const stored = await kept(page);
  assert.deepEqual(Object.keys(stored).filter((key) => key.startsWith("preset/")), ["preset/team/billing/Moved"]);
  const { input, placeholders } = stored["preset/team/billing/Moved"];
  assert.deepEqual([input.ProductId, placeholders], [known["Product ID"], []]);
});

test("search finds presets by their names", async (t) => {
  const { page } = await open(t);
  await saveOne(page);
  await page.keyboard.press("Control+k");
  const search = dialog(page, "Search");
  await search.getByRole("combobox").fill("billing restart");
  const found = search.getByRole("group", { name: "Presets" }).getByRole("option");
  await sees(() => allWords(found), ["Restart · team/billing AssociateServiceActionWithProvisioningArtifact"]);
  await found.click();
  await filling(page).waitFor();
});

test("all of it works by keyboard, is accessible and fits a phone", async (t) => {
  const { page } = await open(t);
  const requests = requestsOf(page);
  await openPresets(page);
  await assertAccessible(page, "no presets");
  await saveOne(page);
  await button(page, "More").press("ArrowUp");
  await sees(() => hasFocus(choice(page, "More", "Save as preset")), true, "the last comes first");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(saving(page).getByLabel("Name", { exact: true })), true);
  await saving(page).locator("summary").press("Enter");
  await saving(page).getByRole("checkbox", { name: /^Service action ID/ }).press("Space");
  await saving(page).getByLabel("Name", { exact: true }).press("Enter");
  await saving(page).getByRole("button", { name: "Replace it" }).waitFor();
  await assertAccessible(page, "the dialog to save");
  await takePictures(page, "preset-save");
  await page.keyboard.press("Escape");
  await sees(() => hasFocus(button(page, "More")), true);
  await openPresets(page);
  await link(page, "Restart").press("Enter");
  await sees(() => hasFocus(field(filling(page), "Product ID")), true);
  assert.deepEqual(await described(field(filling(page), "Product ID")), []);
  await assertAccessible(page, "the dialog to fill");
  await takePictures(page, "preset-fill");
  await page.keyboard.type(known["Product ID"]);
  await page.keyboard.press("Enter");
  await sees(() => field(page, "Product ID").inputValue(), known["Product ID"]);
  await takePictures(page, "preset-form");
  await openPresets(page);
  await takePictures(page, "presets");
  await page.setViewportSize({ width: 390, height: 844 });
  await drawn(page);
  await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);
  await assertAccessible(page, "presets, 390 pixels wide");
  assert.equal(requests.length, 0, "nothing was sent");
});

test("a number that can't be read comes back as it was written, in its field, with what is wrong", async (t) => {
  const { page } = await open(t);
  await openOperation(page, "View a record");
  await write(main(page), { "Record ID": "rec-abcdefgh12345", "Page size": "many" });
  await save(page, { name: "Half done" });
  await sees(() => status(page), "Half done was saved.");
  await button(page, "Clear").click();
  await openPresets(page);
  await link(page, "Half done").click();
  await sees(() => field(main(page), "Page size").inputValue(), "many");
  await sees(() => errorOf(field(main(page), "Page size")), /number|digits/, "said at once");
  assert.equal(await field(main(page), "Record ID").inputValue(), "rec-abcdefgh12345");
  await page.reload();
  await sees(() => field(main(page), "Page size").inputValue(), "many");
});

test("a value that goes into two fields is asked for once, and both are named", async (t) => {
  const { page } = await open(t);
  await openOperation(page, associate);
  await write(main(page), { "Product ID": "{{thing}}", "Product version ID": known["Product version ID"], "Service action ID": "{{thing}}" });
  await button(page, "Fill in placeholders").click();
  const thing = field(filling(page), "thing");
  await sees(() => hasFocus(thing), true);
  assert.equal(await filling(page).getByRole("combobox").or(filling(page).getByRole("textbox")).count(), 1);
  const said = (await described(thing)).join();
  for (const title of ["Product ID", "Service action ID"]) assert.ok(said.includes(title), said);
});
