// What IAM has to allow: after a denied request, and beforehand in the help.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signedIn, startUpstream } from "./aws.mjs";
import { assertAccessible, closeBrowser, openPage, startProxy, takePictures } from "./harness.mjs";
import { models, openForm, siteWithModels } from "./models.mjs";
import { button, field, formIsOpen, meets, part, sees, status, words } from "./person.mjs";

let site;

before(async () => (site = await siteWithModels(["dynamodb", "secretsmanager"])));

after(async () => {
  await site.remove();
  await closeBrowser();
});

const policy = async (page) => JSON.parse(await page.getByRole("region", { name: "The smallest policy that allows it" }).innerText());

/** The form of an operation, before a service that denies it with this message. */
async function denied(t, operation, title, message) {
  const body = JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", Message: message });
  const upstream = await startUpstream(t, { service: () => [400, body] });
  const proxy = await startProxy(t, ["--target", "aws", "--endpoint", upstream.url, "--site", site.site, "--models", models], { ...signedIn, AWS_REGION: "eu-west-1" });
  const { page, context } = await openPage(t, proxy.url);
  await page.goto(`${proxy.origin}/#/${operation}`);
  await formIsOpen(page, title);
  await meets(page, "proxy-aws");
  return { page, context, error: part(page, "AccessDeniedException") };
}

test("the policy of a denied request has the resource, and follows what AWS names", async (t) => {
  const arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders";
  const said = `User: arn:aws:iam::111122223333:user/u is not authorized to perform: dynamodb:DescribeTable on resource: ${arn} with an explicit deny in an identity-based policy`;
  const { page, context, error } = await denied(t, "dynamodb/DescribeTable", "Describe table", said);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await field(page.getByRole("main"), "Table name").fill("Orders");
  await button(page, "Send").click();
  await sees(async () => (await policy(page)).Statement, [{ Effect: "Allow", Action: "dynamodb:DescribeTable", Resource: arn }]);
  const shown = await words(error);
  assert.ok(shown.includes("Ask for this permission dynamodb:DescribeTable"), shown);
  assert.ok(shown.includes(`AWS denied this on ${arn}.`), shown);
  assert.ok(shown.includes("A policy denies this explicitly."), shown);
  await button(page, "Copy policy").click();
  await sees(() => status(page), "Policy copied");
  assert.deepEqual(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())), await policy(page));
  await assertAccessible(page, "a denied request with its resource");
  await takePictures(page, "permissions-denied");
  await page.setViewportSize({ width: 390, height: 844 });
  await sees(() => page.evaluate(() => document.documentElement.scrollWidth <= 390), true);
});

test("where AWS names nothing, the input says what the policy allows", async (t) => {
  const { page } = await denied(t, "dynamodb/DescribeTable", "Describe table", "No.");
  await field(page.getByRole("main"), "Table name").fill("Orders");
  await button(page, "Send").click();
  await sees(async () => (await policy(page)).Statement[0].Resource, "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders");
});

test("the help shows what a request needs while it is written, and conditions to choose", async (t) => {
  const page = await openForm(t, site.site, "secretsmanager/GetSecretValue", "Get secret value");
  const main = page.getByRole("main");
  await button(page, "Help").click();
  const help = page.getByRole("region", { name: "Help", exact: true });
  await help.getByText("What this needs in IAM").click();
  const resource = async () => (await policy(page)).Statement[0].Resource;
  await sees(async () => (await resource()).endsWith(":*:secret:*-??????"), true);
  await field(main, "Secret ID").fill("db");
  await field(main, "Version stage").fill("AWSCURRENT");
  await sees(async () => (await resource()).endsWith(":*:secret:db-??????"), true);
  assert.ok((await words(help)).includes("* stands for what the request doesn't say or what isn't known here: Account."));
  const condition = help.getByRole("checkbox", { name: "secretsmanager:VersionStage: AWSCURRENT" });
  await help.getByText("secretsmanager:VersionStage: AWSCURRENT", { exact: true }).waitFor();
  assert.equal("Condition" in (await policy(page)).Statement[0], false, "only offered");
  await condition.check();
  await sees(async () => (await policy(page)).Statement[0].Condition, { StringEquals: { "secretsmanager:VersionStage": "AWSCURRENT" } });
  await field(main, "Secret ID").fill("other");
  await sees(resource, (await resource()).replace(":db-", ":other-"));
  assert.equal(await condition.isChecked(), true, "what was chosen stays");
  await assertAccessible(page, "what a request needs");
  await takePictures(page, "permissions-help");
});

test("what a request needs unfolds in sight, at the end of the help", async (t) => {
  const page = await openForm(t, site.site, "secretsmanager/GetSecretValue", "Get secret value", { width: 1366, height: 500 });
  await button(page, "Help").click();
  const help = page.getByRole("region", { name: "Help", exact: true });
  await help.getByText("What this needs in IAM").click();
  await sees(async () => (await policy(page)).Statement.length, 1);
  const isInSight = () => help.getByRole("heading", { name: "The smallest policy that allows it" }).evaluate((it) => {
    const [own, around] = [it, it.closest(".help")].map((one) => one.getBoundingClientRect());
    return own.top >= around.top && own.bottom <= Math.min(around.bottom, innerHeight);
  });
  await sees(isInSight, true);
});
