// The explorer as a person has it: by keyboard, by address, back and along branches, in a lesson, on paper and with hostile names.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

import { browse, expectCommitlab, folder, test } from "./harness.mjs";

expectCommitlab(0, "explore", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--check", "AC1,AC3,NB", "-o", "torn.html");

const sources = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const kData = /(<script type="application\/json" id="data">)(.*?)(<\/script>)/s;

/** Writes a page once more with other data. @param {(data: object) => void} change */
function changed(from, file, change) {
  const page = readFileSync(join(folder, from), "utf8").replace(kData, (all, open, text, close) => {
    const data = JSON.parse(text);
    change(data);
    return open + JSON.stringify(data).replaceAll("<", "\\u003c") + close;
  });
  writeFileSync(join(folder, file), page);
}

/** The page is there once its graph has been made. */
const explore = (file, visit, options) => browse(file, async (page) => {
  await page.waitForSelector(".verdict");
  await visit(page);
}, options);
const text = (page, where) => page.locator(where).innerText();
const steps = (page) => page.locator(".path ol li:not(.ahead)").count().then((count) => count - 1);
const hash = (page) => page.evaluate(() => location.hash);
const focused = (page, what) => page.evaluate((name) => document.activeElement.querySelector(name) !== null, what);
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };

/** By the arrow keys to the first choice, or fold of choices, that is nearer to a breach; there Enter. */
async function oneStepNearer(page) {
  const before = await steps(page);
  for (let presses = 0; presses < 100 && await steps(page) === before; ++presses) {
    await press(page, "ArrowDown");
    const folded = await page.evaluate(() => document.activeElement.parentElement.open === false);
    const summary = await page.evaluate(() => document.activeElement.tagName === "SUMMARY");
    if (await focused(page, ".far.nearer") && (folded || !summary)) await press(page, "Enter");
  }
  assert.equal(await steps(page), before + 1);
}

/** @returns {Promise<string>} the play that the page saves at its present */
async function saved(page, file) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a play" }).click();
  await (await waiting).saveAs(join(folder, file));
  return readFileSync(join(folder, file), "utf8");
}

/** Walks, each from the beginning of some votes: saved as a play, each must be one that happens as it is written. */
async function walkAtRandom(page, walks, steps) {
  let seed = 1;
  const drawn = (below) => (seed = seed * 48271 % 2147483647) % below;
  for (let walk = 0; walk < walks; ++walk) {
    await page.locator("select").selectOption({ index: drawn(await page.locator("option").count()) });
    await page.locator(".path ol button").first().click();
    for (let step = 0; step < steps; ++step) {
      const choices = page.locator("button.choice:enabled, .cuts:not([open]) summary"), length = await choices.count();
      if (length > 0) await choices.nth(drawn(length)).click();
    }
    await saved(page, "walk.play");
    expectCommitlab(0, "replay", "walk.play");
  }
}

test("a breach is found by the keyboard alone, and the saved play happens as it is written", async () => {
  await explore("torn.html", async (page) => {
    assert.match(await text(page, ".verdict"), /All holds so far\s+AC1 can break in \d+ steps/);
    const distance = Number(/(\d+) steps/.exec(await text(page, ".verdict"))[1]);
    for (let step = 0; step < distance; ++step) {
      assert.match(await text(page, ".verdict"), new RegExp(`AC1 can break in ${distance - step} step`));
      await oneStepNearer(page);
    }
    assert.match(await text(page, ".verdict"), /Broken: AC1 agreement/);
    assert.match(await text(page, ".news"), /This breaks AC1/);
    assert.match(await text(page, ".here"), /AC1\s+agreement\s+broken\s+violated/);
    const play = await saved(page, "breach.play");
    assert.match(play, /^# commitlab-play\/1 3pc-textbook /);
    assert.match(play, /; crash\n/);
    assert.match(play, /\nend; AC1 violated; .*\n$/);
    expectCommitlab(0, "replay", "breach.play");
  });
});

test("a press shows the way to the nearest breach, step by step, and can be stopped", async () => {
  await explore("torn.html", async (page) => {
    const there = page.locator(".bar .actions button").last(), far = Number(/(\d+) steps/.exec(await text(page, ".verdict"))[1]);
    assert.equal(await there.innerText(), "Show me the nearest breach");
    await there.click();
    assert.equal(await there.innerText(), "Stop");
    await page.waitForFunction(() => document.querySelectorAll(".path ol li").length > 2);
    await press(page, "Escape");
    const stopped = await steps(page);
    assert.ok(stopped >= 2 && stopped < far, `it stopped after ${stopped} of ${far} steps`);
    assert.equal(await there.innerText(), "Show me the nearest breach");
    await there.click();
    assert.equal(await there.innerText(), "Stop");
    await there.click();
    await page.waitForTimeout(500);
    assert.equal(await steps(page), stopped + 1, "pressed again it stops, too");
    await press(page, "b", "g", "u");
    assert.equal(await steps(page), stopped + 2, "so does whatever else is done");
  });
  await explore("torn.html", async (page) => {
    await press(page, "g");
    await page.waitForFunction(() => /Broken: AC1/.test(document.querySelector(".verdict").innerText));
    assert.ok(await page.getByRole("button", { name: "Show me the nearest breach" }).isDisabled());
  });
});

const still = { reducedMotion: "reduce" };
/** @returns {Promise<boolean>} whether all of it is to be seen, in the window and in what scrolls around it */
const inSight = (page, where) => page.locator(where).last().evaluate((one) => {
  const { left, top, right, bottom } = one.getBoundingClientRect(), bar = document.querySelector(".bar").getBoundingClientRect(), run = one.closest(".run")?.getBoundingClientRect();
  const room = run ?? { left: 0, top: bar.bottom, right: innerWidth, bottom: innerHeight };
  return top >= room.top - 1 && bottom <= room.bottom + 1 && left >= room.left - 1 && right <= room.right + 1 && bottom <= innerHeight + 1 && top >= bar.bottom - 1;
});

test("who wants nothing to move is there at once; what is broken is named, marked at those who did it, and in sight", async () => {
  for (const viewport of [{ width: 1280, height: 900 }, { width: 390, height: 844 }]) {
    await explore("torn.html", async (page) => {
      await page.locator(".bar .actions button").last().click();
      assert.match(await text(page, ".verdict"), /Broken: AC1 agreement/);
      assert.match(await text(page, ".alarm"), /^AC1 agreement is broken: p\d decided \w+ and p\d decided \w+\.$/);
      assert.deepEqual((await page.locator(".node.wrong p.wrong").allInnerTexts()).sort(), ["decided abort", "decided commit"]);
      const wrong = page.locator(".node.wrong");
      for (const said of ["abort", "commit"]) assert.equal(await wrong.filter({ hasText: `decided ${said}` }).locator(`.decided.${said}`).count(), 1);
      assert.equal(await page.locator(".run .apart").count(), 2, "both decisions are marked in the picture");
      assert.equal(await page.locator(".run text.cry").textContent(), "breaks AC1");
      assert.ok(await inSight(page, ".alarm"), "what is broken is in sight");
      assert.ok(await inSight(page, ".run .step.now .reach"), "and the step that broke it");
      await press(page, "u");
      assert.equal(await page.locator(".alarm:visible, .node.wrong, .run .cry").count(), 0);
    }, { ...still, viewport });
  }
  expectCommitlab(0, "explore", "2pc", "-n", "1", "--crashes", "1", "--check", "AC1,NB", "-o", "2pc.html");
  await explore("2pc.html", async (page) => {
    assert.match(await text(page, ".verdict"), /All holds so far\s+can block in \d+ step/);
    await page.getByRole("button", { name: "Show me the nearest blocked world" }).click();
    assert.match(await text(page, ".verdict"), /Broken: NB non-blocking\s+blocked/);
    assert.match(await text(page, ".alarm"), /^NB non-blocking is broken: p1 can never decide while coordinator is down\.$/);
    assert.deepEqual(await page.locator("p.wrong").allInnerTexts(), ["can never decide"]);
    assert.match(await text(page, ".here"), /NB\s+non-blocking\s+blocked\s+violated/);
    assert.match(await saved(page, "blocked.play"), /\nend; NB violated; /);
    expectCommitlab(0, "replay", "blocked.play");
  }, still);
});

test("who breaks validity or changes its mind is marked, too", async () => {
  for (const [question, alarm, marked] of [
    ["2pc -n 1 --transactions 2 --messages unnumbered --transaction-order serial --timing synchronous", "AC3 validity is broken: p1 decided commit, but p1 voted no.", "voted no, decided commit"],
    ["2pc -n 1 --recovery --crashes 1 --disk-losses 1 --check AC2", "AC2 stability is broken: coordinator decided commit, then abort.", "decided commit, then abort"],
  ]) {
    expectCommitlab(0, "explore", ...question.split(" "), "-o", "blame.html", "--force");
    await explore("blame.html", async (page) => {
      await press(page, "g");
      assert.equal(await text(page, ".alarm"), alarm);
      assert.deepEqual(await page.locator("p.wrong").allInnerTexts(), [marked]);
    }, still);
  }
});

test("whatever is walked, its play is accepted", async () => {
  await explore("torn.html", async (page) => {
    await walkAtRandom(page, 12, 14);
  });
});

test("an address leads to the same moment, and a wrong one is told and ignored", async () => {
  let there = "", path = "";
  await explore("torn.html", async (page) => {
    await press(page, "b", "b", "b", "b");
    [there, path] = [await hash(page), await text(page, ".path")];
    assert.match(there, /^#v=\d+&path=\d+\.\d+\.\d+\.\d+$/);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.waitForSelector(".notice:visible");
    const shown = page.locator(".notice input");
    if (await shown.count() > 0) assert.ok((await shown.inputValue()).endsWith(there));
    else assert.match(await text(page, ".notice"), /is copied/);
    await page.evaluate(() => { location.hash = "#v=0&path=0"; });
    await page.waitForFunction(() => document.querySelectorAll(".path [aria-current]").length === 1 && location.hash.endsWith("path=0"));
    assert.equal(await text(page, ".path [aria-current]"), await text(page, ".path ol li:nth-child(2)"));
  });
  await explore(`torn.html${there}`, async (page) => {
    assert.equal(await text(page, ".path"), path);
    await page.evaluate(() => { location.hash = "#v=0&path=0.999"; });
    await page.waitForSelector(".notice:visible");
    assert.match(await text(page, ".notice"), /its step 2 takes choice 999, and there are \d+ there, from 0.*ignored/);
    assert.equal(await hash(page), there);
    assert.equal(await text(page, ".path"), path);
  });
  const form = /the form/, long = `v=0&path=${"9".repeat(400)}`;
  const wrongs = [["v=99&path=", /votes number 99/], ["nonsense", form], ["v=0&path=1..2", form], [long, form]];
  for (const [wrong, why] of wrongs) {
    await explore(`torn.html#${wrong}`, async (page) => {
      assert.match(await text(page, ".notice"), why);
      assert.equal(await steps(page), 0);
    });
  }
});

test("one goes back and branches, and returns to what was left", async () => {
  await explore("torn.html", async (page) => {
    await press(page, "j", "Enter", "Enter");
    const [left, way] = [await hash(page), await text(page, ".path ol")];
    await press(page, "Backspace");
    assert.equal(await steps(page), 1);
    assert.equal(await page.locator(".path .ahead").count(), 1);
    await press(page, "f");
    assert.equal(await hash(page), left);
    await press(page, "u");
    await page.locator("button.choice:enabled").last().click();
    assert.notEqual(await hash(page), left);
    assert.equal(await page.locator(".branches button").count(), 1);
    const branch = await hash(page);
    await press(page, "u", "f");
    assert.equal(await hash(page), branch, "forward is where one went last");
    await page.locator(".branches button").click();
    assert.equal(await hash(page), left);
    assert.equal(await text(page, ".path ol"), way);
    await page.locator(".path ol button").first().click();
    assert.equal(await steps(page), 0);
    assert.equal(await page.locator(".path .ahead").count(), 2);
  });
});

test("what a step has changed is marked, and the keyboard goes on from where it is", async () => {
  await explore("torn.html", async (page) => {
    assert.equal(await page.locator(".node .changed").count(), 0);
    await press(page, "j", "Enter");
    assert.ok(await page.locator(".node .changed").count() > 0);
    assert.match(await text(page, ".news"), /^Step 1\. coordinator: start; /);
    assert.ok(await page.evaluate(() => document.activeElement.classList.contains("choice")));
    await press(page, "?");
    assert.ok(await page.locator("dialog").isVisible());
    await press(page, "Escape");
    assert.ok(!await page.locator("dialog").isVisible());
  });
});

test("beyond a cut graph there is nothing to press", async () => {
  expectCommitlab(0, "explore", "3pc-textbook", "-n", "2", "--crashes", "1", "--max-states", "40", "-o", "cut.html");
  await explore("cut.html", async (page) => {
    assert.match(await text(page, ".head"), /the 40 worlds nearest to the beginning; there are more/);
    const beyond = page.locator(".choice:disabled");
    for (let step = 0; step < 30 && await beyond.count() === 0; ++step) await page.locator(".choice:enabled").first().click();
    assert.match(await beyond.first().innerText(), /beyond the 40 worlds of this page/);
    await saved(page, "cut.play");
    expectCommitlab(0, "replay", "cut.play");
  });
});

test("a lesson asks before it shows", async () => {
  let path = [];
  await explore("torn.html", async (page) => {
    await press(page, "b", "b", "b", "b");
    path = /path=(.*)$/.exec(await hash(page))[1].split(".").map(Number);
  });
  const questions = [
    { after: 2, ask: "What comes third?", choices: ["the one", "the other", "neither"], answer: 1, because: "The other always comes third." },
    { after: 4, ask: "And <b>then</b>?", choices: ["nothing", "all"], answer: 0, because: "It was the last." },
  ];
  changed("torn.html", "lesson.html", ({ meta }) => { meta.lesson = { about: "Who knows what, and when?", start: 0, path, questions }; });
  await explore("lesson.html", async (page) => {
    const next = page.getByRole("button", { name: "Next step" }), answer = page.getByRole("button", { name: "Answer", exact: true });
    assert.match(await text(page, ".lesson"), /Who knows what, and when\?/);
    await next.click();
    await next.click();
    assert.equal(await next.count(), 0);
    assert.match(await text(page, ".lesson"), /What comes third\?/);
    assert.ok(!/always comes third/.test(await page.locator("body").innerText()));
    assert.equal(await page.locator(".far, .choice .effects, .cuts").count(), 0, "nothing gives the answer away");
    assert.ok(await answer.isDisabled());
    await page.getByLabel("the one").check();
    await answer.click();
    assert.match(await text(page, ".question"), /the one\s+Not this one\.[^]*That is not correct\. You have a second try\./);
    assert.ok(!/always comes third/.test(await page.locator("body").innerText()), "the answer is not shown yet");
    assert.ok(await page.getByLabel("the one").isDisabled());
    await page.getByLabel("neither").check();
    await answer.click();
    assert.match(await text(page, ".told"), /Not correct\.\s+You said\s+the one\s+neither\s+The answer\s+the other\s+Why\s+The other always comes third\.$/);
    assert.deepEqual(await page.locator(".told dt").allInnerTexts(), ["You said", "The answer", "Why"]);
    await page.locator("button.choice:enabled:not(.lesson-next)").last().click();
    assert.match(await text(page, ".lesson"), /exploring on your own/);
    await page.getByRole("button", { name: "Back to the lesson" }).click();
    assert.equal(await steps(page), 2);
    await next.click();
    await page.locator(".lesson-next").click();
    assert.match(await text(page, ".lesson"), /And <b>then<\/b>\?/);
    await press(page, "Tab", "Tab");
    await page.getByLabel("nothing").check();
    await answer.click();
    assert.match(await text(page, ".lesson"), /Correct\.\s+The answer\s+nothing\s+Why\s+It was the last\./);
    assert.match(await text(page, ".lesson"), /You answered 1 of 2 correctly\./);
    await page.getByRole("button", { name: "Start again" }).click();
    assert.equal(await steps(page), 0);
  });
});

test("keys and clickers move a lesson from wherever the focus is, and take nothing from a control", async () => {
  expectCommitlab(0, "explore", "lesson-window-of-doubt", "-o", "keys.html", "--force");
  await explore("keys.html", async (page) => {
    const at = async (step) => assert.match(await text(page, ".lesson"), new RegExp(`Step ${step} of 9`));
    await press(page, "ArrowRight");
    await at(1);
    await page.locator(".run").focus();
    await press(page, "PageDown");
    await at(2);
    await press(page, "ArrowLeft");
    await at(1);
    await page.getByRole("button", { name: "Copy link" }).click();
    await press(page, "Space");
    await at(2);
    await page.locator(".step").first().focus();
    await press(page, "PageUp");
    await at(1);
    await page.locator("select").focus();
    await press(page, "PageDown", "ArrowRight");
    await at(1);
    await page.locator("h1").click();
    await press(page, "Enter", "Enter");
    await at(3);
    assert.ok(await page.evaluate(() => document.activeElement.id === "answer-0"), "the question has the focus");
    await press(page, "PageDown");
    assert.match(await text(page, ".question"), /Choose an answer/);
    await press(page, "ArrowDown", "PageDown");
    assert.match(await text(page, ".question"), /second try/);
    await press(page, "PageDown", "PageDown");
    assert.match(await text(page, ".told"), /You said[^]*The answer[^]*Why/);
    await press(page, "Tab", "Shift+Tab", "Enter");
    await at(4);
    await press(page, "ArrowRight", "ArrowRight");
    await page.locator("#answer-1").check();
    await press(page, "Enter");
    assert.match(await text(page, ".told"), /Correct\./);
    await page.getByRole("button", { name: "Help" }).focus();
    await press(page, "Tab", "Shift+Tab", "Space");
    assert.ok(await page.locator("dialog").isVisible(), "a button that was reached by the keyboard is pressed");
    await press(page, "Escape", "PageDown");
    await at(7);
  });
});

test("a question comes into sight on a telephone, and on a large screen the lesson is in large type", async () => {
  await explore("keys.html", async (page) => {
    for (let step = 0; step < 3; ++step) await page.locator(".lesson-next").click();
    assert.ok(await inSight(page, ".question"), "all of the question is to be seen");
  }, { viewport: { width: 390, height: 844 } });
  await explore("keys.html", async (page) => {
    const size = await page.locator(".lesson p").first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize));
    assert.ok(size >= 22, `${size} px`);
    await press(page, "ArrowRight", "ArrowRight", "ArrowRight");
    const [box, question] = await Promise.all([".lesson", ".question"].map((where) => page.locator(where).boundingBox()));
    assert.ok(box.width > 700 && question.width > 0.9 * box.width, "the box is used");
  }, { viewport: { width: 1920, height: 1080 } });
});

test("each shipped lesson is taken from its beginning to its end", async () => {
  const names = JSON.parse(expectCommitlab(0, "list", "--json")).scenarios.map(({ name }) => name).filter((name) => name.startsWith("lesson-"));
  assert.equal(names.length, 6);
  for (const name of names) {
    expectCommitlab(0, "explore", name, "-o", `${name}.html`);
    await explore(`${name}.html`, async (page) => {
      const { lesson } = (await page.evaluate(() => JSON.parse(document.getElementById("data").textContent))).meta;
      const next = page.getByRole("button", { name: "Next step" }), answer = page.getByRole("button", { name: "Answer", exact: true });
      for (const { after, ask, answer: right } of lesson.questions) {
        while (await steps(page) < after) await next.click();
        assert.ok((await text(page, ".lesson legend")).includes(ask.slice(0, 20)));
        await page.locator(`#answer-${right}`).check();
        await answer.click();
      }
      while (await next.count() > 0) await next.click();
      const asked = lesson.questions.length;
      assert.match(await text(page, ".lesson"), new RegExp(`You answered ${asked} of ${asked} correctly\\.`));
    });
  }
});

test("hostile names and titles are shown as text", async () => {
  const participants = [{ name: "a" }, { name: "b" }];
  const scenario = { schema: "commitlab-scenario/1", title: "<script>alert(3)</script>", protocol: "2pc", participants };
  writeFileSync(join(folder, "hostile.json"), JSON.stringify(scenario));
  expectCommitlab(0, "explore", "hostile.json", "-o", "title.html");
  const names = ["</script><b>c</b>", "<img src=x onerror=alert(1)>", "bob & co <svg onload=alert(2)>"];
  changed("title.html", "hostile.html", ({ meta }) => Object.assign(meta, { names, summary: "<i>s</i>", warnings: ["<u>w</u>"] }));
  await explore("hostile.html", async (page) => {
    assert.equal(await text(page, "h1"), scenario.title);
    await press(page, "j", "Enter", "Enter");
    for (const [i, name] of names.entries()) assert.equal(await text(page, `.node:nth-child(${i + 1}) h2 bdi`), name);
    assert.match(await text(page, ".head"), /<i>s<\/i>/);
    assert.match(await text(page, "main"), /<u>w<\/u>/);
    assert.equal(await page.locator("main img, main svg[onload], main script, main i, main u").count(), 0);
  });
});

test("a play is opened at its end, and can be gone back in", async () => {
  expectCommitlab(0, "explore", join(sources, "scenarios", "torn-precommit.play"), "-o", "play.html");
  await explore("play.html", async (page) => {
    assert.equal(await steps(page), 10);
    assert.match(await text(page, ".verdict"), /Broken: AC1/);
    for (let step = 0; step < 10; ++step) await press(page, "u");
    assert.equal(await steps(page), 0);
    assert.equal(await page.locator(".path .ahead").count(), 10);
    await saved(page, "empty.play");
    expectCommitlab(0, "replay", "empty.play");
  });
});

test("partitions, recoveries and several transactions are walked and saved as well", async () => {
  const two = ["2pc", "-n", "1", "--transactions", "2", "--crashes", "1", "--recovery", "--losses", "1"];
  for (const question of [["partition-under-3pc"], ["bank-transfer"], two]) {
    expectCommitlab(0, "explore", ...question, "-o", "one.html", "--force");
    await explore("one.html", async (page) => {
      await walkAtRandom(page, 3, 25);
      assert.ok(await page.locator(".run .space-time").count() === 1);
    });
  }
});

test("without scripts the page says what it needs", async () => {
  await browse("torn.html", async (page) => {
    assert.match(await text(page, "h1"), /3pc-textbook/);
    assert.match(await page.locator("noscript").innerText(), /needs scripts/);
  }, { javaScriptEnabled: false });
});

test("it fits a telephone, a dark room and a sheet of paper", async () => {
  await explore("torn.html", async (page) => {
    await press(page, "b", "b", "b", "b");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
    assert.ok((await page.pdf()).length > 10_000);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".path ol button:visible").count(), 5);
    assert.equal(await page.locator(".choice:visible").count(), 0);
  }, { viewport: { width: 360, height: 740 }, colorScheme: "dark" });
});
