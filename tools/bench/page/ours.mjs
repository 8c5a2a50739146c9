// How the page under test is driven: by what a person sees of it.
import { button, drawn, formIsOpen } from "../../../tests/e2e/person.mjs";
import { operation } from "./data.mjs";

export const form = `#/servicecatalog/${operation}`;
export const title = "Disassociate service actions in bulk";

/** Opens a form and writes an input into it as JSON; the form is shown in the end. */
export async function fill(page, site, input, { fragment = form, named = title } = {}) {
  await page.goto(site.url + fragment);
  await formIsOpen(page, named);
  await writeJson(page, input);
  await page.getByRole("tab", { name: "Form", exact: true }).click();
  await drawn(page);
}

/** Turns to JSON and writes an input. */
export async function writeJson(page, input) {
  await page.getByRole("tab", { name: "JSON", exact: true }).click();
  await page.getByRole("textbox", { name: "Input as JSON" }).fill(JSON.stringify(input));
}

/** The button that sends a form. */
export const send = (page, verb) => button(page, verb);
