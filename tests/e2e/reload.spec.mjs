// What a page showed is there after a reload, also one that follows at once.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { associate, associated, heads, known, openHistory, verdicts } from "./history.mjs";
import { allWords, button, editAgain, editIfFolded, field, flash, openOperation, part, sees, table, words, write } from "./person.mjs";

after(closeBrowser);

const refusal = (name) => JSON.stringify({ __type: name, Message: "No." });
const refused = (name) => `The service rejected the request: ${name}`;

async function begin(t) {
  const held = await openHeld(t);
  await openOperation(held.page, associate);
  await write(held.page.getByRole("main"), known);
  return held;
}

/** Sends; the answer is still to be given. */
async function send({ page, answers }) {
  const before = answers.length;
  await editIfFolded(page);
  await button(page, "Associate").click();
  await sees(() => answers.length, before + 1);
}

/** From now on the page reloads itself as soon as its title has this in it. */
const reloadAt = (page, title) =>
  page.evaluate((title) => {
    window.isBefore = true;
    const reload = () => document.title.includes(title) && location.reload();
    new MutationObserver(reload).observe(document, { subtree: true, childList: true, characterData: true });
  }, title);

const isReloaded = (page) => sees(() => page.evaluate(() => window.isBefore === undefined), true, "it is reloaded", 10_000);

test("what was answered is there after a reload that follows at once, ten times in a row", async (t) => {
  const { page, answers } = await begin(t);
  const names = Array.from({ length: 10 }, (_, at) => `Refusal${at}Exception`);
  for (const [at, name] of names.entries()) {
    await send({ page, answers });
    await reloadAt(page, name);
    answers[at](refusal(name), 400);
    await isReloaded(page);
    await sees(() => flash(page), new RegExp(`^${refused(name)}`), name, 10_000);
  }
  await openHistory(page);
  await sees(() => verdicts(page), names.map(refused).reverse());
});

test("an answer that the history has no part of yet is there after a reload, and nothing is left over", async (t) => {
  const { page, answers } = await begin(t);
  await send({ page, answers });
  // The database no longer answers this page.
  await page.evaluate(() => (IDBFactory.prototype.open = () => new EventTarget()));
  await reloadAt(page, "now associated");
  answers[0]("{}");
  await isReloaded(page);
  await sees(() => flash(page), associated[1], "the answer was left for it", 10_000);
  await sees(async () => (await heads(page)).map((head) => [head.endedMs !== null, head.isOpen]), [[true, false]]);
  assert.equal(await page.evaluate(() => localStorage.getItem("formsmith.stash")), null);
  await page.reload();
  await sees(() => flash(page), associated[1], "and is stored", 10_000);
});

test("a form that was sent does not fold beneath somebody who writes in it again", async (t) => {
  const { page, answers } = await begin(t);
  await send({ page, answers });
  answers[0]("{}");
  await sees(() => flash(page), associated[1]);
  const held = [];
  await page.route("**/lazy.wasm", (route) => held.push(route));
  await page.reload();
  const product = field(page, "Product ID");
  await product.click();
  await sees(() => held.length, 1);
  await held[0].continue();
  await sees(() => flash(page), associated[1]);
  await page.keyboard.type("x");
  assert.ok((await product.inputValue()).includes("x"));
  assert.ok(await product.isVisible());
});

test("a page that goes on leaves nothing over", async (t) => {
  const { page, answers } = await begin(t);
  await send({ page, answers });
  await page.evaluate(() => {
    const { open } = IDBFactory.prototype;
    const hide = () => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
      document.dispatchEvent(new Event("visibilitychange"));
      window.left = localStorage.getItem("formsmith.stash");
    };
    // Each time the database is about to be opened the page is hidden, until that is for a fact:
    // something of the sending may still be read.
    IDBFactory.prototype.open = function (...given) {
      hide();
      if (window.left) IDBFactory.prototype.open = open;
      return open.apply(this, given);
    };
  });
  answers[0]("{}");
  await sees(() => flash(page), associated[1]);
  await sees(() => page.evaluate(() => JSON.parse(window.left ?? "{}").entries?.map(({ line }) => JSON.parse(line).fact)), ["ended"]);
  await sees(() => page.evaluate(() => localStorage.getItem("formsmith.stash")), null, "it is stored");
  await openHistory(page);
  await sees(() => verdicts(page), [associated[1]]);
});

test("after a reload the earlier runs of a form are listed, each with what can be done about it", async (t) => {
  const { page, answers } = await begin(t);
  await send({ page, answers });
  answers[0]("{}");
  await sees(() => flash(page), associated[1]);
  for (const at of [1, 2, 3, 4, 5]) {
    await send({ page, answers });
    answers[at](refusal(`Refusal${at}Exception`), 400);
    await sees(() => flash(page), new RegExp(`^${refused(`Refusal${at}`)}`));
  }
  const others = part(page, "Runs of this form");
  const lines = async () => (await table(page, "Runs of this form")).map((cells) => cells.join(" "));
  await sees(async () => (await lines()).length, 6);
  const before = await lines();
  assert.match(before[5], /^Today, .* now associated with the product version\. ?Show Undo this$/);
  assert.match(before[1], /Refusal4Exception ?Show$/);
  assert.match(before[0], /Refusal5Exception ?Shown above$/);
  await sees(async () => (await heads(page)).filter(({ isOpen }) => isOpen).length, 0, "all is stored");
  await page.reload();
  await sees(() => lines(), before, "as before the reload", 10_000);
  await assertAccessible(page, "the earlier runs of a form");
  await others.getByRole("button", { name: "Undo this" }).click();
  await sees(() => words(page.getByRole("dialog")), /^Disassociate /);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await openOperation(page, associate);
  await others.getByRole("row").last().getByRole("button", { name: "Show" }).click();
  await sees(() => flash(page), associated[1], "its facts are read when it is shown");
  await sees(() => words(others), /Refusal5Exception/);
  // The next takes the place of the oldest.
  await editAgain(page);
  await field(page, "Product ID").fill("prod-other");
  await send({ page, answers });
  answers[6](refusal("Refusal6Exception"), 400);
  await sees(async () => (await lines()).length, 6);
  await sees(async () => (await heads(page)).filter(({ isOpen }) => isOpen).length, 0, "all is stored");
  await page.reload();
  await sees(async () => (await lines()).length, 6, "the last and five others", 10_000);
  assert.doesNotMatch((await lines()).join(), /now associated/);
});
