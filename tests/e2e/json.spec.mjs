// The same input as JSON: both ways, with mistakes placed and nothing lost.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { allWords, button, errorOf, field, hasFocus, openOperation, row, sees, write } from "./person.mjs";

after(closeBrowser);

async function open(t, title) {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, title);
  const tab = (name) => page.getByRole("tab", { name }).click();
  return { page, main: page.getByRole("main"), json: page.getByRole("textbox", { name: "Input as JSON" }), tab };
}

const run = "Run a service action";
const associate = "Associate a service action";
const lineItem = "Disassociate resources from a custom line item";

test("what is written in the form stands in the JSON", async (t) => {
  const { page, main, json, tab } = await open(t, lineItem);
  await write(main, { "Custom line item ARN": "abcde12345" });
  await write(row(page, "Resource 1"), { Resource: "123456789012" });
  await button(page, "Add billing period range").click();
  await write(main, { "First billing period": "2025-06" });
  await tab("JSON");
  assert.deepEqual(JSON.parse(await json.inputValue()), {
    TargetArn: "abcde12345",
    ResourceArns: ["123456789012"],
    BillingPeriodRange: { InclusiveStartBillingPeriod: "2025-06" },
  });
});

test("what is written in the JSON fills the form", async (t) => {
  const { page, json, tab } = await open(t, run);
  await tab("JSON");
  await json.fill(
    JSON.stringify({
      ProvisionedProductId: "pp-1",
      ServiceActionId: "not an id",
      ExecuteToken: "my-own-token",
      Parameters: { TARGET: ["i-1", "i-2"], Empty: [] },
    }),
  );
  await tab("Form");
  assert.equal(await field(page, "Provisioned product ID").inputValue(), "pp-1");
  assert.equal(await field(page, "Service action ID").inputValue(), "not an id");
  assert.equal(await field(page, "Idempotency token").inputValue(), "my-own-token");
  const first = row(page, "Parameter 1");
  assert.equal(await field(first, "Name").inputValue(), "TARGET");
  assert.equal(await field(first.getByRole("group", { name: "Value 2" }), "Value").inputValue(), "i-2");
  const second = row(page, "Parameter 2");
  assert.equal(await field(second, "Name").inputValue(), "Empty");
  assert.equal(await field(second, "Value").count(), 0);
  await second.getByText("No values: an empty list will be sent.").waitFor();
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-2" });
  await tab("JSON");
  const back = JSON.parse(await json.inputValue());
  assert.deepEqual(back, {
    ProvisionedProductId: "pp-2",
    ServiceActionId: "not an id",
    ExecuteToken: "my-own-token",
    Parameters: { TARGET: ["i-1", "i-2"], Empty: [] },
  });
});

const mistakes = [
  ["half an object", '{\n  "ProductId": "prod-1",\n', /^Line 3, column 1: this is not JSON \(/],
  ["a comma missing", '{\n  "ProductId": "prod-1"\n  "ServiceActionId": "act-1"\n}', /^Line 3, column 3: this is not JSON \(/],
  ["a member nobody knows", '{\n  "ProductID": "prod-1"\n}', /^Line 2, column \d+: “ProductID” is not a member here\. Use .*ProductId.* and IdempotencyToken$/],
  ["a number for a text", '{\n  "ProductId": 5\n}', /^Line 2, column \d+: this must be text in double quotes$/],
  ["a member twice", '{"ProductId": "a", "ProductId": "b"}', /^Line 1, column \d+: “ProductId” appears here twice$/],
  ["a list for the whole", "[]", /^Line 1, column \d+: this must be an object in curly brackets$/],
  ["nothing at all", "", /^Line 1, column 1: this is not JSON \(/],
];

test("a mistake is placed and loses nothing", async (t) => {
  const { page, main, json, tab } = await open(t, associate);
  for (const [kind, text, message] of mistakes) {
    await t.test(kind, async () => {
      await write(main, { "Product ID": "prod-before" });
      await tab("JSON");
      await json.fill(text);
      await sees(() => errorOf(json), message);
      await tab("Form");
      await main.getByText("The JSON has an error. The form shows the last input that could be read.").waitFor();
      const control = main.getByLabel("Product ID", { exact: true });
      assert.equal(await control.inputValue(), "prod-before", "the form shows the last input");
      assert.ok(await control.evaluate((element) => element.closest("[inert]") !== null), "the form can't be edited");
      await button(page, "Go to the JSON").click();
      assert.equal(await json.inputValue(), text, "what was typed is still there");
      await page.reload();
      await json.waitFor();
      assert.equal(await json.inputValue(), text, "also after a reload");
      await sees(() => errorOf(json), message);
      await json.fill('{"ProductId": "prod-after"}');
      await sees(() => errorOf(json), null);
      await tab("Form");
      await sees(() => field(page, "Product ID").inputValue(), "prod-after", "mended JSON fills the form");
      assert.equal(await main.getByText("The JSON has an error").count(), 0);
    });
  }
});

test("a mistake can be given up for the form", async (t) => {
  const { page, main, json, tab } = await open(t, associate);
  await write(main, { "Product ID": "prod-before" });
  await tab("JSON");
  await json.fill('{"ProductId": "prod-');
  await tab("Form");
  await button(page, "Discard the JSON and use the form").click();
  await write(main, { "Service action ID": "act-1" });
  await tab("JSON");
  const input = JSON.parse(await json.inputValue());
  assert.equal(input.ProductId, "prod-before");
  assert.equal(input.ServiceActionId, "act-1");
  assert.equal(await errorOf(json), null);
});

test("JSON with a mistake is not sent", async (t) => {
  const { page, json, tab } = await open(t, associate);
  await tab("JSON");
  await json.fill('{\n  "ProductId": tru\n}');
  await button(page, "Associate").click();
  const summary = page.getByRole("group", { name: "There is a problem" });
  await summary.waitFor();
  await sees(() => hasFocus(summary), true);
  const [entry] = await allWords(summary.getByRole("listitem"));
  assert.match(entry, /^Line 2, column 1\d: this is not JSON/);
  await tab("Form");
  await summary.getByRole("button", { name: entry }).click();
  await sees(() => hasFocus(json), true, "the entry leads to the JSON");
  assert.equal(await page.getByRole("region", { name: "Result" }).count(), 0, "nothing was sent");
});

for (const [kind, parameters, message] of [
  ["absent", undefined, null],
  ["empty", {}, "Parameters: Add at least 1 parameter, or none"],
]) {
  test(`an empty map is told apart from an absent one: ${kind}`, async (t) => {
    const { page, main, json, tab } = await open(t, run);
    const input = { ProvisionedProductId: "pp-1", ServiceActionId: "act-1", ExecuteToken: "t", Parameters: parameters };
    await tab("JSON");
    await json.fill(JSON.stringify(input));
    await tab("Form");
    assert.equal(await button(page, "Leave it out").count(), parameters ? 1 : 0);
    await button(page, "Run").click();
    const summary = page.getByRole("group", { name: "There is a problem" });
    if (message) {
      await sees(() => allWords(summary.getByRole("listitem")), [message]);
      await button(page, "Leave it out").click();
      await summary.waitFor({ state: "detached" });
    } else {
      await main.getByRole("region", { name: "Result" }).waitFor();
    }
    await tab("JSON");
    const { Parameters: _, ...absent } = input;
    assert.deepEqual(JSON.parse(await json.inputValue()), absent);
  });
}

test("JSON that was discarded can be brought back, as it was", async (t) => {
  const { page, main, json, tab } = await open(t, associate);
  await write(main, { "Product ID": "prod-before" });
  await tab("JSON");
  const text = '{"ProductId": "prod-typed for a long time';
  await json.fill(text);
  await tab("Form");
  await button(page, "Discard the JSON and use the form").click();
  await main.getByText("The JSON was discarded.").waitFor();
  await button(page, "Restore my form").click();
  await sees(() => json.inputValue(), text);
});
