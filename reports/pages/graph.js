"use strict";
// The reachable worlds of a question, as they were frozen into this page: what a world is, and what can happen next in it.

/**
 * One node's part in one transaction, in words.
 * @typedef {{inDoubt: boolean, state: string, log: string[], decided: string}} Part
 * `log`: records, oldest first; one that is not forced yet ends in "?". It is empty where nobody will ever read it again: of a node that is
 * down for good. `decided`: since the node last came up, "commit", "abort", "abort commit" or "".
 *
 * A node: its part in the first transaction, and in `parts` that in each.
 * @typedef {Part & {up: boolean, parts: Part[]}} GraphNode
 *
 * A message on its way; `from` and `to` are numbers of nodes, `transaction` counts from 0.
 * @typedef {{from: number, to: number, word: string, transaction: number}} Message
 *
 * Least numbers of steps from a world to one where something asked is broken, and to one that is blocked: 0 where it is one itself, null where
 * the graph has none behind it. If not `exact`, the graph was cut somewhere behind the world, and there may be nearer ones: `atLeast` says how
 * near they can be, null if there is none for certain.
 * @typedef {{breach: number|null, blocked: number|null, exact: boolean, atLeast: {breach: number|null, blocked: number|null}}} Distance
 *
 * @typedef {object} World
 * @property {GraphNode[]} nodes  the coordinator first
 * @property {Message[]} flight
 * @property {string[]} broken  names of the properties that are broken here
 * @property {boolean|null} blocked  without a new fault or a recovery not all that are up will ever decide; null: the graph was cut too early to tell
 * @property {Budgets} budgets  how often each may still go wrong
 * @property {number[]} side  of a partition: the nodes that the coordinator cannot reach; empty while the network is whole
 * @property {boolean} faultsStopped  from here on nothing new goes wrong, and everything may recover
 * @property {Distance} distance
 *
 * 255: any number of times.
 * @typedef {{crashes: number, disk_losses: number, losses: number, duplicates: number, reorders: number, partitions: number, suspicions: number}} Budgets
 *
 * @typedef {object} Choice
 * @property {number|null} node  to whom it happens; null: to the network
 * @property {string} event  "deliver", "miss", "lose", "start", "timeout", "early", "suspect", "act", "recover", "wipe", "crash", "partition", "heal", "stop_faults"
 * @property {string} happened  "deliver yes from bob"
 * @property {string[]} effects  "force commit", "send commit to alice bob", "crash"
 * @property {string[]} parts  `happened`, then `effects`, with numbers for nodes: "deliver yes from 2", "force commit", "send commit to 1 2"
 * @property {string} play  the same as one line of a play
 * @property {boolean} fault  it is a new fault
 * @property {number|null} to  the world behind it; null if that is beyond the limit of the graph
 *
 * @typedef {object} Meta
 * @property {string} scenario  its name; empty if there is none
 * @property {string} title
 * @property {string} protocol
 * @property {string} summary
 * @property {string[]} names  of the nodes, the coordinator first
 * @property {number} transactions
 * @property {{name: string, plain: string, status: "holds"|"violated"|"inconclusive"}[]} properties  those asked
 * @property {string} question  the first line of a play
 * @property {string[]} warnings
 * @property {{world: number, votes: string[]}[]} starts  with a line of votes for each transaction: "yes no"
 * @property {boolean} truncated  there are worlds beyond
 * @property {string} stopped  why
 * @property {number} worlds
 * @property {number} steps
 * @property {number} beyond  so many further worlds were seen
 * @property {{start: number, path: number[]}|null} opens  a world, and which choice of each world from there on: what is to be shown first
 * @property {{about: string, start: number, path: number[], questions: {after: number, ask: string, choices: string[], answer: number, because: string}[]}|null} lesson
 *   `answer` is a place among the choices, from 0
 */

const Graph = (() => {
  const kBeyond = -1;

  /** Reads the bytes that reports/graph_bytes.hpp describes. */
  class Bytes {
    #bytes;
    #at = 0;

    constructor(bytes) { this.#bytes = bytes; }

    number() {
      for (let value = 0, unit = 1; ; unit *= 128) {
        const byte = this.#bytes[this.#at++];
        if (byte === undefined) throw new Error("the graph ends in the middle");
        value += (byte & 127) * unit;
        if (byte < 128) return value;
      }
    }
    signed() {
      const number = this.number();
      return number % 2 === 1 ? -(number + 1) / 2 : number / 2;
    }
    text() {
      const length = this.number();
      return new TextDecoder().decode(this.#bytes.subarray(this.#at, this.#at += length));
    }
    /** @template T  @param {() => T} read  @returns {T[]} */
    list(read) { return Array.from({ length: this.number() }, read); }
    numbers() { return this.list(() => this.number()); }
  }

  /** Rows of numbers, each once; a row has its place in the order in which they were added. */
  class Rows {
    constructor(places, most) {
      this.places = places;
      this.size = 0;
      this.numbers = new Uint32Array(places * most);
      let slots = 1024;
      while (slots < 2 * most) slots *= 2;
      this.slots = new Int32Array(slots).fill(kBeyond);
    }
    /** Its place, added if it is new and there is room; kBeyond if there is none. */
    placeOf(row) {
      let hash = 0;
      for (const number of row) hash = Math.imul(hash ^ number, 0x9e3779b1), hash ^= hash >>> 15;
      let slot = (hash >>> 0) % this.slots.length;
      for (; this.slots[slot] !== kBeyond; slot = (slot + 1) % this.slots.length) if (this.#is(this.slots[slot], row)) return this.slots[slot];
      if ((this.size + 1) * this.places > this.numbers.length) return kBeyond;
      this.numbers.set(row, this.size * this.places);
      return this.slots[slot] = this.size++;
    }
    #is(place, row) {
      const first = place * this.places;
      for (let i = 0; i < this.places; ++i) if (this.numbers[first + i] !== row[i]) return false;
      return true;
    }
    row(place) { return this.numbers.subarray(place * this.places, (place + 1) * this.places); }
  }

  return class Graph {
    #headers;
    #owns = [];
    #inboxes = [];
    #happenings;
    #becomings = [];
    #deeds;
    #rows;
    #firstEdge;
    #edgeDeeds = [];
    #edgesTo = [];
    #columns = {};

    /**
     * @param {object} data  the JSON of the page
     * @returns {Promise<Graph>}
     */
    static async load(data) {
      if (data.schema !== "commitlab-explorer/1") throw new Error(`expected the schema commitlab-explorer/1, got ${data.schema}`);
      if (typeof DecompressionStream === "undefined") throw new Error("this browser is too old for this page: it has no DecompressionStream");
      const packed = Uint8Array.from(atob(data.graph), (letter) => letter.charCodeAt(0));
      const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
      return new Graph(data.meta, new Bytes(new Uint8Array(await new Response(stream).arrayBuffer())));
    }

    constructor(meta, bytes) {
      /** @type {Meta} */
      this.meta = meta;
      const [nodes, transactions, worlds, judged, variants] = Array.from({ length: 5 }, () => bytes.number());
      const texts = bytes.list(() => bytes.text());
      const text = () => texts[bytes.number()];
      this.#readParts(bytes, text, nodes, transactions);
      this.#readHappenings(bytes, text);
      this.#readDeeds(bytes, 1 + 2 * nodes);
      this.#reach(bytes, nodes, worlds, variants === 1);
      this.#readColumns(bytes, worlds, judged);
    }

    /** @param {number} i  @returns {World} */
    world(i) {
      const row = this.#rows.row(i);
      const header = this.#headers[row[0]];
      const node = (up, n) => {
        const parts = this.#owns[n][row[1 + 2 * n]].map((part) => ({ ...part, inDoubt: part.inDoubt && up, log: [...part.log] }));
        return { up, ...parts[0], parts };
      };
      return {
        nodes: this.meta.names.map((_, n) => node(header.up.includes(n), n)),
        flight: this.meta.names.flatMap((_, n) => this.#inboxes[n][row[2 + 2 * n]].map((message) => ({ ...message, to: n }))),
        broken: this.meta.properties.filter((_, p) => this.#columns.breach[p]?.[i] === 0).map((property) => property.name),
        blocked: [false, true, null][this.#columns.blocked[i]],
        budgets: { ...header.budgets },
        side: [...header.side],
        faultsStopped: header.faultsStopped,
        distance: this.#distance(i),
      };
    }

    /** What can happen next, in a fixed order. @param {number} i  @returns {Choice[]} */
    choices(i) {
      const choices = [];
      for (let edge = this.#firstEdge[i]; edge < this.#firstEdge[i + 1]; ++edge) {
        const happening = this.#happenings[this.#deeds[this.#edgeDeeds[edge]].happening];
        const to = this.#edgesTo[edge];
        choices.push({ ...happening, effects: [...happening.effects], parts: [...happening.parts], to: to === kBeyond ? null : to });
      }
      return choices;
    }

    #distance(i) {
      const { toBlocked, toUnknown, toBeyond } = this.#columns;
      const least = (...distances) => distances.reduce((one, other) => (one === null || (other !== null && other < one) ? other : one), null);
      const breach = least(...this.#columns.breach.map((column) => column === null ? null : column[i])), blocked = toBlocked[i];
      const atLeast = { breach: least(breach, toBeyond[i]), blocked: least(blocked, toUnknown[i]) };
      return { breach, blocked, exact: breach === atLeast.breach && blocked === atLeast.blocked, atLeast };
    }

    #readParts(bytes, text, nodes, transactions) {
      const kBudgets = ["crashes", "disk_losses", "losses", "duplicates", "reorders", "partitions", "suspicions"];
      const budgets = () => Object.fromEntries(kBudgets.map((name) => [name, bytes.number()]));
      this.#headers = bytes.list(() => ({ up: bytes.numbers(), side: bytes.numbers(), budgets: budgets(), faultsStopped: bytes.number() === 1 }));
      const part = () => {
        const state = text(), decided = text(), inDoubt = bytes.number() === 1;
        return { inDoubt, state, log: bytes.list(text), decided };
      };
      for (let node = 0; node < nodes; ++node) {
        this.#owns.push(bytes.list(() => Array.from({ length: transactions }, part)));
        this.#inboxes.push(bytes.list(() => bytes.list(() => ({ from: bytes.number(), transaction: bytes.number(), word: text() }))));
      }
    }

    #readHappenings(bytes, text) {
      this.#happenings = bytes.list(() => {
        const who = bytes.number(), event = text(), fault = bytes.number() === 1;
        const happened = { number: text(), name: text() }, effects = bytes.list(() => ({ number: text(), name: text() }));
        const parts = [happened, ...effects].map((words) => words.number), play = (who === 0 ? "" : `${who - 1} `) + parts.join("; ");
        return { node: who === 0 ? null : who - 1, event, happened: happened.name, effects: effects.map((words) => words.name), parts, play, fault };
      });
    }

    #readDeeds(bytes, places) {
      for (let place = 0; place < places; ++place) {
        const parts = bytes.number();
        this.#becomings.push(bytes.list(() => {
          const becoming = new Int32Array(parts).fill(kBeyond);
          let before = 0;
          for (let left = bytes.number(); left > 0; --left) before += bytes.number(), becoming[before] = before + bytes.signed();
          return becoming;
        }));
      }
      let happening = 0;
      this.#deeds = bytes.list(() => {
        happening += bytes.signed();
        const places = [], becomings = [];
        for (let left = bytes.number(); left > 0; --left) {
          const place = bytes.number();
          places.push(place), becomings.push(this.#becomings[place][bytes.number()]);
        }
        return { happening, places, becomings };
      });
    }

    /** Makes all worlds again, in the order in which they were found. */
    #reach(bytes, nodes, worlds, variants) {
      const menus = bytes.list(() => {
        let deed = 0;
        return bytes.list(() => deed += bytes.signed());
      });
      this.#rows = new Rows(1 + 2 * nodes, worlds);
      const row = new Uint32Array(1 + 2 * nodes);
      for (let starts = bytes.number(); starts > 0; --starts) {
        for (let place = 0; place < row.length; ++place) row[place] = bytes.number();
        this.#rows.placeOf(row);
      }
      const known = Array.from({ length: nodes + 1 }, () => new Map());  // of each node, and of the network: menus by parts
      const menuOf = (who, here) => {
        const owns = who < nodes ? this.#owns[who].length : 1, inboxes = who < nodes ? this.#inboxes[who].length : 1;
        const parts = (here[0] * owns + (who < nodes ? here[1 + 2 * who] : 0)) * inboxes + (who < nodes ? here[2 + 2 * who] : 0);
        let its = known[who].get(parts);
        if (its === undefined) known[who].set(parts, its = []);
        const which = variants && its.length > 0 ? bytes.number() : 0;
        if (which === its.length) its.push(menus[bytes.number()]);
        return its[which];
      };
      const rows = this.#rows, deeds = this.#deeds, edgeDeeds = this.#edgeDeeds, edgesTo = this.#edgesTo, firstEdge = this.#firstEdge = new Uint32Array(worlds + 1);
      for (let world = 0; world < worlds; ++world) {
        if (world >= rows.size) throw new Error("the graph has fewer worlds than it says");
        const here = rows.row(world);
        for (let who = 0; who <= nodes; ++who) {
          const menu = menuOf(who, here);
          for (let i = 0; i < menu.length; ++i) {
            const { places, becomings } = deeds[menu[i]];
            row.set(here);
            for (let at = 0; at < places.length; ++at) row[places[at]] = becomings[at][here[places[at]]];
            edgeDeeds.push(menu[i]);
            edgesTo.push(rows.placeOf(row));
          }
        }
        firstEdge[world + 1] = edgesTo.length;
      }
    }

    #readColumns(bytes, worlds, judged) {
      const column = (read) => Array.from({ length: worlds }, read);
      const distance = () => {
        const number = bytes.number();
        return number === 0 ? null : number - 1;
      };
      const blocked = column(() => bytes.number());
      const [toBlocked, toUnknown, toBeyond] = Array.from({ length: 3 }, () => column(distance));
      const breach = Array.from({ length: judged }, () => bytes.number() === 1 ? column(distance) : null);
      this.#columns = { blocked, toBlocked, toUnknown, toBeyond, breach };
    }
  };
})();
