// What search costs over all 20,027 operations: opening it the first time, and each key.
import { evaluate, measure, open, press, type, until } from "./browser.mjs";
import { figure } from "./report.mjs";

/** What a first result may cost after a key, in milliseconds. */
const most = 50;
const words = ["instances", "deletetab"];
/** There are four pages to go to before anything is typed, and more once all services are known. */
const isThere = "document.querySelectorAll('[role=option]').length > 4";

async function once(browser, site) {
  const tab = await open(browser, site);
  try {
    await tab.page.goto(`${site.url}#/`);
    await tab.page.getByRole("heading", { level: 1 }).waitFor();
    const opening = await measure(tab, () => press(tab, ".app-search"));
    await evaluate(tab, "document.querySelector('#search').focus()");
    for (const letter of "list") await type(tab, letter);
    await until(tab, isThere);
    const keys = [];
    for (const word of words) {
      await evaluate(tab, "document.querySelector('#search').select()");
      for (const letter of word) {
        const { cpu } = await measure(tab, () => type(tab, letter));
        keys.push(cpu);
      }
    }
    return { opening: opening.cpu, keys };
  } finally {
    await tab.close();
  }
}

export async function search({ browser, sites, rounds, say }) {
  const all = [];
  for (let round = 1; round <= rounds; round += 1) {
    all.push(await once(browser, sites.ours));
    say(`search: round ${round} of ${rounds}`);
  }
  const keys = all.flatMap(({ keys }) => keys);
  return [
    figure("opening search the first time", all.map(({ opening }) => opening), "ms"),
    figure(`a key in search, of ${words.length} words`, keys, "ms", most),
    figure("the dearest key in search", all.map(({ keys }) => Math.max(...keys)), "ms", most),
  ];
}
