// What a key costs in a form of many rows: ours, the peers', and the bare page of as many fields.
import { evaluate, measure, nodes, open, sleep, type } from "./browser.mjs";
import { input } from "./data.mjs";
import { fill } from "./ours.mjs";
import { figure, inTurn, ratio } from "./report.mjs";

/** What is typed, a key each. */
export const letters = [..."abcdefghij"];
/** A frame has this long. */
const frame = 16;

/** What a key costs where the focus is, on average of ten that are typed as a person types. */
export async function keyCost(tab) {
  const { cpu, longest } = await measure(tab, async () => {
    for (const letter of letters) {
      await type(tab, letter);
      await sleep(120);
    }
  });
  return { cpu: cpu / letters.length, longest };
}

/** How each page gets its rows, and where the middle one's second field is. */
const pages = {
  ours: async (tab, site, rows) => {
    await fill(tab.page, site, input(rows));
    return tab.page.getByRole("group", { name: `Association ${rows / 2}`, exact: true }).locator("input").nth(1);
  },
  bare: async (tab, site, rows) => {
    await tab.page.goto(`${site.url}?rows=${rows}`);
    return tab.page.locator("input").nth((rows / 2) * 3 - 2);
  },
  rjsf: async (tab, site, rows) => {
    await tab.page.goto(`${site.url}?rows=${rows}`);
    return tab.page.locator(`#root_ServiceActionAssociations_${rows / 2 - 1}_ProductId`);
  },
  cloudscape: async (tab, site, rows) => {
    await tab.page.goto(`${site.url}?rows=${rows}`);
    return tab.page.locator("input").nth((rows / 2) * 3 - 2);
  },
};

async function once(browser, name, site, rows) {
  const tab = await open(browser, site);
  try {
    const field = await pages[name](tab, site, rows);
    await field.waitFor();
    const text = await field.inputValue();
    // A pointer lies where the person types, and each page pays for it alike.
    await field.click();
    await field.press("End");
    // The first keys wake code that the next find ready.
    await keyCost(tab);
    const cost = await keyCost(tab);
    const typed = letters.join("");
    if ((await evaluate(tab, "document.activeElement.value")) !== text + typed + typed) throw new Error(`${name} lost keys`);
    return { ...cost, nodes: await nodes(tab) };
  } finally {
    await tab.close();
  }
}

export async function key({ browser, sites, rounds, say }) {
  const figures = [];
  for (const rows of [50, 200]) {
    const all = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const name of inTurn(round, Object.keys(pages))) all[name].push(await once(browser, name, sites[name], rows));
      say(`key at ${rows} × 3: round ${round} of ${rounds}`);
    }
    const of = (name, what) => all[name].map((one) => one[what]);
    const at = `a key at ${rows} × 3`;
    for (const name of Object.keys(pages)) figures.push(figure(`${at}, ${name}`, of(name, "cpu"), "ms"));
    figures.push(ratio(`${at}, beside the bare page`, of("ours", "cpu"), of("bare", "cpu"), 1.35));
    figures.push(ratio(`${at}, beside RJSF`, of("ours", "cpu"), of("rjsf", "cpu"), 0.45));
    for (const name of Object.keys(pages)) {
      figures.push(figure(`${at}, longest task, ${name}`, of(name, "longest"), "ms", name === "ours" ? frame : undefined));
    }
    for (const name of Object.keys(pages)) figures.push(figure(`nodes at ${rows} × 3, ${name}`, of(name, "nodes")));
  }
  return figures;
}
