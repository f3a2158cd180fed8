// What `show --format mermaid` writes, read and drawn by Mermaid itself.
// node mermaid.test.mjs PROGRAM, with COMMITLAB_NODE_MODULES naming the folder that mermaid and playwright-core are installed in.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { browse, expectCommitlab, folder, npmFile, test } from "./harness.mjs";

const golden = join(dirname(fileURLToPath(import.meta.url)), "..", "golden");
const script = readFileSync(npmFile("mermaid", join("dist", "mermaid.min.js")), "utf8");

/** Draws a diagram in a page. @returns {{svg: string, texts: string[]}} */
async function drawn(diagram) {
  writeFileSync(join(folder, "page.html"), "<!doctype html><meta charset=utf-8><title>Mermaid</title><body></body>");
  let result;
  await browse("page.html", async (page) => {
    await page.addScriptTag({ content: script });
    result = await page.evaluate(async (text) => {
      window.mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
      await window.mermaid.parse(text);
      const { svg } = await window.mermaid.render("diagram", text);
      document.body.innerHTML = svg;
      return { svg, scripts: document.querySelectorAll("body script, body img").length, texts: [...document.querySelectorAll("text")].map((node) => node.textContent) };
    }, diagram);
  });
  assert.equal(result.scripts, 0, "a name makes no element");
  return result;
}

const show = (...args) => expectCommitlab(0, "show", ...args, "--format", "mermaid");
const messages = (diagram) => diagram.split("\n").filter((line) => /^ {4}n\d+-/.test(line)).map((line) => line.slice(line.indexOf(": ") + 2));

for (const [name, ...args] of [
  ["a run without faults", "bank-transfer"],
  ["a run with faults", "2pc", "-n", "3", "--chance", "loss=0.2,crash=0.1,duplicate=0.2", "--recovery", "--seed", "4"],
  ["a partition", "partition-under-3pc"],
  ["several transactions", "3pc", "--transactions", "2"],
]) {
  test(`${name} is drawn, with every message`, async () => {
    const diagram = show(...args);
    const { texts } = await drawn(diagram);
    const decode = (text) => text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    for (const text of messages(diagram)) assert.ok(texts.includes(decode(text)), `${text} is not in the picture`);
  });
}

test("a run that is cut is drawn, and its last note says so", async () => {
  const { texts } = await drawn(show("2pc", "-n", "40"));
  assert.ok(texts.some((text) => text.startsWith("cut here, 200 of ")));
});

test("names that mean something to Mermaid or to a browser are only text", async () => {
  const { texts } = await drawn(readFileSync(join(golden, "hostile.mmd"), "utf8"));
  for (const name of ["end", 'a"b;#%%\\n[[x]]', "</script><img src=x onerror=alert(1)>"]) assert.ok(texts.includes(name), `${name} is not in the picture`);
});
