// The path so far as a space-time diagram, drawn of the same pieces as the program's own pictures: a lane for each node, time runs down.
"use strict";

/** @param {string} tag of SVG @param {Record<string, string|number>} attributes @param {...(Node|string)} children */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  element.append(...children);
  return element;
}

/** Pieces of SVG as the program writes them, to be put where they are needed. */
class Pieces {
  constructor(kit) {
    this.kit = kit;
    this.known = new Map();
  }

  /** @param {string} svg @param {string} transform @returns {SVGElement} a group with a copy of it */
  at(svg, transform) {
    if (!this.known.has(svg)) {
      const read = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${svg}</svg>`, "image/svg+xml");
      this.known.set(svg, [...read.documentElement.children]);
    }
    return draw("g", transform === "" ? {} : { transform }, ...this.known.get(svg).map((node) => document.importNode(node, true)));
  }

  /** The patterns that they are filled with, once for the whole page. @returns {SVGElement} */
  patterns() { return draw("svg", { width: 0, height: 0, class: "patterns", "aria-hidden": "true" }, this.at(this.kit.defs, "")); }

  glyph(name, x, y) { return this.at(this.kit.glyphs[name], `translate(${x.toFixed(1)} ${y.toFixed(1)})`); }

  /** A piece of a lane, or what runs along one, from one height to another. */
  upright(svg, x, from, to) {
    const piece = this.at(svg, `translate(${x.toFixed(1)} ${from.toFixed(1)})`);
    for (const one of piece.children) one.setAttribute(one.tagName === "line" ? "y2" : "height", (to - from).toFixed(1));
    return piece;
  }

  /** @param {string} kind a fate, or "copy" */
  arrow(kind, begin, end) {
    const length = Math.hypot(end.x - begin.x, end.y - begin.y), turn = Math.atan2(end.y - begin.y, end.x - begin.x) * 180 / Math.PI;
    const piece = this.at(this.kit.arrows[kind], `translate(${end.x.toFixed(1)} ${end.y.toFixed(1)}) rotate(${turn.toFixed(2)})`);
    for (const one of piece.children) if (Number(one.getAttribute("x1")) === -this.kit.length) one.setAttribute("x1", (-length).toFixed(1));
    return piece;
  }

  /** From a lane back to itself. */
  loop(kind, begin, end) {
    const out = begin.x + 22, piece = this.arrow(kind, { x: out, y: end.y - 3 }, end), line = piece.firstElementChild;
    const way = draw("polyline", { points: `${begin.x},${begin.y} ${out},${begin.y + 3} ${out},${end.y - 3}`, fill: "none" });
    for (const name of ["stroke", "stroke-width", "stroke-dasharray"]) if (line.hasAttribute(name)) way.setAttribute(name, line.getAttribute(name));
    return draw("g", {}, way, piece);
  }
}

/** A part of a node as a lane shows it: "prepared" of "prepared(vote=yes)". */
const stateHead = (state) => state.split("(", 1)[0];

/** The present line of a walk. */
class Picture {
  /** @param {Pieces} pieces @param {Walk} walk @param {number} room in pixels @param {Blame} blame */
  constructor(pieces, walk, room, blame) {
    const line = walk.at.line(), { names, transactions } = walk.graph.meta;
    const kit = this.kit = pieces.kit;
    this.blame = blame;
    this.pieces = pieces;
    this.names = names;
    this.worlds = line.map(({ world }) => walk.graph.world(world));
    this.steps = line.map((visit) => visit.before === null ? null : toldOf(walk.taken(visit), names));
    this.choices = line.map((visit) => visit.before === null ? null : walk.taken(visit));
    this.flights = new Flights(this.worlds, this.steps, names);
    this.layout = new Layout(kit, { names, transactions, steps: this.steps, flights: this.flights }, room);
    this.stretches = this.layout.lanes.map((lane) => this.stretchesOf(lane));
  }

  /** The names of the lanes, to stand above the rest whatever is scrolled. @returns {SVGElement} */
  heads() {
    const { lanes, titles, width, left } = this.layout;
    return draw("svg", { viewBox: `0 0 ${width} 24`, width, height: 24, "aria-hidden": "true" },
      draw("text", { x: left - 10, y: 16, "text-anchor": "end", "font-size": 10, class: "faint" }, "step"),
      ...lanes.map(({ x }, i) => draw("text", { x, y: 16, "text-anchor": "middle", "font-size": 12, "font-weight": "bold" }, titles[i])));
  }

  /** @returns {SVGElement} */
  drawn() {
    const { width, bottom, lanes } = this.layout, height = bottom + 4;
    const about = "The path so far as a space-time diagram; the list of steps says the same in words";
    return draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": about }, ...this.splits(), ...this.steps.flatMap((step, row) => step === null ? [] : this.guides(row)),
      ...lanes.map((lane, i) => this.lane(lane, i)), ...this.steps.flatMap((step, row) => step === null ? [] : [this.step(row)]));
  }

  // Lanes.

  /** What a lane is, from height to height. */
  stretchesOf({ node, transaction }) {
    const { layout } = this, stretches = [];
    let shown = transaction ?? 0;
    this.worlds.forEach(({ nodes }, row) => {
      const step = this.steps[row];
      if (transaction === null && step !== null && step.node === node && step.deeds.length > 0) shown = step.transaction;
      const { up, parts } = nodes[node], { state, inDoubt } = parts[shown];
      const now = { up, inDoubt, state: up ? stateHead(state) : "", transaction: shown };
      const last = stretches.at(-1);
      if (last && ["up", "inDoubt", "state", "transaction"].every((key) => last[key] === now[key])) return;
      const crash = step === null ? kEvent : step.deeds.findIndex(({ what }) => what === "crash");
      const from = row === 0 ? layout.top : layout.yOf({ row, deed: up ? kEvent : crash });
      if (last) last.to = from;
      stretches.push({ ...now, from, to: layout.bottom });
    });
    return stretches.filter(({ from, to }) => to > from);
  }

  /** The states that occur: those that many protocols have, then others. */
  states() {
    const all = new Set(this.stretches.flat().filter(({ up, state }) => up && state !== "").map(({ state }) => state));
    const known = this.kit.states.map(([state]) => state).filter((state) => all.has(state));
    return [...known, ...[...all].filter((state) => !known.includes(state)).sort()];
  }

  look(state) {
    const known = this.kit.states.find(([name]) => name === state);
    return known ? known[1] : this.kit.others[this.states().indexOf(state) % this.kit.others.length];
  }

  words({ up, state, inDoubt, transaction }) { return up ? this.layout.of(state + (inDoubt ? ", in doubt" : ""), transaction) : "down"; }

  lane({ node, x }, i) {
    const { top, bottom } = this.layout, lane = draw("g", { class: "lane", "data-node": node }, this.pieces.upright(this.kit.middle, x, top, bottom));
    for (const stretch of this.stretches[i]) {
      const { up, state, inDoubt, from, to } = stretch;
      if (up && state === "") continue;
      const piece = this.pieces.upright(up ? this.look(state) : this.kit.down, x, from, to);
      piece.prepend(draw("title", {}, `${this.names[node]}: ${this.words(stretch)}`));
      lane.append(piece, ...(inDoubt ? [this.pieces.upright(this.kit.doubt, x, from, to)] : []), ...this.stateWords(stretch, x, i));
    }
    return lane;
  }

  /** The state in words wherever a stretch has room for them: once, and again far below. */
  stateWords(stretch, x, lane) {
    const words = this.words(stretch), needed = wide(words, 9) + 4, drawn = [];
    let last = -300, above = stretch.from + 2;
    const room = (from, to) => {
      if (to - from < needed || (from + to) / 2 - last < 300) return;
      last = Math.max(from + needed / 2, Math.min((from + to) / 2, from + 60));
      drawn.push(draw("rect", { x: x - 5, y: last - needed / 2, width: 10, height: needed, fill: "#fff", "fill-opacity": "0.65" }),
        draw("text", { x: x + 3.15, y: last, transform: `rotate(-90 ${x + 3.15} ${last})`, "text-anchor": "middle", "font-size": 9 }, words));
    };
    for (const mark of this.layout.marks) {
      if ((mark.lane !== null && mark.lane !== lane) || mark.y < stretch.from || mark.y > stretch.to) continue;
      room(above, mark.y - 9);
      above = mark.y + 9;
    }
    room(above, stretch.to - 2);
    return drawn;
  }

  /** Where the network is split, what lies on the side that the coordinator is not on. */
  splits() {
    const { layout } = this, { lanes, left, right } = layout, drawn = [];
    let since = null;
    const close = (to) => {
      if (since === null) return;
      const { side, from } = since;
      drawn.push(draw("rect", { x: left, y: from, width: right - left, height: to - from, fill: "#f3f5f7" }));
      lanes.forEach(({ node, x }, i) => {
        if (!side.includes(node)) return;
        const begin = i === 0 ? left : (lanes[i - 1].x + x) / 2, end = i + 1 === lanes.length ? right : (x + lanes[i + 1].x) / 2;
        const far = this.pieces.upright(this.kit.far, begin, from, to);
        for (const rect of far.children) Object.entries({ x: "0", width: (end - begin).toFixed(1) }).forEach(([name, value]) => rect.setAttribute(name, value));
        drawn.push(far);
      });
      since = null;
    };
    this.worlds.forEach(({ side }, row) => {
      if (since !== null && String(side) !== String(since.side)) close(layout.yOf({ row, deed: kEvent }));
      if (since === null && side.length > 0) since = { side, from: row === 0 ? layout.top : layout.yOf({ row, deed: kEvent }) };
    });
    close(layout.bottom);
    return drawn;
  }

  // Steps.

  /** The number of a step, and the way from there to its lane. */
  guides(row) {
    const { left, right, marks, first, lanes } = this.layout, { y, lane } = marks[first[row]];
    const number = draw("text", { x: left - 10, y: y + 3.5, "text-anchor": "end", "font-size": 10, class: "faint" }, String(row));
    const way = lane === null ? draw("line", { x1: left, y1: y, x2: right, y2: y, stroke: "#1b1f24", "stroke-width": 1.2, "stroke-dasharray": "8 4" })
      : draw("line", { x1: left - 4, y1: y, x2: lanes[lane].x - this.kit.half, y2: y, stroke: "#d5dae0", "stroke-width": 0.7 });
    return [number, way];
  }

  step(row) {
    const { layout } = this, choice = this.choices[row], marks = layout.marks.filter((mark) => mark.row === row);
    const who = choice.node === null ? "" : `${this.names[choice.node]} `, breach = this.blame.cries.get(row);
    const group = draw("g", { class: `step${row === this.steps.length - 1 ? " now" : ""}${breach ? " breach" : ""}`, "data-step": row, ...(choice.node === null ? {} : { "data-node": choice.node }) },
      draw("title", {}, `step ${row}: ${who}${[choice.happened, ...choice.effects].join("; ")}`), this.reach(marks));
    if (breach) group.append(...this.cry(marks, breach));
    group.append(...this.timers(row), ...this.flights.all.filter(({ sent }) => sent.row === row).map((one) => this.message(one)));
    for (const mark of marks) {
      group.append(this.pieces.glyph(mark.glyph, mark.x, mark.y));
      if (this.blame.decisions.has(`${row} ${mark.deed}`)) group.append(draw("circle", { cx: mark.x, cy: mark.y, r: 12, class: "apart" }));
      for (const { words, x, y, end, bold, size, box } of mark.labels)
        group.append(draw("rect", { x: box.left - 1, y: box.top, width: box.right - box.left + 2, height: box.bottom - box.top, fill: "#fff", "fill-opacity": "0.8" }),
          draw("text", { x, y: y + size * 0.35, "font-size": size, ...(end ? { "text-anchor": "end" } : {}), ...(bold ? { "font-weight": "bold" } : {}) }, words));
    }
    return group;
  }

  /** All of a step: what is marked, and clicked. */
  reach(marks) {
    const { left, right } = this.layout;
    const boxes = marks.flatMap((mark) => [mark.lane === null ? { left, top: mark.y - 4, right, bottom: mark.y + 4 } : around(mark.x, mark.y, 14, 8), ...mark.labels.map(({ box }) => box)]);
    const x = Math.min(...boxes.map((box) => box.left)), y = Math.min(...boxes.map((box) => box.top));
    return draw("rect", { class: "reach", x, y, width: Math.max(...boxes.map((box) => box.right)) - x, height: Math.max(...boxes.map((box) => box.bottom)) - y, fill: "#fff", "fill-opacity": 0 });
  }

  /** Across all lanes, at the last thing that happens in the step. */
  cry(marks, words) {
    const { left, right } = this.layout, y = Math.max(...marks.map((mark) => mark.y)) + 14;
    return [draw("line", { x1: left, y1: y, x2: right, y2: y, class: "cry" }),
      draw("text", { x: right - 4, y: y + 12, "text-anchor": "end", "font-size": 11, "font-weight": "bold", class: "cry" }, words)];
  }

  /** The timers that are set in a step, for as long as they run. */
  timers(row) {
    const { deeds, node, transaction } = this.steps[row], set = deeds.findIndex(({ what }) => what === "arm");
    if (set < 0) return [];
    const lane = this.layout.laneOf(node, transaction), x = this.layout.lanes[lane].x + (lane === 0 ? -this.kit.track : this.kit.track);
    const from = this.layout.yOf({ row, deed: set }), to = this.layout.yOf(this.timerEnd(row, set));
    return to > from ? [this.pieces.upright(this.kit.timer, x, from, to)] : [];
  }

  /** @returns {Moment} when a timer fires, is set again or disarmed, or stops with its node */
  timerEnd(row, set) {
    const { node, transaction } = this.steps[row];
    for (let at = row; at < this.steps.length; ++at) {
      const step = this.steps[at];
      if (step.node !== node) continue;
      const same = step.transaction === transaction;
      if (at > row && (step.event === "crash" || (same && (step.event === "timeout" || step.event === "early")))) return { row: at, deed: kEvent };
      const ends = step.deeds.findIndex(({ what }, i) => (at > row || i > set) && (what === "crash" || (same && (what === "arm" || what === "disarm"))));
      if (ends >= 0) return { row: at, deed: ends };
    }
    return { row: this.steps.length, deed: kEvent };
  }

  /** @param {Flown} one what does not arrive ends before its addressee */
  message(one) {
    const { layout } = this, { half, short } = this.kit;
    const from = layout.laneOf(one.from, one.transaction), to = layout.laneOf(one.to, one.transaction), way = to < from ? -1 : 1;
    const begin = { x: layout.lanes[from].x + way * half, y: layout.yOf(one.sent) }, there = layout.lanes[to].x;
    const arrives = one.fate === "delivered" || one.fate === "missed", stub = one.ended === one.sent;
    let end = { x: there - way * (arrives ? half : short), y: layout.yOf(one.ended) };
    if (stub) end = { x: begin.x + way * (76 - 46 / Math.max(1, Math.abs(to - from))), y: begin.y + 8 };
    else if (!arrives && one.fate !== "lost") end.x -= way * this.beside(one, end.y, to, way);
    const told = `${layout.of(one.word, one.transaction)} from ${this.names[one.from]} to ${this.names[one.to]}${one.copy ? ", a copy" : ""}: ${one.fate === "under-way" ? "under way" : one.fate}`;
    const kind = one.copy ? "copy" : one.fate;
    const arrow = from === to ? this.pieces.loop(kind, begin, { x: there + half, y: end.y }) : this.pieces.arrow(kind, begin, end);
    return draw("g", { class: "message", "data-from": one.from, "data-to": one.to, "data-fate": one.fate }, draw("title", {}, told), arrow);
  }

  /** Of those that end beside the same lane, each ends a little before the next. */
  beside(one, y, to, way) {
    this.ended ??= new Map();
    const key = `${y} ${to} ${way}`, before = this.ended.get(key) ?? 0;
    this.ended.set(key, before + 1);
    return 9 * Math.min(before, 4);
  }

  // What it all means.

  /** @returns {HTMLElement[]} those of the signs that occur, each with its words */
  legend() {
    const { kit } = this, all = this.stretches.flat(), glyphs = new Set(this.layout.marks.map(({ glyph }) => glyph));
    const swatch = (...pieces) => draw("svg", { viewBox: "-13 -8 26 16", width: 26, height: 16, "aria-hidden": "true" }, ...pieces);
    const box = (svg) => {
      const piece = this.pieces.at(svg, "");
      for (const one of piece.children) Object.entries({ x: "-11", y: "-6", width: "22", height: "12" }).forEach(([name, value]) => one.setAttribute(name, value));
      return piece;
    };
    const entry = (words, ...pieces) => make("li", {}, swatch(...pieces), " ", words);
    const entries = this.states().map((state) => entry(state, box(this.look(state))));
    if (all.some(({ inDoubt }) => inDoubt)) entries.push(entry("in doubt", this.pieces.at(kit.doubt, "translate(0 -6) scale(1 0.12)")));
    if (all.some(({ up }) => !up)) entries.push(entry("down", box(kit.down)));
    for (const [glyph, words] of kit.glyph_words) if (glyphs.has(glyph) || (glyph === "recover" && glyphs.has("wipe"))) entries.push(entry(words, this.pieces.glyph(glyph, 0, 0)));
    const ends = (kind, fate) => [this.pieces.arrow(kind, { x: -11, y: -3 }, { x: kind === fate && (fate === "delivered" || fate === "missed") ? 11 : 8, y: 3 }), ...(fate === "lost" ? [this.pieces.glyph("lost", 8, 3)] : [])];
    for (const [fate, words] of kit.fate_words) if (this.flights.all.some((one) => !one.copy && one.fate === fate)) entries.push(entry(words.replace(" at the end", ""), ...ends(fate, fate)));
    if (this.flights.all.some(({ copy }) => copy)) entries.push(entry("second copy", ...ends("copy", "delivered")));
    if (this.worlds.some(({ side }) => side.length > 0)) entries.push(entry("apart from the coordinator's side", box(kit.far)));
    return entries;
  }
}
