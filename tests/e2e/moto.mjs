// moto's server, and the proxy that sends to it.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage, startProxy } from "./harness.mjs";
import { models, siteWithModels } from "./models.mjs";
import { button, editIfFolded, formIsOpen, meets, reviewOf, sees, words, write } from "./person.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const keys = { AWS_ACCESS_KEY_ID: "formsmith", AWS_SECRET_ACCESS_KEY: "formsmith", AWS_REGION: "us-east-1" };

/** moto, and a site with the models of these services. */
export async function startMoto(services) {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  const moto = spawn(join(root, ".tools/python/bin/moto_server"), ["-H", "127.0.0.1", "-p", port], { stdio: "ignore" });
  const endpoint = `http://127.0.0.1:${port}`;
  const { site, remove } = await siteWithModels(services);
  const answers = () => fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false);
  await sees(answers, true, "moto's server answers", 60_000);
  const stop = async () => {
    moto.kill();
    await remove();
  };
  return { endpoint, site, stop };
}

/** The proxy in front of moto, with all that may be allowed. */
export function proxyOf(t, { site, endpoint }, more = []) {
  const allowed = ["--allow-write", "--allow-secrets", "--allow-credentials", "--allow-destroy", "--allow-permissions"];
  return startProxy(t, ["--target", "aws", "--site", site, "--models", models, "--endpoint", endpoint, ...allowed, ...more], keys);
}

/** A page before the proxy; `go` opens the form of an operation. `prepare` runs in the page before it starts. */
export async function openAt(t, moto, prepare, options) {
  const proxy = await proxyOf(t, moto);
  const opened = await openPage(t, proxy.url, { prepare, ...options });
  await meets(opened.page, "proxy-aws");
  const go = async (service, operation, title) => {
    await opened.page.goto(`${proxy.origin}/#/${service}/${operation}`);
    await formIsOpen(opened.page, title);
  };
  return { ...opened, proxy, go };
}

/** Sends what the form has, and confirms it where it does more than read. */
export async function send(page, title, values) {
  await editIfFolded(page);
  await write(page.getByRole("main"), values);
  await button(page, "Send").click();
  if ((await words(page.locator(".page-title .badge"))) === "Read") return;
  const dialog = reviewOf(page, title);
  await dialog.getByText("Signed in as").waitFor();
  // A batch says how many behind it.
  await dialog.getByRole("button", { name: new RegExp(`^${title}\\b`) }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** The verdict of what was carried out: of a list it says how much of it is there. */
export const done = /^The service carried out the request\.|(all pages loaded|there are more)$/;
