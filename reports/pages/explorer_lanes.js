// The lanes of a picture: what each node is for how long, and what lies behind them, the partitions.
"use strict";

/** A part of a node as a lane shows it: "prepared" of "prepared(vote=yes)". */
const stateHead = (state) => state.split("(", 1)[0];

class Lanes {
  /**
   * @param {Pieces} pieces @param {Layout} layout @param {World[]} worlds along the path @param
   * {(Told|null)[]} steps that led to each
   */
  constructor(pieces, layout, worlds, steps) {
    this.pieces = pieces;
    this.kit = pieces.kit;
    this.layout = layout;
    this.worlds = worlds;
    this.steps = steps;
    this.names = layout.run.names;
    this.stretches = layout.lanes.map((lane) => this.stretchesOf(lane));
  }

  /** @returns {SVGElement[]} */
  drawn() {
    return this.layout.lanes.map((lane, i) => this.lane(lane, i));
  }

  /** What a lane is, from height to height. */
  stretchesOf({ node, transaction }) {
    const { layout } = this,
      stretches = [];
    let shown = transaction ?? 0;
    this.worlds.forEach(({ nodes }, row) => {
      const step = this.steps[row];
      if (transaction === null && step !== null && step.node === node && step.deeds.length > 0)
        shown = step.transaction;
      const { up, parts } = nodes[node],
        { state, inDoubt } = parts[shown];
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
    const all = new Set(
      this.stretches
        .flat()
        .filter(({ up, state }) => up && state !== "")
        .map(({ state }) => state),
    );
    const known = this.kit.states.map(([state]) => state).filter((state) => all.has(state));
    return [...known, ...[...all].filter((state) => !known.includes(state)).sort()];
  }

  look(state) {
    const known = this.kit.states.find(([name]) => name === state);
    return known ? known[1] : this.kit.others[this.states().indexOf(state) % this.kit.others.length];
  }

  words({ up, state, inDoubt, transaction }) {
    return up ? this.layout.of(state + (inDoubt ? ", in doubt" : ""), transaction) : "down";
  }

  lane({ node, x }, i) {
    const { top, bottom } = this.layout,
      lane = draw(
        "g",
        { class: "lane", "data-node": node },
        this.pieces.upright(this.kit.middle, x, top, bottom),
      );
    for (const stretch of this.stretches[i]) {
      const { up, state, inDoubt, from, to } = stretch;
      if (up && state === "") continue;
      const piece = this.pieces.upright(up ? this.look(state) : this.kit.down, x, from, to);
      piece.prepend(draw("title", {}, `${this.names[node]}: ${this.words(stretch)}`));
      lane.append(
        piece,
        ...(inDoubt ? [this.pieces.upright(this.kit.doubt, x, from, to)] : []),
        ...this.stateWords(stretch, x, i),
      );
    }
    return lane;
  }

  /** The state in words wherever a stretch has room for them: once, and again far below. */
  stateWords(stretch, x, lane) {
    const words = this.words(stretch),
      needed = wide(words, 9) + 4,
      drawn = [];
    let last = -300,
      above = stretch.from + 2;
    const room = (from, to) => {
      if (to - from < needed || (from + to) / 2 - last < 300) return;
      last = Math.max(from + needed / 2, Math.min((from + to) / 2, from + 60));
      drawn.push(
        draw("rect", {
          x: x - 5,
          y: last - needed / 2,
          width: 10,
          height: needed,
          fill: "#fff",
          "fill-opacity": "0.65",
        }),
        draw(
          "text",
          {
            x: x + 3.15,
            y: last,
            transform: `rotate(-90 ${x + 3.15} ${last})`,
            "text-anchor": "middle",
            "font-size": 9,
          },
          words,
        ),
      );
    };
    for (const mark of this.layout.marks) {
      if ((mark.lane !== null && mark.lane !== lane) || mark.y < stretch.from || mark.y > stretch.to)
        continue;
      room(above, mark.y - 9);
      above = mark.y + 9;
    }
    room(above, stretch.to - 2);
    return drawn;
  }

  /** Where the network is split, what lies on the side that the coordinator is not on. */
  splits() {
    const { layout } = this,
      { lanes, left, right } = layout,
      drawn = [];
    let since = null;
    const close = (to) => {
      if (since === null) return;
      const { side, from } = since;
      drawn.push(draw("rect", { x: left, y: from, width: right - left, height: to - from, fill: "#f3f5f7" }));
      lanes.forEach(({ node, x }, i) => {
        if (!side.includes(node)) return;
        const begin = i === 0 ? left : (lanes[i - 1].x + x) / 2,
          end = i + 1 === lanes.length ? right : (x + lanes[i + 1].x) / 2;
        const far = this.pieces.upright(this.kit.far, begin, from, to);
        for (const rect of far.children)
          Object.entries({ x: "0", width: (end - begin).toFixed(1) }).forEach(([name, value]) =>
            rect.setAttribute(name, value),
          );
        drawn.push(far);
      });
      since = null;
    };
    this.worlds.forEach(({ side }, row) => {
      if (since !== null && String(side) !== String(since.side)) close(layout.yOf({ row, deed: kEvent }));
      if (since === null && side.length > 0)
        since = { side, from: row === 0 ? layout.top : layout.yOf({ row, deed: kEvent }) };
    });
    close(layout.bottom);
    return drawn;
  }
}
