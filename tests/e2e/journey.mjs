// What a person does on a journey through the console: finds an operation, fills in its form, sends
// it, reads the answer, goes on with what is in it, and takes back what was done.
import assert from "node:assert/strict";
import { openPage } from "./harness.mjs";
import { done, send } from "./moto.mjs";
import { addSettings, consents, editIfFolded, field, flash, formIsOpen, hasFocus, meets, ofVerdict, part, reviewOf, sees, table, words, write } from "./person.mjs";
import { pick } from "./picks.mjs";

/** The operations that were carried out as the page says, as `sqs:CreateQueue`. */
export const toldDone = new Set();

/** Service and operation of the form that is open. */
const address = (page) => new URL(page.url()).hash.slice(2).split(/[/?]/);

/** A page before a proxy that is met as `target`. */
export async function setOut(t, proxy, target) {
  const { page } = await openPage(t, await proxy.newAddress());
  await meets(page, target);
  return page;
}

/** Opens what search finds first. */
export async function find(page, typed, title) {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Search" });
  const box = dialog.getByRole("combobox");
  await sees(() => hasFocus(box), true, "search has the focus");
  await box.fill(typed);
  const first = new RegExp(`^${title} · `);
  await sees(() => words(dialog.getByRole("option", { selected: true })), first, `what “${typed}” finds first`, 10_000);
  await page.keyboard.press("Enter");
  await formIsOpen(page, title);
}

/** A value that is chosen from the list of its field: the first choice that has this text. */
export const picked = (text) => ({ text });

/** Fills in fields by their titles; those that the form doesn't show yet are added first. */
export async function fill(page, values) {
  const form = page.getByRole("main");
  await editIfFolded(page);
  for (const [title, value] of Object.entries(values)) {
    if ((await field(form, title).count()) === 0) await addSettings(form, title);
    await (value.text ? pick(form, title, value.text) : write(form, { [title]: value }));
  }
}

/** Fills in the form and sends it, with consent where it changes something; the verdict is as expected. */
export async function carryOut(page, title, values = {}, verdict = done) {
  await fill(page, values);
  // What stands above a form that was sent before is the verdict of then.
  const [, operation] = address(page);
  const isIts = (request) => request.headers()["x-formsmith-operation"] === operation && !consents.test(request.url());
  const answer = page.waitForResponse((response) => isIts(response.request()), { timeout: 20_000 });
  await Promise.all([answer, send(page, title, {})]);
  await isDone(page, title, verdict);
}

/** Finds an operation, fills in its form and carries it out. */
export async function perform(page, typed, title, values) {
  await find(page, typed, title);
  await carryOut(page, title, values);
}

/** The page says that its operation was carried out, by its verdict. */
export async function isDone(page, title, verdict = done) {
  await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  await sees(() => flash(page), verdict, title, 20_000);
  toldDone.add(address(page).slice(0, 2).join(":"));
}

/** Presses "Undo this" or "Undo 2", finds what it is about in the review of what takes it back, and agrees. */
export async function undo(page, title, about, { verb = title, verdict } = {}) {
  await ofVerdict(page, /^Undo (this|\d+)$/).click();
  const dialog = reviewOf(page, verb);
  await sees(() => words(dialog), new RegExp(about), `the review of ${title}`);
  await dialog.getByRole("button", { name: new RegExp(`^${verb}`) }).click();
  await dialog.waitFor({ state: "hidden" });
  await isDone(page, title, verdict);
}

/** Selects the rows that have these texts, and takes them to the form of another operation. */
export async function useIn(page, list, texts, title) {
  const rows = page.getByRole("table", { name: list, exact: true }).getByRole("row");
  for (const text of texts) await rows.filter({ hasText: text }).getByRole("checkbox").check();
  await page.getByRole("button", { name: `Use ${texts.length} in`, exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: title, exact: true }).click();
  await formIsOpen(page, title);
}

/** The column of a table that has this title: its texts, from the first row to the last. */
export async function column(page, name, title) {
  const heads = await page.getByRole("table", { name, exact: true }).getByRole("columnheader").allInnerTexts();
  const titles = heads.map((text) => text.trim()).filter(Boolean);
  const at = titles.indexOf(title);
  assert.ok(at >= 0, `${name} has a column ${title}: ${titles}`);
  const rows = page.getByRole("table", { name, exact: true }).getByRole("row");
  // What identifies a row stands beneath its name, where it has one.
  const text = (all, at) =>
    all.flatMap((one) => {
      const cell = [...one.querySelectorAll("[role=cell]:not(.table-select)")][at];
      return cell ? [cell.innerText.split("\n")[0].trim()] : [];
    });
  return rows.evaluateAll(text, at);
}

/** Queries the answer. */
export async function ask(page, query, says) {
  const box = page.getByRole("combobox", { name: "Query", exact: true });
  await box.fill(query);
  await box.press("Enter");
  await sees(() => words(page.getByRole("main")), says, query);
}

/** The first row of a list or map of the form. */
export async function firstRow(page, list) {
  const all = part(page, list);
  const rows = all.getByRole("group", { name: /^Item \d+$/ });
  // What is required opens with a row.
  if ((await rows.count()) === 0) await all.getByRole("button", { name: "Add item", exact: true }).click();
  await sees(() => rows.count(), 1, `a row of ${list}`);
  return rows;
}

/** What the list of an answer says of how many there are. */
export const pages = (page) => words(page.locator("#pages"));

export const main = (page) => page.getByRole("main");
