import { after, test } from "node:test";
import { closeBrowser, openPage, startProxy } from "./harness.mjs";
import { button, sees, words, flash } from "./person.mjs";
after(closeBrowser);
test("try", async (t) => {
  const proxy = await startProxy(t, ["--target", "aws", "--site", "/tmp/trysite", "--models", "models", "--endpoint", "http://127.0.0.1:5055", "--allow-write"], { AWS_ACCESS_KEY_ID: "formsmith", AWS_SECRET_ACCESS_KEY: "formsmith", AWS_REGION: "us-east-1" });
  const { page, problems } = await openPage(t, proxy.url);
  page.setDefaultTimeout(8000);
  const shot = (n) => page.screenshot({ path: `/tmp/try/${n}.png`, fullPage: true });
  await page.waitForTimeout(1000);
  await shot("home");
  const origin = new URL(page.url()).origin;
  await page.goto(origin + "/#/services"); await page.waitForTimeout(1500); await shot("services");
  await page.goto(origin + "/#/services/iam"); await page.waitForTimeout(1000); await shot("service-iam");
  for (const [s, o] of [["iam", "CreateRole"], ["s3", "PutObject"], ["ec2", "RunInstances"], ["s3","CreateBucket"]]) {
    const begin = Date.now();
    await page.goto(`${origin}/#/${s}/${o}`);
    await page.getByRole("tab", { name: "Form", exact: true }).waitFor().catch((e) => console.log(s, o, String(e).slice(0, 200)));
    console.log(s, o, Date.now() - begin, "ms");
    await shot(`${s}-${o}`);
    console.log((await page.getByRole("main").innerText()).slice(0, 1500).replace(/\n+/g, " | "));
  }
  console.log(problems.splice(0));
  console.log(proxy.output().slice(-1500));
});
