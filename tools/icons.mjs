// Draws the icons that systems want as pictures, from style/icons/favicon.svg: node tools/icons.mjs
// They are committed; this is run when the drawing changes.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { findBrowser, flags } from "./browser.mjs";

const folder = new URL("../style/icons/", import.meta.url);
const drawing = readFileSync(new URL("favicon.svg", folder), "utf8");
const paper = /<rect [^>]*fill="(#\w+)"/.exec(drawing)[1];
/** How much of the width the drawing takes: a system may cut a circle out of what it masks. */
const icons = [
  ["icon-192.png", 192, 1],
  ["icon-512.png", 512, 1],
  ["icon-maskable-512.png", 512, 0.72],
  ["apple-touch-icon.png", 180, 0.86],
];

const browser = await chromium.launch({ executablePath: findBrowser(), args: flags, headless: true });
const page = await browser.newPage();
for (const [name, size, part] of icons) {
  await page.setViewportSize({ width: size, height: size });
  const background = part < 1 ? paper : "transparent";
  await page.setContent(`<style>
    * { margin: 0 }
    body { background: ${background}; display: grid; place-items: center; height: 100vh }
    svg { width: ${part * 100}vw }
  </style>${drawing}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
