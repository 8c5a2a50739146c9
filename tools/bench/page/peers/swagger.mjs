// The operation as Swagger UI shows it, open and ready to be tried. The page loads its bundle first.
import { openapi, rowsAsked } from "../data.mjs";

globalThis.SwaggerUIBundle({
  spec: openapi(rowsAsked()),
  domNode: document.querySelector("main"),
  docExpansion: "full",
  tryItOutEnabled: true,
  validatorUrl: null,
});
