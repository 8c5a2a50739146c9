// Presets as files: what is exported comes back, nothing is replaced unasked, no secret is in one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, takePictures } from "./harness.mjs";
import { hasNoRoomOnce, kept } from "./history.mjs";
import { button, field, flash, formIsOpen, input, sees, status, table, words, write } from "./person.mjs";
import { dialog, file, filling, link, listed, one, open, openPresets, path, save, saveOne } from "./presets.mjs";

after(closeBrowser);

const importing = (page) => dialog(page, "Import presets");

async function exported(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Export/ }).click()]);
  return readFile(await download.path(), "utf8");
}

async function choose(page, presets) {
  await page.getByLabel("Import", { exact: true }).setInputFiles(file(presets));
}

test("what is exported is there again after it was deleted, and stays the same", async (t) => {
  const { page } = await open(t);
  await saveOne(page);
  await openPresets(page);
  const saved = await exported(page);
  await sees(() => status(page), "1 preset passed to the browser for saving, without secrets.");
  assert.equal(saved, `${JSON.stringify({ formsmithPresets: 1, presets: [one] }, null, 2)}\n`, "a line for each value, in this order");
  await button(page, "Delete: Restart").click();
  await sees(() => words(page.getByRole("main")), /There are none yet/);
  await choose(page, saved);
  await sees(() => words(importing(page)), /presets\.json would change.* 1 new team\/billing\/Restart/);
  assert.equal((await kept(page))[`preset/${path}`], undefined, "nothing is written before the word");
  await assertAccessible(page, "the preview");
  await takePictures(page, "preset-import");
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(() => status(page), "1 preset imported.");
  assert.deepEqual((await kept(page))[`preset/${path}`], one);
  assert.equal(await exported(page), saved);
  await choose(page, saved);
  await sees(() => words(importing(page)), /1 that is here already team\/billing\/Restart/);
  await importing(page).getByRole("button", { name: "Cancel" }).click();
});

test("only what is chosen is exported, such as a folder", async (t) => {
  const { page } = await open(t);
  await openPresets(page);
  const all = Array.from({ length: 8 }, (_, at) => ({ ...one, name: `P${at}`, folder: at < 3 ? "a" : "b/c" }));
  await choose(page, all);
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(async () => (await listed(page)).length, 8);
  const names = async () => JSON.parse(await exported(page)).presets.map(({ folder, name }) => `${folder}/${name}`);
  assert.equal((await names()).length, 8);
  await page.getByRole("main").getByRole("combobox", { name: "Folder" }).selectOption({ label: "a (3)" });
  await sees(() => page.getByRole("button", { name: /^Export/ }).innerText(), "Export 3 presets");
  assert.deepEqual(await names(), ["a/P0", "a/P1", "a/P2"]);
  await page.getByRole("checkbox", { name: /^Select row 2/ }).check();
  assert.deepEqual(await names(), ["a/P1"]);
});

test("what differs is replaced only if that is wanted, and not what has changed meanwhile", async (t) => {
  const { page } = await open(t);
  await saveOne(page);
  await openPresets(page);
  const other = { ...one, description: "Changed by the team" };
  const fresh = { ...one, name: "Fresh" };
  await choose(page, [other, fresh]);
  await sees(() => words(importing(page)), /1 new team\/billing\/Fresh 1 that differs from the one here team\/billing\/Restart/);
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(() => status(page), "1 preset imported.");
  const descriptions = async () => (await listed(page)).map(([name]) => name);
  await sees(descriptions, ["Fresh Puts the action back Asks for 1 value", "Restart Puts the action back Asks for 1 value"]);
  await choose(page, [other]);
  await importing(page).getByRole("checkbox").check();
  await kept(page, { [`preset/${path}`]: { ...one, description: "In another tab" } });
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(() => status(page), /^0 presets imported\. 1 was left as it is/);
  await sees(async () => (await descriptions())[1], "Restart In another tab Asks for 1 value");
  await choose(page, [other]);
  await importing(page).getByRole("checkbox").check();
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(async () => (await descriptions())[1], "Restart Changed by the team Asks for 1 value");
});

test("a hostile file does no harm, and what is wrong in one is named", async (t) => {
  const { page } = await open(t);
  await openPresets(page);
  for (const [text, why] of [
    ["", /ends in the middle of JSON/],
    ["<<<<<<< HEAD\n{}", /not JSON from line 1, column 1/],
    ["[]", /not a file of presets/],
    ['{"formsmithHistory":2,"runs":[]}', /not a file of presets/],
    ['{"formsmithPresets":7,"presets":[]}', /version “7”/],
    [`{"formsmithPresets":1,"presets":${"[".repeat(200_000)}`, /presets\.json was not imported.*From line 1, column \d+ it is nested too deeply to be read\./],
    [[{ ...one, name: "../../x" }], /presets\[0\]\.name: A name can't have a slash/],
    [[one, { ...one, service: "javascript:alert(1)" }], /presets\[1\]\.service: no service or operation has such a name/],
    [[one, one], /presets\[1\]: it appears earlier, too/],
    [Array(1001).fill(one), /more than 1,000 presets/],
    [[{ ...one, name: undefined, input: [], extra: 1 }], /presets\[0\]\.extra: there is no such member\. presets\[0\]\.name: it is missing\. presets\[0\]\.input: it is not an object\./],
  ]) {
    await choose(page, text);
    await sees(() => status(page), why);
    await sees(() => flash(page), /^presets\.json was not imported/);
    await button(page, "Dismiss").or(page.getByRole("button", { name: "Dismiss" })).first().click();
  }
  assert.equal(await importing(page).isVisible(), false);
  await choose(page, []);
  await sees(() => words(importing(page)), /There is nothing to import: presets\.json has no preset that isn't here already\./);
  const take = importing(page).getByRole("button", { name: "Import" });
  assert.equal(await take.getAttribute("aria-disabled"), "true");
  await importing(page).getByRole("button", { name: "Cancel" }).click();
  const script = "<img src=x onerror=\"document.title='harmed'\">";
  const hostile = { ...one, name: script.replaceAll("/", ""), folder: script.replaceAll("/", ""), description: script, input: { [script]: script, ProductId: "{{product}}" } };
  await choose(page, [hostile, { ...one, service: "gone", operation: "DoGone", name: "Unknown" }]);
  await sees(() => words(importing(page)), /2 new .* 1 for an operation that isn't known here\. It is imported all the same\. team\/billing\/Unknown/);
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(async () => (await listed(page)).length, 2);
  await sees(async () => (await table(page, "Presets")).map((cells) => cells[2]).at(-1), "Do gone gone.DoGone Not known here");
  assert.equal(await page.locator("main img, main script").count(), 0);
  await link(page, hostile.name).click();
  await filling(page).getByRole("button", { name: "Leave them" }).click();
  await sees(() => words(page.locator("#notice")), /was loaded.*<img src=x onerror/);
  const { IdempotencyToken: _made, ...filled } = await input(page);
  assert.deepEqual(filled, { ProductId: "{{product}}" }, "members that there are not are left out");
  assert.notEqual(await page.title(), "harmed");
});

test("a browser without room says so, and keeps what it has", async (t) => {
  const { page } = await open(t);
  await saveOne(page);
  await hasNoRoomOnce(page);
  await save(page, { name: "Too much" });
  await sees(() => words(dialog(page, "Save as preset")), /This browser has no more storage/);
  await page.keyboard.press("Escape");
  await openPresets(page);
  const many = (name) => Array.from({ length: 1000 }, (_, at) => ({ ...one, name: `${name} ${at}` }));
  await choose(page, many("a"));
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(() => status(page), /^There is no room for more presets/);
  await sees(() => listed(page).then((all) => all.length), 1, "all of them are written, or none");
});

/** A service of one's own with a secret. */
const model = {
  smithy: "2.0",
  shapes: {
    "a#Safe": {
      type: "service", version: "1", operations: [{ target: "a#PutSecret" }],
      traits: { "aws.api#service": { sdkId: "Safe" }, "aws.protocols#awsJson1_1": {}, "smithy.api#title": "Safe" },
    },
    "a#PutSecret": { type: "operation", input: { target: "a#In" } },
    "a#In": { type: "structure", members: { Label: { target: "smithy.api#String" }, Password: { target: "a#Secret" } } },
    "a#Secret": { type: "string", traits: { "smithy.api#sensitive": {} } },
  },
};

test("no secret is stored or exported, and it is asked for behind a mask", async (t) => {
  const { page, site } = await open(t);
  await page.goto(`${site.url}#/services`);
  await page.getByLabel("Add a model").setInputFiles({ name: "safe.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(model)) });
  await sees(() => status(page), /^Safe was added/);
  await page.goto(`${site.url}#/own-safe/PutSecret`);
  await formIsOpen(page, "Put secret");
  await write(page.getByRole("main"), { Label: "Plain", Password: "hush-4711" });
  await save(page, { name: "Secret" });
  await sees(() => status(page), "Secret was saved.");
  assert.ok(!JSON.stringify(await kept(page)).includes("hush-4711"));
  await openPresets(page);
  const saved = await exported(page);
  assert.ok(!saved.includes("hush-4711"));
  const [{ input: stored, placeholders }] = JSON.parse(saved).presets;
  assert.deepEqual([stored, placeholders], [{ Label: "Plain", Password: "{{Password}}" }, ["Password"]]);
  // Somebody has written one into the file by hand.
  await choose(page, saved.replace("{{Password}}", "hush-0815").replace(/"Password"\s*\]/, "]").replace('"Secret"', '"By hand"'));
  await sees(() => words(importing(page)), /1 value is secret and is not imported/);
  await importing(page).getByRole("button", { name: "Import" }).click();
  await sees(() => status(page), "1 preset imported.");
  assert.ok(!JSON.stringify(await kept(page)).includes("hush-0815"));
  await link(page, "By hand").click();
  const password = field(filling(page), "Password");
  await password.fill("again-hush");
  assert.notEqual(await password.getAttribute("data-masked"), null);
  await filling(page).getByRole("button", { name: "Fill the form" }).click();
  await sees(() => field(page, "Password").inputValue(), "again-hush");
});
