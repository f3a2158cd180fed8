// The path so far as a space-time diagram: a column for each node, time goes down, a row for each step, an arrow for each message.
"use strict";

/**
 * A message along a path: the rows in which it was sent and came to its end, and how.
 * @typedef {{message: Message, sent: number, ended: number, fate: "deliver"|"miss"|"lose"|"cut"|"under-way"}} Flown
 */

/** What two messages have in common that are the same. @param {Message} message */
const messageKey = ({ from, to, word, transaction }) => JSON.stringify([from, to, word, transaction]);

/**
 * What is on its way after a step and was not before has been sent by it; what no longer is has come to its end by it.
 * @param {World[]} worlds along the path @param {(Choice|null)[]} taken that led to each; null for the first
 * @returns {Flown[]}
 */
function flown(worlds, taken) {
  /** @type {Flown[]} */
  const done = [];
  /** @type {Map<string, Flown>} */
  let open = new Map();
  for (const [row, { flight }] of worlds.entries()) {
    const now = new Map();
    for (const message of flight) {
      const key = messageKey(message);
      now.set(key, open.get(key) ?? { message, sent: row, ended: row, fate: "under-way" });
    }
    for (const [key, one] of open) {
      if (now.has(key)) continue;
      const event = taken[row].event;
      done.push({ ...one, ended: row, fate: event === "deliver" || event === "miss" || event === "lose" ? event : "cut" });
    }
    open = now;
  }
  const waiting = new Map();  // between two nodes: those on their way end one below the other
  for (const one of open.values()) {
    const between = `${one.message.from} ${one.message.to}`, place = waiting.get(between) ?? 0;
    waiting.set(between, place + 1);
    done.push({ ...one, ended: worlds.length + place * 0.7 });
  }
  return done;
}

const kColumn = 170, kRow = 26, kTop = 40, kLeft = 100;

/** @param {string} tag of SVG @param {Record<string, string|number>} attributes @param {...(Node|string)} children */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The present line of a walk. */
class Picture {
  /** @param {Walk} walk */
  constructor(walk) {
    const line = walk.at.line();
    this.names = walk.graph.meta.names;
    this.worlds = line.map(({ world }) => walk.graph.world(world));
    this.taken = line.map((visit) => visit.before === null ? null : walk.taken(visit));
  }

  /** @returns {SVGElement} */
  drawn() {
    const flights = flown(this.worlds, this.taken), last = Math.max(this.worlds.length, ...flights.map(({ ended }) => ended));
    const network = this.taken.some((choice) => choice?.node === null);
    const width = this.x(this.names.length) + (network ? kColumn : 0), height = this.y(last) + 18;
    const about = "The path so far as a space-time diagram; the list of steps says the same in words";
    return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": about },
      ...this.names.flatMap((name, node) => this.life(name, node)), ...flights.map((one) => this.arrow(one)),
      ...this.taken.flatMap((choice, row) => choice === null ? [] : this.step(choice, row)));
  }

  x(node) { return kLeft + kColumn * node; }
  y(row) { return kTop + kRow * row; }
  shown(words, most) { return words.length > most ? `${words.slice(0, most - 1)}…` : words; }

  life(name, node) {
    const lines = this.worlds.map(({ nodes }, row) => {
      const { up, parts } = nodes[node];
      const look = !up ? "stopped" : parts.some(({ inDoubt }) => inDoubt) ? "unsure" : "alive";
      return draw("line", { x1: this.x(node), y1: this.y(row), x2: this.x(node), y2: this.y(row + 1), class: look });
    });
    return [draw("text", { x: this.x(node), y: 16, class: "name" }, this.shown(name, 20)), ...lines];
  }

  /** @param {Flown} one what did not arrive, or not yet, ends on the way */
  arrow({ message: { from, to, word }, sent, ended, fate }) {
    const whole = fate === "deliver" || fate === "miss";
    const begin = { x: this.x(from), y: this.y(sent) }, target = { x: this.x(to), y: this.y(ended) };
    const along = (part) => ({ x: begin.x + (target.x - begin.x) * part, y: begin.y + (target.y - begin.y) * part });
    const end = along(whole ? 1 : 0.55), tilt = Math.atan2(end.y - begin.y, end.x - begin.x);
    const label = whole ? { x: along(0.6).x, y: along(0.6).y - 4 } : { x: end.x, y: end.y + 12 };
    const corner = (angle) => `L ${end.x - 9 * Math.cos(tilt + angle)} ${end.y - 9 * Math.sin(tilt + angle)}`;
    const head = fate === "deliver" ? [draw("path", { d: `M ${end.x} ${end.y} ${corner(0.4)} ${corner(-0.4)} Z`, class: "head" })]
      : fate === "under-way" ? [] : [draw("path", { d: `M ${end.x - 4} ${end.y - 4} l 8 8 m 0 -8 l -8 8`, class: "cross" })];
    return draw("g", { class: `message ${fate}` }, draw("title", {}, `${word} from ${this.names[from]} to ${this.names[to]}`),
      draw("line", { x1: begin.x, y1: begin.y, x2: end.x, y2: end.y }), ...head, draw("text", label, this.shown(word, 16)));
  }

  /** A dot and a word; what arrives needs none. */
  step({ node, event, happened }, row) {
    const number = draw("text", { x: 4, y: this.y(row) + 4, class: "row" }, String(row));
    if (node === null) {
      const end = this.x(this.names.length - 1) + 14, y = this.y(row);
      const across = draw("line", { x1: 24, y1: y, x2: end, y2: y, class: "event" });
      return [number, across, draw("text", { x: end + 6, y: y + 4 }, this.shown(happened, 48))];
    }
    const now = this.worlds[row].nodes[node], was = this.worlds[row - 1].nodes[node];
    const itself = ["deliver", "miss", "lose"].includes(event) ? "" : event;
    const said = was.up && !now.up ? "crash" : now.up && now.decided !== was.decided ? now.decided : itself;
    const side = node === 0 ? { x: this.x(node) - 10, "text-anchor": "end" } : { x: this.x(node) + 10 };
    return [number, draw("circle", { cx: this.x(node), cy: this.y(row), r: now.up ? 4 : 5, class: now.up ? "step" : "stop" }),
      draw("text", { ...side, y: this.y(row) + 4, class: `said ${said}` }, said)];
  }
}
