// AWS as the proxy sees it: STS tells whose keys they are, the service answers what a test says.
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist, openPage, startProxy } from "./harness.mjs";
import { meets, openOperation, reviewOf, row, sees, switcher, words, write } from "./person.mjs";

export const inBulk = "Disassociate service actions in bulk";
export const entry = { "Service action ID": "act-1", "Product ID": "prod-1", "Product version ID": "pa-1" };
export const association = { ServiceActionId: "act-1", ProductId: "prod-1", ProvisioningArtifactId: "pa-1" };
const refused = { ...association, ErrorCode: "LIMIT_EXCEEDED", ErrorMessage: "Too many changes." };

/** Keys, and who they stand for. */
export const alice = {
  key: "AKIDEXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  account: "111122223333",
  arn: "arn:aws:sts::111122223333:assumed-role/Admin/alice",
};
export const bob = { key: "AKIDOTHER", secret: "another secret", account: "444455556666", arn: "arn:aws:iam::444455556666:user/bob" };
/** Alice again, after she has signed in anew. */
export const anew = { ...alice, key: "AKIDANEW" };
export const shown = "1111-2222-3333";

/** No credentials from anywhere but the test. */
export const nowhere = {
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_CONFIG_FILE: "/nonexistent/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/credentials",
  AWS_EC2_METADATA_DISABLED: "true",
};
export const signedIn = {
  ...nowhere,
  AWS_ACCESS_KEY_ID: alice.key,
  AWS_SECRET_ACCESS_KEY: alice.secret,
  AWS_SESSION_TOKEN: "a session token",
};

/** A credentials file that people sign in to, one after the other; `environment` points at it. */
export async function credentialsFile(t) {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "credentials");
  return {
    environment: { ...nowhere, AWS_SHARED_CREDENTIALS_FILE: path },
    signIn: ({ key, secret }) => writeFile(path, `[default]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n`),
  };
}

export function stsAnswer({ account, arn }) {
  return [200, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>AROAEXAMPLE:alice</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>sts-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`];
}

export function stsError(code) {
  return [403, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>No.</Message></Error><RequestId>sts-1</RequestId></ErrorResponse>`];
}

/**
 * A service that remembers what reached it. `service(key)` gives status and body of its answers,
 * `sts(key)` those of STS, by the key that signed; the status `reset` is none. What STS is asked is
 * not in `received`.
 */
export async function startUpstream(t, { service, sts } = {}) {
  service ??= () => [200, JSON.stringify({ FailedServiceActionAssociations: [refused] })];
  const known = (key) => stsAnswer([alice, bob, anew].find((person) => person.key === key));
  const received = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const scope = request.headers.authorization.match(/Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//);
    const isSts = scope[2] === "sts" && body === "Action=GetCallerIdentity&Version=2011-06-15";
    if (!isSts) received.push({ method: request.method, path: request.url, headers: request.headers, body });
    const [status, answer] = isSts ? (sts?.(scope[1]) ?? known(scope[1])) : service(scope[1]);
    if (status === "reset") return void request.socket.destroy();
    response.writeHead(status, { "content-type": isSts ? "text/xml" : "application/x-amz-json-1.1", "x-amzn-requestid": "upstream-1" });
    response.end(answer);
  });
  return { received, url: await listen(t, server) };
}

/** Has a server listen until the test ends; its address. */
export async function listen(t, server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** The page at a proxy that signs, with one entry typed in. */
export async function open(t, { upstream = {}, writes = true, environment = signedIn, address } = {}) {
  const aws = upstream.url ? upstream : await startUpstream(t, upstream);
  const arguments_ = ["--target", "aws", "--endpoint", aws.url, "--site", dist];
  const proxy = await startProxy(t, writes ? [...arguments_, "--allow-write"] : arguments_, environment);
  const { page, problems } = await openPage(t, await (address?.(proxy) ?? proxy.url));
  await meets(page, "proxy-aws");
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), entry);
  return { page, problems, proxy, upstream: aws, dialog: reviewOf(page, "Disassociate") };
}

/** What the header says of the account, and who signs. */
export async function account(page) {
  const button = switcher(page);
  // Behind the account stands the host that is asked in the place of AWS.
  const [detail] = (await words(button.locator("small"))).split(", ");
  const signer = await button.getAttribute("title");
  return ["Account", detail, signer?.split(":").slice(5).join(":")].filter(Boolean).join(" ");
}

/** What a review of this entry says of where, as whom and what, at a host in the place of AWS. */
export function reviewFacts(region, { host }, person = "Admin / alice assumed-role", number = shown) {
  const operation = "Write servicecatalog:BatchDisassociateServiceActionFromProvisioningArtifact";
  return { Account: number, Region: region, "Signed in as": person, Target: `${host} instead of AWS`, Operation: operation };
}

/** The button of the review that sends. */
export function sendButton(dialog) {
  return dialog.getByRole("button", { name: /^Disassociate/ });
}
