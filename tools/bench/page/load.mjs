// What opening a page costs until its form can be used: thread time, nodes, bytes as brotli sends them.
import { evaluate, goTo, measure, nodes, open } from "./browser.mjs";
import { form } from "./ours.mjs";
import { figure, inTurn, ratio } from "./report.mjs";

const ours = [form, "document.querySelectorAll('main fieldset input, main [role=group] input').length >= 3"];
/** Each page's address of the form, and what is there when it can be used. */
const pages = {
  ours,
  proxied: ours,
  swagger: ["", "document.querySelector('textarea.body-param__text') && document.querySelector('.btn.execute')"],
  rjsf: ["", "document.querySelector('#root_ServiceActionAssociations_0_ProductId')"],
  cloudscape: ["", "document.querySelectorAll('input').length >= 3"],
  bare: ["", "document.querySelectorAll('input').length === 3"],
};
const start = ["", "document.querySelector('nav') && !document.querySelector('#boot')"];

/** The bytes of bodies that came until a moment; the favicon is fetched beside the page, not before it. */
const bytes = (moment) => `performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
  .filter(({ name, responseEnd }) => !name.endsWith(".svg") && responseEnd <= ${moment})
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

async function once(browser, site, [fragment, ready]) {
  const tab = await open(browser, site);
  try {
    const { ready: usable, cpu } = await measure(tab, () => goTo(tab, site.url + fragment), ready);
    const moment = 'performance.getEntriesByName("formsmith-ready")[0].startTime';
    return { usable, cpu, bytes: await evaluate(tab, bytes(moment)), all: await evaluate(tab, bytes("Infinity")), nodes: await nodes(tab) };
  } finally {
    await tab.close();
  }
}

export async function load({ browser, sites, rounds, say }) {
  const all = { start: [], ...Object.fromEntries(Object.keys(pages).map((name) => [name, []])) };
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, page] of inTurn(round, Object.entries(pages))) all[name].push(await once(browser, sites[name], page));
    all.start.push(await once(browser, sites.ours, start));
    say(`load: round ${round} of ${rounds}`);
  }
  const of = (name, what) => all[name].map((one) => one[what]);
  const each = (said, what, unit) => Object.keys(pages).map((name) => figure(`${said}, ${name}`, of(name, what), unit));
  return [
    ...each("CPU to a usable form", "usable", "ms"),
    ratio("CPU to a usable form, beside Swagger UI", of("ours", "usable"), of("swagger", "usable"), 0.09),
    ratio("CPU to a usable form, beside RJSF", of("ours", "usable"), of("rjsf", "usable"), 0.35),
    ...each("CPU until the page is at rest", "cpu", "ms"),
    ...each("nodes of the form", "nodes"),
    ...each("bytes to a usable form", "bytes"),
    ...["ours", "proxied"].map((name) => figure(`bytes until the page is at rest, ${name}`, of(name, "all"))),
    figure("bytes to the first page, ours", of("start", "bytes"), undefined, 130_000),
    figure("bytes to the first form, ours", of("ours", "bytes"), undefined, 150_000),
  ];
}
