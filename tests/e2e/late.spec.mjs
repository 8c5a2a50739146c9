// An answer that comes after the person has stopped waiting for it: it is taken, and harms nothing.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { associate, associated, heads, inBulk, known, openHistory, runs } from "./history.mjs";
import { button, field, flash, hasFocus, ofVerdict, openOperation, part, row, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

const afterAll = `The answer arrived late: ${associated[1]}`;
const stopped = "Unknown: you stopped waiting for the answer";
const refusal = JSON.stringify({ __type: "DuplicateResourceException", Message: "Twice." });

/** Sends, and stops waiting. `asked` are the requests that change something. */
async function stop(t, target) {
  const held = await openHeld(t, undefined, target);
  const { page, answers } = held;
  const asked = () => answers.filter(({ operation }) => !/^(List|Describe)/.test(operation));
  await openOperation(page, associate);
  await write(page.getByRole("main"), known);
  await button(page, "Associate").click();
  if (target === "aws") await page.getByRole("dialog").getByRole("button", { name: "Associate", exact: true }).click();
  await sees(() => asked().length, 1);
  await button(page, "Stop waiting").click();
  await sees(() => flash(page), new RegExp(`^${stopped}`));
  await sees(() => hasFocus(page.locator("#result")), true);
  return { ...held, asked };
}

test("a late answer becomes the verdict, in the result, the bar and the history", async (t) => {
  const { page, asked } = await stop(t);
  const control = field(page, "Product ID");
  await control.focus();
  asked()[0]("{}");
  await sees(() => status(page), afterAll);
  await sees(() => flash(page), associated[1]);
  assert.equal(await ofVerdict(page, "Undo this").count(), 1);
  assert.equal(await hasFocus(control), true, "the focus stays");
  await openHistory(page);
  await sees(() => runs(page), [associated]);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(async () => (await table(page, "Attempts")).map((cells) => cells[4]), ["200"], "one attempt, answered");
});

test("who waits at the result finds the focus there when the late answer comes", async (t) => {
  const { page, asked } = await stop(t);
  await sees(() => hasFocus(page.locator("#result")), true);
  asked()[0]("{}");
  await sees(() => status(page), afterAll);
  await sees(() => hasFocus(page.locator("#result")), true);
});

test("what the resources showed meanwhile does not take the place of the late answer", async (t) => {
  const { page, answers, asked } = await stop(t);
  await sees(() => answers.length > 1, true, "it is read back");
  asked()[0]("{}");
  await sees(() => flash(page), associated[1]);
  for (const answer of answers.slice(1)) answer("{}");
  await openHistory(page);
  await sees(() => runs(page), [associated]);
  await page.waitForTimeout(500);
  assert.deepEqual(await runs(page), [associated]);
});

test("another run keeps its result when a late answer comes, and the history takes it", async (t) => {
  const { page, asked } = await stop(t);
  await write(page.getByRole("main"), { "Product ID": "prod-other" });
  await button(page, "Associate").click();
  await sees(() => asked().length, 2);
  asked()[0]("{}");
  await sees(() => status(page), `Earlier run: ${afterAll}`, "while the other is waited for");
  await sees(() => flash(page), new RegExp(afterAll.slice(0, -1)), "and shown, as the result is not");
  asked()[1](refusal, 400);
  await sees(() => flash(page), /The service rejected the request: DuplicateResourceException/);
  await openHistory(page);
  await sees(() => runs(page), [[associate, "The service rejected the request: DuplicateResourceException"], associated]);
});

test("a late answer does not take the place of a later attempt", async (t) => {
  const { page, asked } = await stop(t);
  await ofVerdict(page, "Send again").click();
  await sees(() => asked().length, 2);
  asked()[0](refusal, 400);
  await sees(() => status(page), /^The answer arrived late/);
  assert.equal(await button(page, "Stop waiting").count(), 1, "the second is still waited for");
  asked()[1]("{}");
  await sees(() => flash(page), associated[1]);
  await openHistory(page);
  await sees(() => runs(page), [associated]);
  const [head] = await heads(page);
  assert.deepEqual(head.attempts.map(({ status }) => status), [400, 200]);
});

test("a success that comes late counts, whatever its repetition came to", async (t) => {
  const { page, asked } = await stop(t);
  await ofVerdict(page, "Send again").click();
  await sees(() => asked().length, 2);
  asked()[0]("{}");
  await sees(() => status(page), /^The answer arrived late/);
  asked()[1](refusal, 400);
  await sees(() => flash(page), /^The service action is now associated with the product version\. /);
  assert.equal(await ofVerdict(page, "Undo this").count(), 1);
  await openHistory(page);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await sees(async () => (await table(page, "Attempts")).map((cells) => cells[4]), ["200", "400"]);
});

test("a success that comes after two stops counts, whatever comes after it", async (t) => {
  const { page, asked } = await stop(t);
  await ofVerdict(page, "Send again").click();
  await sees(() => asked().length, 2);
  await button(page, "Stop waiting").click();
  await sees(() => flash(page), new RegExp(`^${stopped}`));
  asked()[0]("{}");
  await sees(() => flash(page), /^The service action is now associated/);
  asked()[1](refusal, 400);
  await sees(() => status(page), /^The answer arrived late/);
  await sees(() => flash(page), /^The service action is now associated/);
  await openHistory(page);
  await sees(() => runs(page), [associated]);
});

test("a run that was deleted does not come back when it is read back", async (t) => {
  const { page, answers } = await stop(t);
  await sees(() => answers.length > 1, true, "it is read back");
  await openHistory(page);
  await page.getByRole("table", { name: "Runs" }).getByRole("link").click();
  await button(page, "Delete").click();
  await sees(async () => (await heads(page)).length, 0);
  for (const answer of answers.slice(1)) answer("{}");
  await page.waitForTimeout(500);
  assert.equal((await heads(page)).length, 0);
});

test("a late answer that could be tried again is not", async (t) => {
  const { page, asked } = await stop(t);
  asked()[0](JSON.stringify({ __type: "ThrottlingException", Message: "Slow down." }), 400);
  await sees(() => status(page), /^The answer arrived late: The service rejected the request: ThrottlingException/);
  await page.waitForTimeout(3000);
  assert.equal(asked().length, 1);
  await ofVerdict(page, "Send again").click();
  await sees(() => asked().length, 2, "the person may");
});

test("who is elsewhere when a late answer comes is told, and finds it", async (t) => {
  const { page, asked } = await stop(t);
  await openOperation(page, inBulk);
  const typedInto = field(row(page, "Association 1"), "Product ID");
  await typedInto.focus();
  asked()[0]("{}");
  await sees(() => status(page), `${associate}: ${afterAll}`);
  await sees(() => flash(page), new RegExp(`^${associate}: The answer arrived late`), "visibly");
  assert.equal(await hasFocus(typedInto), true);
  await openOperation(page, associate);
  await sees(() => flash(page), associated[1]);
});

test("a run that was deleted meanwhile does not come back with a late answer", async (t) => {
  const { page, asked } = await stop(t);
  await openHistory(page);
  await button(page, "Delete all unpinned runs").click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await sees(async () => (await heads(page)).length, 0);
  asked()[0]("{}");
  await sees(() => status(page), `${associate}: ${afterAll}`);
  await page.waitForTimeout(500);
  assert.deepEqual(await heads(page), []);
});

test("a connection that breaks after the stop leaves the run as it was", async (t) => {
  const { page, asked } = await stop(t);
  const before = await status(page);
  asked()[0].cut();
  await page.waitForTimeout(500);
  assert.match(await flash(page), new RegExp(`^${stopped}`));
  assert.equal(await status(page), before);
  assert.equal(asked().length, 1);
});

test("the review of another attempt is closed by the late answer to the one before", async (t) => {
  const { page, asked } = await stop(t, "aws");
  await ofVerdict(page, "Send again").click();
  await page.getByRole("dialog").waitFor();
  asked()[0]("{}");
  await sees(() => page.getByRole("dialog").count(), 0);
  await sees(() => flash(page), associated[1]);
  await sees(() => status(page), afterAll);
  await sees(() => hasFocus(page.locator("#result")), true);
  assert.equal(asked().length, 1, "nothing more is sent");
});
