// What every page of the benchmark gets: one operation of Service Catalog, its constraints, its
// rows and its answer, as each of them reads it. Browsers read this file, too.

const fields = { ServiceActionId: "Service action ID", ProductId: "Product ID", ProvisioningArtifactId: "Product version ID" };

export const operation = "BatchDisassociateServiceActionFromProvisioningArtifact";
export const columns = Object.entries(fields).map(([name, title]) => ({ name, title }));

const text = (title) => ({ type: "string", title, minLength: 1, maxLength: 100, pattern: "^[a-zA-Z0-9_\\-]*$" });

/** The operation's input as JSON Schema. */
export const schema = {
  type: "object",
  required: ["ServiceActionAssociations"],
  properties: {
    ServiceActionAssociations: {
      type: "array",
      title: "Associations",
      minItems: 1,
      maxItems: 50,
      items: {
        type: "object",
        required: Object.keys(fields),
        properties: Object.fromEntries(columns.map(({ name, title }) => [name, text(title)])),
      },
    },
    AcceptLanguage: { type: "string", title: "Language", maxLength: 100 },
  },
};

const prefixes = { ServiceActionId: "act", ProductId: "prod", ProvisioningArtifactId: "pa" };

/** What a field of a row holds. */
export const id = (name, at) => `${prefixes[name]}-${String(at).padStart(13, "0")}`;

const row = (at) => Object.fromEntries(columns.map(({ name }) => [name, id(name, at)]));

/** An input of so many rows. */
export const input = (rows) => ({ ServiceActionAssociations: Array.from({ length: rows }, (_, at) => row(at)) });

/** How many rows the address of a page asks for. */
export const rowsAsked = () => Number(new URLSearchParams(location.search).get("rows") ?? 1);

/** The operation as OpenAPI, with an input of so many rows as its example. */
export const openapi = (rows) => ({
  openapi: "3.0.3",
  info: { title: "AWS Service Catalog", version: "2015-12-10" },
  paths: {
    "/api/servicecatalog": {
      post: {
        operationId: operation,
        summary: "Removes service actions from product versions, up to 50 at a time.",
        requestBody: { required: true, content: { "application/json": { schema, example: input(rows) } } },
        responses: { 200: { description: "Done, or failed, entry by entry." } },
      },
    },
  },
});

const codes = ["THROTTLING", "RESOURCE_NOT_FOUND", "INTERNAL_FAILURE", "DUPLICATE_RESOURCE"];

/** An answer in which so many entries failed. */
export const answer = (entries) => ({
  FailedServiceActionAssociations: Array.from({ length: entries }, (_, at) => ({
    ...row(at),
    ErrorCode: codes[at % codes.length],
    ErrorMessage: `The service action ${id("ServiceActionId", at)} can't be taken away now.`,
  })),
});
