// A record as the answer; a map of lists as part of the input.
import { button, row, write } from "../person.mjs";

const run = {
  ProvisionedProductId: "pp-abcdefgh12345",
  ServiceActionId: "act-fs7abcd89wxyz",
  Parameters: { TARGET: ["i-0123456789abcdef0"], AutomationAssumeRole: [] },
};
const changing = {
  ProvisionedProductId: "pp-change8web2qm",
  ServiceActionId: "act-runbook000001",
};
const time = /^(Today, \d\d:\d\d )?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC[+-]\d\d:\d\d\)$/;

export default {
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
      parts: ["Timeline", "Record"],
      pairs: {
        Record: {
          "Record ID": /^rec-[a-z0-9]{13}$/,
          "Provisioned product": "my-ec2",
          Status: "Created The run was accepted and has not started yet. Wait. The run starts automatically.",
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
      verdict: "The service rejected the request: InvalidStateException",
      detail: "ProvisionedProduct pp-change8web2qm is UNDER_CHANGE. Service actions run only when it is AVAILABLE.",
      // The record of the run before is still followed.
      parts: ["InvalidStateException"],
      error: {
        name: "InvalidStateException",
        status: 400,
        Message: "ProvisionedProduct pp-change8web2qm is UNDER_CHANGE. Service actions run only when it is AVAILABLE.",
        "What it means":
          "The state of the provisioned product does not allow this, for example because another change is in progress.",
        "What to do": "Wait until the current change ends, then send the request again.",
      },
    },
  ],
};
