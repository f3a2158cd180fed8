// The report's page in a real browser: gone through by keys and clicks, linked to, copied from, printed, and read without scripts.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { browse, expectCommitlab, folder, test } from "./harness.mjs";

expectCommitlab(0, "report", "bank-transfer", "-o", "bank.html");
expectCommitlab(1, "report", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "-o", "textbook.html");

const where = (page, id = "NB") => page.locator(`#${id} output`).textContent();
const marked = (page, id = "NB") => page.locator(`#${id} .picture .step.now`).evaluateAll((all) => [...new Set(all.map((one) => one.dataset.step))]);

test("keys go through a run, and its picture, its words, its nodes and its address go along", async () => {
  await browse("bank.html#NB", async (page) => {
    assert.equal(await where(page), "step 0 of 5");
    assert.deepEqual(await marked(page), []);
    await page.keyboard.press("ArrowRight");
    assert.equal(await where(page), "step 1 of 5");
    assert.deepEqual(await marked(page), ["1"]);
    assert.equal(await page.locator("#NB .told-step").textContent(), "coordinator start; send prepare to alice; crash");
    assert.equal(await page.locator("#NB tr.now td").first().textContent(), "1");
    assert.ok(page.url().endsWith("#NB-1"));
    const changed = page.locator("#NB .nodes td.changed");
    assert.deepEqual(await changed.allTextContents(), ["down", "prepare from coordinator"]);
    assert.ok(await page.locator("#NB .picture .step.later").count() > 0);
    for (let i = 0; i < 5; ++i) await page.keyboard.press("ArrowRight");
    assert.equal(await where(page), "step 5 of 5", "it ends at the last step");
    assert.deepEqual(await page.locator("#NB .nodes tbody tr").nth(1).locator("th, td").allTextContents(), ["alice", "prepared, in doubt", "-", "prepared", "-"]);
    for (let i = 0; i < 7; ++i) await page.keyboard.press("ArrowLeft");
    assert.equal(await where(page), "step 0 of 5");
    assert.equal(await page.locator("#NB .picture .step.later").count(), 0, "at rest the whole picture is there");
  });
});

test("the slider and the buttons do the same", async () => {
  await browse("bank.html", async (page) => {
    const slider = page.locator("#run input[type=range]");
    await slider.focus();
    await page.keyboard.press("End");
    assert.equal(await where(page, "run"), "step 11 of 11");
    await page.locator("#run").getByRole("button", { name: "One step back" }).click();
    assert.equal(await where(page, "run"), "step 10 of 11");
    assert.equal(await slider.inputValue(), "10");
    await page.locator("#run").getByRole("button", { name: "Before the first step" }).click();
    assert.equal(await where(page, "run"), "step 0 of 11");
    assert.ok(await page.locator("#run").getByRole("button", { name: "One step back" }).isDisabled());
  });
});

test("a click on an event, in the picture or in the table, goes there", async () => {
  await browse("bank.html", async (page) => {
    await page.locator('#NB .picture .step[data-step="3"] .reach').first().click({ force: true });
    assert.equal(await where(page), "step 3 of 5");
    await page.locator('#run tr[data-step="7"] a').click();
    assert.equal(await where(page, "run"), "step 7 of 11");
    assert.match(await page.locator("#run .told-step").textContent(), /^9\.342 ms: coordinator deliver yes from alice; force commit; decide commit/);
    assert.equal(await where(page), "step 3 of 5", "each run has its own place");
  });
});

test("an address leads to a step: of the first run, or of the one that it names", async () => {
  for (const [hash, id, step] of [["step=2", "NB", "step 2 of 5"], ["NB-3", "NB", "step 3 of 5"], ["run-6", "run", "step 6 of 11"], ["run-99", "run", "step 11 of 11"]]) {
    await browse(`bank.html#${hash}`, async (page) => {
      assert.equal(await where(page, id), step);
      await page.waitForFunction((one) => document.getElementById(one).getBoundingClientRect().top < 400, id);
    });
  }
  await browse("bank.html", async (page) => {
    await page.evaluate(() => { location.hash = "#run-4"; });
    await page.waitForFunction(() => document.querySelector("#run output").textContent === "step 4 of 11");
  });
  await browse("bank.html#%E0-nonsense", async (page) => assert.equal(await where(page), "step 0 of 5"));
});

test("a breach of another protocol leads to its run", async () => {
  await browse("bank.html", async (page) => {
    const row = page.locator("#protocols tr", { hasText: "3pc-textbook" });
    await row.getByRole("link", { name: "violated" }).click();
    assert.ok(page.url().endsWith("#3pc_textbook_AC1"));
    assert.equal(await page.locator("[id='3pc_textbook_AC1'] li").count(), 10);
    await page.locator("#protocols tr.ours").getByRole("link", { name: "violated" }).click();
    assert.ok(page.url().endsWith("#NB"));
  });
});

test("a command is copied as it stands", async () => {
  await browse("bank.html", async (page) => {
    await page.locator("#again button").click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), / report bank-transfer -o report\.html$/);
    assert.equal(await page.locator("#again button").textContent(), "copied");
  }, { permissions: ["clipboard-read", "clipboard-write"] });
});

test("without scripts all of it is there: answers, pictures, steps, odds, protocols", async () => {
  await browse("bank.html", async (page) => {
    for (const id of ["verdict", "witnesses", "NB", "happens", "run", "odds", "protocols", "cost", "method", "again"]) assert.ok(await page.locator(`#${id}`).isVisible(), id);
    assert.equal(await page.locator("#NB tr[data-step]").count(), 5);
    assert.equal(await page.locator("#run tr[data-step]").count(), 11);
    for (const part of ["#NB .picture svg", "#run .picture svg", "#odds svg", "#NB-3", "#run-11", "#odds table", "#protocols table", "#again code"]) assert.ok(await page.locator(part).first().isVisible(), part);
    assert.equal(await page.locator("button, input, .panel").count(), 0);
    assert.equal(await page.locator("#NB .picture .step.later").count(), 0);
  }, { javaScriptEnabled: false });
});

test("on paper there is what there is without scripts", async () => {
  await browse("bank.html#run-6", async (page) => {
    await page.locator("#run details").evaluate((one) => { one.open = false; });
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    assert.ok(pdf.length > 20_000);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("#run details").evaluate((one) => one.open), "what was folded is open");
    for (const hidden of [".panel", ".command button"]) assert.ok(!(await page.locator(hidden).first().isVisible()), hidden);
    assert.equal(await page.locator("#run .step.later").first().evaluate((one) => getComputedStyle(one).opacity), "1");
  });
});

test("nothing is wider than a telephone but what scrolls by itself", async () => {
  for (const file of ["bank.html", "textbook.html"])
    await browse(`${file}#step=2`, async (page) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)), { viewport: { width: 400, height: 800 } });
});

test("what a scenario says stays text", async () => {
  const title = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u200f\u202ecba";
  writeFileSync(join(folder, "hostile.json"), JSON.stringify({
    schema: "commitlab-scenario/1", title, protocol: "2pc", participants: [{ name: "img", success: 0.9 }, { name: "script" }],
    faults: { crashes: 1, timing: "synchronous" }, check: ["AC1", "NB"],
  }));
  expectCommitlab(1, "report", "hostile.json", "--runs", "100", "-o", "hostile.html");
  await browse("hostile.html#NB-1", async (page) => {
    assert.ok((await page.locator("h1").textContent()).startsWith("</script><script>document.title='owned'</script><img src=x"));
    assert.ok(!/[\u200f\u202e]/.test(await page.content()), "the direction of writing is not turned");
    assert.notEqual(await page.title(), "owned");
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await where(page), "step 1 of 5");
  });
});
