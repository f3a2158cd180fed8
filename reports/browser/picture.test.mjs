// The explorer draws a run of the same pieces as the program does: the same lanes, glyphs, arrows and words,
// step by step.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { browse, expectCommitlab, folder, test } from "./harness.mjs";

const scenarios = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "scenarios");

/**
 * What a picture says, without the places where it says it. Runs in the page. @param {string|null} svg
 * null: the page's own picture
 */
function said(svg) {
  const root =
    svg === null
      ? document.querySelector(".run .space-time")
      : new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const pattern = (fill) => fill?.replace(/url\(#.*-(\w+)\)/, "$1");
  const looks = ["fill", "stroke", "stroke-width", "stroke-dasharray", "r"];
  const look = (one) =>
    [
      one.tagName,
      ...looks.map((name) => (name === "fill" ? pattern(one.getAttribute(name)) : one.getAttribute(name))),
    ].join(" ");
  // Not the paper beneath words, nor the page's own marks, nor the line across all lanes.
  const own = (one) =>
    !one.matches(
      "[fill-opacity='0.8'], [fill-opacity='0.65'], .reach, .apart, .cry, [stroke-dasharray='8 4']",
    );
  const shapes = (of) =>
    [...of.querySelectorAll("circle, line, rect, polygon, polyline")].filter(own).map(look);
  const words = (of) =>
    [...of.querySelectorAll("text:not(.cry)")].flatMap((text) => text.textContent.split(" "));
  return {
    lanes: [...root.querySelectorAll(".lane")].map((lane) => ({
      node: lane.dataset.node,
      states: [...lane.querySelectorAll("title")].map((title) => title.textContent),
      shapes: shapes(lane),
    })),
    steps: [...root.querySelectorAll(".step")].map((step) => ({
      step: step.dataset.step,
      node: step.dataset.node,
      title: step.querySelector("title").textContent,
      shapes: shapes(step),
      words: words(step),
      messages: [...step.querySelectorAll(".message")].map(
        ({ dataset: { from, to, fate }, firstElementChild }) => [
          from,
          to,
          fate,
          firstElementChild.textContent.replace("under way at the end", "under way"),
        ],
      ),
    })),
  };
}

/** Where there is less room, a long word is cut. @returns {boolean} */
function alike(word, other) {
  const cut = (one) => (one.endsWith("\u2026") ? one.slice(0, -1) : "");
  return (
    word === other ||
    (cut(word) !== "" && other.startsWith(cut(word))) ||
    (cut(other) !== "" && word.startsWith(cut(other)))
  );
}

/** Both pictures of a run: that of the page as it is, and the program's of the same play. */
async function isDrawnAlike(page, play) {
  expectCommitlab(0, "show", play, "--svg", "-o", "run.svg", "--force");
  const its = await page.evaluate(said, null),
    programs = await page.evaluate(said, readFileSync(join(folder, "run.svg"), "utf8"));
  assert.deepEqual(its.lanes, programs.lanes);
  for (const [i, step] of programs.steps.entries()) {
    step.words = step.words.map((word, k) =>
      alike(word, its.steps[i].words[k] ?? "") ? its.steps[i].words[k] : word,
    );
    assert.deepEqual(its.steps[i], step);
  }
  assert.equal(its.steps.length, programs.steps.length);
  return programs;
}
const large = { viewport: { width: 1920, height: 1080 } };

for (const play of ["torn-precommit", "loss-and-retransmission", "partition-under-3pc", "bank-transfer"])
  test(`${play} is drawn as the program draws it`, async () => {
    const file = join(scenarios, `${play}.play`);
    expectCommitlab(0, "explore", file, "-o", "run.html", "--force");
    await browse(
      "run.html",
      async (page) => {
        await page.waitForSelector(".run .space-time");
        const { steps, lanes } = await isDrawnAlike(page, file);
        assert.ok(steps.length > 2 && lanes.length > 2);
      },
      large,
    );
  });

for (const question of [
  "2pc -n 2 --crashes 1 --recovery --losses 1 --duplicates 1 --max-states 9000",
  "3pc -n 2 --crashes 1 --suspicions 1 --partitions 1 --timing synchronous --max-states 9000",
  "2pc -n 1 --channels fifo --reorders 1 --disk-losses 1 --crashes 1 --recovery --max-states 5000",
  "paxos-commit-abstract -n 3 --max-states 9000",
])
  test(`${question}: whatever is walked is drawn as the program draws it`, async () => {
    expectCommitlab(0, "explore", ...question.split(" "), "-o", "walk.html", "--force");
    await browse(
      "walk.html",
      async (page) => {
        await page.waitForSelector(".run .space-time");
        let seed = 7;
        const drawn = (below) => (seed = (seed * 48271) % 2147483647) % below;
        for (let walk = 0; walk < 2; ++walk) {
          await page.locator(".path ol button").first().click();
          for (let step = 0; step < 14; ++step) {
            const choices = page.locator("button.choice:enabled, .cuts:not([open]) summary"),
              length = await choices.count();
            if (length > 0) await choices.nth(drawn(length)).click();
          }
          const waiting = page.waitForEvent("download");
          await page.getByRole("button", { name: "Save as a play" }).click();
          await (await waiting).saveAs(join(folder, "walk.play"));
          await isDrawnAlike(page, "walk.play");
        }
      },
      large,
    );
  });

test("whatever is walked, the last step is in view, beside the choices on a wide screen and before them on a telephone", async () => {
  expectCommitlab(0, "explore", "bank-transfer", "-o", "bank.html");
  for (const [width, height] of [
    [1920, 1080],
    [1280, 800],
    [390, 844],
  ]) {
    await browse(
      "bank.html",
      async (page) => {
        await page.waitForSelector(".run .space-time");
        const picture = await page.locator(".run").boundingBox(),
          board = await page.locator(".board").boundingBox();
        if (width > 1000)
          assert.ok(picture.x >= board.x + board.width && Math.abs(picture.y - board.y) < 20, "beside");
        else assert.ok(picture.y + picture.height <= board.y, "before");
        for (let step = 1; step <= 18; ++step) {
          const choices = page.locator(".board .choice:enabled"),
            length = await choices.count();
          if (length === 0) break;
          await choices.nth((step * 5) % length).click();
          const seen = await page.locator(".run .step.now > .reach").evaluate((one) => {
            const { top, bottom, left, right } = one.getBoundingClientRect(),
              room = one.closest(".run").getBoundingClientRect();
            return (
              top >= room.top &&
              bottom <= room.bottom &&
              left >= room.left - 1 &&
              right <= room.right + 1 &&
              room.top >= 0 &&
              (innerWidth < 1000 ? top : bottom) <= innerHeight
            );
          });
          assert.ok(seen, `step ${step} at ${width} pixels`);
        }
      },
      { viewport: { width, height } },
    );
  }
});

test("below a long answer of a lesson the last step is in view, too", async () => {
  expectCommitlab(0, "explore", "lesson-window-of-doubt", "-o", "lesson.html");
  await browse(
    "lesson.html",
    async (page) => {
      await page.waitForSelector(".run .space-time");
      for (let press = 0; press < 20; ++press) await page.keyboard.press("PageDown");
      assert.match(await page.locator(".lesson").innerText(), /The lesson is over/);
      assert.ok(
        await page
          .locator(".run .step.now > .reach")
          .evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight),
      );
    },
    large,
  );
});
