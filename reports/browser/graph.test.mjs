// The frozen graph of a page, made again by the page's own script: as many worlds and steps as `check` finds, and every way through it is a
// play that `replay` makes again. It needs node alone: node graph.test.mjs PROGRAM.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { commitlab, folder, test } from "./program.mjs";

const source = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../pages/graph.js"), "utf8");
const Graph = new Function(`${source}; return Graph;`)();
const words = (text) => text.split(" ");

async function explored(question) {
  const { code, out, err } = commitlab("explore", ...words(question), "--json");
  assert.equal(code, 0, err);
  return Graph.load(JSON.parse(out));
}
function* worldsOf(graph) {
  for (let i = 0; i < graph.meta.worlds; ++i) yield i;
}

/** The same numbers every time. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** Some way from a start, of so many steps at most. */
function wayThrough(graph, draw, steps) {
  const start = graph.meta.starts[draw(graph.meta.starts.length)], lines = [];
  let world = start.world;
  while (lines.length < steps) {
    const choices = graph.choices(world).filter((choice) => choice.to !== null);
    if (choices.length === 0) break;
    const choice = choices[draw(choices.length)];
    lines.push(choice.play), world = choice.to;
  }
  return { play: `${graph.meta.question}\nvotes ${start.votes.join(" | ")}\n${lines.join("\n")}\n`, world };
}

/** Least numbers of steps to the worlds that are goals, along the choices and against them. */
function distances(graph, isGoal) {
  const into = Array.from({ length: graph.meta.worlds }, () => []), distance = new Array(graph.meta.worlds).fill(null);
  for (const i of worldsOf(graph)) for (const { to } of graph.choices(i)) if (to !== null) into[to].push(i);
  let found = [...worldsOf(graph)].filter(isGoal);
  for (let steps = 0; found.length > 0; ++steps) {
    found = found.filter((i) => distance[i] === null);
    for (const i of found) distance[i] = steps;
    found = found.flatMap((i) => into[i]);
  }
  return distance;
}


const kQuestions = [
  "2pc -n 2 --crashes 1 --check AC1,NB",
  "3pc-textbook -n 2 --crashes 1 --timing synchronous --check AC1,AC2,NB",
  "3pc -n 2 --crashes 1 --suspicions 1 --timing synchronous",
  "3pc-flooding -n 2 --crashes 1 --timing synchronous",
  "2pc -n 2 --crashes 1 --recovery --losses 1 --timing synchronous --check AC1,AC5",
  "3pc -n 2 --partitions 1 --timing synchronous",
  "2pc -n 1 --transactions 2 --messages unnumbered --transaction-order serial --timing synchronous",
  "2pc -n 1 --channels fifo --reorders 1 --duplicates 1 --timing synchronous",
  "paxos-commit-abstract -n 2",
  "bank-transfer --check AC1,AC2,AC3,AC5,NB,conserve",  // AC4 is asked of other worlds
];

for (const question of kQuestions)
  test(`${question}: the worlds and steps of check`, async () => {
    const graph = await explored(question), verdict = JSON.parse(commitlab("check", ...words(question), "--json").out);
    assert.equal(graph.meta.worlds, verdict.worlds);
    let steps = 0;
    const reached = new Set(graph.meta.starts.map((start) => start.world));
    for (const i of worldsOf(graph)) for (const { to } of graph.choices(i)) ++steps, reached.add(to);
    assert.equal(steps, verdict.steps);
    assert.equal(reached.size, verdict.worlds, "every world is reached, and none is beyond");
    for (const { name, status } of graph.meta.properties) assert.equal(status, verdict.findings.find((finding) => finding.property === name).status, name);
    for (const finding of verdict.findings.filter((one) => one.witness && !["AC4", "AC5", "NB"].includes(one.property))) {
      const nearest = Math.min(...graph.meta.starts.map((start) => graph.world(start.world).distance.breach));
      assert.ok(nearest <= finding.witness.lines.length);
    }
  });

for (const question of kQuestions)
  test(`${question}: ways through it are plays that replay makes again`, async () => {
    const graph = await explored(question), draw = random(question.length);
    for (let way = 0; way < 4; ++way) {
      const { play, world } = wayThrough(graph, draw, 40);
      writeFileSync(join(folder, "way.play"), play);
      const { code, out, err } = commitlab("replay", "way.play", "--json");
      assert.equal(code, 0, `${play}\n${err}`);
      const { end } = JSON.parse(out).run;
      graph.world(world).nodes.forEach((node, n) => {
        node.parts.forEach((part, t) => {
          const its = end[n * node.parts.length + t];
          assert.deepEqual([node.up, part.inDoubt, part.state, part.decided], [its.up, its.in_doubt, its.state, its.decided], play);
          if (node.up) assert.deepEqual(part.log, its.log, play);
        });
      });
      writeFileSync(join(folder, "opens.play"), play);
      const again = await explored("opens.play");
      let at = again.meta.opens.start;
      for (const choice of again.meta.opens.path) at = again.choices(at)[choice].to;
      assert.deepEqual(again.world(at).nodes, graph.world(world).nodes, "a page of the play opens where it ends");
    }
  });

test("what breaks, what blocks, and how far both are", async () => {
  const graph = await explored("3pc-textbook -n 2 --crashes 1 --timing synchronous --check AC1,AC2,AC3");
  const breach = distances(graph, (i) => graph.world(i).broken.length > 0);
  for (const i of worldsOf(graph)) {
    const { distance, nodes, broken, blocked } = graph.world(i);
    assert.equal(distance.breach, breach[i]);
    assert.ok(distance.exact);
    const decided = new Set(nodes.filter((node) => node.up).map((node) => node.decided));
    if (decided.has("commit") && decided.has("abort")) assert.deepEqual(broken, ["AC1"]);
    assert.equal(blocked, false);
  }
  assert.equal(breach[graph.meta.starts[3].world], 10, "as many steps as the play that check saves");
  const blocking = await explored("2pc -n 2 --crashes 1 --check AC1,NB");
  const blocked = distances(blocking, (i) => blocking.world(i).blocked);
  for (const i of worldsOf(blocking)) assert.equal(blocking.world(i).distance.blocked, blocked[i]);
  assert.ok(blocked.some((steps) => steps === 0));
});

for (const [question, worlds] of [["3pc-textbook -n 2 --crashes 1 --timing synchronous --check AC1,NB", 150], ["2pc -n 2 --crashes 1 --check AC1,NB", 1000]])
  test(`${question}: a graph that was cut is the beginning of the whole one, and says what it does not know`, async () => {
    const whole = await explored(question), part = await explored(`${question} --max-states ${worlds}`);
    assert.equal(part.meta.truncated, true);
    assert.equal(part.meta.worlds, worlds);
    let beyond = 0, inexact = 0;
    for (const i of worldsOf(part)) {
      const known = part.world(i), is = whole.world(i);
      assert.deepEqual([known.nodes, known.flight, known.budgets, known.broken], [is.nodes, is.flight, is.budgets, is.broken]);
      part.choices(i).forEach((choice, k) => {
        const its = whole.choices(i)[k];
        beyond += choice.to === null;
        assert.deepEqual(choice, { ...its, to: its.to >= worlds ? null : its.to });
      });
      if (known.blocked !== null) assert.equal(known.blocked, is.blocked);
      if (known.distance.exact) assert.deepEqual(known.distance, is.distance);
      inexact += !known.distance.exact;
      for (const kind of ["breach", "blocked"]) {
        const least = known.distance.atLeast[kind], distance = is.distance[kind];
        assert.ok(least === null ? distance === null : distance === null || distance >= least, `${kind} of world ${i}`);
      }
    }
    assert.ok(beyond > 0 && inexact > 0);
  });

test("a partition, a budget and a message are told", async () => {
  const graph = await explored("3pc -n 2 --partitions 1 --timing synchronous");
  const split = [...worldsOf(graph)].map((i) => ({ i, choice: graph.choices(i).find((choice) => choice.event === "partition") })).find(({ choice }) => choice);
  assert.equal(split.choice.node, null);
  assert.equal(split.choice.fault, true);
  assert.match(split.choice.play, /^partition [012 ]+\| [12 ]+$/);
  assert.match(split.choice.happened, /^partition coordinator.*\| p/);
  const before = graph.world(split.i), after = graph.world(split.choice.to);
  assert.deepEqual([before.side.length, before.budgets.partitions, after.budgets.partitions], [0, 1, 0]);
  assert.ok(after.side.length > 0);
  const sent = graph.world(graph.choices(graph.meta.starts[0].world).find((choice) => choice.node === 0 && choice.event === "start").to);
  assert.deepEqual(sent.flight.map(({ from, to }) => [from, to]), [[0, 1], [0, 2]]);
});

test("data of another kind, or cut off, is refused", async () => {
  const data = JSON.parse(commitlab("explore", "2pc", "-n", "1", "--json").out);
  await assert.rejects(Graph.load({ ...data, schema: "commitlab-verdict/1" }), /expected the schema commitlab-explorer\/1/);
  await assert.rejects(Graph.load({ ...data, graph: data.graph.slice(0, 100) }));
});
