// Makes the pictures of the README anew: COMMITLAB_NODE_MODULES="$PWD"/build/release/node node docs/pictures/make.mjs "$PWD"/build/release/commitlab
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { browse, expectCommitlab, test } from "../../reports/browser/harness.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Fewer colours, if pngquant is here: a third of the size. */
function keep(name) {
  const path = join(here, name);
  spawnSync("pngquant", ["--force", "--output", path, "64", path]);
  assert.ok(existsSync(path));
}

for (const [name, run] of [["torn-precommit", "torn-precommit.play"], ["alice-stops", "alice-stops"], ["partition-under-3pc", "partition-under-3pc.play"]]) {
  test(`the run ${name}`, async () => {
    expectCommitlab(0, "show", run, "--svg", "-o", `${name}.svg`);
    await browse(`${name}.svg`, async (page) => {
      await page.locator("svg").first().screenshot({ path: join(here, `${name}.png`) });
    }, { deviceScaleFactor: 1.5, viewport: { width: 700, height: 1200 } });
    keep(`${name}.png`);
  });
}

test("the report", async () => {
  expectCommitlab(0, "report", "bank-transfer", "-o", "report.html");
  await browse("report.html#NB-3", async (page) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(here, "report.png"), clip: { x: 0, y: 0, width: 1200, height: 1500 }, fullPage: true });
  }, { viewport: { width: 1200, height: 1500 } });
  keep("report.png");
});

test("the explorer, at a breach", async () => {
  expectCommitlab(0, "explore", "partition-under-3pc", "-o", "explorer.html");
  await browse("explorer.html", async (page) => {
    await page.getByRole("button", { name: "Show me the nearest breach" }).click();
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(here, "explorer.png") });
  }, { viewport: { width: 1280, height: 1060 }, reducedMotion: "reduce" });
  keep("explorer.png");
});
