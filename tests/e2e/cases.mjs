// The five operations as a person tries them: what is written, and what the page must say then.
// The sandbox starts with the same resources each time; every batch here has entries that fail.
import associate from "./operations/associate.mjs";
import inBulk from "./operations/disassociate-in-bulk.mjs";
import disassociateOpportunity from "./operations/disassociate-opportunity.mjs";
import lineItem from "./operations/disassociate-resources.mjs";
import execute from "./operations/run.mjs";

export const operations = [inBulk, associate, execute, lineItem, disassociateOpportunity];
