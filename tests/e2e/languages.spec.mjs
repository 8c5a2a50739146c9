// The page in each of its languages: how one is chosen, the five operations from a blank form to their
// verdict, all screens, and a layout from right to left.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startSite } from "./harness.mjs";
import { drawn, field, openOperation, sees, words } from "./person.mjs";
import { languages, models, spoken } from "./spoken.mjs";
import { associate, associations, bulk, filled, go, heading, lineItem, openIn, opportunity, run, walk } from "./walk.mjs";

after(closeBrowser);

const languageOf = (page) => page.evaluate(() => document.documentElement.lang);

/** Nothing stands outside the page's width, on a desk and on a phone. */
async function assertFits(page, name) {
  const before = page.viewportSize();
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, `${name}, ${width} pixels wide`);
  }
  await page.setViewportSize(before);
}

/** What the model says of an operation, in English. */
function modelled(address) {
  const name = address.split("/").at(-1);
  const isIt = ([id]) => id.endsWith(`#${name}`);
  const { file, shapes } = models.find(({ shapes }) => Object.entries(shapes).some(isIt));
  const { "formsmith#label": label, "formsmith#batch": batch, "smithy.api#examples": examples } = Object.entries(shapes).find(isIt)[1].traits;
  return { file, ...label, outcome: batch?.done, example: examples[0].title };
}

for (const [wanted, tag] of [
  [["de-AT", "en"], "de"],
  [["ja"], "ja"],
  [["zh-CN"], "zh-Hans"],
  [["zh-SG"], "zh-Hans"],
  [["zh"], "zh-Hans"],
  [["zh-TW", "ja-JP"], "ja"],
  [["zh-HK"], "en"],
  [["fr-FR", "pt"], "en"],
]) {
  test(`a browser that asks for ${wanted} gets ${tag}`, async (t) => {
    const { page } = await openPage(t);
    await page.addInitScript((wanted) => Object.defineProperty(navigator, "languages", { get: () => wanted }), wanted);
    await page.goto((await startSite(t)).url);
    const title = "Run AWS operations";
    await sees(() => heading(page).innerText(), tag === "en" ? title : spoken(tag).say(title));
    assert.equal(await languageOf(page), tag);
  });
}

test("a language is chosen by its own name, stays, and takes nothing away that was typed", async (t) => {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, "Associate a service action");
  await field(page, "Product ID").fill("prod-typed");
  await page.getByRole("banner").getByRole("link", { name: "Settings" }).click();
  const names = ["Browser's language", "English", "Deutsch", "日本語", "简体中文"];
  const select = page.getByLabel("Language of this page");
  assert.deepEqual(await select.locator("option").allInnerTexts(), names);
  const german = spoken("de");
  await Promise.all([page.waitForEvent("load"), select.selectOption("Deutsch")]);
  await sees(() => heading(page).innerText(), german.say("Settings"));
  assert.equal(await page.title(), german.say("{page} - Formsmith", { page: german.say("Settings") }));
  await go(page, associate);
  await sees(() => field(page, german.say("Product ID")).inputValue(), "prod-typed");
  await page.reload();
  await sees(() => heading(page).innerText(), german.say("Associate a service action"));
  await go(page, "#/settings");
  const chosen = page.getByLabel(german.say("Language of this page"));
  assert.equal(await chosen.locator("option:checked").innerText(), "Deutsch");
  await Promise.all([page.waitForEvent("load"), chosen.selectOption(german.say("Browser's language"))]);
  await sees(() => heading(page).innerText(), "Settings");
});

test("nothing is in English before the language is there, and what can't start says so in it", async (t) => {
  const held = [];
  let hasWasm = true;
  const site = await startSite(t, {
    answer(name, response) {
      if (name === "words/ja.json" && hasWasm) return held.push(response) > 0;
      if (!name.endsWith(".wasm") || hasWasm) return false;
      response.writeHead(500).end();
      return true;
    },
  });
  const { page, problems } = await openPage(t);
  await page.addInitScript(() => localStorage.setItem("formsmith.language", "ja"));
  await page.goto(site.url, { waitUntil: "commit" });
  await sees(() => page.locator("#boot").innerText(), "Formsmith を起動しています。");
  await sees(() => held.length, 1);
  assert.equal(await page.locator(".app").count(), 0);
  hasWasm = false;
  await page.goto(site.url);
  await page.getByRole("alert").filter({ hasText: "Formsmith を起動できませんでした" }).waitFor();
  assert.ok(problems.splice(0).length, "and the browser's console has the cause");
});

for (const tag of languages) {
  const { say, named, strays } = spoken(tag);
  const button = (page, name) => page.getByRole("main").getByRole("button", { name, exact: true });

  test(`${tag}: the five operations, from a blank form over an example to the verdict`, async (t) => {
    const { page } = await openIn(t, tag, (await startSite(t)).url);
    await assertAccessible(page, "the start page");
    await assertFits(page, "the start page");
    for (const address of [bulk, associate, run, lineItem, opportunity]) {
      const { file, title, verb, done, outcome, example } = modelled(address);
      const its = (english) => named(file, english);
      await go(page, address);
      await sees(() => heading(page).innerText(), its(title));
      await button(page, say("Load")).click();
      const menu = page.getByRole("menu", { name: say("Load"), exact: true });
      await menu.getByRole("menuitem").filter({ has: page.getByText(its(example), { exact: true }) }).click();
      await assertFits(page, `the form of ${title}`);
      await button(page, its(verb)).click();
      await page.locator("#result").waitFor();
      const verdict = page.getByRole("region", { name: say("Notifications") });
      const told = its(outcome ?? done);
      await sees(async () => (await words(verdict)).includes(told), true, `${title}: ${told}`);
      await assertAccessible(page, `the result of ${title}`);
      await assertFits(page, `the result of ${title}`);
      // A language that is written as English is: of others, data could not be told apart.
      if (tag === "de") assert.deepEqual(await strays(page), [], title);
    }
    for (const [fragment, title] of [["#/history", "History"], ["#/settings", "Settings"], ["#/servicecatalog", "Service Catalog"]]) {
      await go(page, fragment);
      await sees(() => heading(page).innerText(), new RegExp(say(title)));
      await assertAccessible(page, title);
      await assertFits(page, title);
    }
  });

  walk(tag);
}

test("numbers, times and plural forms are the language's own", async (t) => {
  const { page } = await openIn(t, "de", (await startSite(t)).url);
  await go(page, filled(associate, { ServiceActionId: "a".repeat(1234), ProductId: "prod-1", ProvisioningArtifactId: "pa-1" }));
  await sees(() => words(page.locator("[id$=-error]").first()), /1\.234 .*1\.134/);
});

test("a service that speaks the page's language is asked for it, and needn't be", async (t) => {
  const proposals = { ja: "jp", "zh-Hans": "zh", de: undefined };
  for (const [tag, value] of Object.entries(proposals)) {
    const { say } = spoken(tag);
    const { page } = await openIn(t, tag, `${(await startSite(t)).url}${bulk}`);
    const json = async () => {
      await page.getByRole("tab", { name: say("JSON"), exact: true }).click();
      return JSON.parse(await page.getByRole("main").locator("textarea").inputValue());
    };
    await page.locator("#send").waitFor();
    assert.equal((await json()).AcceptLanguage, value, tag);
    if (!value) continue;
    await page.getByRole("tab", { name: say("Form"), exact: true }).click();
    const language = page.getByRole("group", { name: say("Settings") }).or(page.getByRole("region", { name: say("Settings") })).locator("input").last();
    assert.equal(await language.inputValue(), value);
    await language.fill("");
    assert.equal((await json()).AcceptLanguage, undefined, "it was taken out");
  }
});

test("from right to left all is mirrored, and nothing stands outside the page", async (t) => {
  const { say } = spoken("en-XB");
  const { page } = await openIn(t, "en-XB", (await startSite(t)).url);
  const box = (locator) => locator.boundingBox();
  const endOf = ({ x, width }) => x + width;
  assert.equal(await page.evaluate(() => document.dir), "rtl");
  const screens = [
    ["#/", "the start page"],
    [bulk, "the form"],
    [filled(bulk, associations(3)), "the result"],
    ["#/history", "the history"],
    ["#/settings", "settings"],
    ["#/servicecatalog", "a service"],
  ];
  for (const [fragment, name] of screens) {
    await go(page, fragment);
    await heading(page).waitFor();
    if (name === "the result") {
      await page.locator("#notice").waitFor();
      await page.locator("#send").click();
      await page.locator("#result").waitFor();
    }
    await drawn(page);
    const [nav, main, brand, gear] = await Promise.all([".app-nav", "main", ".app-title", ".app-tool[href]"].map((its) => box(page.locator(its).first())));
    assert.ok(nav.x >= endOf(main) - 1, `${name}: the navigation is at the right`);
    assert.ok(brand.x > gear.x, `${name}: the header begins at the right`);
    assert.ok(endOf(await box(heading(page))) > endOf(main) - 120, `${name}: the heading begins at the right`);
    await assertAccessible(page, name);
    await assertFits(page, name);
  }
  await go(page, associate);
  const tabs = page.getByRole("tab");
  await tabs.first().waitFor();
  const [form, json] = [await box(tabs.first()), await box(tabs.last())];
  assert.ok(form.x > json.x, "the first tab is at the right");
  await page.getByRole("tab", { name: say("Form") }).focus();
  await page.keyboard.press("ArrowLeft");
  await sees(() => page.getByRole("tab", { selected: true }).innerText(), say("JSON"));
});
