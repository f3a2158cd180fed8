// Every page is held to the rules of axe-core for those who see, hear or move otherwise: on a telephone, a
// laptop and a large screen.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";
import { browse, expectCommitlab, folder, npmFile, test } from "./harness.mjs";

const axe = readFileSync(npmFile("axe-core", "axe.min.js"), "utf8");

/** Fails with what is wrong, and where. @param {import("playwright-core").Page} page */
async function passes(page, when) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () =>
    (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map(
      ({ id, impact, nodes }) =>
        `${id} (${impact}): ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("\n  ")}`,
    ),
  );
  assert.deepEqual(found, [], when);
}

const kWidths = [
  [390, 844],
  [1280, 900],
  [1920, 1080],
];

/**
 * At each width; on the large screen in the dark. @param {(page: import("playwright-core").Page, at:
 * string) => Promise<void>} visit
 */
async function atEachWidth(file, visit) {
  for (const [width, height] of kWidths) {
    const options = {
      viewport: { width, height },
      colorScheme: width > 1500 ? "dark" : "light",
      reducedMotion: "reduce",
      bypassCSP: true,
    };
    await browse(file, (page) => visit(page, `${width} pixels`), options);
  }
}

test("the explorer: at the beginning, at a breach, and with everything unfolded", async () => {
  expectCommitlab(
    0,
    "explore",
    "3pc-textbook",
    "-n",
    "2",
    "--crashes",
    "1",
    "--timing",
    "synchronous",
    "--check",
    "AC1,AC3,NB",
    "-o",
    "torn.html",
  );
  await atEachWidth("torn.html", async (page, at) => {
    await page.waitForSelector(".verdict");
    await passes(page, `the beginning, ${at}`);
    for (const key of ["j", "Enter", "Enter", "Enter"]) await page.keyboard.press(key);
    await page.locator("summary").evaluateAll((all) => {
      for (const one of all) one.parentElement.open = true;
    });
    await passes(page, `all is unfolded, ${at}`);
    await page.keyboard.press("g");
    await passes(page, `the breach, ${at}`);
    await page.keyboard.press("?");
    await passes(page, `help, ${at}`);
  });
});

test("a lesson: a question, a second try, an answer, the end", async () => {
  expectCommitlab(0, "explore", "lesson-window-of-doubt", "-o", "lesson.html");
  await atEachWidth("lesson.html", async (page, at) => {
    await page.waitForSelector(".verdict");
    for (let step = 0; step < 3; ++step) await page.keyboard.press("ArrowRight");
    await passes(page, `a question, ${at}`);
    await page.locator("#answer-0").check();
    await page.keyboard.press("Enter");
    await passes(page, `a second try, ${at}`);
    for (let press = 0; press < 2; ++press) await page.keyboard.press("PageDown");
    await passes(page, `an answer, ${at}`);
    for (let press = 0; press < 20; ++press) await page.keyboard.press("PageDown");
    assert.match(await page.locator(".lesson").innerText(), /You answered 0 of 4 correctly/);
    await passes(page, `the end, ${at}`);
  });
});

test("a report, before and within a run", async () => {
  expectCommitlab(0, "report", "bank-transfer", "--runs", "500", "-o", "bank.html");
  await atEachWidth("bank.html", async (page, at) => {
    await page.waitForSelector(".answers");
    await passes(page, `before a run, ${at}`);
    await page.locator('#NB .picture .step[data-step="2"] .reach').first().click({ force: true });
    await passes(page, `within a run, ${at}`);
  });
});

test("the test sees what it is for", async () => {
  const text = "<p>One line of many.</p>".repeat(40);
  writeFileSync(
    join(folder, "bad.html"),
    `<!doctype html><html lang="en"><title>t</title><main><h1>t</h1><div style="height:3rem;overflow:auto">${text}</div><table><tr><th></th><th>a</th></tr><tr><td>b</td><td>c</td></tr></table></main>`,
  );
  await browse("bad.html", async (page) => {
    await assert.rejects(passes(page, "bad"), ({ actual }) =>
      ["scrollable-region-focusable", "empty-table-header"].every((rule) =>
        actual.some((found) => found.startsWith(rule)),
      ),
    );
  });
});
