// The licences as a page without styles or scripts: it wraps at any width, and needs no permission.

const escaped = (text) => text.replace(/[&<>]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[char]);

const paragraphs = (text) => text.split(/\n\s*\n/).map((part) => `<p>${escaped(part.trim().replace(/\s+/g, " "))}</p>`).join("\n");

/** Each text once, with all parts that have it. */
export function page(own, parts) {
  const texts = new Map();
  for (const part of parts) {
    for (const text of part.texts) {
      if (!texts.has(text)) texts.set(text, []);
      texts.get(text).push(part);
    }
  }
  const sections = [...texts].sort(([, one], [, other]) => other.length - one.length).map(([text, its]) => {
    const names = its.map((part) => escaped(`${part.name} ${part.version}`));
    const all = [...new Set(its.flatMap((part) => part.chosen))];
    const shared = all.filter((id) => its.every((part) => part.chosen.includes(id)));
    const ids = shared.length ? shared : all;
    const title = its.length === 1 ? names[0] : ids.join(", ");
    const of = its.length === 1 ? "" : `<ul>\n${names.map((name) => `<li>${name}</li>`).join("\n")}\n</ul>\n`;
    return `<h2>${title}</h2>\n${of}<details>\n<summary>${escaped(ids.join(", "))}</summary>\n${paragraphs(text)}\n</details>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Licenses of Formsmith ${own.version}</title>
</head>
<body>
<main>
<h1>Licenses of Formsmith ${own.version}</h1>
<p>Formsmith has the license ${own.license}. It is made of the following ${parts.length} parts of others, under these licenses.</p>
${sections.join("\n")}
</main>
</body>
</html>
`;
}
