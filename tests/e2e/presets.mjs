// What tests of presets have in common.
import { openPage, startSite } from "./harness.mjs";
import { associate, known } from "./history.mjs";
import { choose, drawn, openOperation, sees, status, table, write } from "./person.mjs";

export const path = "team/billing/Restart";

export async function open(t, options) {
  const site = await startSite(t);
  return { site, ...(await openPage(t, site.url, options)) };
}

export async function openPresets(page) {
  await page.getByRole("navigation", { name: "Operations" }).getByRole("link", { name: "Presets", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Presets" }).waitFor();
  await page.getByLabel("Import", { exact: true }).waitFor();
  await drawn(page);
}

export const dialog = (page, name) => page.getByRole("dialog", { name, exact: true });
export const saving = (page) => dialog(page, "Save as preset");
export const filling = (page) => dialog(page, "Fill in placeholders");
export const link = (page, name) => page.getByRole("table", { name: "Presets" }).getByRole("link", { name, exact: true });

/** The presets that are listed: name with what is told of it, folder, operation. */
export async function listed(page) {
  return (await table(page, "Presets")).map((cells) => cells.slice(0, 3));
}

/** Saves what is in the form, and chooses these of its values to be asked for. */
export async function save(page, { name, folder = "", description = "", asked = [] }) {
  await choose(page, "More", "Save as preset");
  await saving(page).getByLabel("Name", { exact: true }).fill(name);
  await saving(page).getByLabel(/^Folder/).fill(folder);
  await saving(page).getByLabel(/^Description/).fill(description);
  if (asked.length) await saving(page).locator("summary").click();
  for (const value of asked) await saving(page).getByRole("checkbox", { name: value }).check();
  await saving(page).getByRole("button", { name: "Save", exact: true }).click();
}

/** A form that was filled and saved with a placeholder for its product. */
export async function saveOne(page) {
  await openOperation(page, associate);
  await write(page.getByRole("main"), { ...known, "Product ID": "{{product}}" });
  await save(page, { name: "Restart", folder: "team/billing", description: "Puts the action back" });
  await sees(() => status(page), `${path} was saved.`);
}

/** What a file holds of it. */
export const one = {
  folder: "team/billing",
  name: "Restart",
  description: "Puts the action back",
  service: "servicecatalog",
  operation: "AssociateServiceActionWithProvisioningArtifact",
  input: { ProductId: "{{product}}", ProvisioningArtifactId: known["Product version ID"], ServiceActionId: known["Service action ID"] },
  placeholders: ["product"],
};

export const file = (presets) => ({
  name: "presets.json",
  mimeType: "application/json",
  buffer: Buffer.from(typeof presets === "string" ? presets : JSON.stringify({ formsmithPresets: 1, presets })),
});
