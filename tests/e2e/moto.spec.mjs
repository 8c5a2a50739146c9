// Any operation of AWS: its form from the models that `make models` builds, sent by the proxy to moto's
// server, and its answer read. One service for each protocol that moto has.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertAccessible, closeBrowser, dist, openPage, startProxy } from "./harness.mjs";
import { inBulk } from "./history.mjs";
import { button, errorOf, field, flash, formIsOpen, sees, table, words, write } from "./person.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const models = join(root, "models");
/** The services whose models the site has; a whole site takes a while to copy. */
const services = ["dynamodb", "ec2", "iam", "s3", "servicecatalog"];
const keys = { AWS_ACCESS_KEY_ID: "formsmith", AWS_SECRET_ACCESS_KEY: "formsmith", AWS_REGION: "us-east-1" };

let moto, endpoint, site;

before(async () => {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  moto = spawn(join(root, ".tools/python/bin/moto_server"), ["-H", "127.0.0.1", "-p", port], { stdio: "ignore" });
  endpoint = `http://127.0.0.1:${port}`;
  site = await mkdtemp(join(tmpdir(), "formsmith-site-"));
  await cp(dist, site, { recursive: true });
  const aws = join(site, "models/aws");
  await rm(aws, { recursive: true, force: true });
  for (const name of await readdir(models)) {
    if (name.startsWith("index.json")) await cp(join(models, name), join(aws, name));
  }
  for (const name of services) {
    await cp(join(models, "services", name), join(aws, "services", name), { recursive: true });
  }
  const answers = () => fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false);
  await sees(answers, true, "moto's server answers", 60_000);
});

after(async () => {
  moto.kill();
  await rm(site, { recursive: true, force: true });
  await closeBrowser();
});

async function open(t) {
  const proxy = await startProxy(t, ["--target", "aws", "--site", site, "--models", models, "--endpoint", endpoint, "--allow-write"], keys);
  const opened = await openPage(t, proxy.url);
  await sees(() => opened.page.getByLabel("Target").locator("option:checked").innerText(), "AWS through the local proxy");
  const go = async (service, operation, title) => {
    await opened.page.goto(`${proxy.origin}/#/${service}/${operation}`);
    await formIsOpen(opened.page, title);
  };
  return { ...opened, proxy, go };
}

/** Sends what the form has, and confirms it where it is reviewed. */
async function send(page, title, values) {
  await write(page.getByRole("main"), values);
  await button(page, "Send").click();
  const dialog = page.getByRole("dialog", { name: `Review: ${title}` });
  await dialog.getByText("Signed in as").waitFor();
  await dialog.getByRole("button", { name: "Send", exact: true }).click();
  await dialog.waitFor({ state: "hidden" });
}

const done = "The service carried out the request.";

test("ec2 RunInstances, whose protocol writes a form and answers in XML", async (t) => {
  const { page, go } = await open(t);
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url().split("/models/aws/")[1]));
  await go("ec2", "RunInstances", "Run instances");
  assert.deepEqual(fetched.filter(Boolean), ["index.json", "services/ec2/0.json"], "one operation needs no whole service");
  await button(page, "Send").click();
  await sees(() => errorOf(field(page, "Max count")), /^Enter max count/i);
  await send(page, "Run instances", { "Min count": "2", "Max count": "2", "Image ID": "ami-12c6146b", "Instance type": "t3.micro" });
  await sees(() => flash(page), done, "the answer", 20_000);
  const instances = await table(page, "Instances");
  assert.equal(instances.length, 2);
  assert.match(instances[0].join(" "), /ami-12c6146b/);
});

test("s3: a bucket, an object in it, and that object back", async (t) => {
  const { page, go } = await open(t);
  await go("s3", "CreateBucket", "Create bucket");
  await send(page, "Create bucket", { Bucket: "a-bucket" });
  await sees(() => flash(page), done);
  await go("s3", "PutObject", "Put object");
  await assertAccessible(page, "a form with everything that S3 takes");
  await write(page.getByRole("main"), { Body: "no base64" });
  await field(page, "Body").press("Tab");
  await sees(() => errorOf(field(page, "Body")), /base64/);
  const body = Buffer.from("Grüße\n").toString("base64");
  await send(page, "Put object", { Bucket: "a-bucket", Key: "a folder/ünique & +.txt", Body: body, "Content type": "text/plain" });
  await sees(() => flash(page), done);
  const key = encodeURIComponent("a folder/ünique & +.txt").replace("%2F", "/");
  // moto tells who owns an object by this, and checks no signature.
  const authorization = "AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
  const written = await fetch(`${endpoint}/a-bucket/${key}`, { headers: { authorization } });
  assert.deepEqual([await written.text(), written.headers.get("content-type")], ["Grüße\n", "text/plain"]);
  await go("s3", "GetObject", "Get object");
  await send(page, "Get object", { Bucket: "a-bucket", Key: "a folder/ünique & +.txt" });
  await sees(() => flash(page), done);
  await sees(async () => (await words(page.locator("#result"))).includes(body), true);
  await go("s3", "GetObject", "Get object");
  await write(page.getByRole("main"), { Key: "not there" });
  await send(page, "Get object", {});
  await sees(() => words(page.locator("#result")), /NoSuchKey/);
});

test("iam CreateRole, and the error of a second one of that name", async (t) => {
  const { page, go } = await open(t);
  await go("iam", "CreateRole", "Create role");
  const role = { "Role name": "a-role", "Assume role policy document": '{"Version":"2012-10-17","Statement":[]}' };
  await send(page, "Create role", role);
  await sees(() => flash(page), done);
  await sees(() => words(page.locator("#result")), /arn:aws:iam::123456789012:role\/a-role/);
  await send(page, "Create role", {});
  await sees(() => words(page.locator("#result")), /EntityAlreadyExists/);
  const facts = await page.locator("#result").getByRole("term").allInnerTexts();
  assert.ok(facts.includes("What to do") && !facts.includes("What it means"), "a model without documentation says nothing of its errors, and has them all the same");
});

test("dynamodb ListTables, an operation of awsJson that no model is built in for", async (t) => {
  const { page, go } = await open(t);
  await go("dynamodb", "ListTables", "List tables");
  await send(page, "List tables", { Limit: "3" });
  await sees(() => flash(page), done);
});

test("all services are listed, and of a built-in one also what isn't built in", async (t) => {
  const { page, proxy } = await open(t);
  await page.getByRole("link", { name: "All AWS services" }).click();
  await page.getByRole("heading", { level: 1, name: "All AWS services" }).waitFor();
  await page.getByRole("searchbox").fill("RunInstances");
  await sees(async () => (await table(page, "All AWS services")).map(([title]) => title), ["Amazon EC2"]);
  await assertAccessible(page, "all services");
  await page.goto(`${proxy.origin}/#/servicecatalog`);
  await sees(() => page.getByText("1 to 50 of 90").count(), 1);
  await page.getByRole("searchbox").fill("BatchDisassociate");
  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await formIsOpen(page, inBulk);
});
