// Results as JSON, one file a proxy, and the table that is made of all of them.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const NONE = "not applicable";

/** What may become of a case, the worst first. */
export const VERDICTS = {
  signed: "signed though it must not be, or more often than agreed",
  leaked: "something travelled up, down or elsewhere that must not, or a broken answer was told as a whole one",
  crashed: "the proxy ended, or served no right request afterwards",
  hung: "neither an answer nor an end within the time",
  dropped: "a whole, right request got no answer",
  slow: "a right request beside it waited for more than 250 ms",
  refused: "a control, which is harmless, was not signed once or its answer did not arrive whole",
  accepted: "answered as if it were right, though nothing reached the upstream",
  held: "as it must be",
};

export function count(results) {
  const counts = Object.fromEntries(Object.keys(VERDICTS).map((verdict) => [verdict, 0]));
  for (const { verdict } of results) if (verdict in counts) counts[verdict] += 1;
  return counts;
}

/** Does a result differ from what the proxy file expects? Says how. */
export function differs(file, result) {
  if (file.measured) return null;
  const expects = file.expect?.[result.class]?.[result.name];
  if (result.verdict === NONE) return expects && "it does not apply, though the proxy file expects something of it";
  if (result.verdict !== "held") return `${result.verdict}: ${result.why}`;
  if (!file.expect) return null;
  if (expects === undefined) return `the proxy file expects nothing of it; it was ${result.outcome}`;
  return [expects].flat().includes(result.outcome) ? null : `expected ${[expects].flat().join(" or ")}, was ${result.outcome}`;
}

/** Keeps the results of a run in a folder, and makes the tables of all results anew in the page. */
export function write(folder, page, id, file, versions, results) {
  const byClass = {};
  for (const { class: name, name: own, verdict, outcome } of results) {
    (byClass[name] ??= {})[own] = verdict === NONE ? verdict : `${verdict}: ${outcome}`;
  }
  const sorted = Object.fromEntries(Object.entries(byClass).sort());
  const date = new Date().toISOString().slice(0, 10);
  const ids = (wanted) => results.filter(wanted).map(({ id: own }) => own);
  const record = { proxy: file.name, about: file.about, date, versions, known: ids(({ known }) => known), controls: ids(({ control }) => control), results: sorted };
  writeFileSync(join(folder, `${id}.json`), `${JSON.stringify(record, null, 2)}\n`);
  const names = readdirSync(folder).filter((each) => each.endsWith(".json"));
  const records = names.map((each) => JSON.parse(readFileSync(join(folder, each), "utf8")));
  // This repository's own first, then the peers.
  records.sort((one, other) => (other.proxy === "Formsmith") - (one.proxy === "Formsmith"));
  const [before, rest] = readFileSync(page, "utf8").split(BEGIN);
  const [, after] = rest.split(END);
  writeFileSync(page, `${before}${BEGIN}\n${table(records)}\n${END}${after}`);
}

const BEGIN = "<!-- results -->";
const END = "<!-- end of results -->";

/** The verdicts of a record's cases; those that don't apply are left out. */
function verdicts({ results }, wanted) {
  const all = Object.entries(results).flatMap(([name, cases]) => Object.entries(cases).map(([own, each]) => [`${name}/${own}`, each]));
  return all.filter(([id, each]) => each !== NONE && wanted(id)).map(([, each]) => each.split(":")[0]);
}

/** How many did not hold, of how many, and what became of them. */
function through(all) {
  if (all.length === 0) return "–";
  const kinds = Object.keys(VERDICTS).filter((verdict) => verdict !== "held");
  const told = kinds.map((kind) => [kind, all.filter((each) => each === kind).length]).filter(([, times]) => times > 0);
  const bad = told.reduce((sum, [, times]) => sum + times, 0);
  return `${bad} of ${all.length}${bad > 0 ? ` (${told.map(([kind, times]) => `${times} ${kind}`).join(", ")})` : ""}`;
}

function table(records) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const heading = (first) => [row([first, ...records.map(({ proxy }) => proxy)]), row(["---", ...records.map(() => "---")])];
  const each = (name, of) => row([name, ...records.map(of)]);
  const isHostile = ({ controls }) => (id) => !controls.includes(id);
  const classes = [...new Set(records.flatMap(({ results }) => Object.keys(results)))].sort();
  const cases = (name) => Math.max(...records.map(({ results }) => Object.keys(results[name] ?? {}).length));
  return [
    ...heading(""),
    each("played on", ({ date }) => date),
    each("versions", ({ versions }) => versions.join(", ")),
    each("controls served", (record) => {
      const all = verdicts(record, (id) => record.controls.includes(id));
      return `${all.filter((verdict) => verdict === "held").length} of ${all.length}`;
    }),
    each("**got through, of all hostile cases that apply**", (record) => `**${through(verdicts(record, isHostile(record)))}**`),
    each("got through, of the fourteen that began it", (record) => through(verdicts(record, (id) => record.known.includes(id)))),
    "",
    "Got through, by class (in brackets: its cases):",
    "",
    ...heading("class"),
    ...classes
      .filter((name) => name !== "controls")
      .map((name) => each(`${name} (${cases(name)})`, (record) => through(verdicts(record, (id) => id.startsWith(`${name}/`))))),
  ].join("\n");
}
