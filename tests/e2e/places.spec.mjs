// Places: profiles of one proxy, what a person says of them, and what operations can do there.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { account, alice, association, bob, entry, inBulk, nowhere, open, sendButton, shown, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { openAt, startMoto } from "./moto.mjs";
import { button, chooseTarget, errorOf, field, flash, hasFocus, meets, ofVerdict, openOperation, row, sees, switcher, words, write } from "./person.mjs";

after(closeBrowser);

/** Mark, name and account, as the header has them. */
const place = (page) => words(switcher(page));
/** The colour along the top of the page. */
const line = (page) => page.locator(".place-line").getAttribute("data-tone");

/** A proxy with two profiles: `shop` is Alice's, `lab` is Bob's. */
async function openBoth(t, { more = [], service } = {}) {
  const upstream = await startUpstream(t, { service });
  const folder = await mkdtemp(join(tmpdir(), "formsmith-"));
  t.after(() => rm(folder, { recursive: true }));
  const credentials = join(folder, "credentials");
  const of = (name, { key, secret }) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n`;
  await writeFile(credentials, of("shop", alice) + of("lab", bob));
  const environment = { ...nowhere, AWS_SHARED_CREDENTIALS_FILE: credentials };
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--profile", "shop", "--profile", "lab", "--allow-write", ...more], environment);
  const { page } = await openPage(t, proxy.url);
  const { host } = new URL(upstream.url);
  await meets(page, "proxy-aws/shop");
  return { page, proxy, upstream, host };
}

/** Names the place at hand, and goes back. */
async function name(page, values) {
  const back = page.url();
  await page.goto(new URL("#/settings", back).href);
  const places = page.getByRole("region", { name: "Places" }).or(page.locator(".container", { hasText: "Places" }).first());
  if (values.Name !== undefined) await places.getByLabel("Name", { exact: true }).fill(values.Name);
  for (const label of ["Purpose", "Color", "Applies to"]) {
    if (values[label]) await places.getByLabel(label).selectOption(values[label]);
  }
  await button(page, "Save place").click();
  await page.goto(back);
}

test("each profile signs for itself, and the page stays with the one that was chosen", async (t) => {
  const { page, upstream, host } = await openBoth(t, { more: ["--regions", "lab=us-east-1,eu-west-1"] });
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await chooseTarget(page, `lab, ${host}`);
  await sees(() => account(page), "Account 4444-5555-6666 user/bob");
  assert.deepEqual(await page.getByLabel("Region").locator("option:enabled").allInnerTexts(), ["N. Virginia, us-east-1", "Ireland, eu-west-1"]);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), entry);
  await button(page, "Disassociate").click();
  const dialog = page.getByRole("dialog");
  await sees(async () => (await words(dialog)).includes("in account 4444-5555-6666"), true);
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  assert.match(upstream.received[0].headers.authorization, new RegExp(`Credential=${bob.key}/`));
  await page.reload();
  await meets(page, "proxy-aws/lab");
  await sees(() => account(page), "Account 4444-5555-6666 user/bob");
});

test("a run is sent again with its profile, and the header stays with the chosen one", async (t) => {
  const throttled = JSON.stringify({ FailedServiceActionAssociations: [{ ...association, ErrorCode: "THROTTLING", ErrorMessage: "Slow down." }] });
  const { page, upstream, host } = await openBoth(t, { service: () => [200, throttled] });
  await chooseTarget(page, `lab, ${host}`);
  await sees(() => account(page), "Account 4444-5555-6666 user/bob");
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), entry);
  await button(page, "Disassociate").click();
  const dialog = page.getByRole("dialog");
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed 1 can be retried.");
  await chooseTarget(page, `shop, ${host}`);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await ofVerdict(page, "Retry 1 failed").click();
  await sees(async () => (await words(dialog)).includes("in account 4444-5555-6666"), true);
  assert.equal(await account(page), `Account ${shown} assumed-role/Admin/alice`);
  await sendButton(dialog).click();
  await sees(() => upstream.received.length, 2);
  assert.match(upstream.received[1].headers.authorization, new RegExp(`Credential=${bob.key}/`));
});

test("who has turned to the sandbox asks the proxy no more often than anybody else", async (t) => {
  const { page } = await openBoth(t);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await chooseTarget(page, "Sandbox in this page");
  let asked = 0;
  page.on("request", (request) => (asked += request.url().includes("/api/status") ? 1 : 0));
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await sees(() => asked > 0, true);
  await page.waitForTimeout(500);
  assert.equal(asked, 1);
});

test("a place has its name, purpose and color in the header, in reviews and in the history", async (t) => {
  const { page, host } = await openBoth(t);
  const unnamed = `Target shop ${shown}, ${host}`;
  const named = `Target Production shop-live ${shown}, ${host}`;
  await sees(() => place(page), unnamed);
  await switcher(page).click();
  await page.getByRole("dialog", { name: "Target" }).getByRole("link", { name: "Name this place" }).waitFor();
  await assertAccessible(page, "what there is to choose");
  await page.keyboard.press("Escape");
  await sees(() => hasFocus(switcher(page)), true);
  await name(page, { Name: "shop-live", Purpose: "Production" });
  await sees(() => place(page), named);
  assert.equal(await line(page), "red");
  await assertAccessible(page, "the header with a place");
  await chooseTarget(page, `lab, ${host}`);
  await sees(() => place(page), `Target lab 4444-5555-6666, ${host}`, "another account is another place");
  assert.equal(await line(page), "");
  await chooseTarget(page, `shop, ${host}`);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), entry);
  await button(page, "Disassociate").click();
  const dialog = page.getByRole("dialog");
  await sees(() => words(dialog), /\? Place Production · shop-live Account /, "before all else");
  assert.equal(await dialog.getByLabel(/^Type /).count(), 0, "what can be undone asks for no name");
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  await page.goto(new URL("#/history", page.url()).href);
  await sees(async () => (await words(page.locator("main"))).includes("Production · shop-live"), true);
  await page.reload();
  await sees(() => place(page), named);
  await page.goto(new URL("#/settings", page.url()).href);
  await page.getByRole("button", { name: /^Remove the place shop/ }).click();
  await sees(() => place(page), unnamed);
});

test("what the proxy would refuse is said before anything is typed", async (t) => {
  const { page } = await open(t, { writes: false });
  await sees(() => page.locator(".page-title").innerText(), `${inBulk}\nWrite`);
  await sees(async () => (await words(page.locator("main"))).includes("The proxy doesn't allow changes"), true);
  assert.ok((await words(page.locator("main"))).includes("--allow-write"));
  await openOperation(page, "List service actions");
  await sees(() => page.locator(".page-title").innerText(), "List service actions\nRead");
  await sees(async () => (await words(page.locator("main"))).includes("The proxy doesn't allow"), false);
});

test("what can't be undone in production asks for the place's name", async (t) => {
  const moto = await startMoto(["s3"]);
  t.after(() => moto.stop());
  const { page, go } = await openAt(t, moto);
  await name(page, { Name: "shop-live", Purpose: "Production" });
  await go("s3", "DeleteBucket", "Delete bucket");
  await sees(() => page.locator(".page-title").innerText(), "Delete bucket\nDestroys");
  await field(page, "Bucket").fill("no-such-bucket");
  await button(page, "Send").click();
  const dialog = page.getByRole("dialog");
  const confirm = dialog.getByRole("button", { name: "Delete bucket", exact: true });
  const typed = dialog.getByLabel("Type shop-live to confirm");
  await typed.waitFor();
  await assertAccessible(page, "a review that asks for a name");
  await confirm.click();
  await sees(() => errorOf(typed), "Type shop-live first.");
  await sees(() => hasFocus(typed), true);
  await typed.fill("shop-live");
  await page.keyboard.press("Enter");
  assert.ok(await dialog.isVisible(), "Enter in the field sends nothing");
  await confirm.click();
  await dialog.waitFor({ state: "hidden" });
  await sees(async () => (await flash(page)) !== "", true);
});
