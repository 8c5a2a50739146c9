// The proxy signs and forwards: what is reviewed, what arrives upstream, what is refused.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { assertAccessible, closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { button, field, flash, hasFocus, openOperation, part, row, sees, words, write } from "./person.mjs";

after(closeBrowser);

const inBulk = "Disassociate service actions in bulk";
const title = `Review: ${inBulk}`;
const credentials = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  AWS_SESSION_TOKEN: "a session token",
  AWS_EC2_METADATA_DISABLED: "true",
};
const association = { ServiceActionId: "act-1", ProductId: "prod-1", ProvisioningArtifactId: "pa-1" };
const refused = { ...association, ErrorCode: "LIMIT_EXCEEDED", ErrorMessage: "Too many changes." };

/** A service that remembers what reached it and answers the same each time. */
async function startUpstream(t, answer = { FailedServiceActionAssociations: [refused] }) {
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method, path: request.url, headers: request.headers, body });
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": "upstream-1" });
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${server.address().port}` };
}

async function open(t, { writes = true, address = (proxy) => proxy.url } = {}) {
  const upstream = await startUpstream(t);
  const arguments_ = ["--target", "aws", "--endpoint", upstream.url, "--site", dist];
  const proxy = await startProxy(t, writes ? [...arguments_, "--allow-write"] : arguments_, credentials);
  const { page } = await openPage(t, address(proxy));
  await sees(() => page.getByLabel("Target").locator("option:checked").innerText(), "AWS through the local proxy");
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" });
  return { page, proxy, upstream, dialog: page.getByRole("dialog", { name: title }) };
}

test("what changes real resources is reviewed, signed and sent once", async (t) => {
  const { page, proxy, upstream, dialog } = await open(t);
  await page.getByLabel("Region").selectOption("eu-central-1");
  await part(page, "Associations").waitFor();
  assert.equal(await page.getByText("Load an example").count(), 0, "examples are for the sandbox");
  await button(page, "Disassociate").click();
  await dialog.waitFor();
  const said = await words(dialog);
  assert.ok(said.includes("Disassociate 1 association in eu-central-1?"), said);
  await assertAccessible(page, "the review");

  await dialog.getByRole("button", { name: "Cancel", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
  await button(page, "Disassociate").click();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(upstream.received, [], "neither Cancel nor Escape sends anything");
  assert.equal(await part(page, "Result").count(), 0);

  await button(page, "Disassociate").click();
  await dialog.getByRole("button", { name: "Disassociate", exact: true }).click();
  await sees(() => flash(page), "0 of 1 association disassociated, 1 failed");
  await dialog.waitFor({ state: "hidden" });
  await sees(() => hasFocus(page.locator("#result")), true, "focus goes to the result");
  assert.ok((await words(part(page, "Result"))).includes("AWS through the local proxy, eu-central-1"));

  assert.equal(upstream.received.length, 1);
  const [{ method, path, headers, body }] = upstream.received;
  assert.equal(`${method} ${path}`, "POST /");
  assert.deepEqual(JSON.parse(body), { ServiceActionAssociations: [association] });
  assert.match(headers.authorization, /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/servicecatalog\/aws4_request, ?SignedHeaders=.*host.*, ?Signature=[0-9a-f]{64}$/);
  assert.equal(headers["x-amz-target"], "AWS242ServiceCatalogService.BatchDisassociateServiceActionFromProvisioningArtifact");
  assert.equal(headers["x-amz-security-token"], credentials.AWS_SESSION_TOKEN);
  assert.equal(headers["x-formsmith-token"], undefined, "the session token stays with the proxy");
  assert.ok(!proxy.output().includes(credentials.AWS_SECRET_ACCESS_KEY), "the secret is not in the proxy's log");
});

test("the session token leaves the address", async (t) => {
  const { page, proxy } = await open(t);
  assert.ok(!page.url().includes(proxy.token), page.url());
  assert.ok(!(await page.content()).includes(proxy.token));
  assert.ok(!JSON.stringify(await page.evaluate(() => ({ ...localStorage, ...sessionStorage }))).includes(proxy.token));
});

for (const [kind, options, code, sentence] of [
  ["no session token", { address: (proxy) => proxy.origin }, "token-missing", /has no session token\. Open the console by the address that the proxy printed at start\./],
  ["the token of another start", { address: (proxy) => `${proxy.origin}/#token=another` }, "token-wrong", /is not that of this proxy\./],
  ["a proxy that only reads", { writes: false }, /write/, /--allow-write/],
]) {
  test(`the proxy's refusal is shown: ${kind}`, async (t) => {
    const { page, upstream, dialog } = await open(t, options);
    await button(page, "Disassociate").click();
    await dialog.getByRole("button", { name: "Disassociate", exact: true }).click();
    await part(page, "Result").waitFor();
    const said = await flash(page);
    assert.match(said, code instanceof RegExp ? code : new RegExp(`^The local proxy answered: ${code} `));
    assert.match(said, sentence);
    assert.match(said, /The form is as you left it\.$/);
    assert.deepEqual(upstream.received, [], "nothing went upstream");
    assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
  });
}

test("an upstream that is gone is told as that", async (t) => {
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", "http://127.0.0.1:9", "--allow-write", "--site", dist], credentials);
  const { page } = await openPage(t, proxy.url);
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" });
  await button(page, "Disassociate").click();
  await page.getByRole("dialog", { name: title }).getByRole("button", { name: "Disassociate", exact: true }).click();
  await sees(() => flash(page), /^The local proxy answered: upstream-unreachable No connection to 127\.0\.0\.1:9 could be made\. Nothing was sent/);
});

test("leaving the page while the review is open sends nothing", async (t) => {
  const { page, upstream, dialog } = await open(t);
  await button(page, "Disassociate").click();
  await dialog.waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await page.getByRole("heading", { level: 1, name: "Operations" }).waitFor();
  await dialog.waitFor({ state: "detached" });
  await openOperation(page, inBulk);
  assert.equal(await field(row(page, "Association 1"), "Product ID").inputValue(), "prod-1");
  assert.equal(await dialog.count(), 0, "the review does not come back by itself");
  assert.deepEqual(upstream.received, []);
});
