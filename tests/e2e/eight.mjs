// Eight associations that are sent, of which four fail, as a proxy's service answers.
import { openPage, startSite, version } from "./harness.mjs";
import { button, field, flash, meets, openOperation, paste, row, sees } from "./person.mjs";

/** The table of their outcomes. */
export const name = "Association outcomes";
const json = { "content-type": "application/x-amz-json-1.1" };

/** The page at a proxy whose service answers with this. */
export async function open(t, title, answer, options, status = 200) {
  const site = await startSite(t, {
    answer(path, response) {
      if (!path.startsWith("api/")) return false;
      const proxy = { name: "formsmith-proxy", version, targets: ["sandbox"], writes: true };
      const isOwn = path === "api/status";
      response.writeHead(isOwn ? 200 : status, json).end(JSON.stringify(isOwn ? proxy : answer));
      return true;
    },
  });
  const opened = await openPage(t, site.url, options);
  await meets(opened.page, "proxy-sandbox");
  await openOperation(opened.page, title);
  return opened;
}

export const association = (number) => ({ ServiceActionId: `act-${number}`, ProductId: `prod-${number % 3}`, ProvisioningArtifactId: `pa-${number}` });
const failure = (number, ErrorCode, ErrorMessage) => ({ ...association(number), ErrorCode, ErrorMessage });
/** What a spreadsheet would take as one. */
export const formula = '=HYPERLINK("https://example.com";"Look"),\n"here"';
const failures = [
  failure(2, "THROTTLING", "Rate exceeded."),
  failure(3, "RESOURCE_NOT_FOUND", formula),
  failure(5, "THROTTLING", "Rate exceeded, once more."),
  failure(7, "RESOURCE_NOT_FOUND", "Ärger mit Nummer sieben."),
];

/** Eight associations sent, of which four fail. */
export async function eight(t, options) {
  const opened = await open(t, "Disassociate service actions in bulk", { FailedServiceActionAssociations: failures }, options);
  const { page } = opened;
  const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => Object.values(association(number)).join("\t"));
  await paste(field(row(page, "Association 1"), "Service action ID"), rows.join("\n"));
  await button(page, "Disassociate").click();
  await sees(() => flash(page), /^4 of 8 associations disassociated, 4 failed/);
  return opened;
}
