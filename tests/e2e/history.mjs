// What tests of the history have in common.
import { openPage, startSite } from "./harness.mjs";
import { button, drawn, editIfFolded, openOperation, part, row, sees, table, write } from "./person.mjs";

export const inBulk = "Disassociate service actions in bulk";
export const associate = "Associate a service action";
const ids = { "Product ID": "prod-abcdzk7xy33qa", "Product version ID": "pa-wk3f6hvy9pb7m" };
export const known = { ...ids, "Service action ID": "act-fs7abcd89wxyz" };
export const failing = { ...ids, "Service action ID": "act-nosuchaction1" };

export async function open(t, options) {
  const site = await startSite(t);
  return { site, ...(await openPage(t, site.url, options)) };
}

/** Sends from a form and waits for its verdict. */
export async function send(page, title, verb, values) {
  await openOperation(page, title);
  await editIfFolded(page);
  await write(title === inBulk ? row(page, "Association 1") : page.getByRole("main"), values);
  await button(page, verb).click();
  await part(page, "Result").waitFor();
}

export async function openHistory(page) {
  await page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "History", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  await drawn(page);
}

/** The runs that are listed: operation and verdict. */
export async function runs(page) {
  const rows = await table(page, "Runs");
  const listed = rows.filter((cells) => cells.length > 4);
  return listed.map((cells) => [cells.at(-5).replace(/ [A-Z]\w+[a-z]\w+$/, ""), cells.at(-2)]);
}

export const associated = [associate, "The service action is now associated with the product version."];
export const failed = [inBulk, "0 of 1 association disassociated, 1 failed"];

/** Adds to what the page keeps and gives all of it: `{ key: value }` of JSON texts. */
export async function kept(page, written = {}) {
  // Opening a database that isn't there would make an empty one: the page makes its own.
  const isThere = () => page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === "formsmith"));
  await sees(isThere, true, "the page has made its database");
  return page.evaluate(async (written) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await asked(indexedDB.open("formsmith"));
    const store = database.transaction("texts", "readwrite").objectStore("texts");
    for (const [key, value] of Object.entries(written)) await asked(store.put(JSON.stringify(value), key));
    const keys = await asked(store.getAllKeys());
    const texts = await asked(store.getAll());
    database.close();
    return Object.fromEntries(keys.map((key, at) => [key, JSON.parse(texts[at])]));
  }, written);
}

/** Deletes what the page keeps under a key. */
export function forget(page, key) {
  return page.evaluate(async (key) => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("formsmith");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction("texts", "readwrite");
    transaction.objectStore("texts").delete(key);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = reject;
    });
    database.close();
  }, key);
}

/** Waits until the store holds how a run ended. */
export const endIsStored = (page) =>
  sees(async () => Object.values(await kept(page)).some(({ fact }) => fact === "ended"), true, "how it ended is stored");

export const heads = async (page) => Object.entries(await kept(page)).filter(([key]) => key.startsWith("head/")).map(([, head]) => head);

/** The verdicts that are listed. */
export const verdicts = async (page) => (await runs(page)).map(([, verdict]) => verdict);

/** A run that was never sent, as version 1 kept it. Its verdict tells it from others. */
export function run(number, changes = {}) {
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    version: 1,
    startedMs: 1.7e12 + number * 1000,
    endedMs: 1.7e12 + number * 1000 + 1500,
    service: "servicecatalog",
    operation: "AssociateServiceActionWithProvisioningArtifact",
    title: "Associate a service action",
    target: "proxy-aws",
    region: "eu-west-1",
    account: "123456789012",
    input: { ProductId: `prod-${number}` },
    tone: "success",
    verdict: `Run ${number} done`,
    detail: "",
    attempts: [{ startedMs: 1.7e12, endedMs: 1.7e12 + 500, entries: null, verdict: "Done", status: 200, requestId: `request-${number}` }],
    pinned: false,
    answer: { status: 200, headers: [["a", "b"]], body: "{}", isCut: false },
    ...changes,
  };
}

export const file = (runs) => ({
  name: "history.json",
  mimeType: "application/json",
  buffer: Buffer.from(typeof runs === "string" ? runs : JSON.stringify({ formsmithHistory: 1, runs })),
});

/** What the browser's database is given next finds no room, once. */
export function hasNoRoomOnce(page) {
  return page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...given) {
      IDBObjectStore.prototype.put = put;
      const request = put.apply(this, given);
      this.transaction.abort();
      Object.defineProperty(this.transaction, "error", { value: new DOMException("full", "QuotaExceededError") });
      return request;
    };
  });
}
