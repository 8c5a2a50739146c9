// A gigabyte from a page through the proxy to a service that throws it away, and one back to the
// disk: seconds, and the longest time that the page's thread stood still. Needs a page with models
// (tools/site models) and the proxy as it is built for release.
//   FORMSMITH_PROXY=target/release/formsmith-proxy node tools/bench/files.mjs [BYTES]
import { once } from "node:events";
import { open, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { alice, stsAnswer } from "../../tests/e2e/aws.mjs";
import { closeBrowser, dist, openPage, startProxy } from "../../tests/e2e/harness.mjs";
import { button, formIsOpen, reviewOf, sees, words, write } from "../../tests/e2e/person.mjs";

const size = Number(process.argv[2] ?? 2 ** 30);
const models = fileURLToPath(new URL("../../models", import.meta.url));
const ends = [];
const t = { after: (end) => ends.push(end) };
const seconds = (from) => `${((Date.now() - from) / 1000).toFixed(1)} s`;
const service = createServer(async (request, response) => {
  if (request.method === "POST") return response.end(stsAnswer(alice)[1]);
  for await (const _part of request);
  if (request.method === "PUT") return response.end();
  response.writeHead(200, { "content-length": size });
  const part = Buffer.alloc(1 << 20, 7);
  for (let left = size; left > 0; left -= part.length) {
    if (!response.write(part.subarray(0, Math.min(left, part.length)))) await once(response, "drain");
  }
  response.end();
}).listen(0, "127.0.0.1");
await once(service, "listening");
const folder = await mkdtemp(join(tmpdir(), "formsmith-bench-"));

/** The longest task of the page's thread since the last time, in milliseconds. */
const watch = () => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
  }).observe({ type: "longtask", buffered: true });
  window.showSaveFilePicker = async () => (await navigator.storage.getDirectory()).getFileHandle("back", { create: true });
};
const longest = (page) => page.evaluate(() => {
  const found = window.longest;
  window.longest = 0;
  return `${found.toFixed(0)} ms`;
});

async function confirm(page, title) {
  const dialog = reviewOf(page, title);
  await dialog.getByText("Signed in as").waitFor({ timeout: 300_000 });
  return async () => {
    await dialog.getByRole("button", { name: title, exact: true }).click();
    const from = Date.now();
    await sees(() => words(page.locator("#result")), /carried out the request|What to do/, "the answer", 300_000);
    return from;
  };
}

try {
  const file = join(folder, "file.bin");
  const handle = await open(file, "w");
  await handle.truncate(size);
  await handle.close();
  const keys = { AWS_ACCESS_KEY_ID: alice.key, AWS_SECRET_ACCESS_KEY: alice.secret, AWS_REGION: "us-east-1" };
  const args = ["--target", "aws", "--site", dist, "--models", models, "--allow-write", "--endpoint", `http://127.0.0.1:${service.address().port}`];
  const proxy = await startProxy(t, args, keys);
  const { page } = await openPage(t, proxy.url, { prepare: watch });
  const go = async (operation, title) => {
    await page.goto(`${proxy.origin}/#/s3/${operation}`);
    await formIsOpen(page, title);
  };
  await go("PutObject", "Put object");
  await write(page.getByRole("main"), { Bucket: "b", Key: "k" });
  await page.getByLabel("Choose a file…").setInputFiles(file);
  await longest(page);
  let from = Date.now();
  await button(page, "Send").click();
  const send = await confirm(page, "Put object");
  console.log(`hashed (SHA-256 and CRC32) ${seconds(from)}, the page stood still for at most ${await longest(page)}`);
  from = await send();
  console.log(`sent                       ${seconds(from)}, the page stood still for at most ${await longest(page)}`);
  await go("GetObject", "Get object");
  await write(page.getByRole("main"), { Bucket: "b", Key: "k" });
  await button(page, "Save it to a file…").click();
  await button(page, "Send").click();
  const get = await confirm(page, "Get object");
  await longest(page);
  from = await get();
  console.log(`written to the disk        ${seconds(from)}, the page stood still for at most ${await longest(page)}`);
} finally {
  service.closeAllConnections();
  service.close();
  await rm(folder, { recursive: true, force: true });
  for (const end of ends) await end();
  await closeBrowser();
}
