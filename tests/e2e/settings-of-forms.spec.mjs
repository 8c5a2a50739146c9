// Structures of many optional members: what is drawn, and how the others are added and removed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { openForm, siteWithModels } from "./models.mjs";
import { addSettings, button, described, drawn, field, formIsOpen, hasFocus, input, part, row, sees, words, write } from "./person.mjs";

let site;

before(async () => (site = await siteWithModels(["ec2", "dynamodb", "wafv2"])));

after(async () => {
  await site.remove();
  await closeBrowser();
});

const open = (t, ...of) => openForm(t, site.site, ...of);

/** Too narrow for the list to stand beside the form. */
const narrow = { width: 1100, height: 900 };
const runInstances = (t, options = narrow) => open(t, "ec2/RunInstances", "Run instances", options);
const group = (scope, name) => scope.getByRole("group", { name: new RegExp(`^${name}( - optional)?$`) }).first();
const adding = (scope) => scope.getByRole("button", { name: /^Add a setting/ });
const list = (page) => page.getByRole("group", { name: "Settings to add" });
const search = (page) => list(page).getByRole("searchbox", { name: "Find a setting" });

/** The input that would be sent, without its token. */
async function inputOf(page) {
  const { ClientToken, ...rest } = await input(page);
  assert.ok(ClientToken, "a token is there from the beginning");
  return rest;
}

test("a form that is left before its list of settings has come leaves nothing behind", async (t) => {
  const page = await open(t, "dynamodb/PutItem", "Put item", narrow);
  const held = [];
  await page.route(/\/help\.wasm/, (route) => held.push(route));
  await page.setViewportSize({ width: 1366, height: 900 });
  await page.evaluate(() => (location.hash = "#/dynamodb/Scan"));
  await formIsOpen(page, "Scan");
  await sees(() => held.length, 1, "the list is on its way");
  await page.evaluate(() => (location.hash = "#/settings"));
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  const arrived = page.waitForResponse(/\/help\.wasm/);
  await held[0].continue();
  // What the page reports fails the test as it ends.
  await arrived;
  await page.getByRole("combobox", { name: "Colors" }).selectOption("dark");
});

test("a form of many settings opens with what is required, and few clicks add a tag", async (t) => {
  const page = await runInstances(t);
  const main = page.getByRole("main");
  await sees(() => adding(main).innerText(), "Add a setting (41)");
  assert.equal(await main.getByRole("textbox").count(), 3, "Max count, Min count, Client token");
  const nodes = await page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  });
  assert.ok(nodes < 1500, `${nodes} nodes`);
  await adding(main).click();
  await sees(() => hasFocus(search(page)), true, "the search has the focus");
  await assertAccessible(page, "the list of settings");
  await page.keyboard.type("tag spec");
  await list(page).getByRole("button", { name: "Tag specifications" }).click();
  await sees(() => hasFocus(field(main, "Resource type")), true, "it is there, with a first row");
  await row(page, "Item 1").getByRole("button", { name: "Add item", exact: true }).click();
  await write(main, { "Resource type": "instance", Key: "owner", Value: "me", "Max count": "1", "Min count": "1" });
  assert.deepEqual(await inputOf(page), { MaxCount: 1, MinCount: 1, TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "owner", Value: "me" }] }] });
});

test("a setting is added and removed with the keyboard alone", async (t) => {
  const page = await runInstances(t);
  const main = page.getByRole("main");
  await adding(main).focus();
  assert.equal(await adding(main).getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await sees(() => adding(main).getAttribute("aria-expanded"), "true");
  await sees(() => hasFocus(search(page)), true, "the search has the focus");
  await page.keyboard.press("Escape");
  await list(page).waitFor({ state: "hidden" });
  await sees(() => hasFocus(adding(main)), true, "Escape goes back to the button");
  await page.keyboard.press("Enter");
  await page.keyboard.type("no such thing");
  await sees(() => list(page).innerText(), /No setting matches\./);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("imageid");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(field(main, "Image ID")), true, "the first that is found is added");
  await page.keyboard.type("ami-12345678");
  // Clearing is not removing.
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  assert.equal(await field(main, "Image ID").count(), 1);
  await page.keyboard.type("ami-12345678");
  assert.deepEqual(await inputOf(page), { ImageId: "ami-12345678" });
  await button(page, "Remove Image ID").focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(adding(main)), true, "the focus goes where it can be added again");
  assert.equal(await field(main, "Image ID").count(), 0);
  assert.deepEqual(await inputOf(page), {});
});

test("what is given is drawn: from a draft, from JSON, and inside of rows and structures", async (t) => {
  const page = await runInstances(t);
  const main = page.getByRole("main");
  await addSettings(main, "Image ID");
  await write(main, { "Image ID": "ami-12345678" });
  await sees(() => page.evaluate(() => Object.values(localStorage).some((text) => text.includes("ami-12345678"))), true, "stored");
  await page.reload();
  await formIsOpen(page, "Run instances");
  await sees(() => field(main, "Image ID").inputValue(), "ami-12345678");
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  await page.getByRole("textbox", { name: "Input as JSON" }).fill(JSON.stringify({ MetadataOptions: { HttpTokens: "required" } }));
  await page.getByRole("tab", { name: "Form", exact: true }).click();
  await drawn(page);
  assert.equal(await field(main, "Image ID").count(), 0, "this input has none");
  await sees(() => field(main, "HTTP tokens").inputValue(), "required");
});

test("a value of DynamoDB is one of its ten members, which is chosen", async (t) => {
  const page = await open(t, "dynamodb/PutItem", "Put item");
  const main = page.getByRole("main");
  const entry = row(page, "Item 1");
  await write(entry, { Name: "id" });
  assert.equal(await entry.getByRole("textbox").count(), 1, "only the name");
  await entry.getByRole("combobox", { name: "Choose one" }).selectOption("S");
  await write(entry, { S: "one" });
  await field(entry, "Name").focus();
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(button(page, "Add item")), true, "Enter in a row goes on, and sends nothing");
  await write(main, { "Table name": "table" });
  assert.deepEqual(await input(page), { TableName: "table", Item: { id: { S: "one" } } });
});

test("what was sent before stands on top, by name alone, and one press adds it", async (t) => {
  const page = await open(t, "dynamodb/Scan", "Scan", narrow);
  const main = page.getByRole("main");
  await addSettings(main, "Limit", "Index name");
  await write(main, { "Table name": "a-table", Limit: "17", "Index name": "an-index" });
  await button(page, "Send").click();
  await sees(() => page.evaluate(() => localStorage.getItem("formsmith.used-settings")), /^dynamodb\/Scan /);
  const kept = await page.evaluate(() => localStorage.getItem("formsmith.used-settings"));
  assert.deepEqual(kept.split("\n").sort(), ["dynamodb/Scan IndexName", "dynamodb/Scan Limit"], "names, and no values");
  await button(page, "Clear").click();
  await adding(main).click();
  const heads = list(page).getByRole("heading");
  await sees(() => heads.allInnerTexts(), ["Used before", "Others"]);
  const used = list(page).getByRole("list").first().getByRole("button");
  assert.deepEqual((await used.allInnerTexts()).map((text) => text.split("\n")[0]).sort(), ["Index name", "Limit"]);
  await assertAccessible(page, "settings that were used before");
  await used.filter({ hasText: "Limit" }).press("Enter");
  await sees(() => hasFocus(field(main, "Limit")), true, "one press, and it is written into");
  await sees(() => list(page).count(), 0);
  await page.reload();
  await formIsOpen(page, "Scan");
  await adding(main).click();
  await sees(() => heads.allInnerTexts(), ["Used before", "Others"], "after a reload too");
  await search(page).fill("consistent");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(field(main, "Consistent read")), true, "what is looked for comes first");
});

test("a setting is found by what AWS says of it, which stands below its name", async (t) => {
  const page = await runInstances(t);
  await adding(page.getByRole("main")).click();
  const key = list(page).getByRole("button", { name: /^Key name/ });
  await sees(async () => (await described(key)).join(), /name of the key pair/, "its description");
  await search(page).fill("name of the key pair");
  await sees(() => key.isVisible(), true);
  await search(page).fill("keyname");
  await sees(async () => (await list(page).getByRole("button").first().innerText()).split("\n")[0], "Key name", "a name comes before what is said");
});

test("rows within rows stand under the name of their list, however deep", async (t) => {
  const page = await open(t, "wafv2/CreateRuleGroup", "Create rule group");
  const main = page.getByRole("main");
  await part(page, "Rules").getByRole("button", { name: "Add item" }).click();
  const rule = row(page, "Item 1");
  await group(rule, "Rule labels").getByRole("button", { name: "Add item" }).waitFor();
  await addSettings(group(rule, "Statement"), "And statement");
  await sees(() => hasFocus(group(rule, "Statements").getByRole("button", { name: "Add item" })), true);
  await page.keyboard.press("Enter");
  const inner = group(rule, "Statements").getByRole("group", { name: "Item 1", exact: true });
  await addSettings(inner, "Not statement");
  await inner.getByRole("button", { name: "Add statement", exact: true }).or(group(inner, "Statement").getByRole("button", { name: /^Add a setting/ })).first().waitFor();
  await write(main, { Capacity: "9007199254740993" });
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  const text = await page.getByRole("textbox", { name: "Input as JSON" }).inputValue();
  assert.match(text, /"Capacity": 9007199254740993\b/, "not rounded");
  assert.match(text.replace(/\s/g, ""), /"AndStatement":\{"Statements":\[\{"NotStatement":\{/);
  await page.getByRole("tab", { name: "Form", exact: true }).click();
  await assertAccessible(page, "rows within rows");
});

test("on a phone the list fits", async (t) => {
  const page = await runInstances(t, { width: 390, height: 844 });
  await adding(page.getByRole("main")).click();
  await search(page).waitFor();
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  await assertAccessible(page, "the list of settings, 390 pixels wide");
});

for (const size of [{ width: 1100, height: 700 }, { width: 390, height: 844 }]) {
  test(`all of the list lies above the bar that ends the form, ${size.width} pixels wide`, async (t) => {
    const page = await runInstances(t, size);
    await addSettings(page.getByRole("main"), "Image ID", "Instance type", "Key name", "Kernel ID");
    await adding(page.getByRole("main")).click();
    await search(page).waitFor();
    const key = list(page).getByRole("button", { name: /^Monitoring/ });
    await sees(async () => (await described(key)).length, 1, "AWS's words have come");
    const edges = () => page.evaluate(() => {
      const box = (selector) => document.querySelector(selector).getBoundingClientRect();
      const [list, bar] = [box(".setting-list"), box(".form-actions")];
      return { isBelowTop: list.top >= 0, isAboveBar: list.bottom <= bar.top };
    });
    await sees(edges, { isBelowTop: true, isAboveBar: true });
    const last = list(page).getByRole("button").last();
    await last.focus();
    await sees(() => last.evaluate((it) => {
      const { left, bottom } = it.getBoundingClientRect();
      return it.contains(document.elementFromPoint(left + 4, bottom - 4));
    }), true, "the last choice is in sight");
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`where there is room the settings to add stand beside the form, ${colorScheme}`, async (t) => {
    const page = await runInstances(t, { width: 1366, height: 900, colorScheme });
    const main = page.getByRole("main");
    await sees(() => list(page).getByRole("heading").allInnerTexts(), ["Add a setting (41)"]);
    assert.equal(await adding(main).count(), 0, "no button opens it");
    assert.equal(await hasFocus(search(page)), false, "the focus stays where it was");
    assert.equal(await part(page, "Required (2)").count(), 1);
    await field(main, "Max count").focus();
    const key = list(page).getByRole("button", { name: /^Key name/ });
    await sees(async () => (await described(key)).join(), /name of the key pair/, "what AWS says of it");
    await sees(() => words(page.locator(".page-description")), /^RunInstances ?Launches .+\.$/, "and of the operation");
    await assertAccessible(page, "a form with the list beside it");
    await search(page).fill("image");
    await page.keyboard.press("Enter");
    await sees(() => hasFocus(field(main, "Image ID")), true, "one press, and it is written into");
    await page.keyboard.type("ami-12345678");
    await sees(() => list(page).getByRole("heading").allInnerTexts(), ["Add a setting (40)"]);
    assert.equal(await search(page).inputValue(), "", "and the next is looked for");
    await addSettings(main, "Instance type", "Security group IDs", "Key name");
    assert.equal(await part(page, "Settings (5 of 42)").count(), 1);
    const places = await main.getByRole("combobox", { name: /^(Image ID|Instance type) / }).evaluateAll((all) => all.map((it) => it.getBoundingClientRect()));
    assert.equal(places[0].y, places[1].y, "short fields stand beside each other");
    await button(page, "Remove Key name").press("Enter");
    await sees(() => hasFocus(search(page)), true, "where it can be added again");
    await button(page, "Remove all").press("Enter");
    await sees(() => field(main, "Image ID").count(), 0);
    assert.deepEqual(await inputOf(page), {});
    await button(page, "Restore my form").click();
    await sees(() => field(main, "Image ID").inputValue(), "ami-12345678");
    for (const width of [2560, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await sees(() => adding(main).count(), width === 390 ? 1 : 0);
      assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), width);
      await assertAccessible(page, `${width} pixels wide`);
    }
    await sees(() => field(main, "Image ID").inputValue(), "ami-12345678", "the form is the same");
  });
}

test("beside the help there is no room for the list as well", async (t) => {
  const page = await runInstances(t, { width: 1366, height: 900 });
  await list(page).waitFor();
  await button(page, "Help").click();
  await sees(() => adding(page.getByRole("main")).count(), 1);
  await button(page, "Help").click();
  await list(page).waitFor();
});

test("with the keyboard alone a form is filled from its first field to what sends it", async (t) => {
  const page = await runInstances(t, { width: 1366, height: 900 });
  const main = page.getByRole("main");
  await list(page).waitFor();
  const reach = async (what, named) => {
    for (let time = 0; time < 90 && !(await hasFocus(what)); time += 1) await page.keyboard.press("Tab");
    assert.ok(await hasFocus(what), named);
  };
  await reach(field(main, "Max count"), "the first field");
  await page.keyboard.type("2");
  await reach(field(main, "Min count"), "the second");
  await page.keyboard.type("1");
  await reach(search(page), "the list");
  await page.keyboard.type("key name");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(field(main, "Key name")), true);
  await page.keyboard.type("a-key");
  await reach(button(page, "Send"), "what sends it");
  assert.deepEqual(await inputOf(page), { MaxCount: 2, MinCount: 1, KeyName: "a-key" });
});
