// In whose name: no token, no credentials, others than those reviewed, and the way out of each.
import assert from "node:assert/strict";
import { createServer, request as ask } from "node:http";
import { after, test } from "node:test";
import { account, alice, anew, association, bob, credentialsFile, inBulk, listen, open, sendButton, shown, signedIn, startUpstream, stsError } from "./aws.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { allWords, button, field, flash, hasFocus, ofVerdict, openOperation, reviewOf, row, sees, status, switcher, words } from "./person.mjs";

after(closeBrowser);

const expired = [400, JSON.stringify({ __type: "ExpiredTokenException", Message: "The security token included in the request is expired" })];
const done = [200, JSON.stringify({ FailedServiceActionAssociations: [] })];
const success = "1 of 1 association disassociated";

/** What the page says of the target, with what keeps it from answering. */
async function notices(page) {
  return (await allWords(page.getByRole("main").locator(".flash"))).join(" | ");
}

const checkAgain = (dialog) => dialog.getByRole("button", { name: "Check again", exact: true });
const productId = (page) => field(row(page, "Association 1"), "Product ID").inputValue();

const used = async (proxy) => {
  const body = JSON.stringify({ code: new URL(proxy.url).hash.slice("#code=".length) });
  const answer = await fetch(`${proxy.plain.origin}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body });
  assert.equal(answer.status, 200);
  return proxy.url;
};

for (const [kind, address, title, why] of [
  ["no code", (proxy) => proxy.origin, "Get a new address from the proxy", "The request has no session token."],
  ["the token itself", (proxy) => `${proxy.origin}/#token=${proxy.token}`, "Get a new address from the proxy", "The request has no session token."],
  ["a code that was used", used, "This address has already been used", "The code in the address has already been used. Each code works once."],
  ["the code of another start", (proxy) => `${proxy.origin}/#code=${"0".repeat(32)}`, "This address is not from the running proxy", "This proxy did not issue the code in the address; it may have been restarted since."],
]) {
  test(`a page whose address has ${kind} says so at once, and goes on at the one that Enter gives`, async (t) => {
    const { page, proxy, upstream, dialog } = await open(t, { address });
    await sees(() => account(page), `Account ${title}`);
    assert.equal(new URL(page.url()).hash.replace(/^#\/.*/, ""), "", "neither stays in the address");
    await sees(() => notices(page), `${title} ${why} Press Enter in the proxy's terminal, then open the new address that it prints.`);
    await assertAccessible(page, "the page without its token");
    await button(page, "Disassociate").click();
    await sees(async () => (await words(dialog)).includes(`${title} ${why}`), true);
    assert.equal(await sendButton(dialog).count(), 0, "what can't be sent is not offered");
    await assertAccessible(page, "the review without a token");
    await page.keyboard.press("Escape");

    await page.goto(await proxy.newAddress());
    await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
    await sees(() => notices(page), "");
    await openOperation(page, inBulk);
    assert.equal(await productId(page), "prod-1", "nothing typed is lost");
    await button(page, "Disassociate").click();
    await sendButton(dialog).click();
    await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
    assert.equal(upstream.received.length, 1);
  });
}

test("without credentials nothing is offered to be sent; signing in goes on with nothing lost", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  const { page, upstream, dialog } = await open(t, { environment });
  await sees(() => account(page), "Account Not signed in");
  assert.match(await notices(page), /^Not signed in The proxy found no AWS credentials\. Sign in on the computer that runs the proxy/);
  assert.match(await status(page), /^Not signed in\. The proxy found/);
  await assertAccessible(page, "the page without credentials");
  await button(page, "Disassociate").focus();
  await page.keyboard.press("Enter");
  await sees(async () => (await words(dialog)).includes("Not signed in The proxy found no AWS credentials."), true);
  assert.ok((await words(dialog)).includes("Disassociate 1 association in us-east-1?"));
  assert.equal(await sendButton(dialog).count(), 0);
  await assertAccessible(page, "the review without credentials");

  await checkAgain(dialog).focus();
  await page.keyboard.press("Enter");
  await sees(() => checkAgain(dialog).getAttribute("aria-disabled"), null, "it is checked, and nothing has changed");
  await sees(() => hasFocus(checkAgain(dialog)), true, "the focus stays");
  await signIn(bob);
  await page.keyboard.press("Enter");
  await sees(async () => (await words(dialog)).includes("Disassociate 1 association in account 4444-5555-6666, us-east-1?"), true);
  assert.ok((await words(dialog)).includes(bob.arn));
  assert.equal(await sendButton(dialog).evaluate((element) => element === document.activeElement), false, "a second press sends nothing");
  assert.deepEqual(upstream.received, []);
  await sees(() => dialog.evaluate((element) => element.contains(document.activeElement)), true, "the focus is in the review");

  await sendButton(dialog).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  assert.equal(await account(page), "Account 4444-5555-6666 user/bob");
  assert.deepEqual(JSON.parse(upstream.received[0].body), { ServiceActionAssociations: [association] });
});

test("what was done in one account is not taken back in another", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  await signIn(alice);
  let hasExpired = false;
  const upstream = await startUpstream(t, { service: (key) => (hasExpired && key === alice.key ? expired : done) });
  const { page, dialog } = await open(t, { environment, upstream });
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  hasExpired = true;
  await signIn(bob);
  await openOperation(page, "List service actions");
  await button(page, "List").click();
  await sees(() => flash(page), /all pages loaded$/);
  await openOperation(page, inBulk);
  await ofVerdict(page, "Undo 1").click();
  const undo = reviewOf(page, "Associate");
  await sees(async () => (await words(undo)).includes("in account 4444-5555-6666"), true);
  const before = upstream.received.length;
  await undo.getByRole("button", { name: "Associate 1 association", exact: true }).click();
  const notice = page.locator("#notice");
  await sees(() => words(notice), /^Nothing was sent This ran in AWS account 1111-2222-3333\. Switch to that account/);
  await sees(() => hasFocus(notice), true, "it is where the person is");
  assert.equal(upstream.received.length, before);
  await notice.getByRole("button", { name: "Dismiss" }).click();
  await sees(() => words(notice), /^This undoes “/, "the way back to what was typed is not lost");
});

test("what was done in a known account is not taken back where nobody knows the account", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  await signIn(alice);
  let hasExpired = false;
  const service = (key) => (hasExpired && key === alice.key ? expired : done);
  const sts = (key) => (key === bob.key ? stsError("AccessDenied") : undefined);
  const { page, upstream, dialog } = await open(t, { environment, upstream: { service, sts } });
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  hasExpired = true;
  await signIn(bob);
  await openOperation(page, "List service actions");
  await button(page, "List").click();
  await sees(() => flash(page), /all pages loaded$/);
  await openOperation(page, inBulk);
  await ofVerdict(page, "Undo 1").click();
  const undo = reviewOf(page, "Associate");
  await sees(async () => (await words(undo)).includes("Account unknown"), true);
  const before = upstream.received.length;
  await undo.getByRole("button", { name: "Associate 1 association", exact: true }).click();
  const notice = page.locator("#notice");
  const why = `This ran in account ${shown}, and it's not known which account is signed in now. Check that the proxy can reach AWS STS, then try again.`;
  await sees(async () => (await words(notice)).startsWith(`Nothing was sent ${why}`), true);
  assert.equal(upstream.received.length, before);
});

test("who signs in and comes back to the page finds it signed in", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  const { page } = await open(t, { environment });
  await sees(() => account(page), "Account Not signed in");
  await signIn(alice);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  assert.equal(await notices(page), "");
  assert.equal(await status(page), `Account ${shown}, assumed-role/Admin/alice`);
  assert.equal(await productId(page), "prod-1");
});

for (const [kind, answer, why] of [
  ["STS refuses to name", stsError("AccessDenied"), "AWS STS refused to identify the account: AccessDenied. Check which "],
  ["STS does not answer for", ["reset"], /The connection to \S+ closed before an answer arrived\. Check which credentials the proxy uses/],
]) {
  test(`an account that ${kind} is told as unknown, and can be sent to`, async (t) => {
    const { page, upstream, dialog } = await open(t, { upstream: { sts: () => answer } });
    await sees(() => account(page), "Account Not known");
    const said = await notices(page);
    const sentence = "Account unknown Requests can be signed and sent, but it's not known which account they change. ";
    assert.ok(said.startsWith(sentence), said);
    if (why instanceof RegExp) assert.match(said, why);
    else assert.ok(said.includes(why), said);
    await button(page, "Disassociate").click();
    await sees(async () => (await words(dialog)).includes(sentence.trim()), true);
    assert.ok((await words(dialog)).includes("Disassociate 1 association in us-east-1?"));
    await assertAccessible(page, "the review of an unknown account");
    await sendButton(dialog).click();
    await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
    assert.equal(upstream.received.length, 1);
  });
}

test("while the account is asked for, the review says so and does not send", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  let answer;
  const wait = new Promise((resolve) => (answer = resolve));
  await page.route("**/api/consents", async (route) => {
    await wait;
    await route.continue();
  });
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes("Checking which account this is"), true);
  await sees(() => sendButton(dialog).getAttribute("aria-disabled"), "true");
  await sendButton(dialog).focus();
  await page.keyboard.press("Enter");
  await assertAccessible(page, "the review that waits");
  assert.ok(await dialog.isVisible());
  assert.deepEqual(upstream.received, []);
  answer();
  await sees(async () => (await words(dialog)).includes(alice.arn), true);
  await page.keyboard.press("Enter");
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
});

test("what was reviewed in one name is not sent in another", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  await signIn(alice);
  const upstream = await startUpstream(t, { service: (key) => (key === alice.key ? expired : done) });
  const { page, dialog } = await open(t, { environment, upstream });
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes(alice.arn), true);
  await signIn(bob);
  await sendButton(dialog).click();
  await sees(() => flash(page), /^The account or role has changed since your review Nothing was sent\. .* The form is as you left it\.$/);
  await sees(() => account(page), "Account 4444-5555-6666 user/bob", "the header is of now");
  assert.ok(upstream.received.every(({ headers }) => headers.authorization.includes(alice.key)), "nothing went out in the other name");
  assert.equal(await productId(page), "prod-1");
  const before = upstream.received.length;

  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes("in account 4444-5555-6666, us-east-1?"), true, "a new review");
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  assert.equal(upstream.received.length, before + 1);
});

test("credentials that ran out: sign in again, with nothing lost", async (t) => {
  const { environment, signIn } = await credentialsFile(t);
  await signIn(alice);
  const upstream = await startUpstream(t, { service: (key) => (key === alice.key ? expired : done) });
  const { page, dialog } = await open(t, { environment, upstream });
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes(alice.arn), true);
  const askedAnew = page.waitForRequest("**/api/status");
  await sendButton(dialog).click();
  await sees(() => flash(page), /^Sign in again Nothing was carried out\. The AWS credentials have expired\. Sign in again, .* The form is as you left it\.$/);
  await askedAnew;
  await assertAccessible(page, "the page with credentials that ran out");
  assert.equal(await productId(page), "prod-1");
  await signIn(anew);
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  assert.ok(upstream.received.at(-1).headers.authorization.includes(anew.key));
  assert.equal(await account(page), `Account ${shown} assumed-role/Admin/alice`);
});

test("through a development server a proxy that signs offers no AWS", async (t) => {
  const upstream = await startUpstream(t);
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", dist, "--allow-write"], signedIn);
  const { host, origin } = proxy.plain;
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host, "x-forwarded-host": incoming.headers.host };
    const onward = ask(`${origin}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  const { page } = await openPage(t, `${await listen(t, server)}/${new URL(proxy.url).hash}`);
  await page.waitForLoadState("networkidle");
  await switcher(page).click();
  const popup = page.getByRole("dialog", { name: "Target" });
  await popup.getByRole("radio", { name: "Sandbox in this page" }).waitFor();
  assert.equal(await popup.getByRole("radio").count(), 1);
  assert.equal(await popup.getByRole("group", { name: "Account" }).count(), 0);
  await page.keyboard.press("Escape");
  await sees(() => words(switcher(page)), "Target Sandbox In this page Nothing reaches AWS");
});
