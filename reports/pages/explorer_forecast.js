// How far from a world the nearest breach is, and the nearest blocked world; which property breaks there; which step goes there.
"use strict";

/** @typedef {"breach"|"blocked"} Aim a broken property; or a world in which somebody that is up can never decide without a recovery */

class Forecast {
  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    /** @type {Map<number, string>} of a world, what breaks at the nearest breach */
    this.names = new Map();
  }

  /** @param {number} world @param {Aim} aim @returns {number|null} steps to the nearest; null: none is known */
  steps(world, aim) {
    const { distance } = this.graph.world(world);
    return aim === "breach" ? distance.breach : distance.blocked;
  }

  /** @param {number} world @param {Aim} aim @returns {number} the choice that is one step nearer, or -1 */
  nearer(world, aim) {
    const here = this.steps(world, aim);
    if (here === null || here === 0) return -1;
    return this.graph.choices(world).findIndex(({ to }) => to !== null && this.steps(to, aim) === here - 1);
  }

  /** @param {number} world @returns {string} "AC1": what breaks at the nearest breach from here; "" if there is none */
  breaks(world) {
    const way = [];
    for (let at = world; ;) {
      const known = this.names.get(at);
      const { broken } = this.graph.world(at);
      const name = known ?? broken.join(" and ");
      const next = known === undefined && broken.length === 0 ? this.nearer(at, "breach") : -1;
      way.push(at);
      if (next >= 0) {
        at = this.graph.choices(at)[next].to;
        continue;
      }
      for (const one of way) this.names.set(one, name);
      return name;
    }
  }

  /**
   * What a choice leads towards, in words.
   * @param {number} world @param {Choice} choice
   * @returns {{aim: Aim, words: string, steps: number, nearer: boolean}|null} `nearer`: no other choice is nearer
   */
  after(world, { to }) {
    if (to === null) return null;
    const now = this.graph.world(world), then = this.graph.world(to);
    const fresh = then.broken.filter((name) => !now.broken.includes(name));
    if (fresh.length > 0) return { aim: "breach", words: `breaks ${fresh.join(" and ")}`, steps: 0, nearer: true };
    const { breach, blocked } = then.distance;
    if (now.broken.length === 0 && breach !== null) {
      const words = `${this.breaks(to)} breaks in ${count(breach, "step")}`;
      return { aim: "breach", words, steps: breach, nearer: breach === now.distance.breach - 1 };
    }
    if (now.blocked === true || blocked === null) return null;
    const words = blocked === 0 ? "blocks" : `blocks in ${count(blocked, "step")}`;
    return { aim: "blocked", words, steps: blocked, nearer: blocked === now.distance.blocked - 1 };
  }
}
