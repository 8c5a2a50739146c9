// What the largest inputs cost beside a small form: opening them, and a key.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawn, formIsOpen } from "../../../tests/e2e/person.mjs";
import { dist } from "../../../tests/e2e/harness.mjs";
import { evaluate, measure, open, press, until } from "./browser.mjs";
import { keyCost } from "./key.mjs";
import { writeJson } from "./ours.mjs";
import { figure, ratio } from "./report.mjs";

const small = "servicecatalog/AssociateServiceActionWithProvisioningArtifact";
const operations = [small, "ec2/RunInstances", "mediaconvert/CreateJob", "dynamodb/BatchWriteItem"];
const ready = "document.querySelector('main [role=tab]') && document.querySelector('main [role=tabpanel]')";
const shown = "document.querySelector('[data-bench=press]').getAttribute('aria-selected') === 'true'";

/** The model of one of AWS's operations, as `make models` has built it. */
function modelOf(service, operation) {
  const models = join(dist, "models", "aws");
  const { operations } = JSON.parse(readFileSync(join(models, "index.json"), "utf8")).services[service];
  const file = operations.findIndex((names) => names.includes(operation));
  return JSON.parse(readFileSync(join(models, "services", service, `${file}.json`), "utf8"));
}

/** An input in which every member has a value, down to the depth at which a shape holds itself. */
function whole(service, operation) {
  const { operations, shapes } = modelOf(service, operation);
  const value = (name, above) => {
    const shape = shapes[name];
    const within = [...above, name];
    switch (shape.type) {
      case "structure": {
        const members = Object.entries(shape.members).filter(([, { shape }]) => !within.includes(shape));
        const some = shape.union ? members.slice(0, 1) : members;
        return Object.fromEntries(some.map(([member, { shape }]) => [member, value(shape, within)]));
      }
      case "list": return within.includes(shape.member.shape) ? [] : [value(shape.member.shape, within)];
      case "map": return { key: value(shape.value.shape, within) };
      case "boolean": return true;
      case "integer": case "long": case "float": case "double": return shape.min ?? 1;
      case "timestamp": return "2026-01-01T00:00:00Z";
      case "blob": return "YWJj";
      default: return shape.enum?.[0] ?? "abc".padEnd(shape.min ?? 3, "d");
    }
  };
  return value(operations[operation].input.shape, []);
}

/** 25 items, which is the most that a batch may have, of 20 attributes: a megabyte. */
const batch = () => ({
  RequestItems: {
    table: Array.from({ length: 25 }, (_, item) => ({
      PutRequest: {
        Item: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`attribute${at}`, { S: `${item}-${at}-`.padEnd(2080, "x") }])),
      },
    })),
  },
});

const inputs = {
  "ec2/RunInstances": () => whole("ec2", "RunInstances"),
  "mediaconvert/CreateJob": () => whole("mediaconvert", "CreateJob"),
  "dynamodb/BatchWriteItem": batch,
};

/** Puts the focus at the end of the text field in the middle of those that the form has. */
async function toTheMiddle({ page }) {
  const fields = page.getByRole("main").locator("input:not([type=search]), textarea");
  const field = fields.nth(Math.floor((await fields.count()) / 2));
  await field.focus();
  await field.press("End");
}

/** From the start page to an empty form, and a key in it. */
async function empty(browser, site, operation) {
  const tab = await open(browser, site);
  try {
    await tab.page.goto(site.url);
    await until(tab, "!document.querySelector('#boot')");
    const opened = await measure(tab, () => evaluate(tab, `location.hash = "#/${operation}"`), ready);
    await toTheMiddle(tab);
    await keyCost(tab);
    return { open: opened.ready, key: (await keyCost(tab)).cpu };
  } finally {
    await tab.close();
  }
}

/** From JSON to the form of a whole input, and a key in it. */
async function full(browser, site, operation, input) {
  const tab = await open(browser, site);
  try {
    const { page } = tab;
    await page.goto(`${site.url}#/${operation}`);
    await page.getByRole("tab", { name: "Form", exact: true }).waitFor();
    await writeJson(page, input);
    await page.getByRole("tab", { name: "Form", exact: true }).evaluate((tab) => (tab.dataset.bench = "press"));
    const opened = await measure(tab, () => press(tab, "[data-bench=press]"), shown);
    await drawn(page);
    await toTheMiddle(tab);
    await keyCost(tab);
    return { open: opened.ready, key: (await keyCost(tab)).cpu };
  } finally {
    await tab.close();
  }
}

export async function large({ browser, sites, rounds, say }) {
  const all = Object.fromEntries(operations.map((name) => [name, { empty: [], full: [] }]));
  const given = Object.fromEntries(Object.entries(inputs).map(([name, make]) => [name, make()]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of operations) {
      all[name].empty.push(await empty(browser, sites.ours, name));
      if (given[name]) all[name].full.push(await full(browser, sites.ours, name, given[name]));
    }
    say(`large inputs: round ${round} of ${rounds}`);
  }
  const of = (name, kind, what) => all[name][kind].map((one) => one[what]);
  const figures = [figure("opening the small form", of(small, "empty", "open"), "ms"), figure("a key in the small form", of(small, "empty", "key"), "ms")];
  for (const name of operations.slice(1)) {
    const size = JSON.stringify(given[name]).length.toLocaleString("en-US");
    figures.push(figure(`opening ${name}, empty`, of(name, "empty", "open"), "ms", 400));
    figures.push(figure(`opening ${name}, ${size} characters`, of(name, "full", "open"), "ms", 400));
    figures.push(ratio(`a key in ${name}, empty, beside the small form`, of(name, "empty", "key"), of(small, "empty", "key"), 2));
    figures.push(ratio(`a key in ${name}, ${size} characters, beside the small form`, of(name, "full", "key"), of(small, "empty", "key"), 2));
  }
  return figures;
}
