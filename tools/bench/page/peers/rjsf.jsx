// The operation's form as @rjsf/core draws it from JSON Schema, checked whole with each change.
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createRoot } from "react-dom/client";
import { input, rowsAsked, schema } from "../data.mjs";

const form = <Form schema={schema} formData={input(rowsAsked())} validator={validator} liveValidate />;
createRoot(document.querySelector("main")).render(form);
