// Every operation that a model has can be opened, filled from its first example and carried out.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import { closeBrowser, openPage, startProxy, takePictures } from "./harness.mjs";
import { choose, flash, meets, openOperation, part, sees } from "./person.mjs";

after(closeBrowser);

const models = new URL("../../src/api/models/", import.meta.url);
const operations = readdirSync(models).flatMap((file) => {
  const { shapes } = JSON.parse(readFileSync(new URL(file, models), "utf8"));
  const named = Object.entries(shapes).filter(([, shape]) => shape.type === "operation");
  return named.map(([id, { traits }]) => ({
    name: id.split("#")[1],
    title: traits["formsmith#label"].title,
    verb: traits["formsmith#label"].verb,
    example: traits["smithy.api#examples"][0],
  }));
});

test("every operation is carried out with its first example", async (t) => {
  const proxy = await startProxy(t);
  const { page } = await openPage(t, proxy.url);
  await meets(page, "proxy-sandbox");
  assert.equal(operations.length, 24);
  for (const { name, title, verb, example } of operations) {
    assert.equal((await fetch(`${proxy.plain.origin}/sandbox/_reset`, { method: "POST" })).status, 204);
    await openOperation(page, title);
    await page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
    const main = page.getByRole("main");
    await choose(page, "Load", example.title);
    await main.getByRole("button", { name: verb, exact: true }).click();
    await part(page, "Result").first().waitFor({ timeout: 10_000 });
    await sees(() => flash(page), /\S/, name);
    const said = await flash(page);
    assert.doesNotMatch(said, /refused|can't be understood|failed|unknown|exception/i, `${name}: ${said}`);
    if (name === "ListServiceActions") await takePictures(page, "list");
  }
});
