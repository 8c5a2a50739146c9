// Some associations go, some fail; sent again, each tells the truth of that moment.
import { button, write, writeRows } from "../person.mjs";

const association = ([action, product, version]) => ({
  "Service action ID": action,
  "Product ID": product,
  "Product version ID": version,
});
const removed = ["act-stop4ec2k9m7q", "prod-abcdzk7xy33qa", "pa-wk2n8rtq5zd3c"];
const throttled = ["act-rotk8key4dx5p", "prod-s3bk9w2hn6xtc", "pa-s3v1k8m4qz7rd"];
const unknown = ["act-resz2vol7jm4c", "prod-abcdzk7xy33qa", "pa-4abcdjnxjj6ne"];
const associations = [removed, throttled, unknown].map(([ServiceActionId, ProductId, ProvisioningArtifactId]) => ({
  ServiceActionId,
  ProductId,
  ProvisioningArtifactId,
}));
const done = ([action, ...others]) => [action, "Done", "-", ...others];
const failed = ([action, ...others], error) => [action, "Failed", error, ...others];
const notFound = (association) =>
  failed(association, `RESOURCE_NOT_FOUND ServiceAction ${association[0]} is not associated with ProvisioningArtifact ${association[2]}.`);
const notFoundMeans =
  "RESOURCE_NOT_FOUND The service action, the product or the version does not exist, or the action is not associated with that version. Check the three IDs. If the action was already disassociated, there is nothing left to do.";

export default {
  title: "Disassociate service actions in bulk",
  verb: "Disassociate",
  request: {
    head: "POST /",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWS242ServiceCatalogService.BatchDisassociateServiceActionFromProvisioningArtifact",
    },
  },
  exchanges: [
    {
      write: (page) => writeRows(page, "association", [removed, throttled, unknown].map(association)),
      sent: { ServiceActionAssociations: associations },
      verdict: "1 of 3 associations disassociated, 2 failed",
      detail: "1 can be retried.",
      parts: ["Association outcomes (1/3)"],
      sentences: ["Failed rows first. The service lists only failures. It doesn't list the other associations, so they count as done."],
      outcomes: [failed(throttled, "THROTTLING Can be retried Rate exceeded."), notFound(unknown), done(removed)],
      codes: [
        "THROTTLING The service rejected this association because too many requests arrived in a short time. Wait a moment, then send this association again. Can be retried",
        notFoundMeans,
      ],
    },
    {
      // The same once more: what was removed is not there any more, what was throttled goes through.
      sent: { ServiceActionAssociations: associations },
      verdict: "1 of 3 associations disassociated, 2 failed",
      parts: ["Association outcomes (3)"],
      outcomes: [notFound(removed), notFound(unknown), done(throttled)],
      codes: [notFoundMeans],
    },
    {
      sent: { ServiceActionAssociations: associations },
      verdict: "0 of 3 associations disassociated, 3 failed",
      parts: ["Association outcomes (3)"],
      outcomes: [removed, throttled, unknown].map(notFound),
      codes: [notFoundMeans],
    },
    {
      write: async (page) => {
        await button(page, "Remove association 3").click();
        await button(page, "Remove association 2").click();
        await write(page.getByRole("main"), { "Service action ID": "act-start5ec2t8vn", Language: "jp" });
      },
      sent: {
        AcceptLanguage: "jp",
        ServiceActionAssociations: [{ ...associations[0], ServiceActionId: "act-start5ec2t8vn" }],
      },
      verdict: "1 of 1 association disassociated",
      parts: ["Association outcomes (1)"],
      sentences: ["No failed associations"],
      outcomes: [done(["act-start5ec2t8vn", ...removed.slice(1)])],
      received: { FailedServiceActionAssociations: [] },
    },
  ],
};
