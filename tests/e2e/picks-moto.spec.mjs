// Identifiers of AWS's own services are picked from what is there: their lists, sent by the proxy to
// moto's server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, field, flash, sees, words } from "./person.mjs";
import { called, choices, offered, openList, pick, told } from "./picks.mjs";

let moto;

before(async () => (moto = await startMoto(["dynamodb", "ec2", "iam", "lambda", "s3", "sqs"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

/** Makes something with AWS's names for it, and tells nobody. */
const make = async (t, { page, go }, service, operation, title, values) => {
  await go(service, operation, title);
  await send(page, title, values);
  await sees(() => flash(page), done, operation, 20_000);
};

test("ec2: a subnet by its name and zone, and an instance's security group", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "RunInstances", "Run instances");
  const asked = [];
  page.on("request", (request) => /\/api\/ec2\//.test(request.url()) && asked.push(request.headers()["x-formsmith-operation"]));
  await addSettings(page.getByRole("main"), "Subnet ID");
  await sees(() => field(page, "Subnet ID").getAttribute("role"), "combobox");
  assert.deepEqual(asked, [], "a list that is not opened is not read");
  await openList(page.getByRole("main"), "Subnet ID");
  await sees(async () => (await offered(page)).some((text) => /us-east-1a/.test(text)), true, "the zones of the subnets", 20_000);
  assert.match(await told(page), /^DescribeSubnets in .*us-east-1/);
  await assertAccessible(page, "the subnets");
  await page.keyboard.press("Escape");
  assert.match(await pick(page.getByRole("main"), "Subnet ID", "us-east-1b"), /^subnet-/);
  assert.deepEqual(asked, ["DescribeSubnets"], "it is read once");
  assert.equal(await page.getByRole("listbox").count(), 0);
});

test("iam: a role, and for lambda one of another service", async (t) => {
  const opened = await openAt(t, moto);
  const role = { "Role name": "picked-role", "Assume role policy document": '{"Version":"2012-10-17","Statement":[]}' };
  await make(t, opened, "iam", "CreateRole", "Create role", role);
  const { page, go } = opened;
  await go("iam", "GetRole", "Get role");
  assert.equal(await pick(page.getByRole("main"), "Role name", "picked-role"), "picked-role");
  await go("lambda", "CreateFunction", "Create function");
  assert.match(await pick(page.getByRole("main"), "Role", "picked-role"), /^arn:aws:iam::\d+:role\/picked-role$/);
  await sees(() => words(called(page)), "picked-role");
});

test("s3, dynamodb and sqs: a bucket, a table, the address of a queue", async (t) => {
  const opened = await openAt(t, moto);
  const { page, go } = opened;
  await make(t, opened, "s3", "CreateBucket", "Create bucket", { Bucket: "picked-bucket" });
  await go("s3", "DeleteBucket", "Delete bucket");
  assert.equal(await pick(page.getByRole("main"), "Bucket", "picked-bucket"), "picked-bucket");
  await make(t, opened, "sqs", "CreateQueue", "Create queue", { "Queue name": "picked-queue" });
  await go("sqs", "SendMessage", "Send message");
  assert.match(await pick(page.getByRole("main"), "Queue URL", "picked-queue"), /\/picked-queue$/);
  await go("dynamodb", "DeleteTable", "Delete table");
  await openList(page.getByRole("main"), "Table name");
  await sees(() => told(page), /There is nothing to choose from/);
});

test("ec2: what fits the rest of the form comes first", async (t) => {
  const opened = await openAt(t, moto);
  const { page, go } = opened;
  await make(t, opened, "ec2", "CreateSecurityGroup", "Create security group", { "Group name": "picked-group", Description: "of a test" });
  await go("ec2", "AuthorizeSecurityGroupIngress", "Authorize security group ingress");
  const main = page.getByRole("main");
  await addSettings(main, "Group ID", "Group name");
  await openList(main, "Group ID");
  await sees(async () => (await offered(page)).length > 1, true, "all groups", 20_000);
  assert.equal(await choices(page).getByRole("group").count(), 0, "there is nothing to fit");
  await page.keyboard.press("Escape");
  await field(main, "Group name").fill("picked-group");
  const id = await openList(main, "Group ID");
  const fitting = choices(page).getByRole("group", { name: "Fits group name" });
  await sees(() => fitting.getByRole("option").count(), 1);
  assert.ok(await choices(page).getByRole("group", { name: "Others" }).getByRole("option").count());
  await assertAccessible(page, "a list with groups");
  const first = (await offered(page))[0].match(/sg-\w+/)[0];
  await id.press("ArrowDown");
  await id.press("Enter");
  await sees(() => id.inputValue(), first, "the first is the one that fits");
});

test("a list that is refused says why in its place, and can be read again", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("iam", "GetRole", "Get role");
  let refused = true;
  await page.route("**/api/iam/**", (route) =>
    refused
      ? route.fulfill({ status: 403, contentType: "text/xml", body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No.</Message></Error></ErrorResponse>" })
      : route.continue(),
  );
  const control = await openList(page.getByRole("main"), "Role name");
  await sees(() => told(page), /AccessDenied.*No\./);
  refused = false;
  await page.locator(".pick-popup").getByRole("button", { name: "Try again" }).click();
  await sees(() => told(page), /picked-role|Nothing is there/);
  await control.fill("any-text");
  await page.keyboard.press("Escape");
  await choices(page).waitFor({ state: "detached" });
  assert.equal(await control.inputValue(), "any-text");
});
