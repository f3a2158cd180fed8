// Opens pages of commitlab in a real browser and holds them to what every page promises: no request, no error on the console.
// node TEST.mjs PROGRAM, with COMMITLAB_NODE_MODULES naming the folder that playwright-core is installed in. Exit code 77: skipped.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";
import { after, before, folder, skip } from "./program.mjs";

export { commitlab, expectCommitlab, folder, test } from "./program.mjs";

const modules = process.env.COMMITLAB_NODE_MODULES ?? "";

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
  const own = [address, "blob:", "data:"];
  page.on("request", (request) => { if (!own.some((begin) => request.url().startsWith(begin))) requests.push(request.url()); });
  await page.goto(hash === undefined ? address : `${address}#${hash}`);
  await visit(page);
  assert.deepEqual(complaints, [], "the console is clean");
  assert.deepEqual(requests, [], "nothing is asked of any network");
  await context.close();
}

before(theBrowser);
after(() => browser?.close());
