// A choice, a suggested value, an empty answer, errors.
import { write } from "../person.mjs";

const opportunity = {
  Catalog: "Sandbox",
  OpportunityIdentifier: "O1234567",
  RelatedEntityType: "AwsProducts",
  RelatedEntityIdentifier: "AWSGlue",
};

export default {
  title: "Disassociate an opportunity",
  verb: "Disassociate",
  request: {
    head: "POST /",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSPartnerCentralSelling.DisassociateOpportunity",
    },
  },
  exchanges: [
    {
      write: (page) =>
        write(page.getByRole("main"), {
          Catalog: "Sandbox",
          "Opportunity ID": "O1234567",
          "Related entity type": "AWS product (AwsProducts)",
          "Related entity ID": "AWSGlue",
        }),
      sent: opportunity,
      verdict: "The related entity is no longer linked to the opportunity.",
      parts: [],
    },
    {
      sent: opportunity,
      verdict: "The service rejected the request: ResourceNotFoundException",
      detail: "AwsProducts AWSGlue is not associated with opportunity O1234567.",
      parts: ["ResourceNotFoundException"],
      error: {
        name: "ResourceNotFoundException",
        status: 404,
        Message: "AwsProducts AWSGlue is not associated with opportunity O1234567.",
        "What it means": "Something the request names does not exist in this catalog, or is not linked to the opportunity.",
        "What to do":
          "Check the catalog and the IDs. If the link was already removed, there is nothing left to do.",
      },
    },
    {
      write: (page) => write(page.getByRole("main"), { "Opportunity ID": "O9000500" }),
      sent: { ...opportunity, OpportunityIdentifier: "O9000500" },
      // It may have been done before the service failed, and is looked up.
      verdict: "Unknown: the service failed: InternalServerException",
      detail: "An internal error occurred. It's not known whether the request was carried out. Check the resources before you send it again.",
      after: "Send again",
      said: "The resources couldn't be checked. The service rejected the request: InternalServerException.",
      parts: ["Resource check", "InternalServerException"],
      error: {
        name: "InternalServerException",
        status: 500,
        Message: "An internal error occurred.",
        "What it means": "An error occurred inside the service.",
        "What to do":
          "Wait a moment, then send the request again. If it keeps failing, contact AWS Support with the request ID.",
      },
    },
  ],
};
