// What the page says in a language, by what it says in English, and what on it is in no language or in
// the wrong one.
import { readFileSync, readdirSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(`../../src/${path}`, import.meta.url), "utf8"));
const files = readdirSync(new URL("../../src/api/models/", import.meta.url));
export const models = files.map((file) => ({ file, ...read(`api/models/${file}`) }));
export const operations = models.flatMap(({ shapes }) => Object.entries(shapes)).filter(([, shape]) => shape.type === "operation").map(([id]) => id.split("#")[1]);

/** Languages that people read. */
export const languages = ["de", "ja", "zh-Hans"];

const source = read("words/languages/en.json");
const marked = (text) => `⟦${text}⟧`;
const formsOf = (text) => (typeof text === "string" ? [text] : Object.values(text));

/** Pairs of texts, in English and in the language; of plural forms the last with the last. */
function pairs(tag) {
  const own = read(`words/languages/${tag}.json`);
  const texts = Object.keys(source).map((key) => [formsOf(source[key]).at(-1), formsOf(own[key]).at(-1)]);
  return [...texts, ...files.flatMap((file) => Object.entries(read(`words/languages/${tag}/${file}`)))];
}

/**
 * The language of a page by its tag: `say` translates a text, whose placeholders it fills; `strays`
 * finds what on a page is not in it, with where that is; `named` translates what a model says.
 */
export function spoken(tag) {
  const isPseudo = !languages.includes(tag);
  const known = isPseudo ? [] : pairs(tag);
  // Of two keys with one English text, the first is meant.
  const translations = new Map(known.toReversed());
  const say = (english, values = {}) => {
    const text = isPseudo ? marked(english) : translations.get(english);
    if (text === undefined) throw new Error(`${tag} has no text for ${english}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
  const listed = isPseudo ? [] : regions.map(([code, name]) => say("{first}, {second}", { first: name, second: code }));
  // What a model says, which another may say in other words.
  const named = (file, english) => (isPseudo ? marked(english) : read(`words/languages/${tag}/${file}`)[english]);
  const told = { ...data, tag, isPseudo, names: [...data.names, ...listed] };
  if (!isPseudo) Object.assign(told, compared(tag));
  return { tag, say, named, strays: (page) => page.evaluate(strays, told) };
}

/** All that is said in English and in a language, to tell one from the other. */
function compared(tag) {
  const own = Object.values(read(`words/languages/${tag}.json`)).flatMap(formsOf);
  const english = Object.values(source).flatMap(formsOf);
  const translated = files.map((file) => read(`words/languages/${tag}/${file}`));
  own.push(...translated.flatMap(Object.values));
  english.push(...translated.flatMap(Object.keys));
  const template = (text) => `^${text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[^]+?")}$`;
  const isSaid = new Set(own);
  const others = english.filter((text) => !isSaid.has(text));
  const hasPlaceholder = (text) => text.includes("{");
  // What is hardly more than its placeholders could be anything.
  const isWordy = (text) => /[a-z]{3,} [a-z]{2,}/i.test(text.replace(/\{\w+\}/g, "|"));
  return {
    own: own.filter((text) => !hasPlaceholder(text)),
    ownTemplates: own.filter((text) => hasPlaceholder(text) && /\p{L}{3}|[\u3040-\u9fff]/u.test(text.replace(/\{\w+\}/g, ""))).map(template),
    english: others.filter((text) => !hasPlaceholder(text)),
    englishTemplates: others.filter((text) => hasPlaceholder(text) && isWordy(text)).map(template),
    sentences: others.filter((text) => !hasPlaceholder(text) && text.split(" ").length > 2),
    hasSpaces: !["ja", "zh-Hans"].includes(tag),
  };
}

/**
 * What is data, and the same in every language. What a service says is its own: where these tests have
 * one say something, it is `said-by-the-service`.
 */
const regions = read("api/curated/partitions.json").flatMap((partition) => partition.regions);
const names = [...regions.flatMap(([code, name]) => [name, `${name}, ${code}`]), "Formsmith", "AWS CLI", "Python", "Rust", "JavaScript", "curl", ...operations];
const forms = [
  /[-+()[\]/.,:;#\d\s]*/, // numbers and what stands between them; "-" for what is not there
  /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC[+-]\d\d:\d\d\)|\d{4}-\d\d-\d\dT[\d:.]+Z/, // a moment
  /[a-z]+(-[a-z0-9]+)+(, [a-z]+(-[a-z0-9]+)+)*\.?/, // identifiers, a region, a sentence of a service
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, // a UUID
  /arn:[\w:/.-]+/, // an ARN
  /assumed-role\/[\w/]+/, // whom an ARN names
  /\w+ \/ \w+/, // their name as the review has it
  /[\d.]+:\d+/, // a host
  /([A-Z]+(_[A-Z]+)+|THROTTLING)( \(\d+\))?/, // a code
  /[A-Z][A-Za-z]+(Exception|Error)/, // the name of an error
  /([A-Z][a-z]+){2,}|[A-Z]\w+(\[[^\]]+\]|\.[A-Z]\w+)+/, // a member of the API, or the way to one
  /(POST|PUT|GET) \/\S*|HTTP \d{3}/, // the first line of a message
];
const data = { names, forms: forms.map((form) => `^(${form.source})$`) };

/** Runs in the page. */
function strays({ names, forms, tag, isPseudo, own, ownTemplates, english, englishTemplates, sentences, hasSpaces }) {
  const isData = forms.map((form) => new RegExp(form));
  const inAnyLanguage = (text) => names.includes(text) || isData.some((form) => form.test(text));
  // Code, JSON and messages as they travel; names of the API beside the names for people; languages by
  // their own names; what says of itself that it is in English.
  const areData = "code, pre, time, .api-name, .code-block code, script, style, noscript, #language, [lang]:not(:root)";
  const withoutMarks = (text) => {
    let before;
    do {
      before = text;
      text = text.replace(/⟦[^⟦⟧]*⟧/g, "");
    } while (text !== before);
    return text.trim();
  };
  const [isOwn, isEnglish] = isPseudo ? [] : [new Set(own), new Set(english)];
  const [ownForms, englishForms] = isPseudo ? [] : [ownTemplates, englishTemplates].map((all) => all.map((one) => new RegExp(one, "u")));
  const isInIt = (text) => isOwn.has(text) || ownForms.some((form) => form.test(text));
  const isStray = (text) => {
    if (isPseudo) return ![withoutMarks(text)].every((left) => !left || inAnyLanguage(left));
    text = text.trim();
    // The sandbox tells of its faults itself.
    if (!text || inAnyLanguage(text) || text.includes("fault-throttle")) return false;
    if (sentences.some((sentence) => text.includes(sentence))) return true;
    if (isInIt(text)) return false;
    if (isEnglish.has(text) || englishForms.some((form) => form.test(text))) return true;
    if (hasSpaces || /[\u3040-\u30ff\u4e00-\u9fff]/.test(text)) return false;
    return /[A-Za-z]{3}/.test(text) && !text.split(/[\s、，]+/).every(inAnyLanguage);
  };
  const found = [];
  const look = (text, where) => {
    if (isStray(text)) found.push(`${where}: ${text.trim().slice(0, 80)}`);
  };
  const place = (element) => `${element.localName}${element.id && `#${element.id}`}${element.className && `.${element.className}`}`;
  if (document.documentElement.lang !== tag) found.push(`html: ${document.documentElement.lang}`);
  look(document.title, "title");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, data } = texts.currentNode;
    // A line whose identifiers don't break is one text.
    const line = element.closest(":has(> .unbroken)");
    if (!element.closest(areData)) look(line ? line.textContent : data, place(element));
  }
  for (const name of ["title", "aria-label", "placeholder", "alt", "aria-description", "aria-roledescription"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!element.closest("[lang]:not(:root)")) look(element.getAttribute(name), `${place(element)}[${name}]`);
    }
  }
  return found;
}
