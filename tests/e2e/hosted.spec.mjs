// The release page on a plain static host under a path: it asks for nothing that is not there, and
// nobody else for anything. A proxy on the same computer is used where both sides were told to.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { operations } from "./cases.mjs";
import { assertAccessible, closeBrowser, dist, openPage, startProxy, takePictures } from "./harness.mjs";
import { associate, known, openHistory, send } from "./history.mjs";
import { headersOf, startHost } from "./host.mjs";
import { button, choose, editIfFolded, errorOf, field, meets, openOperation, part, sees } from "./person.mjs";
import { openPresets, saveOne } from "./presets.mjs";

after(closeBrowser);

const root = fileURLToPath(new URL("../..", import.meta.url));

async function open(t, host, options) {
  const opened = await openPage(t, undefined, options);
  const asked = [];
  opened.context.on("request", (request) => asked.push(request.url()));
  await opened.page.goto(host.url);
  await opened.page.locator("#boot").waitFor({ state: "detached" });
  return { ...opened, foreign: () => asked.filter((url) => !url.startsWith(host.url)) };
}

async function goTo(page, address, heading) {
  await page.evaluate((address) => (location.hash = address), address);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

test("on no screen is anything missing or anybody else asked", async (t) => {
  const host = await startHost(t, { path: "/a/b/" });
  const { page, foreign } = await open(t, host, { keepsPage: true });
  for (const { title } of operations) await openOperation(page, title);
  await send(page, associate, "Associate", known);
  await editIfFolded(page);
  await choose(page, "More", "Copy as");
  await page.getByRole("button", { name: "Close" }).last().click().catch(() => page.keyboard.press("Escape"));
  await button(page, "Help").click();
  await saveOne(page);
  await openPresets(page);
  await openHistory(page);
  await goTo(page, "#/settings", "Settings");
  assert.equal(await part(page, "Local proxy").count(), 0, "this page was not built to use one");
  await goTo(page, "#/services", "All AWS services");
  await goTo(page, "#/servicecatalog", /Service Catalog/);
  await goTo(page, "#/ec2/DescribeInstances", /./);
  await goTo(page, "#/nowhere", "Page not found");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill("delete table");
  await page.keyboard.press("Escape");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await page.reload();
  await page.locator("#boot").waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
  assert.deepEqual(host.asked.filter(({ status }) => status !== 200), []);
  assert.deepEqual(foreign(), []);
});

test("the icons and the manifest are there, and lie in the page's own folder", async (t) => {
  const host = await startHost(t);
  const { page } = await open(t, host);
  const address = await page.locator("link[rel=manifest]").evaluate((link) => link.href);
  const manifest = await page.evaluate(async (address) => (await fetch(address)).json(), address);
  assert.equal(new URL(manifest.start_url, address).href, host.url);
  assert.equal(new URL(manifest.scope, address).href, host.url);
  for (const { src, sizes, type } of manifest.icons) {
    const icon = await page.evaluate(async (src) => {
      const response = await fetch(src);
      const image = new Image();
      image.src = src;
      await image.decode();
      return { type: response.headers.get("content-type"), sizes: `${image.naturalWidth}x${image.naturalHeight}` };
    }, new URL(src, address).href);
    assert.equal(icon.type, type);
    if (sizes !== "any") assert.equal(icon.sizes, sizes);
  }
});

test("every file has the headers that docs/hosting.md asks for", async () => {
  const text = await readFile(join(root, "docs/hosting.md"), "utf8");
  const rows = text.split("\n").filter((line) => /^\| .*`(text|application|image)\//.test(line));
  const rules = rows.map((row) => {
    const [files, type, caching] = row.split("|").slice(1, 4).map((cell) => cell.trim());
    const named = [...files.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
    return { named, type: type.replaceAll("`", ""), caching: caching.replaceAll("`", ""), isHashed: /hash|same/.test(files) };
  });
  assert.ok(rules.length > 7, "the table was found");
  const fits = (name, pattern) => (pattern.startsWith("*") ? name.endsWith(pattern.slice(1)) : name === pattern);
  const names = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length + 1));
  for (const name of names) {
    const { "content-type": type, "cache-control": caching } = headersOf(name);
    const isHashed = caching.includes("immutable");
    const rule = rules.find((rule) => rule.named.some((pattern) => fits(name, pattern)) && rule.isHashed === isHashed);
    assert.deepEqual({ name, type, caching }, { name, type: rule?.type, caching: rule?.caching });
  }
});

async function freePort() {
  const socket = createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

test("nginx serves the page as docs/hosting.md configures it", async (t) => {
  const text = await readFile(join(root, "docs/hosting.md"), "utf8");
  const [server, beside] = [...text.matchAll(/```nginx\n([\s\S]*?)```/g)].map(([, block]) => block);
  const folder = await mkdtemp(join(tmpdir(), "formsmith-nginx-"));
  const port = await freePort();
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${join(folder, name)};`);
  const configuration = `events {} http { access_log off; ${places.join(" ")} ${beside}
    server { listen 127.0.0.1:${port}; ${server.replace("/srv/formsmith/dist", dist)} } }`;
  await mkdir(join(folder, "logs"));
  await writeFile(join(folder, "nginx.conf"), configuration);
  const globals = `daemon off; master_process off; pid ${join(folder, "nginx.pid")}; error_log stderr;`;
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-g", globals], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  nginx.stderr.on("data", (bytes) => (said += bytes));
  nginx.once("error", (why) => (said += why.message));
  t.after(async () => {
    if (nginx.exitCode === null && nginx.pid && nginx.kill()) await once(nginx, "exit");
    await rm(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}/formsmith/`;
  await sees(() => fetch(url).then(({ status }) => status, () => said), 200, "nginx serves the page", 10_000);
  const files = (await readdir(dist, { recursive: true })).filter((name) => /\.\w+$|^api.status$/.test(name) && !/\.(br|gz)$/.test(name));
  for (const name of ["", ...files.filter((name) => !/^formsmith-[0-9a-f]+$/.test(name))]) {
    const answer = await fetch(url + name);
    const sent = Object.fromEntries(Object.keys(headersOf(name || "index.html")).map((key) => [key, answer.headers.get(key)]));
    assert.deepEqual({ ...headersOf(name || "index.html"), ...sent }, headersOf(name || "index.html"), name);
    if (name.endsWith(".wasm")) assert.equal(answer.headers.get("content-encoding"), "gzip", name);
    await answer.arrayBuffer();
  }
  assert.equal((await fetch(`${url}nothing`)).status, 404);
  const host = { url };
  const { foreign } = await open(t, host);
  assert.deepEqual(foreign(), []);
});

/** The page as `make site PROXY=1` builds it. */
async function builtForProxies(t) {
  const folder = await mkdtemp(join(tmpdir(), "formsmith-hosted-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(dist, folder, { recursive: true });
  execFileSync("node", [join(root, "tools/allow-proxy.mjs"), folder]);
  for (const name of ["index.html.br", "index.html.gz"]) await rm(join(folder, name), { force: true });
  return folder;
}

const proxyPart = (page) => part(page, "Local proxy");
const addressOf = (page) => field(proxyPart(page), "Address that the proxy printed");
const useIt = (page) => proxyPart(page).getByRole("button", { name: "Use this proxy" });

test("a proxy on this computer that was told to is used, with token and code, until it is left", async (t) => {
  const host = await startHost(t, { folder: await builtForProxies(t) });
  const origin = new URL(host.url).origin;
  const proxy = await startProxy(t, ["--target", "sandbox", "--allow-origin", origin]);
  const { page, foreign } = await open(t, host);
  await goTo(page, "#/settings", "Settings");
  await proxyPart(page).getByText(`Start it with --allow-origin ${origin}.`).waitFor();
  await assertAccessible(page, "the settings");
  await takePictures(page, "local-proxy");
  assert.deepEqual(foreign(), [], "nothing is asked before the person says so");

  for (const wrong of ["", proxy.plain.origin, "https://evil.example/#code=abc", "http://127.0.0.1.evil.example/#code=abc"]) {
    await addressOf(page).fill(wrong);
    await useIt(page).click();
    await sees(() => errorOf(addressOf(page)), /^Copy all of the address/, wrong);
  }
  assert.deepEqual(foreign(), []);
  await addressOf(page).fill(proxy.plain.href);
  await useIt(page).click();
  await proxyPart(page).getByText(`This page uses the proxy at ${proxy.plain.origin}`).waitFor();
  await meets(page, "proxy-sandbox");
  await send(page, associate, "Associate", known);
  await page.getByText(/^Sent to Sandbox in the local proxy/).waitFor();
  assert.ok(foreign().every((url) => url.startsWith(proxy.plain.origin)));

  await page.reload();
  await meets(page, "proxy-sandbox");
  await goTo(page, "#/settings", "Settings");
  await button(page, "Stop using it").click();
  await meets(page, "page");
});

test("a proxy that was not told to lets nothing in, and the page says what to do", async (t) => {
  const host = await startHost(t, { folder: await builtForProxies(t) });
  const proxy = await startProxy(t, ["--target", "sandbox", "--allow-origin", "https://console.example.com"]);
  const { page, problems } = await open(t, host);
  await goTo(page, "#/settings", "Settings");
  await addressOf(page).fill(proxy.plain.href);
  await useIt(page).click();
  await sees(() => errorOf(addressOf(page)), /^No proxy that lets this page in answered\. .*--allow-origin http:\/\/127\.0\.0\.1:\d+,.* --site/);
  await meets(page, "page");
  assert.ok(problems.splice(0).every((problem) => /CORS|Failed to load/.test(problem)));
});

test("a page from the network reaches a proxy when the browser's question is answered with yes", async (t) => {
  const host = await startHost(t, { folder: await builtForProxies(t) });
  const proxy = await startProxy(t, ["--target", "sandbox", "--allow-origin", new URL(host.url).origin]);
  // Chromium takes this host for one of the internet, as it would not do with loopback.
  const flags = [`--ip-address-space-overrides=127.0.0.1:${host.port}=public`];
  const { page, context, problems } = await open(t, host, { flags });
  await goTo(page, "#/settings", "Settings");
  await addressOf(page).fill(proxy.plain.href);
  await useIt(page).click();
  await sees(() => errorOf(addressOf(page)), /that the browser allows this site to reach apps on this device/);
  assert.ok(problems.splice(0).every((problem) => /Permission was denied|Failed to load/.test(problem)));
  await context.grantPermissions(["local-network-access"]);
  await useIt(page).click();
  await meets(page, "proxy-sandbox");
  await send(page, associate, "Associate", known);
  await page.getByText(/^Sent to Sandbox in the local proxy/).waitFor();
});

test("a page that was not built for it reaches no proxy", async (t) => {
  const host = await startHost(t);
  const proxy = await startProxy(t, ["--target", "sandbox", "--allow-origin", new URL(host.url).origin]);
  const { page, problems } = await open(t, host);
  const reached = await page.evaluate((url) => fetch(url).then(() => true, () => false), `${proxy.plain.origin}/api/status`);
  assert.equal(reached, false);
  await sees(() => problems.some((problem) => problem.startsWith("policy: connect-src")), true);
  problems.splice(0);
});
