// The path so far as a space-time diagram, drawn of the same pieces as the program's own pictures: a lane
// for each node, time runs down.
"use strict";

/** The present line of a walk. */
class Picture {
  /** @param {Pieces} pieces @param {Walk} walk @param {number} room in pixels @param {Blame} blame */
  constructor(pieces, walk, room, blame) {
    const line = walk.at.line(),
      { names, transactions } = walk.graph.meta;
    const kit = (this.kit = pieces.kit);
    this.blame = blame;
    this.pieces = pieces;
    this.names = names;
    this.worlds = line.map(({ world }) => walk.graph.world(world));
    this.steps = line.map((visit) => (visit.before === null ? null : toldOf(walk.taken(visit), names)));
    this.choices = line.map((visit) => (visit.before === null ? null : walk.taken(visit)));
    this.flights = new Flights(this.worlds, this.steps, names);
    this.layout = new Layout(kit, { names, transactions, steps: this.steps, flights: this.flights }, room);
    this.lanes = new Lanes(pieces, this.layout, this.worlds, this.steps);
  }

  /** The names of the lanes, to stand above the rest whatever is scrolled. @returns {SVGElement} */
  heads() {
    const { lanes, titles, width, left } = this.layout;
    return draw(
      "svg",
      { viewBox: `0 0 ${width} 24`, width, height: 24, "aria-hidden": "true" },
      draw("text", { x: left - 10, y: 16, "text-anchor": "end", "font-size": 10, class: "faint" }, "step"),
      ...lanes.map(({ x }, i) =>
        draw(
          "text",
          { x, y: 16, "text-anchor": "middle", "font-size": 12, "font-weight": "bold" },
          titles[i],
        ),
      ),
    );
  }

  /** @returns {SVGElement} */
  drawn() {
    const { width, bottom } = this.layout,
      height = bottom + 4;
    const about = "The path so far as a space-time diagram; the list of steps says the same in words";
    return draw(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": about },
      ...this.lanes.splits(),
      ...this.steps.flatMap((step, row) => (step === null ? [] : this.guides(row))),
      ...this.lanes.drawn(),
      ...this.steps.flatMap((step, row) => (step === null ? [] : [this.step(row)])),
    );
  }

  // Steps.

  /** The number of a step, and the way from there to its lane. */
  guides(row) {
    const { left, right, marks, first, lanes } = this.layout,
      { y, lane } = marks[first[row]];
    const number = draw(
      "text",
      { x: left - 10, y: y + 3.5, "text-anchor": "end", "font-size": 10, class: "faint" },
      String(row),
    );
    const way =
      lane === null
        ? draw("line", {
            x1: left,
            y1: y,
            x2: right,
            y2: y,
            stroke: "#1b1f24",
            "stroke-width": 1.2,
            "stroke-dasharray": "8 4",
          })
        : draw("line", {
            x1: left - 4,
            y1: y,
            x2: lanes[lane].x - this.kit.half,
            y2: y,
            stroke: "#d5dae0",
            "stroke-width": 0.7,
          });
    return [number, way];
  }

  step(row) {
    const { layout } = this,
      choice = this.choices[row],
      marks = layout.marks.filter((mark) => mark.row === row);
    const who = choice.node === null ? "" : `${this.names[choice.node]} `,
      breach = this.blame.cries.get(row);
    const group = draw(
      "g",
      {
        class: `step${row === this.steps.length - 1 ? " now" : ""}${breach ? " breach" : ""}`,
        "data-step": row,
        ...(choice.node === null ? {} : { "data-node": choice.node }),
      },
      draw("title", {}, `step ${row}: ${who}${[choice.happened, ...choice.effects].join("; ")}`),
      this.reach(marks),
    );
    if (breach) group.append(...this.cry(marks, breach));
    group.append(
      ...this.timers(row),
      ...this.flights.all.filter(({ sent }) => sent.row === row).map((one) => this.message(one)),
    );
    for (const mark of marks) {
      group.append(this.pieces.glyph(mark.glyph, mark.x, mark.y));
      if (this.blame.decisions.has(`${row} ${mark.deed}`))
        group.append(draw("circle", { cx: mark.x, cy: mark.y, r: 12, class: "apart" }));
      for (const { words, x, y, end, bold, size, box } of mark.labels)
        group.append(
          draw("rect", {
            x: box.left - 1,
            y: box.top,
            width: box.right - box.left + 2,
            height: box.bottom - box.top,
            fill: "#fff",
            "fill-opacity": "0.8",
          }),
          draw(
            "text",
            {
              x,
              y: y + size * 0.35,
              "font-size": size,
              ...(end ? { "text-anchor": "end" } : {}),
              ...(bold ? { "font-weight": "bold" } : {}),
            },
            words,
          ),
        );
    }
    return group;
  }

  /** All of a step: what is marked, and clicked. */
  reach(marks) {
    const { left, right } = this.layout;
    const boxes = marks.flatMap((mark) => [
      mark.lane === null
        ? { left, top: mark.y - 4, right, bottom: mark.y + 4 }
        : around(mark.x, mark.y, 14, 8),
      ...mark.labels.map(({ box }) => box),
    ]);
    const x = Math.min(...boxes.map((box) => box.left)),
      y = Math.min(...boxes.map((box) => box.top));
    return draw("rect", {
      class: "reach",
      x,
      y,
      width: Math.max(...boxes.map((box) => box.right)) - x,
      height: Math.max(...boxes.map((box) => box.bottom)) - y,
      fill: "#fff",
      "fill-opacity": 0,
    });
  }

  /** Across all lanes, at the last thing that happens in the step. */
  cry(marks, words) {
    const { left, right } = this.layout,
      y = Math.max(...marks.map((mark) => mark.y)) + 14;
    return [
      draw("line", { x1: left, y1: y, x2: right, y2: y, class: "cry" }),
      draw(
        "text",
        {
          x: right - 4,
          y: y + 12,
          "text-anchor": "end",
          "font-size": 11,
          "font-weight": "bold",
          class: "cry",
        },
        words,
      ),
    ];
  }

  /** The timers that are set in a step, for as long as they run. */
  timers(row) {
    const { deeds, node, transaction } = this.steps[row],
      set = deeds.findIndex(({ what }) => what === "arm");
    if (set < 0) return [];
    const lane = this.layout.laneOf(node, transaction),
      x = this.layout.lanes[lane].x + (lane === 0 ? -this.kit.track : this.kit.track);
    const from = this.layout.yOf({ row, deed: set }),
      to = this.layout.yOf(this.timerEnd(row, set));
    return to > from ? [this.pieces.upright(this.kit.timer, x, from, to)] : [];
  }

  /** @returns {Moment} when a timer fires, is set again or disarmed, or stops with its node */
  timerEnd(row, set) {
    const { node, transaction } = this.steps[row];
    for (let at = row; at < this.steps.length; ++at) {
      const step = this.steps[at];
      if (step.node !== node) continue;
      const same = step.transaction === transaction;
      if (
        at > row &&
        (step.event === "crash" || (same && (step.event === "timeout" || step.event === "early")))
      )
        return { row: at, deed: kEvent };
      const ends = step.deeds.findIndex(
        ({ what }, i) =>
          (at > row || i > set) && (what === "crash" || (same && (what === "arm" || what === "disarm"))),
      );
      if (ends >= 0) return { row: at, deed: ends };
    }
    return { row: this.steps.length, deed: kEvent };
  }

  /** @param {Flown} one what does not arrive ends before its addressee */
  message(one) {
    const { layout } = this,
      { half, short } = this.kit;
    const from = layout.laneOf(one.from, one.transaction),
      to = layout.laneOf(one.to, one.transaction),
      way = to < from ? -1 : 1;
    const begin = { x: layout.lanes[from].x + way * half, y: layout.yOf(one.sent) },
      there = layout.lanes[to].x;
    const arrives = one.fate === "delivered" || one.fate === "missed",
      stub = one.ended === one.sent;
    let end = { x: there - way * (arrives ? half : short), y: layout.yOf(one.ended) };
    if (stub) end = { x: begin.x + way * (76 - 46 / Math.max(1, Math.abs(to - from))), y: begin.y + 8 };
    else if (!arrives && one.fate !== "lost") end.x -= way * this.beside(one, end.y, to, way);
    const told = `${layout.of(one.word, one.transaction)} from ${this.names[one.from]} to ${this.names[one.to]}${one.copy ? ", a copy" : ""}: ${one.fate === "under-way" ? "under way" : one.fate}`;
    const kind = one.copy ? "copy" : one.fate;
    const arrow =
      from === to
        ? this.pieces.loop(kind, begin, { x: there + half, y: end.y })
        : this.pieces.arrow(kind, begin, end);
    return draw(
      "g",
      { class: "message", "data-from": one.from, "data-to": one.to, "data-fate": one.fate },
      draw("title", {}, told),
      arrow,
    );
  }

  /** Of those that end beside the same lane, each ends a little before the next. */
  beside(one, y, to, way) {
    this.ended ??= new Map();
    const key = `${y} ${to} ${way}`,
      before = this.ended.get(key) ?? 0;
    this.ended.set(key, before + 1);
    return 9 * Math.min(before, 4);
  }

  // What it all means.

  /** @returns {HTMLElement[]} those of the signs that occur, each with its words */
  legend() {
    const { kit } = this,
      all = this.lanes.stretches.flat(),
      glyphs = new Set(this.layout.marks.map(({ glyph }) => glyph));
    const swatch = (...pieces) =>
      draw("svg", { viewBox: "-13 -8 26 16", width: 26, height: 16, "aria-hidden": "true" }, ...pieces);
    const box = (svg) => {
      const piece = this.pieces.at(svg, "");
      for (const one of piece.children)
        Object.entries({ x: "-11", y: "-6", width: "22", height: "12" }).forEach(([name, value]) =>
          one.setAttribute(name, value),
        );
      return piece;
    };
    const entry = (words, ...pieces) => make("li", {}, swatch(...pieces), " ", words);
    const entries = this.lanes.states().map((state) => entry(state, box(this.lanes.look(state))));
    if (all.some(({ inDoubt }) => inDoubt))
      entries.push(entry("in doubt", this.pieces.at(kit.doubt, "translate(0 -6) scale(1 0.12)")));
    if (all.some(({ up }) => !up)) entries.push(entry("down", box(kit.down)));
    for (const [glyph, words] of kit.glyph_words)
      if (glyphs.has(glyph) || (glyph === "recover" && glyphs.has("wipe")))
        entries.push(entry(words, this.pieces.glyph(glyph, 0, 0)));
    const ends = (kind, fate) => [
      this.pieces.arrow(
        kind,
        { x: -11, y: -3 },
        { x: kind === fate && (fate === "delivered" || fate === "missed") ? 11 : 8, y: 3 },
      ),
      ...(fate === "lost" ? [this.pieces.glyph("lost", 8, 3)] : []),
    ];
    for (const [fate, words] of kit.fate_words)
      if (this.flights.all.some((one) => !one.copy && one.fate === fate))
        entries.push(entry(words.replace(" at the end", ""), ...ends(fate, fate)));
    if (this.flights.all.some(({ copy }) => copy))
      entries.push(entry("second copy", ...ends("copy", "delivered")));
    if (this.worlds.some(({ side }) => side.length > 0))
      entries.push(entry("apart from the coordinator's side", box(kit.far)));
    return entries;
  }
}
