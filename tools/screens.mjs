// Pictures of every screen, in both themes and at four widths, and a page that shows them side by side:
//   node tools/screens.mjs [FOLDER]
// As `make screens` does it. What AWS would answer comes from moto, and everything else from the sandbox.
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { closeBrowser, openPage, startSite } from "../tests/e2e/harness.mjs";
import { openAt, send, startMoto } from "../tests/e2e/moto.mjs";
import { addSettings, button, drawn, field, flash, formIsOpen, openOperation, part, reviewOf, sees, write } from "../tests/e2e/person.mjs";

const folder = resolve(process.argv[2] ?? "target/screens");
const widths = [390, 768, 1366, 2560];
const themes = ["light", "dark"];
const associate = "Associate a service action";

async function scenario(page, title) {
  await page.goto(page.url().replace(/(#.*)?$/, "#/"));
  const more = button(page, "Show 6 more scenarios");
  if (await more.isVisible()) await more.click();
  await part(page, "Scenarios").getByRole("button", { name: title, exact: true }).click();
  await page.getByRole("tab", { name: "Form", exact: true }).waitFor();
}

async function to(page, address, heading) {
  await page.goto(page.url().replace(/(#.*)?$/, `#${address}`));
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** What the page in the sandbox shows, in the order in which it is visited. */
const inSandbox = {
  start: (page) => to(page, "/", "Run AWS operations"),
  tour: async (page) => {
    await button(page, "Take the tour").click();
    await page.getByRole("dialog", { name: "Tour" }).getByText("Step 1").waitFor();
    return () => page.keyboard.press("Escape");
  },
  search: async (page) => {
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Search" });
    await dialog.getByRole("combobox").fill("delete table");
    await dialog.getByRole("option").first().waitFor();
    return () => page.keyboard.press("Escape");
  },
  shortcuts: async (page) => {
    await to(page, "/settings", "Settings");
    await button(page, "Show all keyboard shortcuts").click();
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Ctrl K").waitFor();
    return () => page.keyboard.press("Escape");
  },
  settings: (page) => to(page, "/settings", "Settings"),
  services: (page) => to(page, "/services", "All AWS services"),
  service: async (page) => {
    await to(page, "/ec2", "EC2");
    await page.getByRole("button", { name: /^All \(/ }).waitFor();
  },
  "nothing there": (page) => to(page, "/nowhere", "Page not found"),
  "form with an error": async (page) => {
    await openOperation(page, associate);
    await write(page.getByRole("main"), { "Product ID": "prod-äbc", "Service action ID": "act-fs7abcd89wxyz" });
    await button(page, "Associate").click();
  },
  "form as JSON, with a mistake": async (page) => {
    await page.getByRole("tab", { name: "JSON", exact: true }).click();
    await field(page, "Input as JSON").or(page.getByRole("tabpanel").getByRole("textbox")).first().fill('{ "ProductId": 7 }');
    return async () => {
      await page.getByRole("tab", { name: "Form", exact: true }).click();
      await page.reload();
    };
  },
  "form with many settings": async (page) => {
    await to(page, "/ec2/RunInstances", "Run instances");
    await formIsOpen(page, "Run instances");
    await addSettings(page.getByRole("main"), "Image ID", "Instance type");
    const folded = page.getByRole("button", { name: /^Add a setting/ });
    if (await folded.count()) await folded.last().click();
  },
  "scenario, before sending": (page) => scenario(page, "Some succeed, some fail"),
  "result of a batch": async (page) => {
    await button(page, "Disassociate").click();
    await sees(() => flash(page), /^1 of 7/);
  },
  "result that is unknown": async (page) => {
    await scenario(page, "The answer is lost");
    await button(page, "Disassociate").click();
    await sees(() => flash(page), /^Unknown/, undefined, 10_000);
  },
  "result without permission": async (page) => {
    await scenario(page, "No permission");
    await button(page, "Disassociate").click();
    await sees(() => flash(page), /AccessDenied/);
  },
  "result as a timeline": async (page) => {
    await scenario(page, "A run fails halfway");
    await button(page, "Run").click();
    await part(page, "Timeline").waitFor();
  },
  history: async (page) => {
    await to(page, "/history", "History");
    await page.getByRole("table", { name: "Runs" }).waitFor();
  },
  "a run of the history": async (page) => {
    await page.getByRole("table", { name: "Runs" }).getByRole("link").first().click();
    await part(page, "Result").waitFor();
  },
};

/** What it shows in front of AWS. */
const beforeAws = {
  review: async (page, go) => {
    await go("ec2", "RunInstances", "Run instances");
    await addSettings(page.getByRole("main"), "Image ID", "Instance type");
    await write(page.getByRole("main"), { "Min count": "7", "Max count": "7", "Image ID": "ami-12c6146b", "Instance type": "t3.micro" });
    await button(page, "Send").click();
    const dialog = reviewOf(page, "Run instances");
    await dialog.getByText("Signed in as").waitFor();
    return async () => {
      await dialog.getByRole("button", { name: "Run instances", exact: true }).click();
      await sees(() => flash(page), /carried out/, undefined, 20_000);
    };
  },
  "result of a change": () => {},
  "answer with a list": async (page, go) => {
    await go("ec2", "DescribeInstances", "Describe instances");
    await send(page, "Describe instances", {});
    await sees(() => flash(page), /./);
    await part(page, "Result").waitFor();
    await page.getByText("Filter by a value").click();
    await field(page.getByRole("main"), "Tag key").fill("owner");
    await button(page, "Filter").click();
    const boxes = page.getByRole("table", { name: "Instances" }).getByRole("checkbox");
    for (const at of [1, 2, 3]) await boxes.nth(at).check();
    await button(page, "Use 3 in").waitFor();
  },
};

/** The pictures of the README: which part of a screen each shows, at which width and in which theme. */
const pictures = {
  "result of a batch": { picture: "batch", of: (page) => part(page, "Association outcomes"), width: 1366, theme: "light" },
  "answer with a list": { picture: "answer", of: (page) => page.locator("#result"), width: 1366, theme: "light" },
  "result as a timeline": { picture: "phone", of: (page) => page.locator("#result"), width: 390, theme: "dark" },
};
/** Nothing lies over the part, and its end is left out where it is long. */
const style = ".story { display: none } #result { max-block-size: 900px; overflow: hidden }";

const taken = [];
const ends = [];
const t = { after: (end) => ends.unshift(end) };

async function take(page, screens, theme, width, ...more) {
  for (const [name, show] of Object.entries(screens)) {
    const leave = await show(page, ...more);
    await drawn(page);
    await page.waitForTimeout(400);
    const file = `${name.replace(/[^a-z]+/g, "-")}-${width}-${theme}.png`;
    const isDialog = await page.locator("dialog[open]").count();
    await page.screenshot({ path: join(folder, file), fullPage: !isDialog });
    taken.push({ name, theme, width, file });
    const { picture, of, ...where } = pictures[name] ?? {};
    if (where.width === width && where.theme === theme) await of(page).screenshot({ path: join(folder, `readme-${picture}.png`), style });
    await leave?.();
  }
}

await mkdir(folder, { recursive: true });
try {
  const moto = await startMoto(["ec2"]);
  ends.push(moto.stop);
  const { url } = await startSite(t);
  for (const theme of themes) {
    for (const width of widths) {
      console.log(`formsmith: ${theme}, ${width} pixels`);
      // The page's policy forbids the style that the README's pictures need.
      const options = { width, height: width < 500 ? 844 : 900, colorScheme: theme, bypassCSP: true };
      await take((await openPage(t, url, options)).page, inSandbox, theme, width);
      const { page, go } = await openAt(t, moto, undefined, options);
      await take(page, beforeAws, theme, width, go);
    }
  }
} finally {
  await closeBrowser();
  for (const end of ends) await Promise.resolve().then(end).catch((problem) => console.error(`formsmith: ${problem.message}`));
}

const names = [...new Set(taken.map(({ name }) => name))];
const rows = names.map((name) => {
  const cells = widths.flatMap((width) => themes.map((theme) => {
    const { file } = taken.find((it) => it.name === name && it.width === width && it.theme === theme);
    return `<td><a href="${file}"><img loading="lazy" src="${file}" alt="${name}, ${width} pixels, ${theme}"></a>`;
  }));
  return `<tr><th>${name}${cells.join("")}`;
});
const heads = widths.flatMap((width) => themes.map((theme) => `<th>${width}, ${theme}`));
const looks = "body{font:14px sans-serif}td{vertical-align:top}img{width:260px;border:1px solid #999}th{position:sticky;left:0;top:0;background:#fff;text-align:start}";
await writeFile(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>Screens of Formsmith</title><style>${looks}</style><table><tr><th>${heads.join("")}${rows.join("")}</table>\n`);
console.log(`formsmith: ${taken.length} pictures; open ${join(folder, "index.html")}`);
