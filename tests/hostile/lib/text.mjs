// Text in data files: words in braces, and parts that are repeated. A character is a byte (latin1),
// so that any byte can be written in JSON as \u00XX.
import { createHash } from "node:crypto";

/** The proxy has no such thing, so that the case says nothing about it. */
export class NotApplicable extends Error {}

/** Bytes of a text of one byte a character. */
export const bytes = (text) => Buffer.from(text, "latin1");

/**
 * A text with its words filled in. It is a string, a list of parts, `{"repeat": part, "times": n}`, where
 * `{i}` counts, `{"sha256": part}`, or `{"bytes": part}`, the bytes of what is written in hexadecimal.
 */
export function fill(part, words) {
  if (Array.isArray(part)) return part.map((each) => fill(each, words)).join("");
  if (typeof part === "string") return named(part, words);
  if (part.sha256 !== undefined) return createHash("sha256").update(fill(part.sha256, words), "latin1").digest("hex");
  if (part.bytes !== undefined) return Buffer.from(fill(part.bytes, words), "hex").toString("latin1");
  if (typeof part.repeat === "string" && !part.repeat.includes("{")) return part.repeat.repeat(part.times);
  const made = [];
  for (let i = 0; i < part.times; i += 1) made.push(fill(part.repeat, { ...words, i: String(i) }));
  return made.join("");
}

function named(text, words) {
  return text.replace(/\{([a-z][a-z0-9-]*)\}/g, (_, name) => {
    if (words[name] === undefined) throw new NotApplicable(`the proxy file has no {${name}}`);
    return words[name];
  });
}

/** Every string inside of a value of JSON filled in. */
export function fillAll(value, words) {
  if (typeof value === "string") return fill(value, words);
  if (Array.isArray(value)) return value.map((each) => fillAll(each, words));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fillAll(each, words)]));
}
