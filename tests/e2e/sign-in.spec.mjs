// Signing in from the page: by a code that is confirmed elsewhere, or with an MFA code, and the
// person is then where they were.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { account, alice, anew, listen, nowhere, open, sendButton, shown, stsAnswer, stsError } from "./aws.mjs";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { button, editAgain, errorOf, field, flash, hasFocus, ofVerdict, openOperation, row, sees, status, words } from "./person.mjs";

after(closeBrowser);

const sso = `[default]
sso_session = here
sso_account_id = 111122223333
sso_role_name = Admin
[sso-session here]
sso_start_url = https://here.example/start
sso_region = us-east-1
`;
const mfa = `[default]
role_arn = arn:aws:iam::111122223333:role/Admin
source_profile = keys
mfa_serial = arn:aws:iam::444455556666:mfa/phone
[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = a secret
`;
const done = [200, JSON.stringify({ FailedServiceActionAssociations: [] })];
const success = "1 of 1 association disassociated";
const keys = [alice.key, anew.key];

/** IAM Identity Center, STS and a service in one. `aws` says how it goes, and changes as the test does. */
async function startAws(t, config) {
  const aws = { token: "AuthorizationPendingException", given: 0, isRefused: false, expired: [], sent: 0 };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const [code, answer, type = "application/json", kind] = reply(aws, request, body);
    response.writeHead(code, { "content-type": type, "x-amzn-requestid": "upstream-1", ...(kind && { "x-amzn-errortype": kind }) });
    response.end(answer);
  });
  const url = await listen(t, server);
  const home = await mkdtemp(join(tmpdir(), "formsmith-"));
  t.after(() => rm(home, { recursive: true }));
  await writeFile(join(home, "config"), config);
  const environment = { ...nowhere, HOME: home, AWS_CONFIG_FILE: join(home, "config"), AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: url, AWS_ENDPOINT_URL_STS: url };
  return Object.assign(aws, { url, home, environment });
}

function reply(aws, request, body) {
  const ends = Date.now() + 3_600_000;
  const path = request.url.split("?")[0];
  if (path === "/client/register") return [200, JSON.stringify({ clientId: "client", clientSecret: "client secret", clientSecretExpiresAt: 4102444800 })];
  if (path === "/device_authorization") {
    const code = { deviceCode: "device", userCode: "ABCD-EFGH", expiresIn: 600, interval: 1 };
    return [200, JSON.stringify({ ...code, verificationUri: "https://here.example/device", verificationUriComplete: "https://here.example/device?user_code=ABCD-EFGH" })];
  }
  if (path === "/token") {
    if (aws.token) return [400, "{}", "application/json", aws.token];
    aws.isRefused = false;
    aws.given += 1;
    return [200, JSON.stringify({ accessToken: "an access token", expiresIn: 3600, tokenType: "Bearer" })];
  }
  if (path === "/federation/credentials") {
    if (aws.isRefused) return [401, "{}", "application/json", "UnauthorizedException"];
    return [200, JSON.stringify({ roleCredentials: { accessKeyId: keys[aws.given - 1], secretAccessKey: "s", sessionToken: "t", expiration: ends } })];
  }
  if (body.includes("Action=AssumeRole&")) {
    if (!body.includes("TokenCode=123456")) {
      return [403, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>", "text/xml"];
    }
    const given = `<AccessKeyId>${alice.key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(ends).toISOString()}</Expiration>`;
    return [200, `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>${given}</Credentials></AssumeRoleResult></AssumeRoleResponse>`, "text/xml"];
  }
  const isExpired = aws.expired.some((key) => request.headers.authorization.includes(`Credential=${key}/`));
  if (body.startsWith("Action=GetCallerIdentity")) return [...(isExpired ? stsError("ExpiredToken") : stsAnswer(alice)), "text/xml"];
  if (isExpired) return [400, JSON.stringify({ __type: "ExpiredTokenException" }), "application/x-amz-json-1.1"];
  aws.sent += 1;
  return [...done, "application/x-amz-json-1.1"];
}

const signInDialog = (page) => page.getByRole("dialog", { name: "Sign in", exact: true });
const signInButton = (scope) => scope.getByRole("button", { name: "Sign in", exact: true });
const productId = (page) => field(row(page, "Association 1"), "Product ID").inputValue();

test("who is not signed in does it in the midst of a review, by a code, and sends what was there", async (t) => {
  const aws = await startAws(t, sso);
  const { page, dialog } = await open(t, { upstream: aws, environment: aws.environment });
  await sees(() => account(page), "Account Sign in first");
  await sees(() => signInButton(page.getByRole("main")).count(), 1);
  await button(page, "Disassociate").click();
  await sees(async () => (await words(dialog)).includes("Sign in first"), true);
  assert.equal(await sendButton(dialog).count(), 0);

  await signInButton(dialog).focus();
  await page.keyboard.press("Enter");
  const asked = signInDialog(page);
  await sees(async () => (await words(asked)).includes("ABCD-EFGH"), true);
  assert.match(await words(asked), /Waiting for you to sign in.*The code is valid for 10 more minutes\./);
  const link = asked.getByRole("link", { name: "Open the sign-in page (new tab)" });
  assert.equal(await link.getAttribute("href"), "https://here.example/device?user_code=ABCD-EFGH");
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.match(await link.getAttribute("rel"), /noopener/);
  assert.equal(await asked.getByRole("button", { name: "Copy the code" }).count(), 1);
  await assertAccessible(page, "the dialog with the code");

  aws.token = null;
  await sees(() => asked.isVisible(), false, "it closes by itself");
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await sees(async () => (await words(dialog)).includes("1111-2222-3333"), true, "the review is for who that is");
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  await editAgain(page);
  assert.equal(await productId(page), "prod-1");
  assert.equal(aws.sent, 1);
  assert.deepEqual(await readdir(aws.home), ["config"], "nothing is stored");
});

test("a run that failed as the credentials had expired is sent again after signing in", async (t) => {
  const aws = await startAws(t, sso);
  aws.token = null;
  const { page, dialog } = await open(t, { upstream: aws, environment: aws.environment });
  await signInButton(page.getByRole("main")).click();
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await button(page, "Disassociate").click();
  await sees(() => sendButton(dialog).count(), 1);
  Object.assign(aws, { expired: [alice.key], isRefused: true });
  await sendButton(dialog).click();
  await sees(async () => (await flash(page)).startsWith("Sign in again Nothing was carried out."), true);
  // It stands with the run, and at the top of the form once the account was asked for anew.
  await signInButton(page.getByRole("main")).last().click();
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  assert.ok((await flash(page)).startsWith("Sign in again"), "the failed run is still there");
  assert.equal(await productId(page), "prod-1");
  await button(page, "Disassociate").click();
  await sendButton(dialog).click();
  await sees(() => flash(page), success);
  assert.deepEqual([aws.sent, aws.given], [1, 2]);
});

test("what failed since nobody was signed in is sent again as it was", async (t) => {
  const aws = await startAws(t, sso);
  aws.token = null;
  const { page } = await open(t, { upstream: aws, environment: aws.environment });
  await openOperation(page, "List service actions");
  await button(page, "List").click();
  await sees(async () => (await flash(page)).startsWith("Sign in first Nothing was sent."), true);
  await assertAccessible(page, "a run that failed since nobody was signed in");
  await signInButton(page.getByRole("main")).last().click();
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  await ofVerdict(page, "Send again").click();
  await sees(() => aws.sent, 1);
  await sees(async () => (await flash(page)).startsWith("Sign in"), false);
});

test("who denies the code, or thinks better of it, can begin again", async (t) => {
  const aws = await startAws(t, sso);
  aws.token = "AccessDeniedException";
  const { page } = await open(t, { upstream: aws, environment: aws.environment });
  await signInButton(page.getByRole("main")).click();
  const asked = signInDialog(page);
  await sees(async () => (await words(asked)).includes("The sign-in was denied"), true);
  await sees(async () => (await status(page)).startsWith("The sign-in was denied"), true);
  await assertAccessible(page, "the dialog that was denied");
  aws.token = "AuthorizationPendingException";
  await asked.getByRole("button", { name: "Try again" }).click();
  await sees(async () => (await words(asked)).includes("ABCD-EFGH"), true);
  await page.keyboard.press("Escape");
  await sees(() => asked.isVisible(), false);
  assert.equal(await account(page), "Account Sign in first");
});

test("a role asks for an MFA code; a wrong one is told and can be corrected", async (t) => {
  const aws = await startAws(t, mfa);
  const { page } = await open(t, { upstream: aws, environment: aws.environment });
  await sees(() => account(page), "Account Sign in first");
  await signInButton(page.getByRole("main")).click();
  const asked = signInDialog(page);
  const code = asked.getByRole("textbox", { name: "MFA code" });
  await sees(() => code.count(), 1);
  assert.match(await words(asked), /arn:aws:iam::444455556666:mfa\/phone/);
  assert.equal(await code.getAttribute("autocomplete"), "one-time-code");
  await assertAccessible(page, "the dialog for an MFA code");
  await code.fill("12345");
  await page.keyboard.press("Enter");
  await sees(() => errorOf(code), "An MFA code has six digits.");
  await code.fill("000000");
  await page.keyboard.press("Enter");
  await sees(() => errorOf(code), "The MFA code is wrong. Wait for the next code, then enter that one.");
  assert.equal(await hasFocus(code), true);
  await assertAccessible(page, "the dialog with a wrong MFA code");
  await code.fill("123456");
  await page.keyboard.press("Enter");
  await sees(() => asked.isVisible(), false);
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  assert.equal(await productId(page), "prod-1");
});
