// An empty answer, a repetition under the same token, an error.
import { button, write } from "../person.mjs";

const offered = {
  ProductId: "prod-abcdzk7xy33qa",
  ProvisioningArtifactId: "pa-wk3f6hvy9pb7m",
  ServiceActionId: "act-resz2vol7jm4c",
};
const accepted = { sent: offered, verdict: "The service action is now associated with the product version.", parts: [] };

export default {
  title: "Associate a service action",
  verb: "Associate",
  token: "IdempotencyToken",
  request: {
    head: "POST /",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWS242ServiceCatalogService.AssociateServiceActionWithProvisioningArtifact",
    },
  },
  exchanges: [
    {
      ...accepted,
      write: (page) =>
        write(page.getByRole("main"), {
          "Product ID": offered.ProductId,
          "Product version ID": offered.ProvisioningArtifactId,
          "Service action ID": offered.ServiceActionId,
        }),
    },
    // The token says that this is the same change, so it is no second one.
    {
      ...accepted,
      verdict: "Already done; nothing changed this time",
      detail: "This input was sent before with the same idempotency token. To do it once more, use a new token.",
      after: "",
    },
    {
      write: (page) => button(page, "New token").click(),
      sent: offered,
      verdict: "The service rejected the request: DuplicateResourceException",
      detail: `ServiceAction ${offered.ServiceActionId} is already associated with ProvisioningArtifact ${offered.ProvisioningArtifactId}.`,
      parts: ["DuplicateResourceException"],
      error: {
        name: "DuplicateResourceException",
        status: 400,
        Message: `ServiceAction ${offered.ServiceActionId} is already associated with ProvisioningArtifact ${offered.ProvisioningArtifactId}.`,
        "What it means": "What the request asks for already exists.",
        "What to do": "Nothing needs to be done, unless you meant another ID.",
      },
    },
  ],
};
