"use strict";
// The reachable worlds of a question, as they were frozen into this page: what a world is, and what can happen next in it.

/**
 * One node's part in one transaction, in words.
 * @typedef {{inDoubt: boolean, state: string, log: string[], decided: string}} Part
 * `log`: records, oldest first; one that is not forced yet ends in "?". `decided`: "commit", "abort", "abort commit" or "".
 *
 * A node: its part in the first transaction, and in `parts` that in each.
 * @typedef {Part & {up: boolean, parts: Part[]}} GraphNode
 *
 * A message on its way; `from` and `to` are numbers of nodes.
 * @typedef {{from: number, to: number, word: string, transaction: number}} Message
 *
 * Least numbers of steps from a world: 0 where it is one itself, null where the graph has none behind it. If not `exact`, the graph was cut
 * somewhere behind the world, and there may be nearer ones: `atLeast` says how near at most they can be.
 * @typedef {{breach: number|null, blocked: number|null, exact: boolean, atLeast: {breach: number|null, blocked: number|null}}} Distance
 *
 * @typedef {object} World
 * @property {GraphNode[]} nodes  the coordinator first
 * @property {Message[]} flight
 * @property {string[]} broken  names of the properties that are broken here
 * @property {boolean|null} blocked  without a new fault or a recovery not all that are up will ever decide; null: the graph was cut too early to tell
 * @property {{crashes: number, disk_losses: number, losses: number, duplicates: number, reorders: number, partitions: number, suspicions: number}} budgets
 *   how often each may still go wrong
 * @property {number[]} side  of a partition: the nodes that the coordinator cannot reach; empty while the network is whole
 * @property {boolean} faultsStopped  from here on nothing new goes wrong, and everything may recover
 * @property {Distance} distance
 *
 * @typedef {object} Choice
 * @property {number|null} node  to whom it happens; null: to the network
 * @property {string} event  "deliver", "miss", "lose", "start", "timeout", "early", "suspect", "act", "recover", "wipe", "crash", "partition", "heal", "stop_faults"
 * @property {string} happened  "deliver yes from bob"
 * @property {string[]} effects  "force commit", "send commit to alice bob", "crash"
 * @property {string} play  the same as one line of a play, with numbers for nodes
 * @property {boolean} fault  it is a new fault
 * @property {number|null} to  the world behind it; null if that is beyond the limit of the graph
 */

class Graph {
  #worlds;

  constructor(data) {
    this.meta = data.meta;
    this.#worlds = data.plain;
  }

  /**
   * @param {object} data  the JSON of the page
   * @returns {Promise<Graph>}
   */
  static async load(data) {
    if (data.schema !== "commitlab-explorer/1") throw new Error(`expected commitlab-explorer/1, got ${data.schema}`);
    return new Graph(data);
  }

  /** @param {number} i  @returns {World} */
  world(i) {
    return this.#worlds[i].world;
  }

  /** What can happen next, in a fixed order. @param {number} i  @returns {Choice[]} */
  choices(i) {
    return this.#worlds[i].choices;
  }
}
