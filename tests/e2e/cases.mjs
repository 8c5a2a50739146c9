// The five operations as a person tries them: what is written, and what the page must say then.
// The sandbox starts with the same resources each time; every batch here has entries that fail.
import { button, row, write, writeRows } from "./person.mjs";

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
const notFound = ([action, product, version]) => ({
  key: [action, product, version],
  says: [
    "RESOURCE_NOT_FOUND",
    `ServiceAction ${action} is not associated with ProvisioningArtifact ${version}.`,
    "The service action, the product or the version does not exist, or the action is not associated with that version.",
    "Check the three IDs; if the action was disassociated before, there is nothing left to do.",
  ],
});

const inBulk = {
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
      detail: "1 failed entry may be sent again as it is.",
      parts: ["Failed associations (2)", "Associations disassociated (1)"],
      sentences: [
        "The service lists only failures. These associations were sent and are not among them, so they are taken as done.",
      ],
      failed: [
        {
          key: throttled,
          says: [
            "THROTTLING",
            "Rate exceeded.",
            "The service turned this association away because too many requests came in a short time.",
            "Wait a moment and send this association again.",
          ],
        },
        notFound(unknown),
      ],
      tables: { "Associations disassociated": [removed] },
    },
    {
      // The same once more: what was removed is not there any more, what was throttled goes through.
      sent: { ServiceActionAssociations: associations },
      verdict: "1 of 3 associations disassociated, 2 failed",
      parts: ["Failed associations (2)", "Associations disassociated (1)"],
      failed: [removed, unknown].map(notFound),
      tables: { "Associations disassociated": [throttled] },
    },
    {
      sent: { ServiceActionAssociations: associations },
      verdict: "0 of 3 associations disassociated, 3 failed",
      parts: ["Failed associations (3)"],
      failed: [removed, throttled, unknown].map(notFound),
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
      parts: ["Failed associations", "Associations disassociated (1)"],
      tables: {
        "Failed associations": [["No failed associations"]],
        "Associations disassociated": [["act-start5ec2t8vn", ...removed.slice(1)]],
      },
      received: { FailedServiceActionAssociations: [] },
    },
  ],
};

const offered = {
  ProductId: "prod-abcdzk7xy33qa",
  ProvisioningArtifactId: "pa-wk3f6hvy9pb7m",
  ServiceActionId: "act-resz2vol7jm4c",
};
const accepted = { sent: offered, verdict: "The service action is now associated with the product version.", parts: [] };

const associate = {
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
    accepted,
    {
      write: (page) => button(page, "New token").click(),
      sent: offered,
      verdict: "The service refused: DuplicateResourceException",
      detail: `ServiceAction ${offered.ServiceActionId} is already associated with ProvisioningArtifact ${offered.ProvisioningArtifactId}.`,
      parts: ["DuplicateResourceException"],
      error: {
        name: "DuplicateResourceException",
        status: 400,
        Message: `ServiceAction ${offered.ServiceActionId} is already associated with ProvisioningArtifact ${offered.ProvisioningArtifactId}.`,
        "What it means": "What the request asks for exists already.",
        "What to do": "Nothing needs to be done, unless another ID was meant.",
      },
    },
  ],
};

const run = {
  ProvisionedProductId: "pp-abcdefgh12345",
  ServiceActionId: "act-fs7abcd89wxyz",
  Parameters: { TARGET: ["i-0123456789abcdef0"], AutomationAssumeRole: [] },
};
const changing = {
  ProvisionedProductId: "pp-change8web2qm",
  ServiceActionId: "act-runbook000001",
};
const time = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC[+-]\d\d:\d\d\)$/;

const execute = {
  title: "Run a service action",
  verb: "Run",
  token: "ExecuteToken",
  request: {
    head: "POST /",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWS242ServiceCatalogService.ExecuteProvisionedProductServiceAction",
    },
  },
  exchanges: [
    {
      write: async (page) => {
        const main = page.getByRole("main");
        await write(main, {
          "Provisioned product ID": run.ProvisionedProductId,
          "Service action ID": run.ServiceActionId,
        });
        await button(page, "Add parameter").click();
        await write(row(page, "Parameter 1"), { Name: "TARGET", Value: "i-0123456789abcdef0" });
        await button(page, "Add parameter").click();
        await write(row(page, "Parameter 2"), { Name: "AutomationAssumeRole" });
        await row(page, "Parameter 2").getByRole("button", { name: "Remove value 1" }).click();
      },
      sent: run,
      verdict: "The run of the service action was accepted.",
      detail: "Status: created.",
      parts: ["Record"],
      pairs: {
        Record: {
          "Record ID": /^rec-[a-z0-9]{13}$/,
          "Provisioned product": "my-ec2",
          Status: "Created The run was accepted and has not started yet. Wait; the run starts by itself.",
          Created: time,
          "Last updated": time,
          "Provisioned product type": "CFN_STACK",
          "Product ID": "prod-abcdzk7xy33qa",
          "Launch path ID": "lpv2-7hq2mzk4x9wna",
          "Launch role ARN": "arn:aws:iam::123456789012:role/ServiceCatalogLaunch",
        },
      },
      tables: {
        Errors: [["No errors"]],
        Tags: [["department", "platform"], ["environment", "production"]],
      },
    },
    {
      write: async (page) => {
        await button(page, "Remove parameter 2").click();
        await button(page, "Remove parameter 1").click();
        await button(page, "Leave it out").click();
        await write(page.getByRole("main"), {
          "Provisioned product ID": changing.ProvisionedProductId,
          "Service action ID": changing.ServiceActionId,
        });
      },
      sent: changing,
      verdict: "The service refused: InvalidStateException",
      detail: "ProvisionedProduct pp-change8web2qm is UNDER_CHANGE. Service actions run only when it is AVAILABLE.",
      parts: ["InvalidStateException"],
      error: {
        name: "InvalidStateException",
        status: 400,
        Message: "ProvisionedProduct pp-change8web2qm is UNDER_CHANGE. Service actions run only when it is AVAILABLE.",
        "What it means":
          "The provisioned product is in a state in which it cannot do this, for example because another change is still under way.",
        "What to do": "Wait until the change under way has ended, then send the request again.",
      },
    },
  ],
};

const arn = (tail) => `arn:aws:billingconductor::123456789012:${tail}`;
const target = arn("customlineitem/abcde12345");
const taken = arn("billinggroup/210987654321");
const pilot = arn("billinggroup/111122223333");
const care = arn("billinggroup/678901234567");
const archive = arn("billinggroup/789012345678");
const notAssociated = (resource) => ({
  key: [resource],
  says: [
    "INVALID_ARN",
    `${resource} is not associated with the target.`,
    "The ARN names nothing that is associated with the custom line item.",
    "Check the ARN; if the resource was taken out before, there is nothing left to do.",
  ],
});

const lineItem = {
  title: "Disassociate resources from a custom line item",
  verb: "Disassociate",
  request: {
    head: "PUT /batch-disassociate-resources-from-custom-line-item",
    headers: { "content-type": "application/json" },
  },
  exchanges: [
    {
      write: async (page) => {
        await write(page.getByRole("main"), { "Custom line item ARN": target });
        await writeRows(page, "resource", [taken, pilot, care].map((resource) => ({ Resource: resource })));
      },
      sent: { TargetArn: target, ResourceArns: [taken, pilot, care] },
      verdict: "1 of 3 resources disassociated, 2 failed",
      detail: "1 failed entry may be sent again as it is.",
      parts: ["Failed resources (2)", "Resources disassociated (1)"],
      sentences: ["The service lists these as done."],
      failed: [
        notAssociated(pilot),
        {
          key: [care],
          says: [
            "INTERNAL_SERVER_EXCEPTION",
            "An internal error occurred.",
            "Something went wrong inside the service while it handled this resource.",
            "Send this resource again; if it keeps failing, contact AWS Support with the request ID.",
          ],
        },
      ],
      tables: { "Resources disassociated": [[taken]] },
    },
    {
      sent: { TargetArn: target, ResourceArns: [taken, pilot, care] },
      verdict: "1 of 3 resources disassociated, 2 failed",
      parts: ["Failed resources (2)", "Resources disassociated (1)"],
      failed: [taken, pilot].map(notAssociated),
      tables: { "Resources disassociated": [[care]] },
    },
    {
      write: async (page) => {
        await button(page, "Remove resource 3").click();
        await button(page, "Remove resource 2").click();
        await write(page.getByRole("main"), { Resource: archive });
        await button(page, "Add billing period range").click();
        await write(page.getByRole("main"), { "First billing period": "2025-06" });
      },
      sent: {
        TargetArn: target,
        ResourceArns: [archive],
        BillingPeriodRange: { InclusiveStartBillingPeriod: "2025-06" },
      },
      verdict: "0 of 1 resource disassociated, 1 failed",
      parts: ["Failed resources (1)"],
      failed: [
        {
          key: [archive],
          says: [
            "INVALID_BILLING_PERIOD_RANGE",
            "The association begins in 2025-07, after the start of the range.",
            "The resource cannot be taken out for the billing period range of the request.",
            "Choose a range that begins no earlier than the association itself.",
          ],
        },
      ],
    },
    {
      write: async (page) => {
        await button(page, "Leave it out").click();
        await write(page.getByRole("main"), { "Custom line item ARN": "Flt5rW9zK3" });
      },
      sent: { TargetArn: "Flt5rW9zK3", ResourceArns: [archive] },
      verdict: "The service refused: ValidationException",
      detail: `Custom line item ${arn("customlineitem/Flt5rW9zK3")} is not a percentage custom line item.`,
      parts: ["ValidationException"],
      tables: { Fields: [["TargetArn", "must name a percentage custom line item"]] },
      error: {
        name: "ValidationException",
        status: 400,
        Message: `Custom line item ${arn("customlineitem/Flt5rW9zK3")} is not a percentage custom line item.`,
        "What it means": "The request breaks a rule for its values.",
        "What to do": "Correct what the reason and the listed fields name, then send the request again.",
      },
    },
  ],
};

const opportunity = {
  Catalog: "Sandbox",
  OpportunityIdentifier: "O1234567",
  RelatedEntityType: "AwsProducts",
  RelatedEntityIdentifier: "AWSGlue",
};

const disassociateOpportunity = {
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
      verdict: "The service refused: ResourceNotFoundException",
      detail: "AwsProducts AWSGlue is not associated with opportunity O1234567.",
      parts: ["ResourceNotFoundException"],
      error: {
        name: "ResourceNotFoundException",
        status: 404,
        Message: "AwsProducts AWSGlue is not associated with opportunity O1234567.",
        "What it means": "The opportunity does not exist in this catalog, or the entity is not linked to it.",
        "What to do":
          "Check the catalog, the opportunity ID and the related entity; if the link was removed before, there is nothing left to do.",
      },
    },
    {
      write: (page) => write(page.getByRole("main"), { "Opportunity ID": "O9000500" }),
      sent: { ...opportunity, OpportunityIdentifier: "O9000500" },
      verdict: "The service refused: InternalServerException",
      detail: "An internal error occurred.",
      parts: ["InternalServerException"],
      error: {
        name: "InternalServerException",
        status: 500,
        Message: "An internal error occurred.",
        "What it means": "Something went wrong inside the service.",
        "What to do":
          "Send the request again after a moment; if it keeps failing, contact AWS Support with the request ID.",
      },
    },
  ],
};

export const operations = [inBulk, associate, execute, lineItem, disassociateOpportunity];
