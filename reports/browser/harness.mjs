// Opens pages of commitlab in a real browser and holds them to what every page promises: no request, no error on the console.
// node TEST.mjs PROGRAM, with COMMITLAB_NODE_MODULES naming the folder that playwright-core is installed in. Exit code 77: skipped.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const program = process.argv[2];
const modules = process.env.COMMITLAB_NODE_MODULES ?? "";
const kSkipped = 77;

/** What is missing must not pass for tested where everything is to be there. */
function skip(why) {
  console.log(`${process.env.CI === "true" ? "missing" : "skipped"}: ${why}`);
  process.exit(process.env.CI === "true" ? 1 : kSkipped);
}

/** @returns a package of npm, from the folder of the build */
export function npmPackage(name) {
  const from = createRequire(join(modules, "node_modules", "x.js"));
  try {
    return from(name);
  } catch {
    return skip(`the npm package ${name} is not installed in ${modules || "COMMITLAB_NODE_MODULES"}`);
  }
}

/** @returns the path of a file in a package of npm, for packages that are not for node */
export function npmFile(name, file) {
  const path = join(modules, "node_modules", name, file);
  return existsSync(path) ? path : skip(`the npm package ${name} is not installed in ${modules || "COMMITLAB_NODE_MODULES"}`);
}

function chromiumPath() {
  for (const path of [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"])
    if (path && existsSync(path)) return path;
  return skip("chromium is not installed");
}

export const folder = mkdtempSync(join(tmpdir(), "commitlab-pages-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs the program in the folder of this test. @returns {{code: number, out: string, err: string}} */
export function commitlab(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
}

/** The same, but the exit code must be `code`. @returns its standard output */
export function expectCommitlab(code, ...args) {
  const answer = commitlab(...args);
  assert.equal(answer.code, code, `${args.join(" ")}\n${answer.err}`);
  return answer.out;
}

let browser = null;
async function theBrowser() {
  const { chromium } = npmPackage("playwright-core");
  browser ??= await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
  return browser;
}

/**
 * Opens a file of this test's folder, shows it to `visit(page)`, and afterwards fails if it asked for anything or complained.
 * @param {string} file with or without "#..." behind it
 * @param {(page: import("playwright-core").Page) => Promise<void>} visit
 * @param {object} options as of a browser context: javaScriptEnabled, viewport, colorScheme ...
 */
export async function browse(file, visit, options = {}) {
  const context = await (await theBrowser()).newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints = [], requests = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) complaints.push(message.text()); });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const [path, hash] = file.split("#");
  const address = pathToFileURL(join(folder, path)).href;
  page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("blob:") && !request.url().startsWith("data:")) requests.push(request.url()); });
  await page.goto(hash === undefined ? address : `${address}#${hash}`);
  await visit(page);
  assert.deepEqual(complaints, [], "the console is clean");
  assert.deepEqual(requests, [], "nothing is asked of any network");
  await context.close();
}

const tests = [];
/** Tells what is tested; all run when the file has been read. */
export function test(name, body) { tests.push({ name, body }); }

process.nextTick(async () => {
  let failed = 0;
  await theBrowser().catch((error) => { console.log(String(error)); process.exit(1); });
  for (const { name, body } of tests) {
    try {
      await body();
      console.log(`ok - ${name}`);
    } catch (error) {
      ++failed;
      console.log(`not ok - ${name}\n${error.stack}`);
    }
  }
  await browser.close();
  if (tests.length === 0) console.log("not ok - there is no test");
  process.exit(failed > 0 || tests.length === 0 ? 1 : 0);
});
