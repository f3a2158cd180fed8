// What is wrong at the end of a path, and with whom: the nodes that disagree, those that can never decide,
// the step that broke it.
"use strict";

const kMostSought = 4000; // worlds

/** @param {Graph} graph @param {string} name @returns {string} "AC1 agreement" */
function propertyNamed(graph, name) {
  const plain = graph.meta.properties.find((property) => property.name === name)?.plain;
  return plain ? `${name} ${plain}` : name;
}

/** @param {string[]} words @returns {string} "a, b and c" */
const enumerated = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/**
 * Who is up and decides in no world that can follow without a new fault or a recovery.
 * @param {Graph} graph @param {number} world @returns {Set<number>} nobody if the page ends too early, or
 *   too much can follow
 */
function stuckFrom(graph, world) {
  const stuck = new Set(graph.world(world).nodes.flatMap(({ up }, node) => (up ? [node] : []))),
    seen = new Set([world]);
  for (const at of seen) {
    graph.world(at).nodes.forEach(({ parts }, node) => {
      if (parts.every(({ decided }) => decided !== "")) stuck.delete(node);
    });
    for (const { fault, event, to } of graph.choices(at)) {
      if (fault || event === "recover" || event === "wipe" || event === "stop_faults") continue;
      if (to === null || seen.size > kMostSought) return new Set();
      seen.add(to);
    }
  }
  return stuck;
}

class Blame {
  /** Of nobody: while it must not be told. */
  static none = { cries: new Map(), marks: new Map(), decisions: new Set(), sentences: [] };

  /** @param {Walk} walk */
  constructor(walk) {
    this.graph = walk.graph;
    this.line = walk.at.line();
    this.walk = walk;
    const { broken, blocked } = walk.world;
    /** @type {Map<number, string>} what the steps, counted from 1, have broken, in words */
    this.cries = new Map();
    for (const visit of this.line.slice(1)) {
      const fresh = freshly(this.graph, visit);
      if (fresh !== "") this.cries.set(visit.steps, fresh);
    }
    /** @type {{row: number, deed: number, node: number, transaction: number, decision: string}[]} */
    this.decided = this.line.flatMap((visit, row) => this.decisionsOf(visit, row));
    /** @type {Map<number, string>} of a node, what is wrong with it */
    this.marks = new Map();
    /** @type {Set<string>} decisions that do not go together, as "row deed" */
    this.decisions = new Set();
    /** @type {string[]} */
    this.sentences = broken.map(
      (name) => `${propertyNamed(this.graph, name)} is broken: ${this.blameFor(name)}.`,
    );
    if (blocked === true) this.sentences.push(this.blameForBlocking());
  }

  name(node) {
    return nameOf(this.graph, node);
  }

  decisionsOf(visit, row) {
    if (visit.before === null) return [];
    const told = toldOf(this.walk.taken(visit), this.graph.meta.names);
    return told.deeds.flatMap(({ what, word }, deed) =>
      what === "decide"
        ? [{ row, deed, node: told.node, transaction: told.transaction, decision: word }]
        : [],
    );
  }

  /** Marks those who did it. @returns {string} "alice decided commit, bob decided abort" */
  tell(decisions) {
    const first = decisions.filter(
      (one, i) =>
        decisions.findIndex(
          ({ node, decision, transaction }) =>
            node === one.node && decision === one.decision && transaction === one.transaction,
        ) === i,
    );
    for (const { row, deed } of first) this.decisions.add(`${row} ${deed}`);
    const by = new Map();
    for (const { node, decision } of first) by.set(node, [...new Set([...(by.get(node) ?? []), decision])]);
    for (const [node, all] of by) this.marks.set(node, `decided ${all.join(", then ")}`);
    return enumerated([...by].map(([node, all]) => `${this.name(node)} decided ${all.join(", then ")}`));
  }

  /** @param {string} property @returns {string} who broke it, in words */
  blameFor(property) {
    const { graph, decided, walk } = this,
      { transactions, question } = graph.meta;
    const each = Array.from({ length: transactions }, (_, transaction) =>
      decided.filter((one) => one.transaction === transaction),
    );
    const counted = ({ node }) => !question.includes("--agreement live") || walk.world.nodes[node].up;
    const differ = (list) => new Set(list.map(({ decision }) => decision)).size > 1;
    if (property === "AC1") {
      const apart = each
        .map((list) => list.filter(counted))
        .filter(differ)
        .flat();
      if (apart.length > 0) return this.tell(apart);
    }
    if (property === "AC2") {
      const twice = each.flatMap((list) =>
        list.filter(({ node }) => differ(list.filter((one) => one.node === node))),
      );
      if (twice.length > 0) return this.tell(twice);
    }
    if (property === "AC3") {
      const votes = graph.meta.starts[walk.votes].votes.map((line) => line.split(" "));
      const refused = each.flatMap((list, t) =>
        list.some(({ decision }) => decision === "commit")
          ? votes[t].flatMap((vote, i) => (vote === "no" ? [i + 1] : []))
          : [],
      );
      const words = this.tell(
        decided.filter(
          ({ decision, transaction }) => decision === "commit" && votes[transaction].includes("no"),
        ),
      );
      for (const node of refused)
        this.marks.set(node, `voted no${this.marks.has(node) ? `, ${this.marks.get(node)}` : ""}`);
      if (words !== "") return `${words}, but ${enumerated(refused.map((node) => this.name(node)))} voted no`;
    }
    if (property === "conserve" && decided.length > 0)
      return `the totals have changed; ${this.tell(decided)}`;
    const step = this.line.findLast(
      ({ world, before }) =>
        before !== null &&
        graph.world(world).broken.includes(property) &&
        !graph.world(before.world).broken.includes(property),
    );
    if (step === undefined) return "from the beginning";
    const { node } = walk.taken(step);
    if (node !== null) this.marks.set(node, `broke ${property}`);
    return `by step ${step.steps}, ${node === null ? "in the network" : `at ${this.name(node)}`}`;
  }

  blameForBlocking() {
    const { graph, walk } = this,
      stuck = stuckFrom(graph, walk.at.world);
    for (const node of stuck) if (!this.marks.has(node)) this.marks.set(node, "can never decide");
    const who =
      stuck.size === 0 ? "somebody who is up" : enumerated([...stuck].map((node) => this.name(node)));
    const down = walk.world.nodes.flatMap(({ up }, node) => (up ? [] : [this.name(node)]));
    const named = graph.meta.properties.some(({ name }) => name === "NB")
      ? `${propertyNamed(graph, "NB")} is broken`
      : "Blocked";
    return `${named}: ${who} can never decide${down.length > 0 ? ` while ${enumerated(down)} ${down.length > 1 ? "are" : "is"} down` : ""}.`;
  }
}

/**
 * @param {Graph} graph @param {Visit} visit @returns {string} what the step to it has broken: "breaks
 * AC1", "blocks" or nothing
 */
function freshly(graph, visit) {
  if (visit.before === null) return "";
  const now = graph.world(visit.world),
    before = graph.world(visit.before.world);
  const broken = now.broken.filter((name) => !before.broken.includes(name));
  return broken.length > 0
    ? `breaks ${broken.join(" and ")}`
    : now.blocked === true && before.blocked !== true
      ? "blocks"
      : "";
}
