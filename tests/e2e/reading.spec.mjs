// Answers as a person reads, sorts and acts on them. Played with moto's server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { openAt, send, startMoto } from "./moto.mjs";
import { button, field, hasFocus, part, sees, table, words } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["dynamodb", "ec2", "logs", "secretsmanager", "sqs"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

/** A request as any AWS client sends it. */
async function ask(service, target, body, version = "1.0") {
  const authorization = `AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const headers = { authorization, "x-amz-target": target, "content-type": `application/x-amz-json-${version}` };
  const answer = await fetch(moto.endpoint, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 200, target);
  await answer.arrayBuffer();
}

const main = (page) => page.getByRole("main");

test("items of DynamoDB read as their values, and a value is chosen as one of its kinds", async (t) => {
  const of = (name) => `DynamoDB_20120810.${name}`;
  const keys = { KeySchema: [{ AttributeName: "id", KeyType: "HASH" }], AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }] };
  await ask("dynamodb", of("CreateTable"), { TableName: "pets", BillingMode: "PAY_PER_REQUEST", ...keys });
  for (const [id, age] of [["p1", "1"], ["p2", "2"], ["p3", "3"]]) {
    const Item = { id: { S: id }, age: { N: age }, home: { M: { city: { S: "Bern" } } } };
    await ask("dynamodb", of("PutItem"), { TableName: "pets", Item });
  }
  const { page, go } = await openAt(t, moto);
  await go("dynamodb", "Scan", "Scan");
  await send(page, "Scan", { "Table name": "pets" });
  await sees(async () => (await table(page, "Items")).map((cells) => cells.slice(0, 2).join()).sort(), ["p1,1", "p2,2", "p3,3"], "", 20_000);

  await go("dynamodb", "GetItem", "Get item");
  await page.goto(`${page.url()}?input=${encodeURIComponent(JSON.stringify({ TableName: "pets", Key: { id: { S: "p3" } } }))}`);
  await button(page, "Send").click();
  const answer = part(page, "Result");
  await sees(() => words(answer), /id p3 .*age 3 /, "the item", 20_000);
  assert.doesNotMatch(await words(answer), /1 value/);

  await go("dynamodb", "PutItem", "Put item");
  await part(page, "Item").getByRole("button", { name: /^Add/ }).first().click();
  await main(page).getByRole("combobox", { name: "Choose one" }).first().selectOption("N");
  assert.equal(await main(page).getByText("Add a setting (10)").count(), 0);
});

test("an answer of few rows is sorted and taken along, and what it identifies goes on", async (t) => {
  for (const name of ["b", "a"]) await ask("sqs", "AmazonSQS.CreateQueue", { QueueName: name });
  const { page, go } = await openAt(t, moto);
  await go("sqs", "ListQueues", "List queues");
  await button(page, "Send").click();
  await sees(async () => (await table(page, "Queue URLs")).length, 2, "the queues", 20_000);
  await page.getByRole("button", { name: "Download", exact: true }).waitFor();
  await page.getByRole("button", { name: "Copy rows" }).waitFor();
  assert.equal(await page.getByRole("searchbox", { name: /^Find queue/ }).count(), 0, "two rows need no search");
  const heads = page.getByRole("table", { name: "Queue URLs" }).getByRole("columnheader").getByRole("button");
  await heads.first().click();
  const urls = (await table(page, "Queue URLs")).map((cells) => cells.at(-1));
  assert.deepEqual(urls, [...urls].sort());

  await go("sqs", "CreateQueue", "Create queue");
  await send(page, "Create queue", { "Queue name": "c" });
  await sees(() => words(main(page)), /\/c\b/, "its address", 20_000);
  const way = main(page).getByRole("button", { name: "Use in", exact: true });
  await way.click();
  const find = page.getByRole("searchbox", { name: "Find an operation" });
  await sees(() => hasFocus(find), true, "the list is searched at once");
  await assertAccessible(page, "the operations that take what an answer identifies");
  await page.keyboard.type("get queue attributes");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Get queue attributes" }).waitFor();
  await sees(() => field(main(page), "Queue URL").inputValue(), /\/c$/);
  await button(page, "Send").click();
  await sees(() => words(part(page, "Result")), "The answer is empty.", "no attribute was asked for", 20_000);
});

test("an answer that fits is shown without moving the page", async (t) => {
  await ask("secretsmanager", "secretsmanager.CreateSecret", { Name: "door", SecretString: "open" }, "1.1");
  for (const [width, height] of [[1366, 900], [390, 844]]) {
    const { page, go } = await openAt(t, moto, undefined, { width, height });
    await go("secretsmanager", "GetSecretValue", "Get secret value");
    await send(page, "Get secret value", { "Secret ID": "door" });
    await sees(() => words(part(page, "Result")), /Secret string/, "the secret", 20_000);
    await page.waitForTimeout(500);
    const under = await page.evaluate(() => {
      const sticking = [".app-header", ".flash-now .flash"].map((it) => document.querySelector(it)?.getBoundingClientRect().bottom ?? 0);
      return document.querySelector("#result").getBoundingClientRect().top - Math.max(...sticking);
    });
    assert.ok(under >= 0, `the result begins beneath what sticks (${under})`);
    if (width > 1000) assert.equal(await page.evaluate(() => window.scrollY), 0, "all of it fits");
  }
});

test("times, names and identifiers of items read at a glance", async (t) => {
  await ask("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/app/web" }, "1.1");
  const { page, go } = await openAt(t, moto);
  await go("logs", "DescribeLogGroups", "Describe log groups");
  await button(page, "Send").click();
  await sees(async () => (await table(page, "Log groups")).flat().join(" "), /Today, \d\d:\d\d/, "the time of creation", 20_000);

  await go("ec2", "DescribeSecurityGroups", "Describe security groups");
  await button(page, "Send").click();
  const groups = page.getByRole("table", { name: "Security groups" });
  await sees(async () => (await table(page, "Security groups")).length > 0, true, "the groups", 20_000);
  const [first] = await table(page, "Security groups");
  assert.match(first.find((cell) => /sg-/.test(cell)), /^\S.* sg-/, "the name stands above the identifier");
  const broken = await groups.locator(".one-line").evaluateAll((all) => all.filter((it) => it.getClientRects().length > 1 || it.offsetHeight > 48).map((it) => it.textContent));
  assert.deepEqual(broken, [], "no identifier is broken");
  await groups.locator(".cell-opener").first().click();
  const item = page.locator("#item");
  await item.waitFor();
  await item.getByText("Use in another operation").waitFor();
});

test("beside an item a table stays a table on a very wide screen", async (t) => {
  const { page, go } = await openAt(t, moto, undefined, { width: 2560, height: 1300 });
  await go("ec2", "DescribeSecurityGroups", "Describe security groups");
  await button(page, "Send").click();
  const groups = page.getByRole("table", { name: "Security groups" });
  await groups.waitFor({ timeout: 20_000 });
  await groups.locator(".cell-opener").first().click();
  await page.locator("#item").waitFor();
  assert.equal(await groups.evaluate((it) => getComputedStyle(it).display), "table");
});
