import { after, test } from "node:test";
import { closeBrowser, openPage, startSite } from "./harness.mjs";
after(closeBrowser);
for (const tag of ["de", "en-XB"]) test(tag, async (t) => {
  const site = await startSite(t);
  const { page, problems } = await openPage(t);
  await page.addInitScript((tag) => localStorage.setItem("formsmith.language", tag), tag);
  await page.goto(site.url); await page.locator(".app").waitFor(); await page.waitForTimeout(1500);
  console.log(tag, await page.evaluate(() => { const over = () => document.scrollingElement.scrollWidth - innerWidth; const all=[over()]; for (const e of document.querySelectorAll(".app *")) { const before = over(); if (!before) break; const d = e.style.display; e.style.setProperty("display","none"); if (over() < before) { all.push(`${e.localName}.${e.className} ${e.textContent.slice(0,40)} ${before}->${over()}`); } e.style.removeProperty("display"); } return all; }));
  problems.splice(0);
});
