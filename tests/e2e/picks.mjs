// What a person does with the list of a field.
import { field, sees, words } from "./person.mjs";

/** The list that is open. */
export const choices = (page) => page.getByRole("listbox");

/** What the open list has: a text for each choice. */
export const offered = (page) => choices(page).getByRole("option").evaluateAll((all) => all.map((one) => one.innerText.replace(/\s*\n\s*/g, " · ")));

/** Opens the list of a field with the arrow key. */
export async function openList(scope, title) {
  const control = field(scope, title);
  await sees(() => control.getAttribute("role"), "combobox");
  await control.press("ArrowDown");
  return control;
}

/** Picks the first choice that has this text, by keyboard alone. */
export async function pick(scope, title, text) {
  const page = scope.page();
  const control = await openList(scope, title);
  const choice = choices(page).getByRole("option").filter({ hasText: text }).first();
  await choice.waitFor();
  const id = await choice.getAttribute("id");
  for (let presses = 0; (await control.getAttribute("aria-activedescendant")) !== id && presses < 200; presses++) await control.press("ArrowDown");
  await control.press("Enter");
  await choices(page).waitFor({ state: "detached" });
  return control.inputValue();
}

/** What an open list says beside its choices. */
export const told = (page) => words(page.locator(".pick-popup"));

/** The line beneath a field that says what its identifier is called. */
export const called = (scope) => scope.locator(".field-line[data-part=constraint]");
