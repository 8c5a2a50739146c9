// Secrets live in the page's memory: nothing that lasts has them, unless the person asks for that.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { signedIn, stsAnswer, alice } from "./aws.mjs";
import { assertAccessible, closeBrowser, openPage, startProxy } from "./harness.mjs";
import { kept, openHistory } from "./history.mjs";
import { models, siteWithModels } from "./models.mjs";
import { addSettings, button, choose, described, errorOf, field, flash, formIsOpen, meets, message, part, reviewOf, sees, words, write } from "./person.mjs";

let site;
before(async () => {
  site = await siteWithModels(["secretsmanager"]);
});
after(async () => {
  await closeBrowser();
  await site.remove();
});

const typed = "typed-hush-4711";
const told = "told-hush-0815";

/** The page before a proxy, and a service that answers what a test says; all that lasts is in `everything`. */
async function open(t, answers) {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const isSts = body.startsWith("Action=GetCallerIdentity");
    if (!isSts) received.push(body);
    const [status, answer] = isSts ? stsAnswer(alice) : answers(request.headers["x-amz-target"]?.split(".")[1], body);
    response.writeHead(status, { "content-type": isSts ? "text/xml" : "application/x-amz-json-1.1", "x-amzn-requestid": "r-1" }).end(answer);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close() && server.closeAllConnections());
  const folder = await mkdtemp(join(tmpdir(), "formsmith-secrets-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const log = join(folder, "audit.log");
  const endpoint = `http://127.0.0.1:${server.address().port}`;
  const proxy = await startProxy(t, ["--target", "aws", "--site", site.site, "--models", models, "--endpoint", endpoint, "--allow-write", "--allow-secrets", "--audit", log], signedIn);
  const { page, context } = await openPage(t, proxy.url);
  const said = [];
  page.on("console", (line) => said.push(line.text()));
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await meets(page, "proxy-aws");
  const go = async (operation, title, query = "") => {
    await page.goto(`${proxy.origin}/#/secretsmanager/${operation}${query}`);
    await formIsOpen(page, title);
  };
  const everything = async () => {
    const stored = await page.evaluate(() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, document.title].join("\n"));
    // Before something is sent there is no database.
    const isThere = await page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === "formsmith"));
    return [stored, isThere ? JSON.stringify(await kept(page)) : "", said.join("\n"), proxy.output(), await readFile(log, "utf8")].join("\n");
  };
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  return { page, proxy, received, go, everything, clipboard };
}

async function sendReviewed(page, title) {
  await button(page, "Send").click();
  const dialog = reviewOf(page, title);
  await dialog.getByText("Signed in as").waitFor();
  return { dialog, confirm: () => dialog.getByRole("button", { name: title, exact: true }).click() };
}

const create = ["CreateSecret", "Create secret"];
const created = () => [200, JSON.stringify({ ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:a", Name: "a" })];

test("what is typed as a secret reaches the service and nothing that lasts", async (t) => {
  const { page, received, go, everything, clipboard } = await open(t, created);
  await go(...create);
  await addSettings(page.getByRole("main"), "Secret string");
  await write(page.getByRole("main"), { Name: "a", "Secret string": typed });
  const secret = field(page, "Secret string");
  const style = () => secret.evaluate((element) => getComputedStyle(element).webkitTextSecurity);
  assert.equal(await style(), "disc");
  assert.ok((await described(secret)).includes("Secret: kept in memory until you close this page, never stored"));
  await button(page, "Show secret string").click();
  assert.equal(await style(), "none");
  await button(page, "Hide secret string").click();
  await assertAccessible(page, "a form with a secret");

  // The draft is stored by now, and the link is made of the same.
  await sees(async () => (await everything()).includes("SecretString"), true, "the draft is stored");
  assert.ok(!(await everything()).includes(typed), "the draft");
  await choose(page, "More", "Copy link");
  await sees(async () => (await clipboard()).includes("input="), true, "the link");
  assert.ok(!decodeURIComponent(await clipboard()).includes(typed), "the link");

  const { dialog, confirm } = await sendReviewed(page, create[1]);
  assert.ok(!(await words(dialog)).includes(typed), "the review");
  await dialog.locator("summary").click();
  assert.ok(!(await words(dialog)).includes(typed), "the request in the review");
  await dialog.getByRole("button", { name: /^Show/ }).click();
  assert.ok((await words(dialog)).includes(typed), "it is shown when it is asked for");
  await confirm();
  await sees(() => flash(page), "The service carried out the request.");
  assert.equal(JSON.parse(received.at(-1)).SecretString, typed, "the service got it");
  await sees(async () => Object.values(await kept(page)).some(({ fact }) => fact === "ended"), true, "the end is stored");
  assert.ok(!(await everything()).includes(typed), "the history");

  await page.reload();
  await formIsOpen(page, create[1]);
  assert.equal(await field(page, "Secret string").inputValue(), "");
  await button(page, "Send").click();
  await sees(() => errorOf(field(page, "Secret string")), "Secret values aren't stored. Enter this one again");
  assert.equal(received.length, 1, "nothing is sent with a hole in it");
  const request = await message(page, "Request as sent");
  assert.equal(JSON.parse(request.body).SecretString, "<SecretString>");

  await openHistory(page);
  await page.getByRole("checkbox").first().check();
  const download = page.waitForEvent("download");
  await button(page, "Export").click();
  const exported = await readFile(await (await download).path(), "utf8");
  assert.ok(exported.includes("formsmith:notKept") && !exported.includes(typed), "the file");
  assert.ok(!/notKept":"[0-9a-f]/.test(exported), "no hash by which it could be guessed");
  assert.ok(!(await everything()).includes(typed), "after a reload");
});

test("an error that repeats a secret is stored without it", async (t) => {
  const { page, go, everything } = await open(t, () => [400, JSON.stringify({ __type: "InvalidParameterException", Message: `'${typed}' is too short` })]);
  await go(...create);
  await addSettings(page.getByRole("main"), "Secret string");
  await write(page.getByRole("main"), { Name: "a", "Secret string": typed });
  const { confirm } = await sendReviewed(page, create[1]);
  await page.evaluate(() => {
    const status = [...document.querySelectorAll("[role=status]")].at(-1);
    window.told = [];
    new MutationObserver(() => window.told.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await confirm();
  await part(page, "Result").waitFor();
  const shown = () => words(page.getByRole("main"));
  await sees(async () => (await shown()).includes("'••••••' is too short"), true, "the message is masked");
  assert.ok(!(await shown()).includes(typed), "what is shown");
  await assertAccessible(page, "an error with a secret");
  await button(page, "Show message").click();
  await sees(async () => (await shown()).includes(`'${typed}' is too short`), true, "a press shows it");
  await sees(async () => (await everything()).includes("InvalidParameterException"), true, "it is stored");
  assert.ok(!(await everything()).includes(typed));
  const told = await page.evaluate(() => window.told);
  assert.ok(told.some((text) => text.includes("is too short")), told.join("; "));
  assert.ok(!told.some((text) => text.includes(typed)), "what is read out");
});

test("an answer that is a secret is shown when it is asked for, and stored nowhere", async (t) => {
  const answer = { Name: "a", SecretString: told, VersionId: "v-hush-1" };
  const { page, go, everything, clipboard } = await open(t, () => [200, JSON.stringify(answer)]);
  await go("GetSecretValue", "Get secret value");
  await write(page.getByRole("main"), { "Secret ID": "a" });
  const { confirm } = await sendReviewed(page, "Get secret value");
  await confirm();
  const result = part(page, "Answer");
  await result.waitFor();
  assert.ok(!(await words(page.getByRole("main"))).includes(told), "it is masked");
  await assertAccessible(page, "a result with a secret");
  await result.getByRole("button", { name: /^Copy secret string$/i }).click();
  await sees(clipboard, told, "a press copies it");
  await result.getByRole("button", { name: "Show secret string", exact: true }).click();
  await sees(async () => (await words(result)).includes(told), true, "another shows it");
  await sees(async () => Object.values(await kept(page)).some(({ fact }) => fact === "ended"), true, "the end is stored");
  const all = await everything();
  assert.ok(!all.includes(told) && !all.includes("v-hush-1"), "all of it is secret");
  await page.reload();
  await part(page, "Answer").waitFor();
  await sees(async () => (await words(part(page, "Answer"))).includes("(not stored)"), true, "what is left");
});
