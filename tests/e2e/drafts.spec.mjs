// What was typed is kept: across a reload, across pages, and when it is cleared by mistake.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { button, choose, editAgain, errorOf, field, formIsOpen, openOperation, part, row, sees, status, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const associate = "Associate a service action";
const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function open(t, title) {
  const { page } = await openPage(t, (await startSite(t)).url);
  await openOperation(page, title);
  return { page, main: page.getByRole("main") };
}

/**
 * All values of the form, with the names of their controls' labels, and the JSON beside it. Of what is
 * out of sight innerText has nothing.
 */
async function everything(page) {
  const fields = await page.getByRole("tabpanel").locator("input, select").evaluateAll((all) =>
    all.map((one) => [one.labels[0].textContent, one.value]),
  );
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = await page.getByRole("textbox", { name: "Input as JSON" }).inputValue();
  await page.getByRole("tab", { name: "Form" }).click();
  return { fields, json };
}

for (const [title, fill] of [
  [
    inBulk,
    async (page) => {
      await button(page, "Add association").click();
      await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "not an id!" });
      await write(row(page, "Association 2"), { "Product version ID": "p".repeat(120) });
      await button(page, "Add association").click();
      await write(page.getByRole("main"), { Language: "zh" });
    },
  ],
  [associate, (page) => write(page.getByRole("main"), { "Product ID": " prod-1 ", "Idempotency token": "my own token" })],
  [
    "Run a service action",
    async (page) => {
      for (const name of ["TARGET", "TARGET", ""]) {
        await button(page, "Add parameter").click();
        await write(page.getByRole("group", { name: /^Parameter \d$/ }).last(), { Name: name, Value: "i-1" });
      }
      await row(page, "Parameter 2").getByRole("button", { name: "Add value" }).click();
      await row(page, "Parameter 3").getByRole("button", { name: "Remove value 1" }).click();
    },
  ],
  [
    "Disassociate resources from a custom line item",
    async (page) => {
      await write(page.getByRole("main"), { "Custom line item ARN": "arn:", Resource: "“quoted”, ünï 😀" });
      await button(page, "Add billing period range").click();
      await write(page.getByRole("main"), { "End billing period": "2025-13" });
    },
  ],
  [
    "Disassociate an opportunity",
    async (page) => {
      await write(page.getByRole("main"), { Catalog: "Elsewhere", "Related entity type": "Another value" });
      await page.getByRole("textbox", { name: "Other value" }).fill("AwsBundles");
    },
  ],
]) {
  test(`the draft survives a reload: ${title}`, async (t) => {
    const { page } = await open(t, title);
    await fill(page);
    const before = await everything(page);
    await page.reload();
    await formIsOpen(page, title);
    assert.deepEqual(await everything(page), before);
  });
}

test("each operation keeps a draft of its own", async (t) => {
  const { page, main } = await open(t, associate);
  await write(main, { "Product ID": "prod-associate" });
  await openOperation(page, "Run a service action");
  await write(main, { "Provisioned product ID": "pp-run" });
  await openOperation(page, associate);
  assert.equal(await field(page, "Product ID").inputValue(), "prod-associate");
  // Between the two was the start page.
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Run a service action" }).waitFor();
  assert.equal(await field(page, "Provisioned product ID").inputValue(), "pp-run");
});

test("clearing can be undone", async (t) => {
  const { page, main } = await open(t, inBulk);
  await write(row(page, "Association 1"), { "Service action ID": "act-1" });
  const before = await everything(page);
  await button(page, "Clear").click();
  await sees(() => field(row(page, "Association 1"), "Service action ID").inputValue(), "");
  await sees(() => status(page), "The form was cleared.");
  await button(page, "Restore my form").click();
  await sees(() => field(row(page, "Association 1"), "Service action ID").inputValue(), "act-1");
  assert.deepEqual(await everything(page), before);
  assert.equal(await main.getByText("The form was cleared.").count(), 0);
  await button(page, "Clear").click();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await field(row(page, "Association 1"), "Service action ID").inputValue(), "", "cleared is cleared");
});

test("what was written after clearing is not lost by undoing it", async (t) => {
  const { page } = await open(t, inBulk);
  const first = field(row(page, "Association 1"), "Service action ID");
  await first.fill("act-before");
  await button(page, "Clear").click();
  await sees(() => first.inputValue(), "");
  await first.fill("act-after");
  await button(page, "Restore my form").click();
  await sees(() => first.inputValue(), "act-before");
  await button(page, "Undo").click();
  await sees(() => first.inputValue(), "act-after");
});

test("half an input in the JSON comes back with Undo as well", async (t) => {
  const { page } = await open(t, associate);
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = page.getByRole("textbox", { name: "Input as JSON" });
  await json.fill('{"ProductId": "prod-');
  await button(page, "Clear").click();
  await sees(() => errorOf(json), null);
  await button(page, "Restore my form").click();
  await sees(() => json.inputValue(), '{"ProductId": "prod-');
});

test("loading an example can be undone", async (t) => {
  const { page, main } = await open(t, inBulk);
  const first = field(row(page, "Association 1"), "Service action ID");
  await first.fill("act-mine");
  await choose(page, "Load", "Remove two actions from one version");
  await sees(() => first.inputValue(), "act-stop4ec2k9m7q");
  await row(page, "Association 2").waitFor();
  await main.getByText("The example “Remove two actions from one version” was loaded.").waitFor();
  await button(page, "Restore my form").click();
  await sees(() => first.inputValue(), "act-mine");
  assert.equal(await row(page, "Association 2").count(), 0);
});

test("clearing what is empty by then leaves the way back", async (t) => {
  const { page, main } = await open(t, associate);
  const product = field(page, "Product ID");
  await product.fill("prod-mine");
  await button(page, "Clear").click();
  await sees(() => product.inputValue(), "");
  await button(page, "Clear").click();
  await button(page, "Restore my form").click();
  await sees(() => product.inputValue(), "prod-mine");
  await button(page, "Clear").click();
  await sees(() => product.inputValue(), "");
  await choose(page, "Load", "Add an action to a new version");
  await sees(async () => (await product.inputValue()) !== "", true);
  await button(page, "Restore my form").click();
  await sees(() => product.inputValue(), "prod-mine");
});

test("a token that was sent is not sent with another input after Undo", async (t) => {
  const { page, main } = await open(t, associate);
  const token = field(page, "Idempotency token");
  await write(main, { "Product ID": "prod-abcdzk7xy33qa", "Product version ID": "pa-wk3f6hvy9pb7m", "Service action ID": "act-fs7abcd89wxyz" });
  const spent = await token.inputValue();
  await button(page, "Associate").click();
  await part(page, "Result").waitFor();
  await editAgain(page);
  await button(page, "Clear").click();
  await write(main, { "Product ID": "prod-other" });
  await button(page, "Restore my form").click();
  await sees(() => token.inputValue(), spent, "it belongs to that input");
  await write(main, { "Service action ID": "act-stop4ec2k9m7q" });
  await sees(async () => (await token.inputValue()) !== spent, true);
});

test("a token is made, shown, renewed on request, and kept across a reload", async (t) => {
  const { page } = await open(t, associate);
  const token = field(page, "Idempotency token");
  const first = await token.inputValue();
  assert.match(first, uuid4);
  await button(page, "New token").click();
  await sees(async () => (await token.inputValue()) !== first, true);
  const second = await token.inputValue();
  assert.match(second, uuid4);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: associate }).waitFor();
  assert.equal(await token.inputValue(), second, "after a reload");
});

test("a token stays with the input it was sent for, and no longer", async (t) => {
  const { page, main } = await open(t, associate);
  const token = field(page, "Idempotency token");
  await write(main, { "Product ID": "prod-abcdzk7xy33qa", "Product version ID": "pa-wk3f6hvy9pb7m", "Service action ID": "act-fs7abcd89wxyz" });
  const first = await token.inputValue();
  const send = async () => {
    await button(page, "Associate").click();
    await part(page, "Result").waitFor();
    await editAgain(page);
  };
  await send();
  assert.equal(await token.inputValue(), first);
  await send();
  assert.equal(await token.inputValue(), first, "the same input goes with the same token");
  await write(main, { "Service action ID": "act-stop4ec2k9m7q" });
  await sees(async () => (await token.inputValue()) !== first, true, "another input gets another token");
  assert.match(await token.inputValue(), uuid4);
  await token.fill("chosen-by-hand");
  await send();
  await write(main, { "Service action ID": "act-start5ec2t8vn" });
  assert.equal(await token.inputValue(), "chosen-by-hand", "a token of one's own is never replaced");
  await token.fill("");
  await send();
  assert.match(await token.inputValue(), uuid4, "an empty token is filled");
});

for (const [kind, leave] of [
  ["going back", (page) => page.goBack()],
  ["following an address", (page) => page.evaluate(() => (location.hash = "#/"))],
]) {
  test(`${kind} while a field has the focus loses nothing`, async (t) => {
    const { page } = await open(t, associate);
    await field(page, "Product ID").focus();
    await page.keyboard.type("prod-mine");
    await leave(page);
    await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
    await openOperation(page, associate);
    assert.equal(await field(page, "Product ID").inputValue(), "prod-mine");
  });
}

test("what is typed is stored at the first pause, and after two seconds without one", async (t) => {
  const { page, main } = await open(t, associate);
  const product = field(main, "Product ID");
  const stored = () => page.evaluate(() => Object.values(localStorage).join().match(/prod-x*/)?.[0].length ?? 0);
  await product.fill("prod-");
  await sees(stored, 5);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const lengths = [];
  for (let key = 0; key < 40; key += 1) {
    await product.pressSequentially("x");
    await page.clock.runFor(100);
    lengths.push(await stored());
  }
  assert.equal(lengths[17], 5, "nothing is written between quick keys");
  assert.ok(lengths[22] >= 23, `after two seconds: ${lengths}`);
  assert.ok(lengths[30] < 35, "and then again after two");
  await page.clock.runFor(300);
  assert.equal(await stored(), 45);
});
