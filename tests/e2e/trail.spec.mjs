// From an answer to action: the item of the row in focus beside its table, and the path from one answer to
// the next form and back. Played with moto's server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, allWords, button, editAgain, field, flash, hasFocus, part, row, sees, table, words } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["ec2"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

const instances = (page) => page.getByRole("table", { name: "Instances" });
const path = (page) => page.getByRole("navigation", { name: "Path through answers" });

async function listed(t, options) {
  const { page, go } = await openAt(t, moto, undefined, options);
  await go("ec2", "RunInstances", "Run instances");
  await addSettings(page.getByRole("main"), "Image ID", "Instance type");
  await send(page, "Run instances", { "Min count": "2", "Max count": "2", "Image ID": "ami-12c6146b", "Instance type": "t3.micro" });
  await sees(() => flash(page), done, "the answer", 20_000);
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  await sees(() => words(page.locator("#pages")), /instances, all pages loaded/, "the answer", 20_000);
  const ids = (await table(page, "Instances")).map(([id]) => id);
  return { page, go, ids };
}

test("where there is room an item stands beside its table, and follows the row in focus", async (t) => {
  const { page, ids } = await listed(t, { width: 2560, height: 1440 });
  const opener = (id) => instances(page).getByRole("button", { name: id, exact: true });
  await opener(ids[0]).click();
  const item = page.getByRole("region", { name: ids[0], exact: true });
  await sees(() => hasFocus(item), true);
  await sees(() => words(item), /Image ID/);
  assert.equal(await page.locator(".table-detail").count(), 0);
  // What is nested opens in place.
  const nested = item.locator("summary").filter({ hasText: "Network interfaces" });
  await nested.click();
  await item.getByRole("table").first().waitFor();
  await assertAccessible(page, "an item beside its table");
  await item.getByRole("button", { name: "Tree", exact: true }).click();
  await item.getByRole("tree").waitFor();
  await item.getByRole("button", { name: "JSON", exact: true }).click();
  await sees(() => words(item), new RegExp(`"InstanceId": "${ids[0]}"`));

  const other = page.getByRole("region", { name: ids[1], exact: true });
  await instances(page).getByRole("checkbox").nth(2).focus();
  await sees(() => words(other), new RegExp(`"InstanceId": "${ids[1]}"`), "it shows the row in focus, in the same way");
  await assertAccessible(page, "an item as text beside its table");
  await other.getByRole("button", { name: "Close", exact: true }).click();
  await sees(() => hasFocus(opener(ids[1])), true);
  assert.equal(await other.count(), 0);
});

test("the path from an answer to another form is kept, and leads back to the answer", async (t) => {
  const { page, go, ids } = await listed(t);
  assert.equal(await path(page).count(), 0);
  await instances(page).getByRole("checkbox").nth(1).check();
  await button(page, "Use 1 in").click();
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("describe instance status");
  await page.getByRole("main").getByRole("link", { name: "Describe instance status", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Describe instance status" }).waitFor();
  const steps = () => allWords(path(page).getByRole("listitem"));
  await sees(steps, [`Describe instances ${ids[0]}`, "Describe instance status"]);
  await assertAccessible(page, "a form that an answer has led to");
  await page.reload();
  await sees(steps, [`Describe instances ${ids[0]}`, "Describe instance status"], "after a reload", 10_000);

  // The form has sent something else since.
  await go("ec2", "DescribeInstances", "Describe instances");
  await editAgain(page);
  await field(page.getByRole("main"), "Max results").fill("5");
  await button(page, "Send").click();
  await sees(() => page.getByRole("region", { name: "Runs of this form" }).count(), 1, "the second answer", 20_000);
  await go("ec2", "DescribeInstanceStatus", "Describe instance status");
  await path(page).getByRole("link", { name: "Describe instances", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Describe instances" }).waitFor();
  await sees(() => page.locator("summary").filter({ hasText: "Request as sent" }).count().then((count) => count > 0), true);
  await sees(steps, [`Describe instances ${ids[0]}`, "Describe instance status"]);
  await sees(async () => (await table(page, "Instances")).map(([id]) => id).sort(), [...ids].sort());
});

test("a form that an answer fills says so, and has the rows of an empty one", async (t) => {
  const { page, ids } = await listed(t);
  await instances(page).getByRole("checkbox").nth(1).check();
  await instances(page).getByRole("checkbox").nth(2).check();
  await button(page, "Use 2 in").click();
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("create tags");
  await page.getByRole("main").getByRole("link", { name: "Create tags", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Create tags" }).waitFor();
  const told = page.locator(".flash").filter({ hasText: "Filled from the answer" });
  await sees(() => words(told), new RegExp(`^Filled from the answer: ${ids[0]} and 1 more\\. Nothing was sent\\.`));
  await row(part(page, /^Tags/), "Item 1").waitFor();
  // Its buttons stand beside the fields.
  const first = row(part(page, /^Resources/), "Item 1");
  const remove = first.getByRole("button", { name: "Remove item 1" });
  const top = (locator) => locator.evaluate((it) => Math.round(it.getBoundingClientRect().top));
  const control = first.locator("input");
  await sees(async () => Math.abs((await top(remove)) - (await top(control))) <= 2, true, "Remove stands beside its field");
});
