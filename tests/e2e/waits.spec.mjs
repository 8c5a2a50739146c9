// Waiting until something is so, as the services' waiters say, with moto's server behind the proxy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, button, drawn, flash, formIsOpen, hasFocus, part, sees, status, words, write } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["ec2", "iam"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

const operations = (page) => {
  const asked = [];
  page.on("request", (request) => /\/api\/(ec2|iam)\//.test(request.url()) && asked.push(request.headers()["x-formsmith-operation"]));
  return asked;
};

/** Makes a role behind the page's back. */
async function makeRole(name) {
  const body = new URLSearchParams({ Action: "CreateRole", Version: "2010-05-08", RoleName: name, AssumeRolePolicyDocument: "{}" });
  const authorization = "AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";
  const made = await fetch(moto.endpoint, { method: "POST", body, headers: { authorization } });
  assert.equal(made.ok, true, await made.text());
}

/** Runs an instance; its identifier. */
async function runInstance({ page, go }) {
  await go("ec2", "RunInstances", "Run instances");
  await addSettings(page.getByRole("main"), "Image ID");
  await send(page, "Run instances", { "Min count": "1", "Max count": "1", "Image ID": "ami-12c6146b" });
  await sees(() => flash(page), done, "the answer", 60_000);
  return (await words(page.locator("#result"))).match(/i-[0-9a-f]+/)[0];
}

/** The form of an operation, filled by a link. */
async function filled({ page, proxy }, operation, title, input) {
  await page.goto(`${proxy.origin}/#/${operation}?input=${encodeURIComponent(JSON.stringify(input))}`);
  await formIsOpen(page, title);
  await sees(() => page.evaluate(() => location.hash), `#/${operation}`);
}

const wait = async (page, what) => {
  await page.getByRole("main").getByText("Wait until…", { exact: true }).first().click();
  await button(page, what).click();
};

test("after instances were started, it is waited until they run", async (t) => {
  const opened = await openAt(t, moto);
  const { page } = opened;
  const id = await runInstance(opened);
  const asked = operations(page);
  const bodies = [];
  page.on("request", (request) => bodies.push(request.postData()));
  await page.locator("#result").getByText("Wait until…").click();
  await sees(() => button(page, "Wait until the instance is stopped").count(), 0, "nobody has stopped it");
  await assertAccessible(page, "what can be waited for after a change");
  await button(page, "Wait until the instance is running").click();
  await page.getByRole("heading", { level: 1, name: "Describe instances" }).waitFor();
  const waiting = part(page, "Wait until the instance is running");
  await sees(() => words(waiting), /Sends DescribeInstances every 15 s, at most 40 times: for up to 10 minutes\./);
  await sees(() => words(waiting), /Attempt 1 of 40\. running/, "what the instance is", 20_000);
  await sees(() => flash(page), /The instance is running/);
  await sees(() => page.title(), /^The instance is running/);
  await page.getByRole("heading", { name: "Reservations" }).waitFor();
  assert.deepEqual(asked, ["DescribeInstances"]);
  assert.match(bodies.join(), new RegExp(`InstanceId\\.1=${id}`), "it is asked about what was started");
  await assertAccessible(page, "a wait that is over");
});

test("waiting after a change leaves the form that it asks with as it was", async (t) => {
  const opened = await openAt(t, moto);
  const { page, go } = opened;
  const id = await runInstance(opened);
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  const answer = page.getByRole("table", { name: "Instances", exact: true });
  await sees(() => words(answer), new RegExp(id), "the answer", 20_000);
  await go("ec2", "RunInstances", "Run instances");
  await page.locator("#result").getByText("Wait until…").click();
  await button(page, "Wait until the instance is running").click();
  await page.getByRole("heading", { level: 1, name: "Describe instances" }).waitFor();
  await part(page, "Wait until the instance is running").waitFor();
  const isAsItWas = async () => {
    await sees(() => words(answer), new RegExp(id), "the answer that was there", 20_000);
    assert.equal(await part(page, "Wait until the instance is running").count(), 0);
  };
  await go("ec2", "DescribeInstances", "Describe instances");
  await isAsItWas();
  assert.ok(await button(page, "Edit and send again").isVisible(), "the form is one line, as it was left");
  await page.reload();
  await isAsItWas();
});

test("a wait goes on after a reload, and its end is told", async (t) => {
  const prepare = () => {
    window.Notification = class {
      static permission = "granted";
      constructor(title, { body }) {
        (window.told ??= []).push(`${title}: ${body}`);
      }
    };
    Object.defineProperty(document, "hidden", { get: () => true });
  };
  const { page, go } = await openAt(t, moto, prepare);
  await go("iam", "GetRole", "Get role");
  await write(page.getByRole("main"), { "Role name": "late-role" });
  await wait(page, "Wait until the role exists");
  const waiting = part(page, "Wait until the role exists");
  await sees(() => words(waiting), /Attempt 2 of 20\..*NoSuchEntity/, "a second attempt", 20_000);
  await sees(() => words(waiting), /The next one is in 1 s\.|Waiting for an answer\./);
  await sees(() => page.title(), /^Waiting until the role exists/);
  await assertAccessible(page, "a wait that goes on");
  await page.reload();
  await formIsOpen(page, "Get role");
  await sees(() => words(waiting), /Attempt ([3-9]|1\d) of 20\./, "it goes on where it was", 20_000);
  await makeRole("late-role");
  await sees(() => flash(page), /The role exists \d+ attempts\./, "it is there", 20_000);
  await sees(() => page.title(), /^The role exists/);
  assert.match((await page.evaluate(() => window.told)).join("\n"), /^Get role: The role exists/m);
  await sees(() => button(page, "Stop waiting").count(), 0);
});

test("what never comes is given up after so many attempts, waited for again, and stopped", async (t) => {
  const opened = await openAt(t, moto);
  const { page } = opened;
  await filled(opened, "ec2/DescribeVpcs", "Describe VPCs", { VpcIds: ["vpc-00000000"] });
  const asked = operations(page);
  await wait(page, "Wait until the VPC exists");
  const waiting = part(page, "Wait until the VPC exists");
  await sees(() => words(waiting), /Attempt 5 of 5\..*InvalidVpcID\.NotFound/, "the last attempt", 20_000);
  await sees(() => flash(page), /Gave up waiting until the VPC exists 5 attempts\. Last seen: InvalidVpcID\.NotFound\./);
  assert.equal(asked.length, 5, "it was asked as often as it says");
  await button(page, "Wait again").press("Enter");
  await sees(() => hasFocus(button(page, "Stop waiting")), true, "the button that took its place");
  await sees(() => words(waiting), /Attempt [67] of 10\./, "it goes on", 20_000);
  await button(page, "Stop waiting").press("Enter");
  await sees(() => status(page), /^Stopped waiting until the VPC exists/);
  await sees(() => hasFocus(waiting.locator("#waiting")), true, "the button that was pressed is gone");
  const count = asked.length;
  await page.waitForTimeout(1500);
  assert.equal(asked.length, count, "nothing is asked any more");
});

test("what will not come to that ends the wait at once", async (t) => {
  const opened = await openAt(t, moto);
  const { page, go } = opened;
  const id = await runInstance(opened);
  await go("ec2", "TerminateInstances", "Terminate instances");
  await filled(opened, "ec2/TerminateInstances", "Terminate instances", { InstanceIds: [id] });
  await send(page, "Terminate instances", {});
  await sees(() => flash(page), done, "the answer", 60_000);
  await filled(opened, "ec2/DescribeInstances", "Describe instances", { InstanceIds: [id] });
  await wait(page, "Wait until the instance is running");
  await sees(() => flash(page), /Not reached: the instance is running .*Last seen: terminated\./, "the end", 20_000);
});

test("with nothing that says which, it is said before that all of them are asked about", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "DescribeInstances", "Describe instances");
  const main = page.getByRole("main");
  await main.getByText("Wait until…", { exact: true }).first().click();
  const said = main.getByText(/^Nothing in the form says which one, so this asks about everything of its kind in the account and Region\./);
  await button(page, "Wait until the instance is running").waitFor();
  await said.waitFor();
  await assertAccessible(page, "a wait for all");
  await write(main, { "Max results": "5" });
  await drawn(page);
  assert.equal(await said.isVisible(), true, "how many there may be says nothing of which");
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  await page.getByRole("textbox", { name: "Input as JSON" }).fill('{ "InstanceIds": ["i-0123456789abcdef0"] }');
  await sees(() => said.count(), 0);
});
