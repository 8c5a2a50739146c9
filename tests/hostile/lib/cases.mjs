// The cases, as the data files have them.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** What a case may say; a slip in a data file must not make a case easier. */
const MEMBERS = [
  ...["name", "what", "change", "requests", "good", "any", "answer", "identity", "beside", "patience", "never", "holds", "not"],
  ...["connections", "deliver", "replay", "race", "times", "steps", "limit", "needs", "dropped", "most", "afterwards", "all"],
  ...["idle", "known", "mode", "served"],
];

/** All cases, in the order they are played in: those that may take long come last, and those of a mode together. */
export function readCases(folder) {
  const cases = readdirSync(folder).sort().flatMap((file) => {
    const { class: name, about, all = {}, cases } = JSON.parse(readFileSync(join(folder, file), "utf8"));
    if (!name || !about || `${name}.json` !== file) throw new Error(`${file}: class or about is missing or wrong`);
    return cases.map((each) => {
      const spec = { ...all, ...each, class: name, id: `${name}/${each.name}` };
      const unknown = Object.keys({ ...all, ...each }).filter((member) => !MEMBERS.includes(member));
      if (unknown.length > 0 || !each.name || !each.what?.endsWith(".")) throw new Error(`${spec.id}: ${unknown.join(", ") || "no sentence"}`);
      return spec;
    });
  });
  const ids = cases.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) throw new Error(`${twice} is there twice`);
  // A case that starts a proxy of its own would end what others wait for.
  const late = ({ patience, identity, mode }) => (patience && !identity ? 2 : mode ? 1 : 0);
  return cases.sort((one, other) => late(one) - late(other) || (one.mode ?? "").localeCompare(other.mode ?? ""));
}

/** Those of a class, or of a name; all of them if none is asked for. */
export function only(cases, wanted) {
  const chosen = wanted.length === 0 ? cases : cases.filter((spec) => wanted.some((each) => [spec.class, spec.id].includes(each)));
  if (chosen.length === 0) throw new Error(`no case is called ${wanted.join(" or ")}; --list shows them`);
  return chosen;
}
