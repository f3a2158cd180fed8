// A path in parts: what each step does, and each message from its sending to its end. Equal messages under
// way are one.
"use strict";

/**
 * @typedef {{what: string, word: string, to: number[]}} Deed an effect: "send", "force", "write",
 *   "decide", "arm", "disarm", "crash";
 *   the message, the record, the decision, or the words of a crash; to whom it is sent
 * @typedef {{node: number|null, event: string, happened: string, transaction: number, peer: number, copy:
 *   boolean, deeds: Deed[]}} Told a step
 * @typedef {{row: number, deed: number}} Moment `deed` -1: what happens; a row beyond the last: never
 * @typedef {"delivered"|"missed"|"lost"|"severed"|"stranded"|"merged"|"under-way"} Fate
 * @typedef {{word: string, from: number, to: number, transaction: number, sent: Moment, ended: Moment,
 *   fate: Fate, copy: boolean}} Flown
 */

const kEvent = -1;

/** What two messages have in common that are the same. @param {Message} message */
const messageKey = ({ from, to, word, transaction }) => JSON.stringify([from, to, word, transaction]);

/**
 * An effect in parts. @param {string} named with names of nodes @param {string} numbered with their
 * numbers @param {string[]} names
 */
function deedOf(named, numbered, names) {
  const what = named.split(" ", 1)[0],
    rest = named.slice(what.length + 1);
  if (what === "crash") return { what, word: named, to: [] };
  if (what !== "send") return { what, word: rest, to: [] };
  const to = / to ([\d ]+)$/.exec(numbered)[1].split(" ").map(Number);
  return {
    what,
    word: rest.slice(0, rest.length - ` to ${to.map((node) => names[node]).join(" ")}`.length),
    to,
  };
}

/** A step in parts. @param {Choice} choice @param {string[]} names @returns {Told} */
function toldOf({ node, event, happened, effects, parts }, names) {
  const tag = /#(\d+)(?= |$)/.exec(parts[0]),
    from = / from (\d+)(?: out of order.*)?$/.exec(parts[0]);
  const deeds = effects.map((effect, i) => deedOf(effect, parts[i + 1], names));
  return {
    node,
    event,
    happened,
    transaction: tag === null ? 0 : Number(tag[1]) - 1,
    peer: from === null ? -1 : Number(from[1]),
    copy: /^deliver(#\d+)? copy of /.test(parts[0]),
    deeds,
  };
}

/** Goes through a path step by step and keeps what is under way. */
class Flights {
  /**
   * @param {World[]} worlds along the path @param {(Told|null)[]} steps that led to each; null for the
   * first @param {string[]} names
   */
  constructor(worlds, steps, names) {
    this.worlds = worlds;
    this.steps = steps;
    this.names = names;
    /** @type {Flown[]} in the order of their sending */
    this.all = [];
    /** @type {Map<string, Flown>} */
    this.open = new Map();
    for (let row = 1; row < worlds.length; ++row) this.happen(row);
  }

  /** @param {number} row */
  happen(row) {
    const step = this.steps[row],
      now = new Set(this.worlds[row].flight.map(messageKey));
    const arrived = { deliver: "delivered", miss: "missed", lose: "lost" }[step.event];
    if (arrived !== undefined) this.arrive(row, step, arrived, now);
    step.deeds.forEach((deed, i) => {
      if (deed.what === "send") for (const to of deed.to) this.send(row, i, step, deed.word, to, now);
    });
    const crash = step.deeds.findIndex(({ what }) => what === "crash");
    for (const [key, one] of this.open) {
      if (now.has(key)) continue;
      this.open.delete(key);
      if (one.fate === "under-way")
        Object.assign(one, {
          fate: step.event === "partition" ? "severed" : "stranded",
          ended: { row, deed: crash },
        });
    }
  }

  arrive(row, { node, peer, happened, copy }, fate, now) {
    const mine = [...this.open].filter(([, one]) => one.to === node && one.from === peer);
    const [key, found] =
      mine.find(([, { word }]) => happened.replace(/^\w+(#\d+)? (copy of )?/, "").startsWith(word)) ??
      mine[0] ??
      [];
    if (found === undefined) return;
    const ended = { row, deed: kEvent },
      again = found.fate !== "under-way"; // where channels are sticky
    if (copy || again) this.all.push({ ...found, fate, ended, copy: true });
    else Object.assign(found, { fate, ended });
    if (!now.has(key)) this.open.delete(key);
  }

  send(row, deed, { node, transaction }, word, to, now) {
    const sent = { row, deed },
      key = messageKey({ from: node, to, word, transaction });
    const side = this.worlds[row].side,
      apart = side.includes(node) !== side.includes(to);
    const fate = this.open.has(key) ? "merged" : now.has(key) ? "under-way" : apart ? "severed" : "stranded";
    const one = {
      word,
      from: node,
      to,
      transaction,
      sent,
      ended: fate === "under-way" ? { row: this.worlds.length, deed: kEvent } : sent,
      fate,
      copy: false,
    };
    this.all.push(one);
    if (fate === "under-way") this.open.set(key, one);
  }

  /** @returns {Flown|undefined} the message that arrives, or vanishes, with a step */
  arrivingAt(row) {
    return this.all.find(
      ({ ended, fate }) =>
        ended.row === row && ended.deed === kEvent && ["delivered", "missed", "lost"].includes(fate),
    );
  }
}
