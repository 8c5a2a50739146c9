// Successes the service lists, a nested structure, an error that lists fields.
import { button, write, writeRows } from "../person.mjs";

const arn = (tail) => `arn:aws:billingconductor::123456789012:${tail}`;
const target = arn("customlineitem/abcde12345");
const taken = arn("billinggroup/210987654321");
const pilot = arn("billinggroup/111122223333");
const care = arn("billinggroup/678901234567");
const archive = arn("billinggroup/789012345678");
const notAssociated = (resource) => [resource, "Failed", `INVALID_ARN ${resource} is not associated with the target.`];
const notAssociatedMeans =
  "INVALID_ARN The change can't be made to what this ARN names. Check the ARN. If the change was already made, there is nothing left to do.";

export default {
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
      detail: "1 can be retried.",
      parts: ["Resource outcomes (1/3)"],
      sentences: ["Failed rows first. The service lists what was done."],
      outcomes: [
        [care, "Failed", "INTERNAL_SERVER_EXCEPTION Can be retried An internal error occurred."],
        notAssociated(pilot),
        [taken, "Done", "-"],
      ],
      codes: [
        notAssociatedMeans,
        "INTERNAL_SERVER_EXCEPTION An error occurred inside the service while it handled this resource. Send this resource again. If it keeps failing, contact AWS Support with the request ID. Can be retried",
      ],
    },
    {
      sent: { TargetArn: target, ResourceArns: [taken, pilot, care] },
      verdict: "1 of 3 resources disassociated, 2 failed",
      parts: ["Resource outcomes (3)"],
      outcomes: [notAssociated(taken), notAssociated(pilot), [care, "Done", "-"]],
      codes: [notAssociatedMeans],
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
      parts: ["Resource outcomes (1)"],
      outcomes: [
        [archive, "Failed", "INVALID_BILLING_PERIOD_RANGE The association begins in 2025-07, after the start of the range."],
      ],
      codes: [
        "INVALID_BILLING_PERIOD_RANGE The change cannot be made for this billing period range. Choose a range that begins no earlier than the association or the billing group does.",
      ],
    },
    {
      write: async (page) => {
        await button(page, "Leave it out").click();
        await write(page.getByRole("main"), { "Custom line item ARN": "Flt5rW9zK3" });
      },
      sent: { TargetArn: "Flt5rW9zK3", ResourceArns: [archive] },
      verdict: "The service rejected the request: ValidationException",
      detail: `Custom line item ${arn("customlineitem/Flt5rW9zK3")} is not a percentage custom line item.`,
      parts: ["Resource outcomes (1)", "ValidationException"],
      tables: { Fields: [["TargetArn", "must name a percentage custom line item"]] },
      error: {
        name: "ValidationException",
        status: 400,
        Message: `Custom line item ${arn("customlineitem/Flt5rW9zK3")} is not a percentage custom line item.`,
        "What it means": "A value in the request breaks a rule.",
        "What to do": "Correct what the reason and the fields point out, then send the request again.",
      },
    },
  ],
};
