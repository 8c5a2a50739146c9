// The proxy signs and forwards: what is reviewed, what arrives upstream, what is refused.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, test } from "node:test";
import { account, alice, association, inBulk, open, reviewFacts, sendButton, shown, signedIn } from "./aws.mjs";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { button, choice, consents, field, flash, hasFocus, openOperation, pairs, part, requestsOf, row, sees, switcher, target, words } from "./person.mjs";

after(closeBrowser);

test("what changes real resources is reviewed, signed and sent once", async (t) => {
  const { page, proxy, upstream, dialog } = await open(t);
  const [sent, agreed] = [requestsOf(page), requestsOf(page, consents)];
  await page.getByLabel("Region").selectOption("eu-central-1");
  await part(page, "Associations").waitFor();
  await button(page, "Load").click();
  await choice(page, "Load", "Paste a command").waitFor();
  assert.equal(await page.getByRole("group", { name: "Examples", exact: true }).count(), 0, "examples are for the sandbox");
  await page.keyboard.press("Escape");
  await button(page, "Disassociate").click();
  await dialog.waitFor();
  await sees(async () => (await words(dialog)).includes(`Disassociate 1 association in account ${shown}, eu-central-1?`), true);
  const { host } = new URL(upstream.url);
  assert.deepEqual(await pairs(dialog), reviewFacts("eu-central-1", { host }));
  assert.ok((await words(dialog)).includes(`Attempts Up to 3, until one succeeds Endpoint ${host} Identity ARN ${alice.arn}`));
  assert.deepEqual(await dialog.getByRole("cell").allInnerTexts(), Object.values(association));
  assert.equal(await sendButton(dialog).innerText(), "Disassociate 1 association");
  await sees(() => hasFocus(dialog.getByRole("heading", { level: 2 })), true, "the title has the focus, and not the button that closes");
  await assertAccessible(page, "the review");

  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await button(page, "Disassociate").click();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(upstream.received, [], "neither Cancel nor Escape sends anything");
  assert.equal(await part(page, "Result").count(), 0);

  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  await dialog.waitFor({ state: "hidden" });
  await sees(() => hasFocus(page.locator("#result")), true, "focus goes to the result");
  assert.ok((await words(page.locator(".sent-to"))).includes(`Sent to ${host} through the local proxy, eu-central-1, today at `), "it says who answered");

  assert.equal(upstream.received.length, 1);
  const [{ method, path, headers, body }] = upstream.received;
  assert.equal(`${method} ${path}`, "POST /");
  assert.deepEqual(JSON.parse(body), { ServiceActionAssociations: [association] });
  assert.match(headers.authorization, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/servicecatalog\/aws4_request, ?SignedHeaders=.*host.*, ?Signature=[0-9a-f]{64}$/);
  const target = "AWS242ServiceCatalogService.BatchDisassociateServiceActionFromProvisioningArtifact";
  assert.equal(headers["x-amz-target"], target);
  assert.equal(headers["x-amz-security-token"], signedIn.AWS_SESSION_TOKEN);
  assert.deepEqual(Object.keys(headers).filter((name) => name.startsWith("x-formsmith")), [], "what is between console and proxy stays there");
  assert.ok(!proxy.output().includes(alice.secret), "the secret is not in the proxy's log");

  assert.equal(sent.length, 1);
  const own = sent[0].headers();
  const proposed = `${proxy.origin}/api/consents`;
  const proposals = agreed.filter((request) => request.url() === proposed);
  const [withdrawn, confirmed] = ["DELETE", "POST"].map((method) => agreed.filter((request) => request.url() !== proposed && request.method() === method));
  assert.deepEqual([proposals.length, withdrawn.length], [3, 2], "a proposal for each review, and those of the reviews that were closed are withdrawn");
  assert.deepEqual(confirmed.map((request) => request.url()), [`${proposed}/${own["x-formsmith-consent"]}`]);
  const asked = proposals[2].postDataJSON();
  assert.equal(asked.kind, "run");
  const line = (name) => `${name}:${own[name]}\n`;
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  const reviewed = `POST\n/api/servicecatalog/eu-central-1/\n${line("content-type")}${line("x-amz-target")}${sha256(body)}`;
  assert.equal(asked.hash, sha256(reviewed), "the consent is to what arrived");
});

test("the header names the account, where there is one", async (t) => {
  const { page } = await open(t);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await assertAccessible(page, "the header");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  const popup = page.getByRole("dialog", { name: "Target" });
  await switcher(page).click();
  const told = popup.getByRole("group", { name: "Account" });
  await sees(() => words(told), `Account ${shown} ${alice.arn}`);
  const { width, height } = await popup.boundingBox();
  assert.deepEqual([width, height], [390, 844], "the whole screen of a phone");
  await assertAccessible(page, "what there is to choose, 390 pixels wide");
  await popup.getByRole("radio", { name: "Sandbox in this page" }).check();
  await told.waitFor({ state: "hidden" });
  await popup.getByRole("button", { name: "Close" }).click();
  await popup.waitFor({ state: "hidden" });
  await assertAccessible(page, "the header, 390 pixels wide");
  assert.equal(await target(page), "page");
});

test("the review fits a phone and is done by keyboard alone", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await page.setViewportSize({ width: 390, height: 844 });
  await button(page, "Disassociate").focus();
  await page.keyboard.press("Enter");
  await sees(() => dialog.getByText(alice.arn).isVisible(), true);
  assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth), 390);
  assert.ok(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth), "nothing stands outside the review");
  await assertAccessible(page, "the review, 390 pixels wide");
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("Tab");
  assert.ok(await hasFocus(sendButton(dialog)), "Close, the request, Cancel, then the button that sends");
  await page.keyboard.press("Enter");
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  assert.equal(upstream.received.length, 1);
});

test("the proxy's region is there until the person chooses one", async (t) => {
  const { page, proxy } = await open(t, { environment: { ...signedIn, AWS_REGION: "ap-south-1" } });
  await sees(() => page.getByLabel("Region").inputValue(), "ap-south-1");
  await page.getByLabel("Region").selectOption("eu-north-1");
  await page.goto("about:blank");
  await page.goto(await proxy.newAddress());
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  assert.equal(await page.getByLabel("Region").inputValue(), "eu-north-1");
});

test("the session token leaves the address", async (t) => {
  const { page, proxy } = await open(t);
  assert.ok(!page.url().includes(proxy.token), page.url());
  assert.ok(!(await page.content()).includes(proxy.token));
  assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))).includes(proxy.token));
});

test("a proxy that only reads says what would allow more", async (t) => {
  const { page, upstream, dialog } = await open(t, { writes: false });
  await button(page, "Disassociate").click();
  await sees(() => words(dialog), /The proxy doesn't allow changes .*--allow-write/);
  assert.equal(await sendButton(dialog).count(), 0, "what would be refused is not offered");
  await assertAccessible(page, "the review of what would be refused");
  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  assert.deepEqual(upstream.received, [], "nothing went upstream");
  assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
});

test("what only reads is sent without a review, and without a consent", async (t) => {
  const { page, upstream } = await open(t, { writes: false, upstream: { service: () => [200, '{"RecordDetails":[]}'] } });
  const [sent, agreed] = [requestsOf(page), requestsOf(page, consents)];
  await openOperation(page, "List records");
  await page.locator(".page-title").getByText("Read", { exact: true }).waitFor();
  await button(page, "List").click();
  await part(page, "Result").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(upstream.received.length, 1);
  assert.deepEqual(Object.keys(sent[0].headers()).filter((name) => name.startsWith("x-formsmith")), ["x-formsmith-operation", "x-formsmith-token"]);
  assert.deepEqual(agreed, []);
});

test("an endpoint that is gone is told as that, and nothing was sent", async (t) => {
  const { page, dialog } = await open(t, { upstream: { url: "http://127.0.0.1:9", received: [] } });
  await sees(() => account(page), "Account Not known");
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), /^The endpoint can't be reached Nothing was sent\. Connecting to 127\.0\.0\.1:9 failed\. .*then send again\. The form is as you left it\.$/, "after three attempts", 20_000);
  assert.equal((await pairs(part(page, "Message from the local proxy"))).Code, "upstream-unreachable");
});

test("leaving the page while the review is open sends nothing", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await button(page, "Disassociate").click();
  await dialog.waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("heading", { level: 1, name: "Run AWS operations" }).waitFor();
  await dialog.waitFor({ state: "detached" });
  await openOperation(page, inBulk);
  assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
  assert.equal(await dialog.count(), 0, "the review does not come back by itself");
  assert.deepEqual(upstream.received, []);
});

test("an answer that does not come leaves it open whether anything was done", async (t) => {
  const { page, upstream, dialog } = await open(t, { upstream: { service: () => ["reset"] } });
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(
    () => flash(page),
    /^Unknown: the connection closed before an answer arrived The connection to .* It's not known whether the request was carried out\. Check the resources before you send it again\. The form is as you left it\.$/,
  );
  assert.equal(upstream.received.length, 1, "sent once");
});
