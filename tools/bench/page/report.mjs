// Medians, and the table of what was measured.

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What is measured in a round, the other way round in every second: what comes first may have it harder. */
export const inTurn = (round, all) => (round % 2 ? all : [...all].reverse());

const digits = (value) => (value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 4);
const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: digits(Math.abs(value)) });
const told = (value, unit) => (unit ? `${number(value)} ${unit}` : number(value));

/** A figure: of several measurements their median. Without a limit it is only told. */
export function figure(what, values, unit, limit) {
  const all = [values].flat();
  const value = median(all);
  if (limit === undefined) return { what, value, unit, spread: all };
  return { what, value, unit, limit: `≤ ${told(limit, unit)}`, holds: value <= limit, spread: all };
}

/** A ratio of two series of measurements, of which each two were made in the same round. */
export function ratio(what, ours, theirs, limit) {
  const value = median(ours) / median(theirs);
  const spread = ours.map((one, at) => one / (theirs[at] ?? median(theirs)));
  return limit === undefined ? { what, value, spread } : { what, value, limit: `≤ ${limit}`, holds: value <= limit, spread };
}

/** The smallest figure that is at least a limit. */
export function atLeast(what, values, limit) {
  const value = median(values);
  return { what, value, limit: `≥ ${limit}`, holds: value >= limit, spread: values };
}

/** Figures as rows of a Markdown table. */
export function rows(figures) {
  return figures.map(({ what, value, unit, limit = "", holds, spread }) => {
    const between = spread.length > 1 ? `${number(Math.min(...spread))} to ${number(Math.max(...spread))}` : "";
    return `| ${what} | ${told(value, unit)} | ${between} | ${limit} | ${holds === undefined ? "" : holds ? "yes" : "**no**"} |`;
  });
}

export const head = "| figure | median | of all rounds | limit | holds |\n|---|---|---|---|---|";
