// The explorer: a person picks what happens next, goes back, branches, and sees what still holds and how far a breach is.
"use strict";

const kKeys = [
  ["↓ ↑ or j k", "the next, the previous choice"], ["Enter", "takes it"], ["Backspace or u", "goes back one step"],
  ["f", "goes forward again"], ["b", "goes one step towards the nearest breach, or blocked world"], ["?", "shows this"],
];

/** @returns {string} "1 crash", "2 disk losses", "any number of losses" */
function budget(name, left) {
  const kAny = 255, plain = name.replaceAll("_", " ");
  return left === kAny ? `any number of ${plain}` : `${left} ${left === 1 ? plain.replace(/(?<=sh|ss)es$|s$/, "") : plain}`;
}

/** @returns {[string, string]} a class and words: what a world says of a property, if it says anything */
function judged(name, { broken, blocked }) {
  if (broken.includes(name)) return ["violated", "broken"];
  if (name === "NB") return blocked === null ? ["faint", "not known"] : blocked ? ["stuck", "blocked"] : ["holds", "holds"];
  return ["AC4", "AC5"].includes(name) ? ["faint", "—"] : ["holds", "holds"];
}

class Explorer {
  /** @param {Graph} graph @param {HTMLElement} root */
  constructor(graph, root) {
    this.graph = graph;
    this.walk = new Walk(graph);
    this.forecast = new Forecast(graph);
    const { meta } = graph;
    const linked = location.hash.length > 1, wrong = linked ? this.walk.follow(location.hash) : "";
    if (!linked && meta.opens) this.walk.walk(meta.opens);
    this.lesson = meta.lesson ? new Lesson(meta.lesson, this.walk, (news) => this.show(news)) : null;
    this.news = make("p", { className: "news", role: "status", ariaLive: "polite" });
    this.notice = make("p", { className: "notice", role: "alert", hidden: true });
    this.verdict = make("p", { className: "verdict" });
    this.board = new Board(this.walk, this.forecast, this.lesson, (choice) => this.take(choice));
    this.picture = make("section", { className: "picture", ariaLabel: "The run as a picture" });
    this.here = make("section", { className: "here", ariaLabel: "What holds here" });
    this.path = make("section", { className: "path", ariaLabel: "The path so far" });
    this.help = this.makeHelp();
    const board = make("section", { className: "board", ariaLabel: "Nodes, and what can happen next" }, this.board.element, this.picture);
    root.replaceChildren(
      this.makeHead(), this.makeBar(), this.notice, this.lesson?.element ?? "", this.news,
      make("div", { className: "table" }, board, make("aside", {}, this.here, this.path)), this.help);
    document.addEventListener("keydown", (key) => this.key(key));
    document.addEventListener("pointerdown", () => { this.byKey = false; });
    addEventListener("hashchange", () => this.follow());
    this.show("");
    if (wrong !== "") this.refuse(wrong);
  }

  name(node) { return nameOf(this.graph, node); }

  // What stays.

  makeHead() {
    const { meta } = this.graph;
    const told = (votes) => votes.split(" ").map((vote, i) => `${this.name(i + 1)} ${vote}`).join(", ");
    const options = meta.starts.map(({ votes }, i) => make("option", { value: i }, votes.map(told).join(" | ")));
    this.votes = make("select", {}, ...options);
    this.votes.addEventListener("change", () => { this.walk.begin(Number(this.votes.value)); this.show(""); });
    const worlds = count(meta.worlds, "world"), protocol = [make("b", {}, make("bdi", {}, meta.protocol)), ", ", make("bdi", {}, meta.summary), ". "];
    const holds = `This page holds ${meta.truncated ? `the ${worlds} nearest to the beginning; there are more` : `all ${worlds}`}.`;
    return make("div", { className: "head" },
      make("p", { className: "faint" }, ...(meta.title === "" ? [] : protocol), holds),
      make("p", { className: "asked" }, make("label", {}, "Votes ", this.votes),
        make("code", {}, meta.question.replace("# commitlab-play/1", "commitlab check"))),
      ...meta.warnings.map((warning) => make("p", { className: "notice" }, warning)));
  }

  makeBar() {
    this.back = action("Back", "", () => this.goBack());
    this.forward = action("Forward", "", () => this.goForward());
    this.nearest = action("", this.lesson ? "" : "primary", () => this.goNearer(this.aim()));
    this.back.title = "Backspace or u";
    this.forward.title = "f: go again where you went from here";
    this.nearest.title = "b: takes one step towards it";
    this.bar = make("div", { className: "bar" }, this.verdict, make("div", { className: "actions" }, this.back, this.forward, this.nearest,
      action("?", "", () => this.help.showModal())));
    return this.bar;
  }

  makeHelp() {
    const keys = kKeys.map(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]).flat();
    const help = make("dialog", { className: "help", ariaLabel: "Help" }, make("h2", {}, "How to explore"),
      make("p", {}, "Pick what happens next: each button is one step. Nothing happens unless you pick it, and every step can be taken back."),
      make("dl", {}, ...keys),
      make("p", {}, "What the last step has changed is marked with a bar. A record like ", make("span", { className: "record unforced" }, "this?"),
        " has been written and not forced: a crash may lose it."),
      make("p", {}, "The address of this page holds the path: a copied link leads here again. A saved play is read by ",
        make("code", {}, "commitlab replay FILE"), "."));
    help.append(action("Close", "primary", () => help.close()));
    return help;
  }

  // What a step changes.

  /** Draws the present. @param {string} news what to say of it; empty: the last step */
  show(news) {
    this.lesson?.keepUp();
    this.notice.hidden = true;
    const { walk } = this, { world } = walk;
    history.replaceState(null, "", "#" + walk.address());
    this.votes.value = String(walk.votes);
    this.back.disabled = walk.at.before === null;
    this.forward.disabled = walk.at.ahead === null;
    this.nearest.textContent = this.aim() === "breach" ? "Show me the nearest breach" : "Show me the nearest blocked world";
    this.nearest.disabled = this.lesson?.asks === true || this.forecast.nearer(walk.at.world, this.aim()) < 0;
    this.lesson?.render();
    this.showVerdict(world);
    this.board.show();
    this.showHere(world);
    this.showPath();
    this.picture.replaceChildren(...(walk.at.before === null ? [] : [new Picture(walk).drawn()]));
    this.news.textContent = news || this.lastStep();
    this.news.classList.toggle("heard", news !== "");  // what is said of the lesson stands there
  }

  /** @returns {Aim} what is shown the way to: what breaks, if anything does */
  aim() {
    const { distance: { breach, blocked } } = this.walk.world;
    return breach === null && blocked !== null ? "blocked" : "breach";
  }

  lastStep() {
    const { at } = this.walk;
    if (at.before === null) return "The beginning: nothing has happened yet. Pick what happens first.";
    const { node, happened, effects } = this.walk.taken(at), fresh = this.fresh(at);
    return `Step ${at.steps}. ${this.name(node)}: ${[happened, ...effects].join("; ")}.` + (fresh === "" ? "" : ` This ${fresh}.`);
  }

  /** @returns {string} what the step to a visit has broken: "breaks AC1", "blocks" or nothing */
  fresh(visit) {
    if (visit.before === null) return "";
    const now = this.graph.world(visit.world), before = this.graph.world(visit.before.world);
    const broken = now.broken.filter((name) => !before.broken.includes(name));
    return broken.length > 0 ? `breaks ${broken.join(" and ")}` : now.blocked === true && before.blocked !== true ? "blocks" : "";
  }

  showVerdict({ broken, blocked, distance }) {
    if (this.lesson?.asks) return this.verdict.replaceChildren(make("span", {}, "What comes next? First your answer."));
    const parts = [], plain = (name) => this.graph.meta.properties.find((property) => property.name === name)?.plain;
    this.bar.classList.toggle("broken", broken.length > 0);
    const told = broken.map((name) => `${name} ${plain(name)}`).join(" and ");
    if (broken.length > 0) parts.push(make("span", { className: "violated" }, `Broken: ${told}`));
    else parts.push(make("span", { className: "holds" }, "All holds so far"));
    if (blocked === true) parts.push(make("span", { className: "stuck" }, "blocked"));
    const aim = this.aim(), steps = distance[aim];
    if (steps !== null && steps > 0) {
      const what = aim === "breach" ? `${this.forecast.breaks(this.walk.at.world)} can break` : "can block";
      parts.push(make("span", {}, `${what} in ${steps === distance.atLeast[aim] ? "" : "at most "}${count(steps, "step")}`));
    }
    this.verdict.replaceChildren(...parts);
  }

  showHere(world) {
    const { properties } = this.graph.meta;
    const asks = this.lesson?.asks === true;
    const rows = properties.map(({ name, plain, status }) => {
      const [className, here] = asks ? ["faint", "?"] : judged(name, world);
      return make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, plain), make("td", { className }, here),
        make("td", { className: asks ? "faint" : status }, asks ? "?" : status));
    });
    const head = make("tr", {}, ...["", "", "so far", "in all runs"].map((title) => make("th", { scope: "col" }, title)));
    const budgets = Object.entries(world.budgets).filter(([, left]) => left > 0).map(([name, left]) => budget(name, left));
    this.here.replaceChildren(make("h2", {}, "Here"), make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
      ...(asks ? [] : [this.distance(world, "breach", "The nearest breach"), this.distance(world, "blocked", "The nearest blocked world")]),
      make("p", { className: "faint" }, budgets.length > 0 ? `May still go wrong: ${budgets.join(", ")}.` : "No fault is left."));
  }

  distance({ broken, distance }, aim, what) {
    const steps = distance[aim], atLeast = distance.atLeast[aim], exact = steps === atLeast;
    const here = aim === "breach" ? `Broken: ${broken.join(" and ")}.` : "Somebody who is up can never decide, unless another comes back.";
    if (steps === 0) return make("p", {}, here);
    const nearer = exact || atLeast < 2 ? "" : `; nearer than ${count(atLeast, "step")} there is none`;
    if (steps === null) return make("p", { className: "faint" }, `${what}: ${exact ? "there is none" : "none is known"} from here${nearer}.`);
    const words = `${what}: ${exact ? "" : "at most "}${count(steps, "step")} from here. `;
    return make("p", {}, words, action("One step there", "small", () => this.goNearer(aim)));
  }

  showPath() {
    const { walk } = this;
    const steps = walk.at.tip().line().slice(1).map((visit) => {
      const { node, happened, effects } = walk.taken(visit), fresh = this.fresh(visit);
      const go = action("", "step", () => this.goTo(visit));
      go.append(make("bdi", { className: "who" }, this.name(node)), " ", make("span", { className: "happened" }, happened),
        make("span", { className: "effects" }, effects.join("; ")), ...(fresh === "" ? [] : [make("span", { className: "far now" }, fresh)]));
      if (visit === walk.at) go.setAttribute("aria-current", "step");
      return make("li", { className: visit.steps > walk.at.steps ? "ahead" : "" }, go);
    });
    const start = action("the beginning", "step", () => this.goTo(walk.at.line()[0]));
    if (walk.at.before === null) start.setAttribute("aria-current", "step");
    const branches = walk.branches().map(({ tip, fork }) => {
      const { node, happened } = walk.taken(fork), fresh = this.fresh(tip);
      const more = tip === fork ? "" : `, and ${count(tip.steps - fork.steps, "step")} more`;
      const words = `after step ${fork.steps - 1}: ${this.name(node)} ${happened}${more}${fresh === "" ? "" : `; ${fresh}`}`;
      return make("li", {}, action(words, "step", () => this.goTo(tip)));
    });
    const keep = make("div", { className: "actions" },
      action("Copy link", "", () => this.copyLink()), action("Save as a play", "", () => this.save()));
    this.path.replaceChildren(make("h2", {}, "The path so far"), keep, make("ol", { start: 0 }, make("li", {}, start), ...steps),
      ...(branches.length > 0 ? [make("h2", {}, "Branches"), make("ul", { className: "branches" }, ...branches)] : []));
  }

  // What a person does.

  /** Shows where a move has led; the keyboard goes on from its first choice. */
  moved() {
    this.show("");
    this.board.focusFirst(this.byKey);
  }
  take(choice) { if (this.walk.take(choice)) this.moved(); }
  goTo(visit) { this.walk.goTo(visit); this.moved(); }
  goBack() { if (this.walk.at.before !== null) this.goTo(this.walk.at.before); }
  goForward() { if (this.walk.at.ahead !== null) this.goTo(this.walk.at.ahead); }
  goNearer(aim) { this.take(this.forecast.nearer(this.walk.at.world, aim)); }

  tell(words, ...more) {
    this.notice.replaceChildren(words, ...more);
    this.notice.hidden = false;
  }

  refuse(wrong) { this.tell(`The address names a path that this page does not have: ${wrong}. It is ignored.`); }

  follow() {
    const wrong = this.walk.follow(location.hash);
    this.show("");
    if (wrong !== "") this.refuse(wrong);
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.tell("The link to this moment is copied.");
    } catch {
      const link = make("input", { readOnly: true, value: location.href, ariaLabel: "the link to this moment" });
      this.tell("The link to this moment: ", link);
      link.select();
    }
  }

  save() {
    const { meta } = this.graph;
    const file = make("a", { href: URL.createObjectURL(new Blob([this.walk.play()], { type: "text/plain" })) });
    file.download = `${(meta.scenario || meta.protocol).replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "") || "path"}.play`;
    file.click();
    URL.revokeObjectURL(file.href);
    this.tell(`Saved as ${file.download}; commitlab replay ${file.download} makes it again.`);
  }

  /** @param {KeyboardEvent} key */
  key(key) {
    this.byKey = true;
    const typing = document.activeElement.matches("input, select, textarea") || this.help.open;
    if (typing || key.ctrlKey || key.metaKey || key.altKey) return;
    if (key.key === "Enter" && key.repeat) return key.preventDefault();
    const down = () => this.board.moveFocus(1), up = () => this.board.moveFocus(-1), back = () => this.goBack();
    const acts = {
      ArrowDown: down, j: down, ArrowUp: up, k: up, Backspace: back, u: back, f: () => this.goForward(),
      b: () => this.nearest.click(), "?": () => this.help.showModal(),
    };
    if (!Object.hasOwn(acts, key.key)) return;
    key.preventDefault();
    acts[key.key]();
  }

}

(async () => {
  const root = document.getElementById("explorer");
  try {
    new Explorer(await Graph.load(JSON.parse(document.getElementById("data").textContent)), root);
  } catch (error) {
    root.append(make("p", { className: "notice", role: "alert" }, `This page cannot be shown: ${error.message}.`));
    throw error;
  }
})();
