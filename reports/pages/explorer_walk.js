// Where a person has been in a graph of worlds: a tree of visits, of which one is the present. It can be told as an address and as a play.
"use strict";

/** @param {Graph} graph @param {number|null} node @returns {string} */
const nameOf = (graph, node) => node === null ? "the network" : graph.meta.names[node];

/** A moment of the walk: a world, and the choice by which it was reached from the moment before. */
class Visit {
  /** @param {number} world @param {Visit|null} before @param {number} choice the place of the choice among those of `before` */
  constructor(world, before = null, choice = -1) {
    this.world = world;
    this.before = before;
    this.choice = choice;
    /** @type {number} */
    this.steps = before === null ? 0 : before.steps + 1;
    /** @type {Map<number, Visit>} */
    this.after = new Map();
    /** @type {Visit|null} where the walk went on last */
    this.ahead = null;
  }

  /** @returns {Visit[]} from the beginning to here */
  line() {
    const visits = [];
    for (let visit = /** @type {Visit|null} */ (this); visit !== null; visit = visit.before) visits.unshift(visit);
    return visits;
  }

  /** @returns {Visit} the end of what was walked last from here */
  tip() {
    let visit = /** @type {Visit} */ (this);
    while (visit.ahead !== null) visit = visit.ahead;
    return visit;
  }
}

/** A walk begins with a vector of votes; each has a tree of its own. What was walked stays, so that one can return to it. */
class Walk {
  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.beginnings = graph.meta.starts.map((start) => new Visit(start.world));
    this.begin(this.soonest());
  }

  /** @returns {number} the votes with the nearest breach, else with the nearest blocked world, else of most who say yes */
  soonest() {
    const { starts } = this.graph.meta;
    const refusals = ({ votes }) => votes.join(" ").split("no").length;
    const marks = starts.map((start, i) => {
      const { breach, blocked } = this.graph.world(start.world).distance;
      return { i, far: [breach ?? Infinity, blocked ?? Infinity, refusals(start)] };
    });
    const before = (one, other) => one.far.reduce((sign, far, k) => sign || (far < other.far[k] ? -1 : far > other.far[k] ? 1 : 0), 0);
    marks.sort(before);
    return marks[0].i;
  }

  /** @returns {World} */
  get world() { return this.graph.world(this.at.world); }
  /** @returns {Choice[]} */
  get choices() { return this.graph.choices(this.at.world); }

  /** @returns {Choice} the choice that led to a visit */
  taken(visit) { return this.graph.choices(visit.before.world)[visit.choice]; }

  /** Goes on by a choice. @returns {boolean} whether the page knows where it leads */
  take(choice) {
    const to = this.choices[choice]?.to ?? null;
    if (to === null) return false;
    if (!this.at.after.has(choice)) this.at.after.set(choice, new Visit(to, this.at, choice));
    this.goTo(this.at.after.get(choice));
    return true;
  }

  /** @param {Visit} visit becomes the present, and is on the line of all that come before it */
  goTo(visit) {
    this.at = visit;
    for (let one = visit; one.before !== null; one = one.before) one.before.ahead = one;
    this.votes = this.beginnings.indexOf(visit.line()[0]);
  }

  /** @param {number} world @returns {Visit} the beginning there */
  beginningAt(world) { return this.beginnings.find((beginning) => beginning.world === world); }

  /** @param {{start: number, path: number[]}} way the world of a beginning, and choices from there on; goes to its end */
  walk({ start, path }) {
    this.goTo(this.beginningAt(start));
    for (const choice of path) this.take(choice);
  }

  /** @param {number} votes a place in meta.starts */
  begin(votes) { this.goTo(this.beginnings[votes]); }

  /** @returns {{tip: Visit, fork: Visit}[]} ends of what was walked beside the present line, and where each leaves it */
  branches() {
    const line = new Set(this.at.tip().line()), found = [];
    const visit = (one, fork) => {
      const here = fork === null && !line.has(one) ? one : fork;
      if (one.after.size === 0 && here !== null) found.push({ tip: one, fork: here });
      for (const next of one.after.values()) visit(next, here);
    };
    visit(this.beginnings[this.votes], null);
    return found;
  }

  /** @returns {string} the present as the part of an address behind "#" */
  address() { return `v=${this.votes}&path=${this.at.line().slice(1).map((visit) => visit.choice).join(".")}`; }

  /** Goes where an address says, if this page has it. @returns {string} what is wrong with the address, or nothing */
  follow(address) {
    const words = /^#?v=(\d{1,6})&path=((?:\d{1,6}(?:\.\d{1,6})*)?)$/.exec(address);
    if (words === null) return "it does not have the form #v=0&path=3.0.12";
    const votes = Number(words[1]), path = words[2] === "" ? [] : words[2].split(".").map(Number);
    if (votes >= this.beginnings.length) return `it begins with the votes number ${votes}, and there are ${this.beginnings.length}, from 0`;
    let world = this.beginnings[votes].world;
    for (const [i, choice] of path.entries()) {
      const choices = this.graph.choices(world), to = choices[choice]?.to;
      if (choice >= choices.length) return `its step ${i + 1} takes choice ${choice}, and there are ${choices.length} there, from 0`;
      if (to === null) return `its step ${i + 1} leads beyond this page`;
      world = to;
    }
    this.begin(votes);
    for (const choice of path) this.take(choice);
    return "";
  }

  /** @returns {string} the present line as a file that `commitlab replay` reads */
  play() {
    const { meta } = this.graph;
    const lines = [meta.question, `votes ${meta.starts[this.votes].votes.join(" | ")}`];
    for (const visit of this.at.line().slice(1)) lines.push(this.taken(visit).play);
    return lines.join("\n") + "\n" + this.end();
  }

  /** How it ends, in the words of a play; nothing if this page cannot tell all that was asked. */
  end() {
    const { nodes, broken, blocked } = this.world;
    const asked = this.graph.meta.properties.map((property) => property.name);
    if (asked.includes("AC5") || (asked.includes("NB") && blocked === null)) return "";
    const violated = asked.filter((name) => broken.includes(name) || (name === "NB" && blocked));
    const ends = nodes.flatMap(({ up, parts }, node) => parts.map(({ decided, inDoubt }, i) =>
      `${node}${parts.length > 1 ? `#${i + 1}` : ""} ${!up ? "down" : decided || (inDoubt ? "in doubt" : "undecided")}`));
    return ["end", ...violated.map((name) => `${name} violated`), ...ends].join("; ") + "\n";
  }
}
