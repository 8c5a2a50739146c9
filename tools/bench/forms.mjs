// What opening a form costs: CPU of the page's thread, and the files that are fetched for it, as brotli
// sends them. Needs a page with models: tools/site models.
//   node tools/bench/forms.mjs [SERVICE/OPERATION ...]
import { statSync } from "node:fs";
import { join } from "node:path";
import { closeBrowser, dist, openPage, startSite } from "../../tests/e2e/harness.mjs";

const given = process.argv.slice(2);
const operations = given.length ? given : [
  "servicecatalog/AssociateServiceActionWithProvisioningArtifact", "iam/CreateRole", "s3/PutObject", "ec2/DescribeInstances", "ec2/RunInstances",
];
const ends = [];
const t = { after: (end) => ends.push(end) };
const sent = (name) => statSync(join(dist, `${name}.br`), { throwIfNoEntry: false })?.size ?? statSync(join(dist, name)).size;
try {
  const site = await startSite(t);
  console.log(`${"operation".padEnd(62)}${"CPU".padStart(8)}${"model".padStart(12)}${"index".padStart(12)}${"code".padStart(12)}`);
  for (const operation of operations) {
    // A page of its own: nothing is there yet but the first load.
    const { page, context } = await openPage(t, site.url);
    await page.waitForTimeout(2000);
    const bytes = { model: 0, index: 0, code: 0 };
    page.on("requestfinished", (request) => {
      const name = decodeURIComponent(request.url().slice(site.url.length));
      if (name.endsWith(".svg")) return;
      const kind = name.endsWith("index.json") ? "index" : name.endsWith(".json") ? "model" : "code";
      bytes[kind] += sent(name);
    });
    const client = await context.newCDPSession(page);
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    const cpu = async () => (await client.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
    const before = await cpu();
    await page.evaluate((address) => { window.location.hash = address; }, `#/${operation}`);
    await page.getByRole("tab", { name: "Form", exact: true }).waitFor();
    await page.waitForTimeout(1000);
    const spent = `${((await cpu()) - before).toFixed(0)} ms`;
    const numbers = [bytes.model, bytes.index, bytes.code].map((number) => number.toLocaleString("en-US").padStart(12));
    console.log(operation.padEnd(62) + spent.padStart(8) + numbers.join(""));
    await context.close();
  }
} finally {
  for (const end of ends) await end();
  await closeBrowser();
}
