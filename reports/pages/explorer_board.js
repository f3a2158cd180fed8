// The board of the explorer: what each node is, and what can happen to it next.
"use strict";

const kKinds = ["Messages", "By itself", "Faults"];
/** @param {Choice} choice @returns {number} a place in kKinds */
const kindOf = ({ event, fault }) => fault ? 2 : event === "deliver" || event === "miss" ? 0 : 1;

/** @param {Choice} choice @returns {boolean} does a node stop within its handler? */
const crashesWithin = ({ event, effects }) => event !== "crash" && (effects.at(-1) ?? "").startsWith("crash");

class Board {
  /** @param {Walk} walk @param {Forecast} forecast @param {Lesson|null} lesson @param {(choice: number) => void} take */
  constructor(walk, forecast, lesson, take) {
    this.graph = walk.graph;
    this.walk = walk;
    this.forecast = forecast;
    this.lesson = lesson;
    this.take = take;
    this.element = make("div", { className: "nodes" });
  }

  name(node) { return nameOf(this.graph, node); }

  /** Draws the present. @param {Blame} blame what is wrong, and with whom */
  show(blame) {
    this.blame = blame;
    const { at, world, choices } = this.walk;
    const before = at.before === null ? world : this.graph.world(at.before.world);
    const groups = world.nodes.map((view, node) => this.nodePanel(world, before, node, choices));
    const network = choices.some(({ node }) => node === null) || world.side.length > 0;
    this.element.replaceChildren(...groups, ...(network ? [this.networkPanel(world, choices)] : []));
    if (choices.length === 0) this.element.append(make("p", { className: "nothing" }, "The run is over: nothing more can happen."));
  }

  nodePanel(world, before, node, choices) {
    const view = world.nodes[node], was = before.nodes[node];
    const lifeOf = ({ up, parts }) => up ? (parts.some(({ inDoubt }) => inDoubt) ? "in doubt" : "up") : "down";
    const row = (title, now, then, className = "") =>
      [make("dt", {}, title), make("dd", { className: `${className}${now === then ? "" : " changed"}` }, now || "—")];
    const list = (title, className, items) => [make("dt", {}, title), make("dd", {}, items.length > 0 ? make("ul", { className }, ...items) : "—")];
    const rows = view.parts.map((part, i) => {
      const of = view.parts.length > 1 ? ` #${i + 1}` : "";
      const { state, decided, log } = was.parts[i];
      return [...row(`state${of}`, part.state, state, "words"), ...row(`decided${of}`, part.decided, decided, `decided ${part.decided}`),
        ...list(`log${of}`, "log", this.records(part.log, log))];
    }).flat();
    const life = lifeOf(view);
    const wrong = this.blame.marks.get(node);
    return make("section", { className: `node ${life === "up" ? "" : life === "down" ? "down" : "doubt"}${wrong === undefined ? "" : " wrong"}` },
      wrong === undefined ? null : make("p", { className: "wrong" }, wrong),
      make("h2", {}, make("bdi", {}, this.name(node)), make("span", { className: `life${life === lifeOf(was) ? "" : " changed"}` }, life)),
      make("dl", {}, ...rows, ...list("inbox", "inbox", this.messages(world, before, node))),
      ...this.choiceGroups(choices, node));
  }

  records(log, was) {
    return log.map((record, i) => {
      const unforced = record.endsWith("?");
      return make("li", { className: `record${unforced ? " unforced" : ""}${record === was[i] ? "" : " changed"}`,
        title: unforced ? "written, not forced: a crash may lose it" : "on disk" }, record);
    });
  }

  messages(world, before, node) {
    const old = new Set(before.flight.map(messageKey));
    return world.flight.filter(({ to }) => to === node).map((message) =>
      make("li", { className: `message${old.has(messageKey(message)) ? "" : " changed"}` }, make("span", { className: "words" }, message.word),
        make("span", { className: "faint" }, " from ", make("bdi", {}, this.name(message.from)))));
  }

  networkPanel({ side }, choices) {
    const names = (nodes) => nodes.map((node) => this.name(node)).join(", ");
    const others = this.graph.meta.names.map((name, node) => node).filter((node) => !side.includes(node));
    return make("section", { className: `node network ${side.length > 0 ? "down" : ""}` }, make("h2", {}, "the network"),
      make("p", {}, side.length > 0 ? `is split: ${names(others)} | ${names(side)}` : "is whole"), ...this.choiceGroups(choices, null));
  }

  /** The choices of a node by kind; crashes within a step are folded under the step. */
  choiceGroups(choices, node) {
    const mine = choices.map((choice, i) => ({ choice, i })).filter(({ choice }) => choice.node === node);
    const uncut = new Set(mine.filter(({ choice }) => !crashesWithin(choice)).map(({ choice }) => choice.happened));
    const folded = ({ choice }) => crashesWithin(choice) && uncut.has(choice.happened);
    const cuts = mine.filter(folded), whole = mine.filter((one) => !folded(one));
    const cutsOf = ({ choice: { happened } }) => this.cutsOf(cuts.filter(({ choice }) => choice.happened === happened));
    return kKinds.map((title, kind) => {
      const items = whole.filter(({ choice }) => kindOf(choice) === kind).map((one) => make("li", {}, this.choiceButton(one), cutsOf(one)));
      const className = `kind ${title.toLowerCase().replace(" ", "-")}`;
      return items.length === 0 ? [] : make("div", { className }, make("h3", {}, title), make("ul", {}, ...items));
    }).flat();
  }

  cutsOf(cuts) {
    if (cuts.length === 0 || this.lesson?.asks) return null;
    const ahead = cuts.map(({ choice }) => this.after(choice)).filter((after) => after !== null);
    const first = ahead.sort((one, other) => one.steps - other.steps)[0] ?? null;
    const list = make("ul", {});
    const fold = make("details", { className: "cuts" }, make("summary", {}, `crash within this step (${cuts.length})`, this.far(first)), list);
    fold.addEventListener("toggle", () => {
      if (list.childElementCount === 0) list.append(...cuts.map((one) => make("li", {}, this.choiceButton(one))));
    });
    return fold;
  }

  choiceButton({ choice, i }) {
    const { worlds } = this.graph.meta, cut = crashesWithin(choice);
    const effects = (cut && choice.effects.length === 1 ? ["crash before its first effect"] : choice.effects).join("; ");
    const beyond = () => make("span", { className: "far" }, `beyond the ${count(worlds, "world")} of this page`);
    const button = action("", `choice${this.lesson?.next === i ? " lesson-next" : ""}`, () => this.take(i));
    button.disabled = choice.to === null;
    const happened = make("span", { className: "happened" }, cut ? effects : choice.happened);
    const more = cut || this.lesson?.asks ? "" : make("span", { className: "effects" }, effects);
    button.append(happened, more, choice.to === null ? beyond() : this.far(this.after(choice)) ?? "");
    return button;
  }

  /** What a choice leads towards. While a question of the lesson is open this is not told, nor are effects: they would tell the answer. */
  after(choice) { return this.lesson?.asks ? null : this.forecast.after(this.walk.at.world, choice); }

  far(after) {
    if (after === null) return null;
    return make("span", { className: `far ${after.aim}${after.nearer ? " nearer" : ""}${after.steps === 0 ? " now" : ""}` }, after.words);
  }

  /** The keyboard goes on from what the lesson takes next, or from what comes first and is no fault. @param {boolean} scroll */
  focusFirst(scroll) {
    const first = [".lesson-next", ".kind:not(.faults) .choice:enabled", ".choice:enabled"].map((where) => this.element.querySelector(where));
    first.find((choice) => choice !== null)?.focus({ preventScroll: !scroll });
  }

  /** Among the choices that are to be seen, and what they fold. */
  moveFocus(by) {
    const all = [...this.element.querySelectorAll("button.choice:enabled, summary")].filter((one) => one.checkVisibility());
    const at = all.indexOf(document.activeElement);
    all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]?.focus();
  }
}
