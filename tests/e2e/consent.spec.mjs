// What the proxy resolved stands in the review; what is confirmed is exactly that, once.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { account, alice, bob, credentialsFile, open, reviewFacts, sendButton } from "./aws.mjs";
import { assertAccessible, closeBrowser, takePictures } from "./harness.mjs";
import { button, field, flash, hasFocus, openOperation, pairs, part, reviewOf, row, sees, status, words } from "./person.mjs";

after(closeBrowser);

const lineItem = "Disassociate resources from a custom line item";
const resource = "arn:aws:billingconductor::123456789012:customlineitem/abcdef1234";

const expired = [400, JSON.stringify({ __type: "ExpiredTokenException", Message: "The security token included in the request is expired" })];
const done = [200, JSON.stringify({ FailedServiceActionAssociations: [] })];

/** Asks the proxy as the page does, from outside of it; the same headers and body again. */
function again(proxy, { url, headers, body }) {
  const { pathname } = new URL(url);
  const own = Object.entries(headers).filter(([name]) => /^(x-|content-type)/.test(name));
  return fetch(new URL(pathname, proxy.plain.origin), { method: "POST", headers: Object.fromEntries(own), body });
}

test("the review tells the host, the account, the region of the signature and the class", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await button(page, "Disassociate").click();
  await sees(() => pairs(dialog), reviewFacts("us-east-1", new URL(upstream.url)));
  await takePictures(page, "review");
  await page.keyboard.press("Escape");

  await page.getByLabel("Region").selectOption("eu-central-1");
  await openOperation(page, lineItem);
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.getByRole("textbox", { name: "Input as JSON" }).fill(JSON.stringify({ TargetArn: resource, ResourceArns: [resource.replace("abcdef1234", "ghijkl5678")] }));
  await button(page, "Disassociate").click();
  const review = reviewOf(page, "Disassociate");
  await sees(async () => (await words(review)).includes("Region eu-central-1 (signed for us-east-1)"), true);
  assert.ok((await words(review)).includes(resource), "what is changed is named");
});

test("another identity between review and confirmation is told, and what it would be is read first", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  await signIn(alice);
  const service = (key) => (key === alice.key ? expired : done);
  const { page, proxy, upstream, dialog } = await open(t, { environment, upstream: { service } });
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes(alice.arn), true);
  await signIn(bob);
  // What another tab asks makes the proxy look whose credentials there are by now.
  const other = { "x-formsmith-token": proxy.token, "x-amz-target": "AWS242ServiceCatalogService.ListRecordHistory", "content-type": "application/x-amz-json-1.1" };
  await again(proxy, { url: `${proxy.origin}/api/servicecatalog/us-east-1/`, headers: other, body: "{}" });
  const before = upstream.received.length;

  await sendButton(dialog).focus();
  await page.keyboard.press("Enter");
  const told = "The account or role has changed since your review Nothing was sent. Read the review again, then confirm it.";
  await sees(async () => (await words(dialog)).includes(told), true);
  await sees(async () => (await words(dialog)).includes("Disassociate 1 association in account 4444-5555-6666, us-east-1?"), true);
  assert.equal((await pairs(dialog))["Signed in as"], "bob user");
  assert.equal(await hasFocus(sendButton(dialog)), false, "a second press confirms nothing that nobody has read");
  await sees(() => dialog.evaluate((element) => element.contains(document.activeElement)), true, "the focus is in the review");
  assert.equal(upstream.received.length, before);
  await sees(() => account(page), "Account 4444-5555-6666 user/bob");
  await assertAccessible(page, "a review that is to be read again");

  await sendButton(dialog).click();
  await sees(() => flash(page), "1 of 1 association disassociated");
  assert.ok(upstream.received.at(-1).headers.authorization.includes(bob.key));
});

test("a consent that was used is refused and told as that, and another review goes on", async (t) => {
  const { page, proxy, upstream, dialog } = await open(t);
  let replayed;
  await page.route("**/api/servicecatalog/**", async (route) => {
    const request = route.request();
    const same = { url: request.url(), headers: await request.allHeaders(), body: request.postData() };
    // Somebody is quicker, and has done what the person agreed to.
    if (!replayed) {
      replayed = [];
      for (let time = 0; time < 2; time += 1) replayed.push(await again(proxy, same));
    }
    await route.continue();
  });
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), "The review has already been used Nothing was sent. The consent was valid until the request succeeded, and it has succeeded. Check the result of the request before you review it again. The form is as you left it.");
  assert.deepEqual(replayed.map((answer) => answer.status), [200, 403]);
  assert.equal((await replayed[1].json()).code, "consent-used");
  assert.equal((await pairs(part(page, "Message from the local proxy"))).Code, "consent-used");
  assert.equal(upstream.received.length, 1, "nothing more was signed");
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  assert.equal(upstream.received.length, 2);
});

for (const [how, close] of [
  ["Escape", (page) => page.keyboard.press("Escape")],
  ["Cancel", (page, dialog) => dialog.getByRole("button", { name: "Cancel" }).click()],
]) {
  test(`what a review that ends with ${how} proposed can not be confirmed any more`, async (t) => {
    const { page, proxy, upstream, dialog } = await open(t);
    const proposed = page.waitForResponse("**/api/consents");
    await button(page, "Disassociate").click();
    const { id } = await (await proposed).json();
    await sees(async () => Object.keys(await pairs(dialog)).includes("Signed in as"), true);
    const withdrawn = page.waitForResponse((response) => response.request().method() === "DELETE");
    await close(page, dialog);
    assert.equal((await withdrawn).url(), `${proxy.origin}/api/consents/${id}`);
    const headers = { "x-formsmith-token": proxy.token };
    const confirmed = await fetch(`${proxy.plain.origin}/api/consents/${id}`, { method: "POST", headers });
    assert.equal((await confirmed.json()).code, "consent-withdrawn");
    // The next review is another proposal.
    await button(page, "Disassociate").click();
    await sendButton(dialog).click();
    await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
    assert.equal(upstream.received.length, 1);
  });
}

test("a review that is closed before the proxy has answered leaves no proposal behind", async (t) => {
  const { page, proxy, dialog } = await open(t);
  let answer;
  const wait = new Promise((resolve) => (answer = resolve));
  await page.route("**/api/consents", async (route) => {
    await wait;
    await route.continue();
  });
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes("Checking which account this is"), true);
  await page.keyboard.press("Escape");
  const proposed = page.waitForResponse("**/api/consents");
  const withdrawn = page.waitForResponse((response) => response.request().method() === "DELETE");
  answer();
  const { id } = await (await proposed).json();
  assert.equal((await withdrawn).url(), `${proxy.origin}/api/consents/${id}`);
  await sees(() => dialog.isVisible(), false);
});

test("a proxy that was started anew while the review was open knows nothing of it, and is asked again", async (t) => {
  const { page, upstream, dialog } = await open(t);
  const confirmation = /\/api\/consents\/[0-9a-f]{32}$/;
  const ofAnother = (route) => route.continue({ url: route.request().url().replace(/[0-9a-f]{32}$/, "0".repeat(32)) });
  await page.route(confirmation, ofAnother, { times: 1 });
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(async () => (await words(dialog)).includes("The proxy doesn't know this review Nothing was sent."), true);
  assert.deepEqual(upstream.received, []);
  await sees(() => sendButton(dialog).getAttribute("aria-disabled"), null);
  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  assert.equal(upstream.received.length, 1);
});

test("what is confirmed is not what another request carries", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await page.route("**/api/servicecatalog/**", (route) => route.continue({ postData: route.request().postData().replace("act-1", "act-2") }));
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), /^The review was for a different request Nothing was sent\. The consent sent with the request is for a different request\./);
  assert.deepEqual(upstream.received, []);
  assert.equal(await field(row(page, "Association 1"), "Service action ID").inputValue(), "act-1");
  await sees(() => status(page), /^The review was for a different request\. Nothing was sent/);
});
