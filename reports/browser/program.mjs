// Runs commitlab in a folder that goes away with the test, and the tests of one file one after another: node TEST.mjs PROGRAM.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const program = process.argv[2];
const kSkipped = 77;

/** What is missing must not pass for tested where everything is to be there. */
export function skip(why) {
  console.log(`${process.env.CI === "true" ? "missing" : "skipped"}: ${why}`);
  process.exit(process.env.CI === "true" ? 1 : kSkipped);
}

export const folder = mkdtempSync(join(tmpdir(), "commitlab-pages-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs the program in the folder of this test. @returns {{code: number, out: string, err: string}} */
export function commitlab(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { argv0: "commitlab", cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
}

/** The same, but the exit code must be `code`. @returns its standard output */
export function expectCommitlab(code, ...args) {
  const answer = commitlab(...args);
  assert.equal(answer.code, code, `${args.join(" ")}\n${answer.err}`);
  return answer.out;
}

const tests = [], first = [], last = [];
/** Tells what is tested; all run when the file has been read. */
export function test(name, body) { tests.push({ name, body }); }
/** What is done before all tests, and what behind them. */
export function before(action) { first.push(action); }
export function after(action) { last.push(action); }

async function passes({ name, body }) {
  try {
    await body();
    console.log(`ok - ${name}`);
    return true;
  } catch (error) {
    console.log(`not ok - ${name}\n${error.stack}`);
    return false;
  }
}

setImmediate(async () => {
  let failed = 0;
  try {
    for (const action of first) await action();
    for (const one of tests) if (!(await passes(one))) ++failed;
    for (const action of last) await action();
  } catch (error) {
    console.log(String(error));
    process.exit(1);
  }
  if (tests.length === 0) console.log("not ok - there is no test");
  process.exit(failed > 0 || tests.length === 0 ? 1 : 0);
});
