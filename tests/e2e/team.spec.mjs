// Two copies of the proxy behind nginx, as docs/team/nginx.conf has them, and people who sign in.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createSign, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { account, entry, inBulk, listen, sendButton, shown, signedIn, startUpstream } from "./aws.mjs";
import { closeBrowser, dist, openPage } from "./harness.mjs";
import { button, flash, meets, openOperation, reviewOf, row, sees, words, write } from "./person.mjs";

after(closeBrowser);

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.FORMSMITH_PROXY ?? join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "formsmith-proxy");
const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/team/0123456789abcdef";
const kid = "9f8c3f5e-6a3b-4d0e-8f59-000000000001";
const done = [200, JSON.stringify({ FailedServiceActionAssociations: [] })];

/** As a load balancer writes it, with padding. */
const encoded = (value) => Buffer.from(value).toString("base64").replaceAll("+", "-").replaceAll("/", "_");

function signedBy(key, { signer = arn, seconds = 120, sub = "00u1ada", email = "ada@example.com", groups = ["billing"] } = {}) {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const signed = [
    { typ: "JWT", kid, alg: "ES256", iss: "https://idp.example.com", client: "formsmith", signer, exp },
    { sub, email, groups, exp, iss: "https://idp.example.com" },
  ].map((part) => encoded(JSON.stringify(part))).join(".");
  return `${signed}.${encoded(createSign("SHA256").update(signed).sign({ key, dsaEncoding: "ieee-p1363" }))}`;
}

/** Signs people in, says of each request who sends it, and publishes its key, as a load balancer does. */
async function startIssuer(t) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === `/keys/${kid}`) return void response.end(publicKey.export({ type: "spki", format: "pem" }));
    const person = pathname.match(/^\/sign-in\/as\/(\w+)$/)?.[1];
    if (person) return void response.writeHead(303, { "set-cookie": `person=${person}; Path=/; HttpOnly; SameSite=Lax`, location: "/" }).end();
    const known = request.headers.cookie?.match(/person=(\w+)/)?.[1];
    if (!known) return void response.writeHead(401).end();
    const data = signedBy(privateKey, known === "ada" ? {} : { sub: `00u-${known}`, email: `${known}@example.com`, groups: [] });
    response.writeHead(200, { "x-amzn-oidc-data": data }).end();
  });
  return { url: await listen(t, server), key: privateKey };
}

/** Some free ports. */
async function ports(count) {
  const sockets = Array.from({ length: count }, () => createSocket().listen(0, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  const free = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.close(resolve))));
  return free;
}

/** Two copies behind nginx, in front of a service. */
async function startTeam(t) {
  const upstream = await startUpstream(t, { service: () => done });
  const issuer = await startIssuer(t);
  const folder = await mkdtemp(join(tmpdir(), "formsmith-"));
  const [front, ...backs] = await ports(3);
  const url = `http://127.0.0.1:${front}`;
  const key = join(folder, "session-key");
  await writeFile(key, "a key that both of the copies share 0123456789\n");
  await chmod(key, 0o600);
  await writeFile(join(folder, "policy.toml"), 'classes = ["write"]\n[people."group:billing"]\nclasses = ["write"]\n[people.everyone]\n');
  const children = [];
  t.after(async () => {
    for (const child of children.filter((child) => child.exitCode === null && child.signalCode === null)) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  });

  const copies = ["a", "b"].map((name, at) => {
    const audit = join(folder, `${name}.jsonl`);
    const args = [
      "--listen", `127.0.0.1:${backs[at]}`, "--site", dist, "--target", "aws", "--endpoint", upstream.url,
      "--trust-alb", arn, "--public-url", url, "--sign-in-keys", `${issuer.url}/keys`, "--session-key-file", key,
      "--copy", name, "--policy", join(folder, "policy.toml"), "--audit", audit,
    ];
    const child = spawn(program, args, { env: { ...process.env, ...signedIn }, stdio: ["ignore", "pipe", "pipe"] });
    children.push(child);
    const log = async () => (await readFile(audit, "utf8").catch(() => "")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const kill = async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    return { name, url: `http://127.0.0.1:${backs[at]}`, log, kill };
  });

  const configuration = (await readFile(join(root, "docs/team/nginx.conf"), "utf8"))
    .replaceAll("127.0.0.1:8800", `127.0.0.1:${front}`)
    .replaceAll("127.0.0.1:8801", `127.0.0.1:${backs[0]}`)
    .replaceAll("127.0.0.1:8802", `127.0.0.1:${backs[1]}`)
    .replaceAll("127.0.0.1:8803", new URL(issuer.url).host);
  await writeFile(join(folder, "nginx.conf"), configuration);
  // What nginx keeps goes into the test's folder, whoever starts it.
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${join(folder, name)};`).join(" ");
  await writeFile(join(folder, "nginx.conf"), configuration.replace("http {", `http { access_log off; ${places}`));
  const globals = `daemon off; master_process off; pid ${join(folder, "nginx.pid")}; error_log stderr;`;
  const path = `${process.env.PATH}:/usr/sbin:/usr/local/sbin`;
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-g", globals], { env: { ...process.env, PATH: path }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  nginx.stderr.on("data", (bytes) => (said += bytes));
  nginx.once("error", (why) => (said += why.message));
  children.push(nginx);

  for (const copy of copies) await sees(() => fetch(`${copy.url}/ready`).then(({ ok }) => ok, () => false), true, `copy ${copy.name} is ready`, 20_000);
  await sees(() => fetch(url).then(({ status }) => status, () => said), 401, "nginx asks who sends a request", 20_000);
  return { url, upstream, issuer, copies };
}

/** A console whose person has signed in, with an entry typed in. */
async function openAs(t, { url }, person) {
  const opened = await openPage(t);
  const { page } = opened;
  await page.goto(`${url}/sign-in/as/${person}`);
  await page.locator("#boot").waitFor({ state: "detached" });
  await meets(page, "proxy-aws");
  await sees(() => account(page), `Account ${shown} assumed-role/Admin/alice`);
  return opened;
}

async function fillIn(page) {
  await openOperation(page, inBulk);
  await write(row(page, "Association 1"), entry);
}

test("people sign in, and what one agrees to is sent once, by the copy that asked them", async (t) => {
  const team = await startTeam(t);
  const { page } = await openAs(t, team, "ada");
  await fillIn(page);
  const dialog = reviewOf(page, "Disassociate");
  const names = [];
  page.on("request", (request) => names.push(request.headers()["x-formsmith-consent"]));
  for (let count = 1; count <= 4; count += 1) {
    await button(page, "Disassociate").click();
    await sendButton(dialog).click();
    await sees(() => team.upstream.received.length, count);
    await sees(() => flash(page), "1 of 1 association disassociated");
    const edit = page.getByRole("button", { name: "Edit" });
    if (await edit.count()) await edit.first().click();
  }
  const sent = names.filter(Boolean);
  assert.equal(sent.length, 4);
  for (const copy of team.copies) {
    const changes = (await copy.log()).filter((line) => line.outcome === "answered" && line.class === "write");
    for (const line of changes) {
      assert.equal(line.person, "ada@example.com");
      assert.ok(line.consent.startsWith(`${copy.name}.`), "each consent was used at its own copy");
    }
  }
  const both = new Set(sent.map((name) => name.split(".")[0]));
  assert.deepEqual([...both].sort(), ["a", "b"], "nginx has taken turns");
});

test("a copy that is gone means asking again, and nothing is sent twice", async (t) => {
  const team = await startTeam(t);
  const { page } = await openAs(t, team, "ada");
  await fillIn(page);
  const dialog = reviewOf(page, "Disassociate");
  const [proposed] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/api/consents")),
    button(page, "Disassociate").click(),
  ]);
  const { id } = await proposed.json();
  await dialog.getByText("Signed in as").waitFor();
  const [gone, left] = id.startsWith("a.") ? team.copies : [...team.copies].reverse();
  await gone.kill();
  await sendButton(dialog).click();
  await sees(async () => (await words(dialog)).includes("Nothing was sent"), true, "the review is to be read again");
  assert.equal(team.upstream.received.length, 0);
  await sendButton(dialog).click();
  await sees(() => flash(page), "1 of 1 association disassociated");
  assert.equal(team.upstream.received.length, 1);
  const changes = (await left.log()).filter((line) => line.outcome === "answered" && line.class === "write");
  assert.equal(changes.length, 1);
});

test("a person has what the policy gives them", async (t) => {
  const team = await startTeam(t);
  const { page } = await openAs(t, team, "bob");
  await fillIn(page);
  await button(page, "Disassociate").click();
  await sees(async () => (await words(page.getByRole("main"))).includes("which the team's policy does not allow you"), true, "who may not is told");
  assert.equal(team.upstream.received.length, 0);
});

test("whoever goes round nginx, or makes a sign-in up, gets nowhere", async (t) => {
  const team = await startTeam(t);
  const { host } = new URL(team.url);
  const { request } = await import("node:http");
  const status = (base, headers) => new Promise((resolve, reject) => {
    const asked = request(new URL("/api/status", base), { headers: { host, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("error", reject).end();
  });
  const [{ url }] = team.copies;
  const { privateKey: own } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const good = signedBy(team.issuer.key);
  assert.equal(await status(url, { "x-amzn-oidc-data": good }), 200);
  const [head, claims] = good.split(".");
  for (const forged of [
    signedBy(own),
    signedBy(team.issuer.key, { signer: arn.replace("111122223333", "999999999999") }),
    signedBy(team.issuer.key, { seconds: -120 }),
    `${encoded(JSON.stringify({ alg: "none", kid, signer: arn }))}.${claims}.`,
    `${head}.${claims}.`,
  ]) {
    assert.equal(await status(url, { "x-amzn-oidc-data": forged }), 401, forged);
  }
  assert.equal(await status(url, {}), 401, "round nginx");
  assert.equal(await status(team.url, {}), 401, "nobody has signed in");
  // nginx puts its own in the place of what a client writes.
  assert.equal(await status(team.url, { "x-amzn-oidc-data": signedBy(team.issuer.key) }), 401);
});
