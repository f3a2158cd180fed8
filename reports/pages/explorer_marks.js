// Where everything in the picture of a path stands: by the rules of the program's own pictures, a step below
// the other.
"use strict";

/**
 * A node's bar; of several transactions side by side, that of one of them.
 * @typedef {{node: number, transaction: number|null, x: number}} Lane
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{words: string, x: number, y: number, end: boolean, bold: boolean, box: Box}} Words
 * What is shown of an event or an effect: what stands on the lane, and words beside it.
 * @typedef {{row: number, deed: number, lane: number|null, glyph: string, above: boolean, fromRight:
 *   boolean|null, left: string, right: string,
 *   x: number, y: number, labels: Words[]}} Mark
 */

const kRow = 15,
  kNextStep = 18,
  kMostSideBySide = 3,
  kNotes = 90;

const wide = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  /** The width of words in a picture, and a little more. @returns {number} */
  return (words, size, bold = false) => {
    pen.font = `${bold ? "bold " : ""}${size}px Helvetica, Arial, "Liberation Sans", sans-serif`;
    return pen.measureText(words).width * 1.03;
  };
})();

/** @returns {string} the words, or their beginning and an ellipsis, no wider than that */
function fitting(words, width, size, bold = false) {
  if (wide(words, size, bold) <= width) return words;
  const letters = [...words];
  while (letters.length > 0 && wide(`${letters.join("")}…`, size, bold) > width) letters.pop();
  return `${letters.join("")}…`;
}

/** @returns {Box} */
const around = (x, y, across, down) => ({
  left: x - across,
  top: y - down,
  right: x + across,
  bottom: y + down,
});
const isBold = ({ glyph }) => ["commit", "abort", "crash"].includes(glyph);

class Layout {
  /**
   * @param {object} kit as picture_kit() of the program makes it
   * @param {{names: string[], transactions: number, steps: (Told|null)[], flights: Flights}} run
   * @param {number} room pixels from left to right that there are
   */
  constructor(kit, run, room) {
    this.kit = kit;
    this.run = run;
    const { names, transactions } = run,
      several = transactions > 1 && transactions <= kMostSideBySide;
    /** @type {Lane[]} */
    this.lanes = names.flatMap((name, node) =>
      several
        ? Array.from({ length: transactions }, (_, transaction) => ({ node, transaction, x: 0 }))
        : [{ node, transaction: null, x: 0 }],
    );
    /** @type {Mark[]} by step, then effect */
    this.marks = [];
    this.first = []; // of each row: its first mark
    run.steps.forEach((step, row) => {
      this.first.push(this.marks.length);
      if (step !== null) this.tell(step, row);
    });
    this.columns(room);
    this.top = 6;
    this.place();
  }

  /** @returns {number} the place of the lane of a node's part */
  laneOf(node, transaction) {
    return this.lanes.findIndex(
      (lane) => lane.node === node && (lane.transaction ?? transaction) === transaction,
    );
  }
  /** @param {Moment} moment @returns {number} */
  yOf({ row, deed }) {
    return row < this.first.length ? this.marks[this.first[row] + deed + 1].y : this.bottom;
  }
  /** "prepare", and of several transactions, "prepare #2". */
  of(words, transaction) {
    return this.run.transactions > 1 ? `${words} #${transaction + 1}` : words;
  }

  // What is shown.

  /** @param {Told} step */
  tell(step, row) {
    const mark = (deed, glyph) => ({
      row,
      deed,
      lane,
      glyph,
      above: false,
      fromRight: null,
      left: "",
      right: "",
      x: 0,
      y: 0,
      labels: [],
    });
    const lane = step.node === null ? null : this.laneOf(step.node, step.transaction);
    const event = mark(kEvent, this.kit.events[step.event]),
      arriving = this.run.flights.arrivingAt(row);
    let left = lane === 0; // away from the message that it begins with
    if (arriving !== undefined) {
      event.fromRight = this.laneOf(arriving.from, arriving.transaction) > lane;
      left = lane === 0 || (event.fromRight && lane + 1 < this.lanes.length);
    }
    const say = (one, words) => {
      one[left ? "left" : "right"] = words;
    };
    if (step.event === "start")
      say(event, this.run.transactions > 1 ? this.of("start", step.transaction) : "");
    else if (!["deliver", "miss", "lose"].includes(step.event))
      say(event, step.happened.replace(/(\S)#(?=\d)/, "$1 #"));
    this.marks.push(event);
    step.deeds.forEach(({ what, word, to }, deed) => {
      const one = mark(deed, this.kit.effects[what === "decide" ? `decide ${word}` : what]);
      if (what === "send") {
        one.above = true;
        for (const node of to)
          one[this.laneOf(node, step.transaction) < lane ? "left" : "right"] = this.of(
            word,
            step.transaction,
          );
      } else if (what === "decide") say(one, this.of(word, step.transaction));
      else if (what !== "arm" && what !== "disarm") say(one, word);
      this.marks.push(one);
    });
  }

  // Where it stands.

  /** The lanes, side by side, as far apart as there is room for. */
  columns(room) {
    const { names, transactions } = this.run,
      { half, beside } = this.kit,
      last = this.lanes.length - 1;
    const notes = this.marks.some(({ lane }) => lane === null) ? kNotes + 8 : 6;
    const nearest = Math.min(150, Math.max(84, (room - 210 - notes) / Math.max(last, 1)));
    const sides = this.lanes.map(() => ({ left: 0, right: 0 }));
    for (const mark of this.marks) {
      if (mark.lane === null) continue;
      for (const side of ["left", "right"]) {
        mark[side] = fitting(mark[side], nearest - 14, 11, isBold(mark));
        sides[mark.lane][side] = Math.max(sides[mark.lane][side], wide(mark[side], 11, isBold(mark)));
      }
    }
    this.titles = this.lanes.map(({ node, transaction }) => {
      const name = fitting(names[node], 150, 12, true);
      return transaction === null || transactions === 1 ? name : this.of(name, transaction);
    });
    const half_name = (i) => wide(this.titles[i], 12, true) / 2 + 6;
    this.left = 36;
    let x = this.left;
    this.lanes.forEach((lane, i) => {
      if (i === 0) x += Math.max(sides[0].left + beside + 6, half_name(0), half + 14);
      else
        x += Math.max(
          nearest,
          Math.max(sides[i - 1].right, sides[i].left) + beside + half + 10,
          half_name(i - 1) + half_name(i),
        );
      lane.x = x;
      this.right = x + Math.max(sides[i].right + beside + 6, half_name(i), half + 14);
    });
    this.width = this.right + notes;
  }

  place() {
    this.floor = this.top + 10;
    this.lowest = 0;
    this.laneFloor = this.lanes.map(() => this.top - 4);
    this.rowFloor = [];
    /** @type {Box[]} */
    this.taken = [];
    this.marks.forEach((mark, i) => this.settle(mark, this.marks[i - 1]));
    this.bottom = Math.max(this.floor, this.lowest) + 22;
  }

  /** As far up as it may stand, and so that it stands on nothing else. */
  settle(mark, previous) {
    let y = Math.max(this.floor, this.least(mark, previous)),
      boxes = this.boxes(mark, y);
    while (boxes.some((box) => this.isTaken(box))) boxes = this.boxes(mark, (y += 1));
    this.floor = Math.max(this.floor, y);
    if (mark.lane !== null) this.laneFloor[mark.lane] = y;
    this.rowFloor[mark.row] = y;
    this.taken = [...this.taken.filter(({ bottom }) => bottom >= this.floor - 40), ...boxes];
    for (const { bottom } of boxes) this.lowest = Math.max(this.lowest, bottom);
  }

  least(mark, previous) {
    if (mark.lane === null) return this.floor + kRow;
    if (mark.deed === kEvent)
      return previous === undefined ? this.laneFloor[mark.lane] + kRow : this.floor + kNextStep;
    const silent = ({ glyph }) => glyph === "set" || glyph === "disarmed";
    const near =
      silent(mark) ||
      silent(previous) ||
      (previous.deed === kEvent && previous.glyph !== "recover" && previous.glyph !== "wipe");
    return this.rowFloor[mark.row] + (near ? 0 : kRow);
  }

  isTaken({ left, top, right, bottom }) {
    return this.taken.some(
      (box) => left - 1 < box.right && box.left < right + 1 && top - 1 < box.bottom && box.top < bottom + 1,
    );
  }

  /** What the mark takes up if it stands there. @returns {Box[]} */
  boxes(mark, y) {
    const { beside } = this.kit;
    mark.labels = [];
    if (mark.lane === null) {
      Object.assign(mark, { x: this.right, y });
      this.broken(mark.right, kNotes).forEach((words, i) =>
        mark.labels.push(this.label(words, this.right + 6, y + 12 * i, false, 10)),
      );
      return [
        { left: this.left, top: y - 2, right: this.right, bottom: y + 2 },
        ...mark.labels.map(({ box }) => box),
      ];
    }
    const { x } = this.lanes[mark.lane],
      height = mark.above ? y - 7.5 : y;
    Object.assign(mark, { x, y });
    const own = this.glyphBox(mark);
    if (mark.left !== "") mark.labels.push(this.label(mark.left, x - beside, height, true, 11, isBold(mark)));
    if (mark.right !== "")
      mark.labels.push(this.label(mark.right, x + beside, height, false, 11, isBold(mark)));
    return [...own, ...mark.labels.map(({ box }) => box)];
  }

  glyphBox(mark) {
    const { half, track, short } = this.kit,
      { x, y } = mark;
    switch (mark.glyph) {
      case "none":
      case "border":
        return [];
      case "arrival":
        return [
          mark.fromRight
            ? { left: x + half, top: y - 8, right: x + half + 26, bottom: y + 1 }
            : { left: x - half - 26, top: y - 8, right: x - half, bottom: y + 1 },
        ];
      case "lost":
        return ((mark.x += mark.fromRight ? short : -short), [around(mark.x, y, 5, 5)]);
      case "set":
      case "disarmed":
        return ((mark.x += mark.lane === 0 ? -track : track), [around(mark.x, y, 3.5, 4)]);
      case "fired":
      case "early":
        return ((mark.x += mark.lane === 0 ? -track : track), [around(mark.x, y, 6, 6)]);
      default:
        return [around(x, y, 6, 6.5)];
    }
  }

  /** @returns {Words} */
  label(words, x, y, end, size, bold = false) {
    const width = wide(words, size, bold),
      left = end ? x - width : x;
    return {
      words,
      x,
      y,
      end,
      bold,
      size,
      box: { left, top: y - size * 0.55, right: left + width, bottom: y + size * 0.55 },
    };
  }

  /** Lines no wider than that, broken at blanks. */
  broken(words, width) {
    const lines = [];
    for (const word of words.split(" ")) {
      const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : "";
      if (longer !== "" && wide(longer, 10) <= width) lines[lines.length - 1] = longer;
      else lines.push(fitting(word, width, 10));
    }
    return lines;
  }
}
