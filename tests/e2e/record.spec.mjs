// A record: its life as time passes, its times in the person's zone, copying what is shown.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
import { openHeld } from "./held.mjs";
import { kept, openHistory, runs } from "./history.mjs";
import { button, editAgain, editIfFolded, flash, meets, message, openOperation, pairs, part, sees, status, table, words, write } from "./person.mjs";

after(closeBrowser);

async function open(t, options = {}) {
  const site = await startSite(t);
  const { page, context } = await openPage(t, undefined, options);
  await page.clock.install({ time: new Date("2025-07-15T10:20:30Z") });
  await page.goto(site.url);
  await openOperation(page, "Run a service action");
  return { page, context };
}

async function run(page) {
  await editIfFolded(page);
  await button(page, "Run").click();
  await part(page, "Record").waitFor();
  const record = await pairs(part(page, "Record"));
  return { id: record["Record ID"], status: record.Status.match(/^(Created|Succeeded|Failed|In progress( after an error)?)/)[0] };
}

for (const [product, action, steps] of [
  [
    "pp-dev7wk2n4hq8t",
    "act-fs7abcd89wxyz",
    [
      [0, "Created", "The run of the service action was accepted. Status: created."],
      [3000, "In progress", "The run of the service action was accepted. Status: in progress."],
      [9000, "Succeeded", "The action completed without an error. Status: succeeded."],
    ],
  ],
  [
    "pp-broken4s3k7xd",
    "act-rotk8key4dx5p",
    [
      [0, "Created", "The run of the service action was accepted. Status: created."],
      [6100, "In progress after an error", /^The action failed, and the service is still recovering/],
      [9000, "Failed", /^The action ended with an error\. Status: failed\./],
    ],
  ],
]) {
  test(`the same run, looked at again as time passes: ${product}`, async (t) => {
    const { page } = await open(t);
    await write(page.getByRole("main"), { "Provisioned product ID": product, "Service action ID": action });
    const ids = new Set();
    for (const [wait, expected, said] of steps) {
      await page.clock.fastForward(wait);
      const { id, status } = await run(page);
      // The token says that it is the same run, and so does the page.
      await sees(() => flash(page), ids.size ? /^Already done; nothing changed this time/ : said);
      await sees(() => words(part(page, "Timeline")), new RegExp(expected));
      assert.equal(status, expected);
      ids.add(id);
    }
    assert.equal(ids.size, 1, "one record: the token says that it is the same run");
    const errors = await table(page, "Errors");
    if (product === "pp-broken4s3k7xd") assert.match(errors[0].join(" "), /^400 The automation was stopped/);
    else assert.deepEqual(errors, [["No errors"]]);
  });
}

for (const [timezoneId, local] of [
  ["UTC", / 2025-07-15 10:20:\d\d \(UTC\+00:00\)$/],
  ["Europe/Berlin", / 2025-07-15 12:20:\d\d \(UTC\+02:00\)$/],
  ["America/St_Johns", / 2025-07-15 07:50:\d\d \(UTC-02:30\)$/],
  ["Pacific/Kiritimati", / 2025-07-16 00:20:\d\d \(UTC\+14:00\)$/],
]) {
  test(`times in the person's zone, UTC on hover: ${timezoneId}`, async (t) => {
    const { page } = await open(t, { timezoneId });
    await write(page.getByRole("main"), { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": "act-fs7abcd89wxyz" });
    await run(page);
    const time = part(page, "Record").locator("time").first();
    const value = part(page, "Record").locator("dd").filter({ has: page.locator("time") }).first();
    assert.match(await words(value), local);
    assert.match(await time.getAttribute("title"), /^2025-07-15T10:20:\d\d(\.\d+)?Z$/);
    assert.equal(await time.getAttribute("datetime"), await time.getAttribute("title"));
  });
}

test("values, the request and the response can be copied", async (t) => {
  const { page, context } = await open(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": "act-fs7abcd89wxyz" });
  const { id } = await run(page);
  await part(page, "Record").getByRole("button", { name: "Copy record ID" }).click();
  await sees(copied, id);
  await sees(() => status(page), "Record ID copied");
  for (const [shown, name] of [
    ["Request as sent", "Copy request"],
    ["Response as received", "Copy response"],
  ]) {
    const { head, body } = await message(page, shown);
    await button(page, name).click();
    await sees(() => status(page), `${shown} copied`);
    const text = await copied();
    assert.ok(text.startsWith(head), text);
    assert.deepEqual(JSON.parse(text.split("\n\n")[1]), JSON.parse(body));
  }
});

test("each of several records stays followed after a reload, and the last one shows", async (t) => {
  const { page, context, site, answers } = await openHeld(t);
  let made = 0;
  const shown = async (page) => (await pairs(part(page, "Record")))["Record ID"];
  const open = async () => Object.keys(await kept(page)).filter((key) => key.startsWith("open/")).length;
  const runs = () => answers.filter(({ operation }) => operation.startsWith("Execute"));
  const looks = (id) => answers.filter(({ operation, body }) => operation === "DescribeRecord" && body.includes(id)).length;
  /** Answers the looks so far: while one is awaited, only the newest record is looked at. */
  const answerLooks = () => {
    for (const look of answers.filter(({ operation, isAnswered }) => operation === "DescribeRecord" && !isAnswered)) {
      const [id] = look.body.match(/rec-\d+/) ?? [];
      look.isAnswered = id !== undefined;
      if (id) look(JSON.stringify({ RecordDetail: { RecordId: id, Status: "CREATED" } }));
    }
  };
  /** Starts one more record, which stays created. */
  const start = async (page) => {
    const id = `rec-${(made += 1)}`;
    await editIfFolded(page);
    await page.getByRole("main").getByLabel("Provisioned product ID", { exact: true }).fill(`pp-abcdefgh1234${made}`);
    await button(page, "Run").click();
    await sees(() => runs().length, made);
    runs().at(-1)(JSON.stringify({ RecordDetail: { RecordId: id, Status: "CREATED" } }));
    await sees(() => shown(page), id);
  };
  const fill = async (page, isFolded = false) => {
    await openOperation(page, "Run a service action");
    if (isFolded) await editAgain(page);
    await write(page.getByRole("main"), { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": "act-fs7abcd89wxyz" });
  };
  await fill(page);
  await start(page);
  await start(page);
  await sees(open, 2);
  await sees(() => words(part(page, "Runs of this form")), /Status: created|was accepted/, "the one before is a line of its own");
  await page.reload();
  await sees(() => shown(page), "rec-2", "the last");
  const areBothLookedAt = () => {
    answerLooks();
    return looks("rec-1") > 0 && looks("rec-2") > 0;
  };
  await sees(areBothLookedAt, true, "both are looked at", 20_000);
  await button(page, "Stop updating").click();
  await sees(open, 1);
  await page.reload();
  await sees(() => shown(page), "rec-2", "stopped it still shows");
  await button(page, "Resume updates").waitFor();

  const other = await context.newPage();
  await other.goto(site.url);
  await meets(other, "proxy-sandbox");
  await fill(other, true);
  await start(other);
  await page.reload();
  await sees(() => shown(page), "rec-3", "what another tab follows shows here too");
});

test("every record is followed to its end, also behind another and after the form was cleared", async (t) => {
  const { page } = await open(t);
  const send = async (product, action) => {
    await editIfFolded(page);
    await write(page.getByRole("main"), { "Provisioned product ID": product, "Service action ID": action });
    await run(page);
  };
  await send("pp-dev7wk2n4hq8t", "act-fs7abcd89wxyz");
  await send("pp-broken4s3k7xd", "act-rotk8key4dx5p");
  await editAgain(page);
  await button(page, "Clear").click();
  await sees(() => part(page, "Timeline").count(), 0);
  await button(page, "Restore my form").click();
  await part(page, "Timeline").waitFor();
  await button(page, "Clear").click();
  for (let seconds = 0; seconds < 30; seconds += 1) await page.clock.runFor(1000);
  await openHistory(page);
  await sees(async () => (await runs(page)).map(([, verdict]) => verdict), [
    "The action ended with an error.",
    "The action completed without an error.",
  ]);
});

test("who stops following in one tab stops it in the others", async (t) => {
  const { page, context, site, answers } = await openHeld(t);
  await openOperation(page, "Run a service action");
  await write(page.getByRole("main"), { "Provisioned product ID": "pp-abcdefgh12345", "Service action ID": "act-fs7abcd89wxyz" });
  await button(page, "Run").click();
  const record = JSON.stringify({ RecordDetail: { RecordId: "rec-1", Status: "CREATED" } });
  await sees(() => answers.length, 1);
  answers[0](record);
  await part(page, "Timeline").waitFor();
  const other = await context.newPage();
  await other.goto(site.url);
  await openOperation(other, "Run a service action");
  await part(other, "Timeline").waitFor();
  await sees(() => answers.length, 2, "one of them looks");
  await button(page, "Stop updating").click();
  await button(other, "Resume updates").waitFor();
  for (const answer of answers.slice(1)) answer(record);
  await other.reload();
  await openOperation(other, "Run a service action");
  await button(other, "Resume updates").waitFor();
});
