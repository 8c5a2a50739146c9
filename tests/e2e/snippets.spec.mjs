// The same call elsewhere: copied out for other tools, and pasted in.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite, takePictures } from "./harness.mjs";
import { siteWithModels } from "./models.mjs";
import { allWords, button, choice, choose, errorOf, field, flash, formIsOpen, hasFocus, openOperation, requestsOf, row, sees, status, words, write, writeRows } from "./person.mjs";

after(closeBrowser);

const bulk = "Disassociate service actions in bulk";
const run = "Run a service action";
const record = "View a record";
const languages = ["AWS CLI", "Python", "Rust", "JavaScript", "curl"];

async function open(t, title, options) {
  const site = await startSite(t);
  const { page, context, problems } = await openPage(t, site.url, options);
  if (title) await openOperation(page, title);
  return { page, context, problems };
}

const copyDialog = (page) => page.getByRole("dialog", { name: "Copy as code" });
const pasteDialog = (page) => page.getByRole("dialog", { name: "Paste a command" });
const pasted = (page) => pasteDialog(page).getByRole("textbox", { name: "Command or JSON body" });

/** Opens the dialog, writes a text into it and presses its button. */
async function paste(page, text) {
  // The start page has a button of its own.
  const own = button(page, "Paste a command");
  await ((await own.count()) ? own.click() : choose(page, "Load", "Paste a command"));
  await sees(() => hasFocus(pasted(page)), true, "the text has the focus");
  await pasted(page).fill(text);
  await pasteDialog(page).getByRole("button", { name: "Fill the form" }).click();
}

/** The text in a language of the open dialog. */
async function textIn(page, language) {
  await copyDialog(page).getByRole("tab", { name: language, exact: true }).click();
  const block = copyDialog(page).getByRole("region", { name: language, exact: true });
  await block.waitFor();
  return block.evaluate((element) => element.textContent);
}

test("the call in the form is shown in each language and can be copied", async (t) => {
  const { page, context } = await open(t, run);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("combobox", { name: "Region" }).selectOption("eu-west-1");
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-it's", "Service action ID": "act-1", "Idempotency token": "my-token" });
  const first = row(page, "Parameter 1");
  if ((await first.count()) === 0) await button(page, "Add parameter").click();
  await write(first, { Name: "$HOME" });
  const value = row(first, "Value 1");
  if ((await value.count()) === 0) await first.getByRole("button", { name: /^Add/ }).click();
  await write(value, { Value: "`id` 🎉" });
  await choose(page, "More", "Copy as");
  const expected = {
    "AWS CLI": [
      "aws servicecatalog execute-provisioned-product-service-action \\\n  --region eu-west-1 \\\n",
      "--provisioned-product-id 'pp-it'\\''s'",
      "--parameters '{\"$HOME\":[\"`id` 🎉\"]}'",
    ],
    Python: ['boto3.client("servicecatalog", region_name="eu-west-1")', 'ProvisionedProductId="pp-it\'s"', '"`id` 🎉"'],
    Rust: ["use aws_sdk_servicecatalog as sdk;", '.provisioned_product_id("pp-it\'s")', '.parameters("$HOME", vec!["`id` 🎉".into()])'],
    JavaScript: ["new ExecuteProvisionedProductServiceActionCommand({", '$HOME: [\n      "`id` 🎉",\n    ],'],
    curl: ["--aws-sigv4 aws:amz:eu-west-1:servicecatalog", "https://servicecatalog.eu-west-1.amazonaws.com/", '"ExecuteToken":"my-token"'],
  };
  await sees(() => allWords(copyDialog(page).getByRole("tab")), languages);
  for (const language of languages) {
    const text = await textIn(page, language);
    for (const part of expected[language]) assert.ok(text.includes(part), `${part} is not in\n${text}`);
    await copyDialog(page).getByRole("button", { name: `Copy ${language}`, exact: false }).click();
    await sees(() => status(page), new RegExp(`${language} copied`));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);
  }
  await copyDialog(page).getByText("Running this calls AWS with your own credentials.").waitFor();
  await assertAccessible(page, "the call elsewhere");
  await takePictures(page, "copy-as");
  await page.keyboard.press("Escape");
  await sees(() => hasFocus(button(page, "More")), true);
});

test("what would be sent is shown, whatever is wrong with it, and nothing is sent", async (t) => {
  const { page } = await open(t, record);
  const sent = requestsOf(page);
  await write(page.getByRole("main"), { "Record ID": "not an id!", "Page size": "many" });
  await choose(page, "More", "Copy as");
  assert.match(await textIn(page, "AWS CLI"), /--id 'not an id!' \\\n {2}--no-paginate \\\n {2}--cli-input-json '\{"PageSize":"many"\}'/);
  await copyDialog(page).getByRole("tab", { name: "Rust" }).click();
  await copyDialog(page).getByText("PageSize is not a number, but this language can't write anything else there.").waitFor();
  assert.match(await textIn(page, "curl"), /"PageSize":"many"/);
  await copyDialog(page).getByRole("button", { name: "Close" }).last().click();
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.getByRole("textbox", { name: "Input as JSON" }).fill('{"Id": "rec-1", ');
  await choose(page, "More", "Copy as");
  await copyDialog(page).getByText("The JSON has an error.").waitFor();
  assert.match(await textIn(page, "AWS CLI"), /--id 'not an id!'/);
  assert.equal(sent.length, 0);
});

test("the module is fetched when it is first asked for, once, and again where that failed", async (t) => {
  let isThere = false;
  const site = await startSite(t, {
    answer(name, response) {
      if (isThere || !name.includes("page-snippets")) return false;
      response.writeHead(503).end();
      return true;
    },
  });
  const { page, problems } = await openPage(t, site.url);
  const fetched = [];
  page.on("request", (request) => request.url().includes("page-snippets") && fetched.push(request.url()));
  await openOperation(page, record);
  assert.equal(fetched.length, 0);
  await choose(page, "More", "Copy as");
  await copyDialog(page).getByText("A part of the page couldn't be loaded. Check your connection, then try again.").first().waitFor();
  assert.ok(problems.splice(0).length > 0, "the browser reports the failed fetch");
  await page.keyboard.press("Escape");
  isThere = true;
  fetched.length = 0;
  await choose(page, "More", "Copy as");
  await textIn(page, "Python");
  await page.keyboard.press("Escape");
  await paste(page, "aws servicecatalog describe-record --id rec-1");
  await sees(() => field(page, "Record ID").inputValue(), "rec-1");
  assert.equal(fetched.length, 2);
});

test("a command fills the form, says what it left out, and can be undone", async (t) => {
  const { page } = await open(t, bulk);
  await writeRows(page, "association", [{ "Service action ID": "act-old" }]);
  await paste(
    page,
    `aws servicecatalog batch-disassociate-service-action-from-provisioning-artifact \\
  --region eu-central-1 --profile demo \\
  --service-action-associations ServiceActionId=act-1,ProductId=prod-1,ProvisioningArtifactId=pa-1 \\
      'ServiceActionId=act-2,ProductId=prod-2,ProvisioningArtifactId=pa-2' \\
  --colour red > out.json`,
  );
  await pasteDialog(page).waitFor({ state: "hidden" });
  assert.equal(await field(row(page, "Association 2"), "Product version ID").inputValue(), "pa-2");
  const region = page.getByRole("combobox", { name: "Region" });
  assert.equal(await region.inputValue(), "eu-central-1");
  const notice = await words(page.getByRole("main"));
  for (const part of [
    "The form was filled with what you pasted.",
    "The region is now eu-central-1.",
    "Ignored because it isn't part of the request: --profile demo.",
    "Ignored because it was not understood: --colour red.",
    "Ignored because it was not understood: > out.json.",
  ]) {
    assert.ok(notice.includes(part), `${part} is not said in ${notice}`);
  }
  await button(page, "Restore my form").click();
  assert.equal(await field(row(page, "Association 1"), "Service action ID").inputValue(), "act-old");
  assert.equal(await row(page, "Association 2").count(), 0);
  assert.equal(await region.inputValue(), "us-east-1");
});

test("a command of another operation goes there, and so does a body", async (t) => {
  const { page } = await open(t, bulk);
  await paste(page, "$ aws servicecatalog describe-record --id rec-9abcd --page-size 7");
  await page.getByRole("heading", { level: 1, name: record, exact: true }).waitFor();
  await sees(() => hasFocus(page.getByRole("heading", { level: 1 })), true);
  assert.equal(await field(page, "Record ID").inputValue(), "rec-9abcd");
  assert.equal(await field(page, "Page size").inputValue(), "7");
  await paste(page, '{"ProvisionedProductId": "pp-1", "ServiceActionId": "act-1", "ExecuteToken": "t-1", "Parameters": {"A": ["b", "c"]}}');
  await page.getByRole("heading", { level: 1, name: run, exact: true }).waitFor();
  assert.equal(await field(page, "Idempotency token").inputValue(), "t-1");
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: record, exact: true }).waitFor();
});

test("the start page takes a command, and a body that fits several operations is asked about", async (t) => {
  const { page } = await open(t);
  await paste(page, '{"ServiceActionAssociations": [{"ServiceActionId": "a", "ProductId": "b", "ProvisioningArtifactId": "c"}]}');
  await sees(async () => (await errorOf(pasted(page))) ?? "", /^This could be the body of several operations: .*Open the one you mean/);
  await pasted(page).fill("aws partnercentral-selling get-opportunity --catalog Sandbox --identifier O1234567");
  await pasteDialog(page).getByRole("button", { name: "Fill the form" }).click();
  await page.getByRole("heading", { level: 1, name: /opportunity/i }).waitFor();
  assert.equal(await field(page, "Catalog").inputValue(), "Sandbox");
});

test("commands of all AWS services are taken and given", async (t) => {
  const { site, remove } = await siteWithModels(["sqs"]);
  t.after(remove);
  const proxy = await startProxy(t, ["--target", "sandbox", "--site", site]);
  const { page } = await openPage(t, proxy.url);
  const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders";
  await paste(page, `aws sqs send-message --queue-url ${queue} --message-body 'it works' --region eu-west-1 --no-such-option 1`);
  await formIsOpen(page, "Send message");
  await sees(() => field(page, "Queue URL").inputValue(), queue);
  await sees(() => field(page, "Message body").inputValue(), "it works");
  await sees(() => words(page.getByRole("main")), /was not understood: --no-such-option 1/);
  await choose(page, "More", "Copy as");
  const cli = await textIn(page, "AWS CLI");
  // An option that holds an address would have the AWS CLI fetch it.
  assert.equal(cli.trim(), `aws sqs send-message \\\n  --region eu-west-1 \\\n  --message-body 'it works' \\\n  --cli-input-json '{"QueueUrl":"${queue}"}'`);
  assert.match(await textIn(page, "Python"), /client\("sqs", region_name="eu-west-1"\)\nresponse = client.send_message\(/);
  assert.match(await textIn(page, "JavaScript"), /new SendMessageCommand\(/);
  await copyDialog(page).getByRole("tab", { name: "Rust", exact: true }).click();
  await copyDialog(page).getByText("This language is written for the built-in services only.").waitFor();
  await page.keyboard.press("Escape");
  // A body is the open form's.
  await paste(page, '{"QueueUrl": "other", "MessageBody": "body"}');
  await sees(() => field(page, "Queue URL").inputValue(), "other");
  await paste(page, "aws sqs no-such-command");
  await sees(() => errorOf(pasted(page)), /no operation no-such-command/);
});

test("nonsense is refused in plain words, and nothing changes", async (t) => {
  const { page } = await open(t, record);
  await write(page.getByRole("main"), { "Record ID": "rec-kept" });
  await choose(page, "Load", "Paste a command");
  for (const [text, why] of [
    ["", /^There is nothing to read\./],
    ["aws s3 ls", /^This is a command of s3, which has no model here\.$/],
    ["aws servicecatalog copy-product", /^servicecatalog has no operation copy-product/],
    ["aws servicecatalog describe-record --id 'rec", /^The opening ' is never closed/],
    ['{"Id": }', /^This begins like JSON but is not valid: see line 1, column 8\.$/],
    ["aws servicecatalog describe-record --id ".padEnd(1_100_000, "x"), /^The text is too long: at most 1048576 bytes are read\.$/],
    ["hello", /^This begins with “hello”\. Paste a command that begins with aws, or a JSON body\.$/],
  ]) {
    await pasted(page).fill(text);
    await pasteDialog(page).getByRole("button", { name: "Fill the form" }).click();
    await sees(async () => (await errorOf(pasted(page))) ?? "", why);
    await sees(() => status(page), why);
    await sees(() => hasFocus(pasted(page)), true, "the text has the focus again");
  }
  await assertAccessible(page, "a refused text");
  await takePictures(page, "paste-refused");
  await pasteDialog(page).getByRole("button", { name: "Cancel" }).click();
  assert.equal(await field(page, "Record ID").inputValue(), "rec-kept");
  assert.equal(await flash(page), "");
  await choose(page, "Load", "Paste a command");
  assert.equal(await errorOf(pasted(page)), null, "the next time begins anew");
});

test("what is copied and pasted again is the same input", async (t) => {
  const { page } = await open(t, run);
  const input = { ProvisionedProductId: "pp-1", ServiceActionId: "-act", ExecuteToken: "file://x", Parameters: { "it's": ["$A `b` \"c\" \\ !", "line\nbreak\t🎉"], "": [] } };
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = page.getByRole("textbox", { name: "Input as JSON" });
  await json.fill(JSON.stringify(input));
  await choose(page, "More", "Copy as");
  const command = await textIn(page, "AWS CLI");
  await page.keyboard.press("Escape");
  await button(page, "Clear").click();
  await paste(page, command);
  await sees(async () => JSON.parse(await json.inputValue()), input);
});

test("with the keyboard alone", async (t) => {
  const { page } = await open(t, record);
  const press = async (name) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      const now = await page.evaluate(() => {
        const element = document.activeElement;
        return element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText;
      });
      if (now?.trim() === name) return page.keyboard.press("Enter");
    }
    return assert.fail(`Tab does not reach ${name}`);
  };
  await press("Load");
  await sees(() => hasFocus(choice(page, "Load", "Paste a command")), true, "the first has the focus");
  await page.keyboard.press("Enter");
  await sees(() => hasFocus(pasted(page)), true);
  await page.keyboard.insertText("aws servicecatalog describe-record --id rec-1");
  await press("Fill the form");
  await sees(() => field(page, "Record ID").inputValue(), "rec-1");
  await sees(() => hasFocus(button(page, "Load")), true, "the focus is back");
  await press("More");
  await sees(() => hasFocus(choice(page, "More", "Copy as")), true);
  await page.keyboard.press("Enter");
  const first = copyDialog(page).getByRole("tab", { name: "AWS CLI" });
  for (let presses = 0; presses < 5 && !(await hasFocus(first)); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await copyDialog(page).getByRole("region", { name: "Python" }).getByText("client.describe_record(").waitFor();
  await page.keyboard.press("End");
  await copyDialog(page).getByRole("region", { name: "curl" }).waitFor();
  await page.keyboard.press("Escape");
  await copyDialog(page).waitFor({ state: "hidden" });
  await sees(() => hasFocus(button(page, "More")), true);
});

test("on a phone, and served by the proxy under its policy", async (t) => {
  const proxy = await startProxy(t);
  const { page } = await openPage(t, proxy.url, { width: 390, height: 844 });
  await paste(page, "aws servicecatalog describe-record --id rec-1");
  await page.getByRole("heading", { level: 1, name: record, exact: true }).waitFor();
  await choose(page, "More", "Copy as");
  await textIn(page, "curl");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 390, "nothing scrolls sideways");
  assert.equal(await copyDialog(page).evaluate((one) => one.scrollWidth > one.clientWidth), false);
});
