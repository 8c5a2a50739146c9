// Finds Chromium, Firefox and their drivers, and knows how they are started in tests.
//   node tools/browser.mjs find             prints both paths as shell assignments
//   node tools/browser.mjs firefox          fails where Firefox is missing
//   node tools/browser.mjs webdriver FILE   writes webdriver.json with the browser's path to FILE
import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const capabilities = JSON.parse(readFileSync(join(root, "webdriver.json"), "utf8"));

/** Flags that keep the browser from talking to anyone but the page under test. */
export const flags = capabilities["goog:chromeOptions"].args;

const browsers = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/lib/chromium", "/usr/lib/chromium-browser"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The browser's path; the variable CHROME decides when it is set. */
export function findBrowser() {
  const found = process.env.CHROME ?? [...onPath(browsers), ...applications].find(executable);
  if (!found) throw new Error("Chromium is missing: run `tools/setup test`, or name it in CHROME.");
  return found;
}

/** The driver's path; the variable CHROMEDRIVER decides when it is set. */
export function findDriver() {
  const found = process.env.CHROMEDRIVER ?? onPath(["chromedriver"]).find(executable);
  if (!found) throw new Error("chromedriver is missing: run `tools/setup test`, or name it in CHROMEDRIVER.");
  return found;
}

/** Firefox's path, of the release with extended support first; the variable FIREFOX decides when it is set. */
export function findFirefox() {
  const places = [...onPath(["firefox-esr", "firefox"]), "/Applications/Firefox.app/Contents/MacOS/firefox"];
  const found = process.env.FIREFOX ?? places.find(executable);
  if (!found) throw new Error("Firefox is missing: run `tools/setup test`, or name it in FIREFOX.");
  return found;
}

/** Firefox's driver, which `tools/setup test` builds. */
export function findGeckodriver() {
  const found = [join(root, ".tools/bin/geckodriver"), ...onPath(["geckodriver"])].find(executable);
  if (!found) throw new Error("geckodriver is missing: run `tools/setup test`.");
  return found;
}

function majorVersion(path) {
  const text = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return text.match(/(\d+)\.\d+\.\d+/)?.[1];
}

function run(verb, file) {
  const [browser, driver] = [findBrowser(), findDriver()];
  if (verb === "firefox") return void findFirefox();
  if (verb === "find") {
    const versions = [browser, driver].map(majorVersion);
    if (versions[0] !== versions[1]) {
      throw new Error(`${browser} is version ${versions[0]} and ${driver} is version ${versions[1]}; they must agree.`);
    }
    console.log(`CHROME='${browser}'\nCHROMEDRIVER='${driver}'`);
  } else {
    capabilities["goog:chromeOptions"].binary = browser;
    writeFileSync(file, JSON.stringify(capabilities, null, 2));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    run(...process.argv.slice(2));
  } catch (error) {
    console.error(`formsmith: ${error.message}`);
    process.exitCode = 1;
  }
}
