// The five operations that are built in, on the sandbox in the proxy.
import { column, find, isDone, main, undo } from "../journey.mjs";
import { button, row, sees, table, words, write } from "../person.mjs";
import { pick } from "../picks.mjs";

export const operations = [
  "servicecatalog:BatchDisassociateServiceActionFromProvisioningArtifact",
  "servicecatalog:AssociateServiceActionWithProvisioningArtifact",
  "servicecatalog:ExecuteProvisionedProductServiceAction",
  "billingconductor:BatchDisassociateResourcesFromCustomLineItem",
  "partnercentral-selling:DisassociateOpportunity",
];

/** Presses the button of a form, after which the sandbox asks nothing, and reads the verdict. */
async function press(page, verb, title, verdict) {
  await button(page, verb).click();
  await isDone(page, title, verdict);
}

const version = { "Product ID": "prod-abcdzk7xy33qa", "Product version ID": "pa-wk2n8rtq5zd3c" };

/** What a version offers, read through the page. */
async function offered(page) {
  await find(page, "ListServiceActionsForProvisioningArtifact", "List service actions of a version");
  for (const [title, id] of Object.entries(version)) await pick(main(page), title, id);
  await press(page, "List", "List service actions of a version", /carried out|listed|service action/i);
  return (await table(page, "Service actions")).flat().join(" ");
}

export const journeys = {
  async "service catalog: actions are taken from a version in bulk, and brought back"(page) {
    const title = "Disassociate service actions in bulk";
    await find(page, "disassociate in bulk", title);
    const first = row(page, "Association 1");
    for (const [title, id] of Object.entries(version)) await pick(first, title, id);
    await pick(first, "Service action ID", "act-stop4ec2k9m7q");
    await press(page, "Disassociate", title, /^1 of 1 association disassociated/);
    await sees(() => column(page, "Association outcomes", "Status"), ["Done"]);
    await sees(async () => (await offered(page)).includes("act-stop4ec2k9m7q"), false);
    await find(page, "disassociate in bulk", title);
    const again = { verb: "Associate", verdict: /^1 of 1 association associated/ };
    await undo(page, "Associate service actions in bulk", "act-stop4ec2k9m7q", again);
    await sees(async () => (await offered(page)).includes("act-stop4ec2k9m7q"), true);
  },

  async "service catalog: an action is associated and taken away again, another is run to its end"(page) {
    await find(page, "associate service action", "Associate a service action");
    await pick(main(page), "Product ID", "prod-abcdzk7xy33qa");
    await pick(main(page), "Product version ID", "pa-wk3f6hvy9pb7m");
    await pick(main(page), "Service action ID", "act-resz2vol7jm4c");
    await press(page, "Associate", "Associate a service action", "The service action is now associated with the product version.");
    const away = { verb: "Disassociate", verdict: "The service action is no longer associated with the product version." };
    await undo(page, "Disassociate a service action", "act-resz2vol7jm4c", away);

    await find(page, "run service action", "Run a service action");
    await pick(main(page), "Provisioned product ID", "pp-abcdefgh12345");
    await pick(main(page), "Service action ID", "act-fs7abcd89wxyz");
    await press(page, "Run", "Run a service action", /accepted/);
    await sees(() => words(page.locator("#result")), /Succeeded/, "the record's end", 30_000);
  },

  async "billing conductor: a billing group leaves a custom line item, and comes back"(page) {
    const title = "Disassociate resources from a custom line item";
    await find(page, "aws billingconductor batch-disassociate-resources-from-custom-line-item", title);
    await pick(main(page), "Custom line item ARN", "abcde12345");
    await pick(row(page, "Resource 1"), "Resource", "billinggroup/210987654321");
    await press(page, "Disassociate", title, /^1 of 1 resource disassociated/);
    await sees(() => column(page, "Resource outcomes", "Status"), ["Done"]);
    const again = { verb: "Associate", verdict: /^1 of 1 resource associated/ };
    await undo(page, "Associate resources to a custom line item", "billinggroup/210987654321", again);
  },

  async "partner central: a product is no longer linked to an opportunity, and is again"(page) {
    const title = "Disassociate an opportunity";
    await find(page, "unlink opportunity", title);
    await write(main(page), { Catalog: "Sandbox" });
    await pick(main(page), "Opportunity ID", "O1234567");
    await write(main(page), { "Related entity type": "AwsProducts" });
    await pick(main(page), "Related entity ID", "AWSGlue");
    await press(page, "Disassociate", title, "The related entity is no longer linked to the opportunity.");
    const linked = async (expected) => {
      await find(page, "GetOpportunity", "View an opportunity");
      await write(main(page), { Catalog: "Sandbox" });
      await pick(main(page), "Opportunity ID", "O1234567");
      await press(page, "View", "View an opportunity", /./);
      await sees(async () => (await words(page.locator("#result"))).includes("AWSGlue"), expected);
    };
    await linked(false);
    await find(page, "DisassociateOpportunity", title);
    const again = { verb: "Associate", verdict: "The related entity is linked to the opportunity." };
    await undo(page, "Associate an opportunity", "AWSGlue", again);
    await linked(true);
  },
};
