// Every operation can be carried out: through the proxy, and in the page of a static host.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { operations } from "./cases.mjs";
import { closeBrowser, openPage, startProxy, startSite } from "./harness.mjs";
import { allWords, button, editIfFolded, explained, flash, meets, message, openOperation, pairs, part, sees, status, table } from "./person.mjs";

after(closeBrowser);

const transports = {
  "Sandbox in the local proxy": async (t) => (await startProxy(t)).url,
  "Sandbox in this page": async (t) => (await startSite(t)).url,
};

const targets = { "Sandbox in the local proxy": "proxy-sandbox", "Sandbox in this page": "page" };

const requestId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

for (const [target, start] of Object.entries(transports)) {
  for (const operation of operations) {
    test(`${target}: ${operation.title}`, async (t) => {
      const { page } = await openPage(t, await start(t));
      await meets(page, targets[target]);
      await openOperation(page, operation.title);
      for (const exchange of operation.exchanges) {
        await editIfFolded(page);
        await exchange.write?.(page);
        await button(page, operation.verb).click();
        await shows(page, target, operation, exchange);
      }
    });
  }
}

/** Looks at everything the page tells about an exchange. */
async function shows(page, target, operation, exchange) {
  const { verdict, detail = "" } = exchange;
  const sentence = detail ? `${verdict.replace(/\.$/, "")}. ${detail}` : verdict;
  // What was done can be taken back where the model names an inverse.
  const isUndone = /^(The service rejected the request|Unknown|0 of)/.test(verdict) || operation.title === "Run a service action";
  const undo = exchange.outcomes ? `Undo ${verdict.split(" ")[0]}` : "Undo this";
  const offered = exchange.after ?? (isUndone ? "" : undo);
  await sees(() => flash(page), [verdict, detail].join(" ").trim(), "the flash");
  await sees(async () => (await allWords(page.locator(".sent-to"))).join(), new RegExp(`^Sent to ${target}, us-east-1, today at \\d\\d:\\d\\d\\.$`), "to whom it was sent");
  const offers = page.locator(".flash .actions").getByRole("button").filter({ hasNotText: /^Retry/ });
  await sees(async () => (await allWords(offers)).join(" "), offered, "what is offered beside the verdict");
  await sees(() => status(page), exchange.said ?? sentence, "the status region");

  const heads = await page.locator("#result").getByRole("heading", { level: 2 }).allInnerTexts();
  const shown = heads.map((head) => head.replace(/\s+/g, " ")).filter((head) => head !== "Result");
  // What a record was looked at for meanwhile stands below it.
  const beside = exchange.parts.includes("Timeline") && shown.at(-1) === "Answer" ? 1 : 0;
  assert.deepEqual(shown.slice(0, shown.length - beside), exchange.parts, "the parts of the result");
  for (const [name, rows] of Object.entries(exchange.tables ?? {})) {
    assert.deepEqual(await table(page, name), rows, name);
  }
  if (exchange.outcomes) {
    const name = exchange.parts.find((name) => / outcomes/.test(name)).replace(/ \(.*/, "");
    assert.deepEqual(await table(page, name), exchange.outcomes, name);
    if (exchange.codes) await explained(page, name);
    const codes = part(page, name).getByRole("list").getByRole("listitem");
    assert.deepEqual(await allWords(codes), exchange.codes ?? [], "what the codes mean");
  }
  for (const sentence of exchange.sentences ?? []) {
    assert.ok((await page.getByRole("main").innerText()).includes(sentence), `the page says: ${sentence}`);
  }
  for (const [name, expected] of Object.entries(exchange.pairs ?? {})) {
    const actual = await pairs(part(page, name));
    for (const [term, value] of Object.entries(expected)) {
      if (value instanceof RegExp) assert.match(actual[term], value, `${name}, ${term}`);
      else assert.equal(actual[term], value, `${name}, ${term}`);
    }
  }
  if (exchange.error) {
    const { name, status: code, ...expected } = exchange.error;
    const actual = await pairs(part(page, name));
    assert.match(actual["Request ID"], requestId);
    assert.deepEqual(actual, { ...expected, "HTTP status": String(code), "Request ID": actual["Request ID"] });
  }

  const sent = await message(page, "Request as sent");
  assert.equal(sent.head, operation.request.head);
  for (const [name, value] of Object.entries(operation.request.headers)) assert.equal(sent.headers[name], value);
  const body = JSON.parse(sent.body);
  const token = operation.token && body[operation.token];
  if (operation.token) {
    assert.match(token, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "a UUID v4");
  }
  assert.deepEqual(body, operation.token ? { ...exchange.sent, [operation.token]: token } : exchange.sent);

  const received = await message(page, "Response as received");
  assert.equal(received.head, `HTTP ${exchange.error?.status ?? 200}`);
  if (exchange.received) assert.deepEqual(JSON.parse(received.body), exchange.received);
}
