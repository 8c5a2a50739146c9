// A site with AWS's models of some services: the one that the tests build has none.
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dist, openPage, startProxy } from "./harness.mjs";
import { formIsOpen } from "./person.mjs";

/** The folder that `make models` makes. */
export const models = fileURLToPath(new URL("../../models", import.meta.url));

/** The form of an operation, before the sandbox of a proxy that serves such a site. */
export async function openForm(t, site, operation, title, options) {
  const proxy = await startProxy(t, ["--target", "sandbox", "--site", site]);
  const { page } = await openPage(t, proxy.url, options);
  await page.evaluate((fragment) => (location.hash = fragment), `#/${operation}`);
  await formIsOpen(page, title);
  return page;
}

/** The page with the models of these services; all of them take a while to copy. */
export async function siteWithModels(services) {
  const site = await mkdtemp(join(tmpdir(), "formsmith-site-"));
  await cp(dist, site, { recursive: true });
  const aws = join(site, "models/aws");
  await rm(aws, { recursive: true, force: true });
  for (const name of await readdir(models)) {
    if (name.startsWith("index.json")) await cp(join(models, name), join(aws, name));
  }
  for (const name of services) {
    await cp(join(models, "services", name), join(aws, "services", name), { recursive: true });
  }
  return { site, remove: () => rm(site, { recursive: true, force: true }) };
}
