// What is checked, when, and in which words; and that nothing is sent while something is wrong.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startProxy } from "./harness.mjs";
import { allWords, button, described, errorOf, field, flash, hasFocus, meets, openOperation, paste, requestsOf, row, sees, words, write } from "./person.mjs";

after(closeBrowser);

async function open(t, title) {
  const proxy = await startProxy(t);
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-sandbox");
  await openOperation(page, title);
  return { page, main: page.getByRole("main"), sent: requestsOf(page) };
}

const inBulk = "Disassociate service actions in bulk";
const associate = "Associate a service action";
const opportunity = "Disassociate an opportunity";
const idCharacters = "Use only letters, numbers, hyphens and underscores";

const messages = {
  [associate]: [
    ["Service action ID", "act-!x", `${idCharacters}: “!” at position 5 is not allowed`, "act-x"],
    ["Service action ID", "act x", `${idCharacters}: the space at position 4 is not allowed`, "act-x"],
    ["Product ID", "prod-ü", `${idCharacters}: “ü” at position 6 is not allowed`, "prod-u"],
    ["Product ID", "p\u200Brod", `${idCharacters}: the invisible character U+200B at position 2 is not allowed`, "prod"],
    ["Product ID", "p".repeat(107), "107 characters: 7 too many", "p".repeat(100)],
  ],
  [opportunity]: [
    ["Opportunity ID", "X123", "“X” at position 1 is not allowed here: use “O”", "O123"],
    ["Opportunity ID", "O", "The value is incomplete: continue with digits", "O1"],
    ["Opportunity ID", "O12a", "“a” at position 4 is not allowed here: use digits", "O12"],
    ["Opportunity ID", `O${"1".repeat(20)}`, "Remove “1” at position 21 and everything after it", `O${"1".repeat(19)}`],
    ["Related entity ID", "😀".repeat(257), "257 characters: 2 too many", "😀".repeat(255)],
    ["Related entity ID", "x".repeat(256), "256 characters: 1 too many", "x".repeat(255)],
  ],
};

for (const [operation, entries] of Object.entries(messages)) {
  test(`messages: ${operation}`, async (t) => {
    const { page } = await open(t, operation);
    for (const [title, typed, message, mended] of entries) {
      await t.test(`${title}: ${message}`, async () => {
        const control = field(page, title);
        await control.fill(typed);
        assert.equal(await errorOf(control), null, "no error before the field is left");
        await control.blur();
        await sees(() => errorOf(control), message, "the error once the field is left");
        await control.fill(mended);
        await sees(() => errorOf(control), null, "the error vanishes with the key that puts it right");
        assert.ok(!(await page.getByRole("main").innerText()).includes(message), "the message is gone");
        await control.fill(typed);
        assert.equal(await errorOf(control), null, "a corrected field is first checked again when it is left");
        await control.blur();
        await sees(() => errorOf(control), message);
        await control.fill(mended);
      });
    }
  });
}

test("a field in error is checked on every key", async (t) => {
  const { page } = await open(t, opportunity);
  const control = field(page, "Opportunity ID");
  await control.fill("X1");
  await control.blur();
  for (const [typed, message] of [
    ["O1y", "“y” at position 3 is not allowed here: use digits"],
    ["O", "The value is incomplete: continue with digits"],
    ["", "Enter opportunity ID"],
    ["O1", null],
  ]) {
    await control.fill(typed);
    if (message === null) await sees(() => errorOf(control), null);
    else await sees(() => errorOf(control), message, typed);
  }
});

test("untouched required fields are never red", async (t) => {
  const { page, main, sent } = await open(t, associate);
  const titles = ["Product ID", "Product version ID", "Service action ID"];
  for (const title of titles) {
    await field(page, title).focus();
    await field(page, title).blur();
  }
  for (const title of titles) assert.equal(await errorOf(field(page, title)), null, title);
  await field(page, "Product ID").fill("prod-1");
  await field(page, "Product ID").fill("");
  await field(page, "Product ID").blur();
  await sees(() => errorOf(field(page, "Product ID")), "Enter product ID", "a field that was emptied again");
  assert.equal(await errorOf(field(page, "Service action ID")), null);
  assert.equal(await main.getByText("There is a problem").count(), 0);
  assert.deepEqual(sent, []);
});

test("hint and error describe the field", async (t) => {
  const { page } = await open(t, associate);
  const control = field(page, "Product ID");
  const hint = "The product the version belongs to. Its ID begins with prod-.";
  assert.deepEqual(await described(control), [hint]);
  await control.fill("prod-!");
  await control.blur();
  await sees(() => described(control), [`${idCharacters}: “!” at position 6 is not allowed`, hint]);
  await page.getByRole("button", { name: "Info Product ID" }).click();
  const told = page.getByRole("main").locator(".info-region").first();
  await sees(() => words(told), /^Text\. .*Begins with prod-\. Pattern \^\[a-zA-Z0-9_\\-\]\*\$$/, "the pattern comes last");
});

test("a value that the service spells with other capitals is offered as it spells it", async (t) => {
  const { page } = await open(t, "List opportunities");
  const control = field(page, "Catalog");
  await control.fill("aws");
  await control.blur();
  await sees(async () => (await described(control))[0], "The service knows AWS, spelled like this");
  await button(page, "Use AWS").click();
  assert.equal(await control.inputValue(), "AWS");
  await sees(() => button(page, "Use AWS").count(), 0);
});

test("a press on the button counts, also when leaving the field brings up its error", async (t) => {
  const { page } = await open(t, associate);
  await field(page, "Service action ID").fill("act-!");
  await button(page, "Associate").click();
  await sees(() => page.getByRole("group", { name: "There is a problem" }).count(), 1, "the summary after one press");
});

test("trying to send sums up what is wrong, and each entry leads to its field", async (t) => {
  const { page, sent } = await open(t, associate);
  const title = "Associate a service action - Formsmith";
  await sees(() => page.title(), title);
  await field(page, "Idempotency token").fill("x".repeat(130));
  await button(page, "Associate").click();
  const summary = page.getByRole("group", { name: "There is a problem" });
  await summary.waitFor();
  await sees(() => hasFocus(summary), true, "focus is on the summary");
  await sees(() => page.title(), `Error: ${title}`);
  const wrong = {
    "Product ID": "Enter product ID",
    "Product version ID": "Enter product version ID",
    "Service action ID": "Enter service action ID",
    "Idempotency token": "130 characters: 2 too many",
  };
  const entries = Object.entries(wrong);
  assert.deepEqual(await allWords(summary.getByRole("listitem")), entries.map((entry) => entry.join(": ")));
  assert.equal(await summary.getByRole("button", { name: "Send anyway" }).count(), 0);
  for (const [name, message] of entries) {
    await summary.getByRole("button", { name: `${name}: ${message}`, exact: true }).click();
    await sees(() => hasFocus(field(page, name)), true, `focus is on ${name}`);
    assert.equal(await errorOf(field(page, name)), message);
  }
  await field(page, "Product ID").fill("prod-1");
  await sees(() => summary.getByRole("listitem").count(), 3, "what is put right leaves the summary");
  await write(page.getByRole("main"), { "Product version ID": "pa-1", "Service action ID": "act-1", "Idempotency token": "x" });
  await summary.waitFor({ state: "detached" });
  await sees(() => page.title(), title);
  assert.deepEqual(sent, [], "nothing was sent");
});

test("the summary says in which row something is wrong", async (t) => {
  const { page, sent } = await open(t, inBulk);
  await button(page, "Add association").click();
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" });
  await write(row(page, "Association 2"), { "Service action ID": "act-1", "Product ID": "a b" });
  await button(page, "Disassociate").click();
  const summary = page.getByRole("group", { name: "There is a problem" });
  await sees(() => allWords(summary.getByRole("listitem")), [
    `Association 2, Product ID: ${idCharacters}: the space at position 2 is not allowed`,
    "Association 2, Product version ID: Enter product version ID",
  ]);
  await summary.getByRole("button", { name: "Enter product version ID" }).click();
  await sees(() => hasFocus(field(row(page, "Association 2"), "Product version ID")), true);
  await button(page, "Remove association 2").click();
  await button(page, "Remove association 1").click();
  await button(page, "Disassociate").click();
  await sees(() => allWords(summary.getByRole("listitem")), ["Associations: Add at least 1 association"]);
  await summary.getByRole("button", { name: "Add at least 1 association" }).click();
  await sees(() => hasFocus(button(page, "Add association")), true);
  assert.deepEqual(await described(button(page, "Add association")), ["Add at least 1 association"]);
  assert.deepEqual(sent, []);
});

test("names of a map are there, short enough and different", async (t) => {
  const { page, sent } = await open(t, "Run a service action");
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-1", "Service action ID": "act-1" });
  for (const name of ["TARGET", "TARGET", "", "n".repeat(51)]) {
    await button(page, "Add parameter").click();
    await write(page.getByRole("main").getByRole("group", { name: /^Parameter / }).last(), { Name: name });
  }
  await button(page, "Run").click();
  await sees(() => allWords(page.getByRole("group", { name: "There is a problem" }).getByRole("listitem")), [
    "Parameter 2, Name: This repeats an earlier value: change one of them",
    "Parameter 3, Name: Enter name",
    "Parameter 4, Name: 51 characters: 1 too many",
  ]);
  assert.deepEqual(sent, []);
});

test("a value the model does not know is a warning, and can be sent anyway", async (t) => {
  const { page, main, sent } = await open(t, opportunity);
  const warning = "The model doesn't list “AwsBundles”. The service may accept it: you can send it anyway";
  await write(main, {
    Catalog: "Sandbox",
    "Opportunity ID": "O1234567",
    "Related entity type": "Another value",
    "Related entity ID": "S-1",
  });
  const other = page.getByRole("textbox", { name: "Other value" });
  await other.fill("AwsBundles");
  await other.blur();
  await sees(async () => (await described(other)).includes(warning), true, "the warning describes the field");
  assert.equal(await errorOf(other), null, "a warning is no error");
  await button(page, "Disassociate").click();
  const summary = page.getByRole("group", { name: "There is a problem" });
  await sees(() => allWords(summary.getByRole("listitem")), [`Related entity type: ${warning}`]);
  assert.deepEqual(sent, [], "nothing is sent before the person says so");
  await field(page, "Related entity ID").fill("");
  assert.equal(await summary.getByRole("button", { name: "Send anyway" }).count(), 0, "an error can't be sent anyway");
  await field(page, "Related entity ID").fill("S-1");
  await summary.getByRole("button", { name: "Send anyway" }).click();
  await sees(() => flash(page), /^The service rejected the request: ValidationException/);
  assert.equal(sent.length, 1);
  assert.equal(sent[0].postDataJSON().RelatedEntityType, "AwsBundles");
});

test("an identifier of another kind is named as what it is", async (t) => {
  const { page, main, sent } = await open(t, associate);
  const hint = "This looks like something else: product ID (begins with prod-). Values here begin with pa-";
  await field(page, "Product version ID").fill("prod-abcdzk7xy33qa");
  assert.ok(!(await main.innerText()).includes(hint), "no hint while typing");
  await field(page, "Product version ID").blur();
  await sees(async () => (await described(field(page, "Product version ID"))).includes(hint), true);
  assert.equal(await errorOf(field(page, "Product version ID")), null, "a hint is no error");
  await write(main, { "Product ID": "prod-1", "Service action ID": "act-1" });
  await button(page, "Associate").click();
  await sees(() => flash(page), /^The service rejected the request: InvalidParametersException/, "a hint does not stop the request");
  assert.equal(sent.length, 1);
});

for (const [kind, text] of [
  ["an ARN", "arn:aws:catalog:us-east-1:123456789012:product/prod-abcdzk7xy33qa"],
  ["a URL", "https://console.example.com/servicecatalog/home?region=us-east-1#admin/products/prod-abcdzk7xy33qa"],
]) {
  test(`${kind} offers the identifier inside it`, async (t) => {
    const { page } = await open(t, associate);
    const control = field(page, "Product ID");
    await paste(control, text);
    await control.blur();
    await sees(() => control.inputValue(), text, "what was pasted stays until the person chooses");
    await button(page, "Use prod-abcdzk7xy33qa").click();
    await sees(() => control.inputValue(), "prod-abcdzk7xy33qa");
    assert.equal(await errorOf(control), null);
    await button(page, "Use prod-abcdzk7xy33qa").waitFor({ state: "detached" });
  });
}

test("a prefix alone is no identifier to offer", async (t) => {
  const { page, main } = await open(t, associate);
  await field(page, "Product ID").fill("prod-?");
  await field(page, "Product ID").blur();
  await sees(() => errorOf(field(page, "Product ID")), `${idCharacters}: “?” at position 6 is not allowed`);
  assert.equal(await main.getByRole("button", { name: /^Use / }).count(), 0);
});

test("an optional text that was emptied is absent again", async (t) => {
  const { page, main, sent } = await open(t, associate);
  await write(main, { "Product ID": "prod-1", "Product version ID": "pa-1", "Service action ID": "act-1", Language: "jp" });
  await field(page, "Language").fill("");
  await button(page, "Associate").click();
  await sees(() => sent.length, 1);
  assert.ok(!("AcceptLanguage" in sent[0].postDataJSON()));
});

test("an empty text from the JSON says that it will be sent, and can be left out", async (t) => {
  const { page, main, sent } = await open(t, inBulk);
  await page.getByRole("tab", { name: "JSON" }).click();
  const association = { ServiceActionId: "act-1", ProductId: "prod-1", ProvisioningArtifactId: "pa-1" };
  const json = page.getByRole("textbox", { name: "Input as JSON" });
  await json.fill(JSON.stringify({ ServiceActionAssociations: [association], AcceptLanguage: "jp" }));
  await page.getByRole("tab", { name: "Form" }).click();
  assert.equal(await main.getByText("An empty text will be sent.").count(), 0);
  await page.getByRole("tab", { name: "JSON" }).click();
  await json.fill(JSON.stringify({ ServiceActionAssociations: [association], AcceptLanguage: "" }));
  await page.getByRole("tab", { name: "Form" }).click();
  await main.getByText("An empty text will be sent.").waitFor();
  await button(page, "Leave it out").click();
  await main.getByText("An empty text will be sent.").waitFor({ state: "detached" });
  await button(page, "Disassociate").click();
  await sees(() => sent.length, 1);
  assert.deepEqual(sent[0].postDataJSON(), { ServiceActionAssociations: [association] });
});
