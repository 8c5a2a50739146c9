// The answer of any operation of AWS, read: as a table that is queried and selected from, as a tree
// and as text. Played with moto's server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser } from "./harness.mjs";
import { done, openAt, send, startMoto } from "./moto.mjs";
import { addSettings, button, field, flash, hasFocus, part, reviewOf, sees, table, words, write } from "./person.mjs";

let moto;

before(async () => (moto = await startMoto(["ec2"])));

after(async () => {
  await moto.stop();
  await closeBrowser();
});

const pages = (page) => words(page.locator("#pages"));
const query = (page) => page.getByRole("combobox", { name: "Query" });

/** The instances that run, seven of them, of which two have no tag `owner`. */
async function started(page, go) {
  await go("ec2", "RunInstances", "Run instances");
  await addSettings(page.getByRole("main"), "Image ID", "Instance type");
  await send(page, "Run instances", { "Min count": "7", "Max count": "7", "Image ID": "ami-12c6146b", "Instance type": "t3.micro" });
  await sees(() => flash(page), done, "the answer", 20_000);
  const ids = (await table(page, "Instances")).map(([id]) => id);
  assert.match(ids[0], /^i-/, "the identifier comes first");
  return ids;
}

/** The identifier in a row, beneath a name if it has one. */
const identifier = ([both]) => both.split(" ").at(-1);

/** Tags resources as any AWS client does. */
async function tag(resources, key, value) {
  const names = resources.map((id, at) => `&ResourceId.${at + 1}=${id}`).join("");
  const authorization = "AWS4-HMAC-SHA256 Credential=formsmith/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0";
  const body = `Action=CreateTags&Version=2016-11-15${names}&Tag.1.Key=${key}&Tag.1.Value=${value}`;
  const answer = await fetch(moto.endpoint, { method: "POST", headers: { authorization, "content-type": "application/x-www-form-urlencoded" }, body });
  assert.equal(answer.status, 200);
}

test("instances in reservations are one table: loaded, queried, selected", async (t) => {
  const { page, go } = await openAt(t, moto);
  const ids = await started(page, go);
  await tag(ids.slice(0, 5), "owner", "team");
  await tag(ids.slice(0, 1), "Name", "web");
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  await sees(() => pages(page), /^7 instances, all pages loaded/, "the answer", 20_000);
  const rows = await table(page, "Instances");
  assert.deepEqual(rows.map(identifier).sort(), [...ids].sort());
  assert.ok(rows.some((cells) => cells[0] === `web ${ids[0]}`), "the tag Name stands above it");
  const cells = page.getByRole("table", { name: "Instances" }).getByRole("row").nth(1).getByRole("cell");
  assert.equal(await cells.locator(".status[data-kind=success]").first().innerText(), "running");
  assert.match(await cells.locator("time").innerText(), /^Today, \d\d:\d\d$/);
  assert.match(await cells.locator("time").getAttribute("title"), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, "the whole time is there for whoever asks");
  assert.ok(!rows.flat().some((text) => /[{[]"/.test(text)), "no cell shows JSON");
  await assertAccessible(page, "an answer as a table");

  await page.getByLabel("Show", { exact: true }).selectOption({ label: "Reservations (1)" });
  await sees(async () => (await table(page, "Reservations")).length, 1);
  await page.getByLabel("Show", { exact: true }).selectOption({ label: "Instances in reservations (7)" });

  // An item opens beside the table, and where there is no room beneath its row.
  const opener = page.getByRole("table", { name: "Instances" }).getByRole("button", { name: "web", exact: true });
  for (const [width, place] of [[1366, "#item"], [900, ".table-detail"]]) {
    await page.setViewportSize({ width, height: 900 });
    await opener.click();
    await sees(() => words(page.locator(place)), /Details Tree JSON Use in another operation .*Image ID/);
    await assertAccessible(page, `an item open, ${width} pixels wide`);
    if (place === "#item") await page.keyboard.press("Escape");
    else await opener.click();
    await page.locator(place).waitFor({ state: "detached" });
  }
  await page.setViewportSize({ width: 1366, height: 900 });

  await page.getByText("Filter by a value").click();
  await field(page.getByRole("main"), "Tag key").fill("owner");
  await button(page, "Filter").click();
  await sees(() => words(page.getByRole("main")), /2 of 7 instances match the query/);
  await sees(async () => (await table(page, "Instances")).map(identifier).sort(), ids.slice(5).sort());
  assert.match(await query(page).inputValue(), /^Reservations\[\]\.Instances\[\?/);
  await assertAccessible(page, "an answer that is queried");

  await page.getByRole("checkbox", { name: "Select all" }).check();
  await button(page, "Copy 2 IDs").waitFor();
  await button(page, "Clear query").click();
  await sees(async () => (await table(page, "Instances")).length, 7);
});

test("three instances without a tag are tagged in at most twelve clicks, and no ID is typed", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "DescribeInstances", "Describe instances");
  let clicks = 0;
  const click = (locator) => (clicks++, locator.click());
  await click(button(page, "Send"));
  await sees(() => pages(page), /instances, all pages loaded/, "the answer", 20_000);
  await click(page.getByText("Filter by a value"));
  await click(page.getByLabel("Tag key"));
  await page.keyboard.type("cost-center");
  await page.keyboard.press("Enter");
  await sees(() => words(page.getByRole("main")), /\d+ of \d+ instances match the query/);
  for (const at of [0, 1, 2]) await click(page.getByRole("table", { name: "Instances" }).getByRole("checkbox").nth(at + 1));
  await click(button(page, "Use 3 in"));
  const find = page.getByRole("searchbox", { name: "Find an operation" });
  await sees(() => hasFocus(find), true, "the list is searched at once");
  const links = page.locator(".takers a");
  const first = await links.allInnerTexts();
  assert.ok(first.indexOf("Create tags") >= 0 && first.indexOf("Create tags") < 12, `Create tags is among the first: ${first.slice(0, 12)}`);
  await assertAccessible(page, "the operations that take what is selected");
  await page.keyboard.type("create tags");
  await sees(() => links.allInnerTexts(), ["Create tags"]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Create tags" }).waitFor();
  const resources = part(page, "Resources").getByRole("combobox", { name: "Item" });
  await sees(async () => (await resources.evaluateAll((all) => all.filter((it) => it.value.startsWith("i-")))).length, 3);
  await click(part(page, "Tags").getByRole("button", { name: "Add item", exact: true }));
  await click(field(part(page, "Tags").getByRole("group", { name: "Item 1", exact: true }), "Key"));
  await page.keyboard.type("cost-center");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await page.keyboard.type("4410");
  await click(button(page, "Send"));
  const dialog = reviewOf(page, "Create tags");
  await dialog.getByText("Signed in as").waitFor();
  await click(dialog.getByRole("button", { name: "Create tags", exact: true }));
  await sees(() => flash(page), done);
  assert.ok(clicks <= 12, `${clicks} clicks`);
});

test("a query is completed from the answer, and its mistakes have a place", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  await sees(() => pages(page), /instances, all pages loaded/, "the answer", 20_000);
  await query(page).pressSequentially("Res");
  await page.getByRole("listbox", { name: "Members" }).getByRole("option", { name: "Reservations" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await sees(() => query(page).inputValue(), "Reservations");
  await sees(() => hasFocus(query(page)), true);
  await query(page).fill("Reservations[].Instances[].[InstanceId, ");
  await page.keyboard.press("Enter");
  await sees(() => query(page).getAttribute("aria-invalid"), "true");
  await page.getByRole("table", { name: "Instances" }).getByRole("checkbox").nth(1).check();
  await button(page, "Copy 1 ID").waitFor();
  await sees(() => words(page.getByRole("main")), /Character \d+: /);
  await query(page).fill("Reservations[].Instances[].{id: InstanceId, state: State.Name}");
  await page.keyboard.press("Enter");
  await sees(() => words(page.getByRole("main")), /The query returns 7 items/);
  await sees(() => button(page, "Copy 1 ID").count(), 0, "these are other rows than the one that was selected");
  await query(page).fill("Reservations[].Instances[] | [?InstanceType=='none']");
  await page.keyboard.press("Enter");
  await sees(() => words(page.getByRole("main")), /0 of 7 instances match the query|The query returns 0 items/);
  await query(page).fill("Reservations[].Instances[].{id: InstanceId, state: State.Name}");
  await page.keyboard.press("Enter");
  await sees(async () => (await table(page, "Query result")).map((cells) => cells[1]), Array(7).fill("running"));
});

test("the same answer is a tree for the keyboard, and text", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  await sees(() => pages(page), /instances, all pages loaded/, "the answer", 20_000);
  await button(page, "Tree").click();
  const tree = page.getByRole("tree", { name: "Answer" });
  await tree.getByRole("treeitem").first().focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await sees(() => tree.getByRole("treeitem", { name: /Instances/ }).count().then((count) => count > 0), true);
  await assertAccessible(page, "an answer as a tree");
  const open = await tree.getByRole("treeitem").count();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await sees(async () => (await tree.getByRole("treeitem").count()) < open, true);
  await button(page, "JSON").click();
  await sees(() => words(page.getByRole("region", { name: "JSON", exact: true })), /"InstanceId": "i-/);
  await assertAccessible(page, "an answer as text");
});

test("columns are chosen, and the choice is kept", async (t) => {
  const { page, go } = await openAt(t, moto);
  await go("ec2", "DescribeInstances", "Describe instances");
  await button(page, "Send").click();
  await sees(() => pages(page), /instances, all pages loaded/, "the answer", 20_000);
  const heads = () => page.getByRole("table", { name: "Instances" }).getByRole("columnheader").allInnerTexts();
  await button(page, "Columns").click();
  await page.getByRole("group", { name: "Columns" }).getByLabel("Architecture").check();
  await sees(async () => (await heads()).some((text) => /Architecture/.test(text)), true);
  await assertAccessible(page, "the columns of an answer");
  // What is sorted by a column that is hidden then is no longer sorted.
  await page.getByRole("table", { name: "Instances" }).getByRole("button", { name: /^Architecture/ }).click();
  for (const column of ["Launch time", "State"]) await page.getByRole("group", { name: "Columns" }).getByLabel(column, { exact: true }).uncheck();
  await sees(async () => (await heads()).some((text) => /Launch time/.test(text)), false);
  await sees(async () => (await table(page, "Instances")).length, 7);
  await page.reload();
  await sees(async () => (await heads()).some((text) => /Architecture/.test(text)), true, "after a reload", 20_000);
});
