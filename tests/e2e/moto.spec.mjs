// Any operation of AWS: its form from the models that `make models` builds, sent by the proxy to moto's
// server, and its answer read. One service for each protocol that moto has.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { alice, stsAnswer } from "./aws.mjs";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { inBulk } from "./history.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, button, editAgain, errorOf, field, flash, formIsOpen, hasFocus, reviewOf, sees, table, words, write } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["dynamodb", "ec2", "iam", "s3", "servicecatalog"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

test("ec2 RunInstances, whose protocol writes a form and answers in XML", async (t) => {
  const { page, go } = await openAt(t, moto);
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url().split("/models/aws/")[1]));
  await go("ec2", "RunInstances", "Run instances");
  await page.getByRole("group", { name: "Settings to add" }).waitFor();
  const asked = () => [...new Set(fetched.filter(Boolean))].sort();
  const needed = ["index.json", "services/ec2/0.docs.json", "services/ec2/0.json", "services/ec2/picks.json"];
  await sees(asked, needed, "one operation needs no whole service");
  await sees(() => words(page.locator(".page-description")), /^RunInstances ?\S+ .+\.$/, "what the operation does comes by itself", 20_000);
  await field(page, "Max count").focus();
  await button(page, "Send").click();
  await sees(() => errorOf(field(page, "Max count")), /^Enter max count/i);
  await addSettings(page.getByRole("main"), "Image ID", "Instance type");
  await send(page, "Run instances", { "Min count": "2", "Max count": "2", "Image ID": "ami-12c6146b", "Instance type": "t3.micro" });
  await sees(() => flash(page), done, "the answer", 20_000);
  const instances = await table(page, "Instances");
  assert.equal(instances.length, 2);
  assert.match(instances[0].join(" "), /^i-\w+ .*t3\.micro/);
});

test("s3: a bucket, an object in it, and that object back", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("s3", "CreateBucket", "Create bucket");
  await send(page, "Create bucket", { Bucket: "a-bucket" });
  await sees(() => flash(page), done);
  await go("s3", "PutObject", "Put object");
  await assertAccessible(page, "a form with everything that S3 takes");
  await write(page.getByRole("main"), { Body: "no base64" });
  await field(page, "Body").press("Tab");
  await sees(() => errorOf(field(page, "Body")), /base64/);
  const body = Buffer.from("Grüße\n").toString("base64");
  await addSettings(page.getByRole("main"), "Content type");
  await send(page, "Put object", { Bucket: "a-bucket", Key: "a folder/ünique & +.txt", Body: body, "Content type": "text/plain" });
  await sees(() => flash(page), done);
  const key = encodeURIComponent("a folder/ünique & +.txt").replace("%2F", "/");
  // moto tells who owns an object by this, and checks no signature.
  const authorization = "AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
  const written = await fetch(`${moto.endpoint}/a-bucket/${key}`, { headers: { authorization } });
  assert.deepEqual([await written.text(), written.headers.get("content-type")], ["Grüße\n", "text/plain"]);
  await go("s3", "GetObject", "Get object");
  await send(page, "Get object", { Bucket: "a-bucket", Key: "a folder/ünique & +.txt" });
  await sees(() => flash(page), done);
  await sees(() => words(page.locator("#result").getByRole("region", { name: "Body" })), "Grüße");
  await editAgain(page);
  await write(page.getByRole("main"), { Key: "not there" });
  await send(page, "Get object", {});
  await sees(() => words(page.locator("#result")), /NoSuchKey/);
});

test("iam CreateRole, and the error of a second one of that name", async (t) => {
  const { page, go } = await openAt(t, moto);
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
  const { page, go } = await openAt(t, moto);
  await go("dynamodb", "ListTables", "List tables");
  await send(page, "List tables", { Limit: "3" });
  await sees(() => flash(page), done);
});

test("all services are listed, and of a built-in one also what isn't built in", async (t) => {
  const { page, proxy } = await openAt(t, moto);
  await page.getByRole("link", { name: "All AWS services" }).click();
  await page.getByRole("heading", { level: 1, name: "All AWS services" }).waitFor();
  await page.getByRole("searchbox").fill("RunInstances");
  await sees(async () => (await table(page, "All AWS services")).map(([title]) => title), ["EC2"]);
  await assertAccessible(page, "all services");
  await page.goto(`${proxy.origin}/#/servicecatalog`);
  await page.getByRole("button", { name: "All (90)", exact: true }).waitFor();
  await page.getByRole("searchbox").fill("aws servicecatalog batch-disassociate");
  await page.getByRole("main").getByRole("link", { name: inBulk, exact: true }).click();
  await formIsOpen(page, inBulk);
});

test("a bucket of another region is told and offered, and nothing goes there by itself", async (t) => {
  const asked = [];
  const s3 = createServer((request, response) => {
    if (request.method === "POST") return response.end(stsAnswer(alice)[1]);
    asked.push(request.headers.authorization.match(/\d{8}\/([^/]+)\/s3/)[1]);
    if (asked.length === 1) response.writeHead(301, { "x-amz-bucket-region": "eu-west-1", "content-type": "application/xml" });
    response.end(asked.length === 1 ? "<Error><Code>PermanentRedirect</Code></Error>" : "here");
  }).listen(0, "127.0.0.1");
  await once(s3, "listening");
  t.after(() => s3.close());
  const { page, go } = await openAt(t, { ...moto, endpoint: `http://127.0.0.1:${s3.address().port}` });
  await go("s3", "GetObject", "Get object");
  await send(page, "Get object", { Bucket: "a-bucket", Key: "a.txt" });
  await sees(() => words(page.locator("#result")), /The service says that this belongs to eu-west-1/);
  await button(page, "Choose eu-west-1").click();
  await sees(() => hasFocus(button(page, "Send")), true);
  assert.deepEqual(asked, ["us-east-1"]);
  await send(page, "Get object", {});
  await sees(() => flash(page), done);
  assert.deepEqual(asked, ["us-east-1", "eu-west-1"]);
});

test("what a header makes of a request is reviewed and agreed to", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("s3", "CreateBucket", "Create bucket");
  await send(page, "Create bucket", { Bucket: "shared" });
  await sees(() => flash(page), done);
  await go("s3", "PutObject", "Put object");
  await addSettings(page.getByRole("main"), "ACL");
  await write(page.getByRole("main"), { Bucket: "shared", Key: "a.txt", ACL: "public-read" });
  await button(page, "Send").click();
  const dialog = reviewOf(page, "Put object");
  await sees(() => words(dialog), /Changes who may do what/);
  await dialog.getByRole("button", { name: "Put object", exact: true }).click();
  await sees(() => flash(page), done);
});
