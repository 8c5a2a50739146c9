// Results as JSON, one file a proxy, and the table that is made of all of them.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What may become of a case, the worst first. */
export const VERDICTS = {
  signed: "signed though it must not be, or more often than agreed",
  leaked: "something travelled up, down or elsewhere that must not, or a broken answer was told as a whole one",
  crashed: "the proxy ended, or served no right request afterwards",
  hung: "neither an answer nor an end within the time",
  dropped: "a whole, right request got no answer",
  slow: "a right request beside it waited for more than 250 ms",
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
  if (result.verdict === "not applicable") return null;
  if (file.measured) return null;
  if (result.verdict !== "held") return `${result.verdict}: ${result.why}`;
  if (!file.expect) return null;
  const expected = file.expect[result.class]?.[result.name];
  if (expected === undefined) return `the proxy file expects nothing of it; it was ${result.outcome}`;
  return [expected].flat().includes(result.outcome) ? null : `expected ${[expected].flat().join(" or ")}, was ${result.outcome}`;
}

/** Writes the results of a run, and the table of all results anew. */
export function write(folder, id, file, versions, results) {
  const byClass = {};
  for (const { class: name, name: own, verdict, outcome } of results) {
    (byClass[name] ??= {})[own] = verdict === "not applicable" ? verdict : `${verdict}: ${outcome}`;
  }
  const sorted = Object.fromEntries(Object.entries(byClass).sort());
  const date = new Date().toISOString().slice(0, 10);
  const record = { proxy: file.name, about: file.about, date, versions, counts: count(results), results: sorted };
  writeFileSync(join(folder, `${id}.json`), `${JSON.stringify(record, null, 2)}\n`);
  const names = readdirSync(folder).filter((each) => each.endsWith(".json"));
  const records = names.map((each) => JSON.parse(readFileSync(join(folder, each), "utf8")));
  writeFileSync(join(folder, "README.md"), table(records));
}

function table(records) {
  const row = (cells) => `| ${cells.join(" | ")} |`;
  const of = (record) => Object.values(record.results).flatMap(Object.values);
  const judged = (record) => of(record).filter((each) => each !== "not applicable").length;
  const classes = [...new Set(records.flatMap(({ results }) => Object.keys(results)))].sort();
  const bad = (record, name) => {
    const all = Object.values(record.results[name] ?? {}).filter((each) => each !== "not applicable");
    const held = all.filter((each) => each.startsWith("held")).length;
    return all.length === 0 ? "–" : `${held} of ${all.length}`;
  };
  const lines = [
    "# Results",
    "",
    "Written by `node tests/hostile/run.mjs --write`; `make hostile` makes all of them anew. What a word means stands in [the suite's README](../README.md#what-becomes-of-a-case).",
    "",
    row(["", ...records.map(({ proxy }) => proxy)]),
    row(["---", ...records.map(() => "---")]),
    row(["date", ...records.map(({ date }) => date)]),
    row(["versions", ...records.map(({ versions }) => versions.join(", "))]),
    row(["cases that apply", ...records.map(judged)]),
    ...Object.keys(VERDICTS).map((verdict) => row([verdict, ...records.map(({ counts }) => counts[verdict])])),
    "",
    "## Held, by class",
    "",
    row(["class", ...records.map(({ proxy }) => proxy)]),
    row(["---", ...records.map(() => "---")]),
    ...classes.map((name) => row([name, ...records.map((record) => bad(record, name))])),
    "",
  ];
  return lines.join("\n");
}
