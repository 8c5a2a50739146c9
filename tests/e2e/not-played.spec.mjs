// Operations that the sandbox doesn't play: said before they are sent, and answered in the protocol of
// their service, so that the page reads it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, closeBrowser, openPage, startProxy, startSite } from "./harness.mjs";
import { models, siteWithModels } from "./models.mjs";
import { button, flash, formIsOpen, part, sees, words, write } from "./person.mjs";

/** One of each protocol, with what its form needs. */
const operations = [
  ["ec2", "DescribeInstances", "Describe instances", {}],
  ["iam", "ListRoles", "List roles", {}],
  ["s3", "ListBuckets", "List buckets", {}],
  ["lambda", "ListFunctions", "List functions", {}],
  ["dynamodb", "ListTables", "List tables", {}],
  ["cloudwatch", "DescribeAlarms", "Describe alarms", {}],
];

let made;

before(async () => (made = await siteWithModels(operations.map(([service]) => service))));

after(async () => {
  await made.remove();
  await closeBrowser();
});

async function sendsEach(page) {
  for (const [service, operation, title, values] of operations) {
    await page.evaluate((fragment) => (location.hash = fragment), `#/${service}/${operation}`);
    await formIsOpen(page, title);
    await page.getByText("The sandbox doesn't play this operation").waitFor();
    await write(page.getByRole("main"), values);
    await button(page, "Send").click();
    await sees(() => flash(page), /^The service rejected the request: NotImplementedException/, operation);
    const told = await words(part(page, "Result").locator("xpath=ancestor-or-self::*[@id='result']"));
    assert.ok(told.includes(`The sandbox does not play ${operation}. It plays 24 operations of `), `${operation}: ${told}`);
    assert.ok(told.includes("start the local proxy with --target aws"), told);
    assert.ok(!/can't be understood|not XML|couldn't be read/i.test(told), told);
  }
}

test("the sandbox of a proxy says so in every protocol", async (t) => {
  const proxy = await startProxy(t, ["--target", "sandbox", "--site", made.site, "--models", models]);
  const { page } = await openPage(t, proxy.url);
  await sendsEach(page);
  await assertAccessible(page, "an operation that isn't played");
});

test("the sandbox of the page says so, too", async (t) => {
  const { createReadStream, existsSync, statSync } = await import("node:fs");
  const { join } = await import("node:path");
  const answer = (name, response) => {
    const file = join(made.site, name);
    if (!name.startsWith("models/aws/") || !existsSync(file) || !statSync(file).isFile()) return false;
    createReadStream(file).pipe(response.writeHead(200));
    return true;
  };
  const site = await startSite(t, { answer });
  const { page } = await openPage(t, site.url);
  await sendsEach(page);
});
