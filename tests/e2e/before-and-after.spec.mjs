// What can be done before and after a change of any operation of AWS: asking for permission first, and
// taking back what was done. In front of moto's server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, button, flash, ofVerdict, reviewOf, sees, words, write } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["ec2", "sqs"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

/** What the page says of taking it back. */
const inferred = (title) => `Undoing it opens “${title}” with its form filled in, for you to review. The page infers from names and types that this operation takes the change back.`;

test("a dry run says whether a change is allowed, and changes nothing", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "RunInstances", "Run instances");
  await addSettings(page.getByRole("main"), "Image ID");
  await write(page.getByRole("main"), { "Min count": "1", "Max count": "1", "Image ID": "ami-12c6146b" });
  await button(page, "Send").click();
  const dialog = reviewOf(page, "Run instances");
  await dialog.getByRole("button", { name: "Check permission first" }).click();
  const said = dialog.getByRole("status").filter({ hasText: /./ });
  await sees(() => words(said), "The service would carry out this request.");
  await assertAccessible(page, "a dry run's answer");
  assert.ok(await dialog.isVisible(), "the review stays open");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await go("ec2", "DescribeInstances", "Describe instances");
  await send(page, "Describe instances", {});
  await sees(() => flash(page), done);
  assert.doesNotMatch(await words(page.locator("#result")), /ami-12c6146b/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`a review says where, what can't be undone and what changes, ${colorScheme}`, async (t) => {
    const { page, go } = await openAt(t, moto, undefined, { colorScheme });
    const ids = Array.from({ length: 47 }, (_, at) => `i-0123456789abcde${at + 10}`);
    await page.goto(`${new URL(page.url()).origin}/#/ec2/TerminateInstances?input=${encodeURIComponent(JSON.stringify({ InstanceIds: ids }))}`);
    await page.getByRole("heading", { level: 1, name: "Terminate instances" }).waitFor();
    await button(page, "Send").click();
    const dialog = reviewOf(page, "Terminate instances");
    await sees(() => words(dialog), /^Terminate instances in account 1234-5678-9012, us-east-1\? Account 1234-5678-9012 Region us-east-1 Signed in as moto user .*Operation Destroys ec2:TerminateInstances This can't be undone What changes \(47\)/);
    const rows = dialog.getByRole("cell");
    assert.deepEqual(await rows.allInnerTexts(), ids.slice(0, 10));
    await assertAccessible(page, "a review of many");
    await dialog.getByText("and 37 more").click();
    await sees(async () => (await rows.allInnerTexts()).filter(Boolean).length, 47);
    await page.setViewportSize({ width: 390, height: 844 });
    await sees(() => dialog.getByRole("button", { name: "Terminate instances" }).evaluate((it) => it.getBoundingClientRect().bottom < 844), true, "the button stays in view");
    await assertAccessible(page, "a review of many, 390 pixels wide");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await dialog.waitFor({ state: "hidden" });
    await go("ec2", "DescribeInstances", "Describe instances");
  });
}

test("what was made is taken back by the operation that its service has for it", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "CreateVpc", "Create VPC");
  await addSettings(page.getByRole("main"), "CIDR block");
  await send(page, "Create VPC", { "CIDR block": "10.8.0.0/16" });
  await sees(() => flash(page), done);
  const result = page.locator("#result");
  await page.getByText(inferred("Delete VPC")).waitFor();
  const made = (await words(result)).match(/vpc-[0-9a-f]+/)[0];
  await ofVerdict(page, "Undo this").click();
  const dialog = reviewOf(page, "Delete VPC");
  await dialog.getByText(made).first().waitFor();
  await dialog.getByText("Signed in as").waitFor();
  await dialog.getByRole("button", { name: "Delete VPC", exact: true }).click();
  await sees(() => flash(page), done);
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Create VPC" }).waitFor();
  await sees(() => words(result), /vpc-/);
  assert.equal(await ofVerdict(page, "Undo this").count(), 0, "it is taken back");
  await go("ec2", "DescribeVpcs", "Describe VPCs");
  await send(page, "Describe VPCs", {});
  await sees(() => flash(page), done);
  assert.ok(!(await words(result)).includes(made));
});

test("a queue's tags are taken back by their keys, after a reload too", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("sqs", "CreateQueue", "Create queue");
  await send(page, "Create queue", { "Queue name": "a-queue" });
  await sees(() => flash(page), done);
  const url = (await words(page.locator("#result"))).match(/https?:\S+a-queue/)[0];
  await page.goto(`${new URL(page.url()).origin}/#/sqs/TagQueue?input=${encodeURIComponent(JSON.stringify({ QueueUrl: url, Tags: { owner: "Ida", team: "blue" } }))}`);
  await page.getByRole("heading", { level: 1, name: "Tag queue" }).waitFor();
  await send(page, "Tag queue", {});
  await sees(() => flash(page), done);
  await page.reload();
  await ofVerdict(page, "Undo this").click();
  const dialog = reviewOf(page, "Untag queue");
  await sees(() => words(dialog), /What changes \(2\) Tag keys owner team/);
});

test("a review leaves nothing out, however deep it stands", async (t) => {
  const { page, go } = await openAt(t, moto);
  const review = async (operation, title, input) => {
    await page.goto(`${new URL(page.url()).origin}/#/ec2/${operation}?input=${encodeURIComponent(JSON.stringify(input))}`);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await button(page, "Send").click();
    return reviewOf(page, title);
  };
  const cells = (scope) => scope.getByRole("cell").allInnerTexts();
  await go("ec2", "CreateTags", "Create tags");
  const ids = ["i-0123456789abcdef0", "i-0123456789abcdef1"];
  let dialog = await review("CreateTags", "Create tags", { Resources: ids, Tags: [{ Key: "owner", Value: "ida" }] });
  await sees(() => cells(dialog), [...ids, "owner", "ida"]);
  await assertAccessible(page, "a review with nested members");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  const rule = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  dialog = await review("AuthorizeSecurityGroupIngress", "Authorize security group ingress", { GroupId: "sg-0123456789abcdef0", IpPermissions: [rule] });
  await sees(() => cells(dialog), ["tcp", "22", "22", "CIDR IP: 0.0.0.0/0"]);
  await sees(() => words(dialog), /What changes Group ID sg-0123456789abcdef0 IP permissions \(1\) IP protocol/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  // What has too many parts for a row stands part by part.
  const groups = [{ Description: "from the office", GroupId: "sg-1", PeeringStatus: "active", UserId: "123456789012" }];
  dialog = await review("AuthorizeSecurityGroupIngress", "Authorize security group ingress", { GroupId: "sg-0123456789abcdef0", IpPermissions: [{ ...rule, UserIdGroupPairs: groups }] });
  await sees(() => words(dialog), /IP protocol tcp From port 22 To port 22 User ID group pairs Description .* from the office 123456789012 sg-1 active IP ranges CIDR IP: 0.0.0.0\/0/);
});
