// The explorer: a person picks what happens next, goes back, branches, and sees what still holds and how far a breach is.
"use strict";

const kKeys = [
  ["↓ ↑ or j k", "the next, the previous choice"], ["Enter", "takes it"], ["Backspace or u", "goes back one step"],
  ["f", "goes forward again"], ["g", "goes to the nearest breach, or blocked world"], ["Esc", "stops on the way there"],
  ["b", "goes one step towards it"], ["?", "shows this"],
];
const kLessonKeys = [["→ Space Enter PgDn", "the lesson's next step, or your answer"], ["← PgUp", "back in the lesson"]];
const kPace = 380;  // milliseconds a step, on the way to a breach

/** @returns {boolean} whether the person wants nothing to move by itself */
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

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
  /** @param {Graph} graph @param {object} kit what pictures are drawn from @param {HTMLElement} root */
  constructor(graph, kit, root) {
    this.graph = graph;
    this.pieces = new Pieces(kit);
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
    this.blame = Blame.none;
    this.breach = make("section", { className: "alarm", ariaLabel: "What is broken here", hidden: true });
    this.picture = this.makePicture();
    this.here = make("section", { className: "here", ariaLabel: "What holds here" });
    this.path = make("section", { className: "path", ariaLabel: "The path so far" });
    this.help = this.makeHelp();
    const board = make("section", { className: "board", ariaLabel: "Nodes, and what can happen next" }, this.board.element);
    root.replaceChildren(
      this.makeHead(), this.makeBar(), this.notice, this.breach, this.news,
      make("div", { className: "table" }, this.lesson?.element ?? "", this.picture, board, make("div", { className: "aside" }, this.here, this.path)), this.help, this.pieces.patterns());
    document.addEventListener("keydown", (key) => this.key(key));
    document.addEventListener("pointerdown", () => { this.byKey = false; });
    document.addEventListener("focusin", () => { this.focusedByKey = this.byKey; });
    addEventListener("hashchange", () => this.follow());
    addEventListener("resize", () => requestAnimationFrame(() => this.showPicture()));
    addEventListener("scroll", () => requestAnimationFrame(() => this.fitPicture()), { passive: true });
    new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${this.bar.offsetHeight}px`)).observe(this.bar);
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
    this.votes.addEventListener("change", () => { this.halt(); this.walk.begin(Number(this.votes.value)); this.show(""); });
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
    this.nearest = action("", this.lesson ? "" : "primary", () => this.goThere());
    this.back.title = "Backspace or u";
    this.forward.title = "f: go again where you went from here";
    this.bar = make("div", { className: "bar" }, this.verdict, make("div", { className: "actions" }, this.back, this.forward, this.nearest),
      action("?", "ask", () => this.help.showModal()));
    this.bar.lastElementChild.ariaLabel = "Help";
    return this.bar;
  }

  /** The run stands in a box of its own, which scrolls; below it, what the signs mean. */
  makePicture() {
    this.run = make("div", { className: "run", role: "group", ariaLabel: "The run so far", tabIndex: 0 });
    this.signs = make("ul", {});
    const legend = make("details", { className: "legend" }, make("summary", {}, "What the signs mean"), this.signs);
    this.run.addEventListener("click", ({ target }) => {
      const step = target.closest("[data-step]");
      if (step !== null) this.goTo(this.walk.at.line()[Number(step.dataset.step)]);
    });
    return make("section", { className: "picture", ariaLabel: "The run as a picture" }, this.run, legend);
  }

  makeHelp() {
    const keys = [...kKeys, ...(this.lesson ? kLessonKeys : [])].map(([key, what]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, what)]).flat();
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
    const there = this.forecast.nearer(walk.at.world, this.aim()) >= 0, going = this.going !== undefined;
    this.nearest.textContent = going ? "Stop" : this.aim() === "breach" ? "Show me the nearest breach" : "Show me the nearest blocked world";
    this.nearest.title = going ? "Esc" : "g: goes there, step by step";
    this.nearest.disabled = !going && (this.lesson?.asks === true || !there);
    this.lesson?.render();
    this.blame = this.lesson?.asks ? Blame.none : new Blame(walk);
    this.showVerdict(world);
    const fresh = this.showBreach();
    this.board.show(this.blame);
    this.showHere(world);
    this.showPath();
    this.showPicture();
    this.news.textContent = news || this.lastStep();
    this.news.classList.toggle("heard", news !== "");  // what is said of the lesson stands there
    if (fresh && this.run.getBoundingClientRect().bottom > innerHeight) this.breach.scrollIntoView({ block: "start" });
    else if (fresh) this.breach.scrollIntoView({ block: "nearest" });
    this.lesson?.reveal();
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

  /** @returns {string} what the step to a visit has broken; nothing while a question is open */
  fresh(visit) { return this.lesson?.asks ? "" : freshly(this.graph, visit); }

  /** What is broken, by whom. @returns {boolean} whether it is new */
  showBreach() {
    const { sentences } = this.blame, { at } = this.walk;
    this.breach.hidden = sentences.length === 0;
    this.breach.replaceChildren(...sentences.map((words) => make("p", {}, words)));
    const fresh = !this.breach.hidden && this.shown !== at && this.fresh(at) !== "";
    this.shown = at;
    return fresh;
  }

  /** No higher than what is left of the window below its top. */
  fitPicture() {
    const { run } = this, atEnd = run.scrollTop + run.clientHeight > run.scrollHeight - 2;
    run.style.setProperty("--room", `${Math.round(innerHeight - run.getBoundingClientRect().top - 52)}px`);
    if (atEnd) run.scrollTop = run.scrollHeight;
  }

  /** The run so far, its last step in view. */
  showPicture() {
    const { run } = this, picture = new Picture(this.pieces, this.walk, run.clientWidth, this.blame);
    const heads = picture.heads(), drawn = picture.drawn();
    // What is hardly wider than its box is made as narrow; the rest scrolls.
    const width = Number(drawn.getAttribute("width")), scale = Math.max(0.75, Math.min(1, run.clientWidth / width));
    for (const one of [heads, drawn]) for (const side of ["width", "height"]) one.setAttribute(side, Number(one.getAttribute(side)) * scale);
    heads.classList.add("heads");
    drawn.classList.add("space-time");
    run.replaceChildren(heads, drawn);
    this.signs.replaceChildren(...picture.legend());
    this.fitPicture();
    run.scrollTop = run.scrollHeight;
    const box = run.getBoundingClientRect(), now = drawn.querySelector(".step.now > .reach")?.getBoundingClientRect();
    if (now && (now.right > box.right || now.left < box.left)) run.scrollLeft += now.left - box.left - Math.max(0, box.width - now.width) / 2;
  }

  showVerdict({ broken, blocked, distance }) {
    if (this.lesson?.asks) return this.verdict.replaceChildren(make("span", {}, "What comes next? First your answer."));
    const asked = this.graph.meta.properties.some(({ name }) => name === "NB"), parts = [];
    const all = [...broken, ...(blocked === true && asked && !broken.includes("NB") ? ["NB"] : [])];
    this.bar.classList.toggle("broken", all.length > 0);
    this.bar.classList.toggle("blocked", all.length === 0 && blocked === true);
    const told = all.map((name) => propertyNamed(this.graph, name)).join(" and ");
    if (all.length > 0) parts.push(make("span", { className: "violated" }, `Broken: ${told}`));
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
    const head = make("tr", {}, ...["property", "meaning", "so far", "in all runs"].map((title) => make("th", { scope: "col" }, title)));
    const budgets = Object.entries(world.budgets).filter(([, left]) => left > 0).map(([name, left]) => budget(name, left));
    this.here.replaceChildren(make("h2", {}, "Here"), make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)),
      ...(asks ? [] : [this.distance(world, "breach", "The nearest breach"), this.distance(world, "blocked", "The nearest blocked world")]),
      make("p", { className: "faint" }, `Faults left: ${budgets.join(", ") || "none"}.`));
  }

  distance({ broken, distance }, aim, what) {
    const steps = distance[aim], atLeast = distance.atLeast[aim], exact = steps === atLeast;
    const here = aim === "breach" ? `Broken: ${broken.join(" and ")}.` : "A node that is up can never decide unless another recovers.";
    if (steps === 0) return make("p", {}, here);
    const nearer = exact || atLeast < 2 ? "" : `; none within ${count(atLeast - 1, "step")}`;
    if (steps === null) return make("p", { className: "faint" }, `${what}: ${exact ? "none can be reached" : "none is known"} from here${nearer}.`);
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
    if (this.lesson?.asks) this.lesson.focus();
    else this.board.focusFirst(this.byKey);
  }
  take(choice) {
    this.halt();
    if (this.walk.take(choice)) this.moved();
  }
  goTo(visit) {
    this.halt();
    this.walk.goTo(visit);
    this.moved();
  }
  goBack() { if (this.walk.at.before !== null) this.goTo(this.walk.at.before); }
  goForward() { if (this.walk.at.ahead !== null) this.goTo(this.walk.at.ahead); }
  goNearer(aim) { this.take(this.forecast.nearer(this.walk.at.world, aim)); }

  /** Goes to the nearest breach or blocked world, step by step before the person's eyes; or stops on the way. */
  goThere() {
    if (this.going !== undefined) {
      this.halt();
      return this.show("");
    }
    const aim = this.aim(), step = () => this.walk.take(this.forecast.nearer(this.walk.at.world, aim));
    if (still()) {
      while (step());
      return this.moved();
    }
    const go = () => {
      const more = step() && this.forecast.nearer(this.walk.at.world, aim) >= 0 && !this.lesson?.asks;
      this.going = more ? setTimeout(go, kPace) : undefined;
      this.show("");
    };
    go();
  }

  halt() {
    clearTimeout(this.going);
    this.going = undefined;
  }

  tell(words, ...more) {
    this.notice.replaceChildren(words, ...more);
    this.notice.hidden = false;
  }

  refuse(wrong) { this.tell(`The address names a path that this page does not have: ${wrong}. It is ignored.`); }

  follow() {
    this.halt();
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
    const focus = document.activeElement;
    if (this.help.open || key.ctrlKey || key.metaKey || key.altKey) return;
    if (this.lesson !== null && this.lessonKey(key, focus)) return key.preventDefault();
    if (focus.matches("input, select, textarea") || (focus === this.run && key.key.startsWith("Arrow"))) return;
    if (key.key === "Enter" && key.repeat) return key.preventDefault();
    const down = () => this.board.moveFocus(1), up = () => this.board.moveFocus(-1), back = () => this.goBack();
    const stop = () => { if (this.going !== undefined) this.goThere(); };
    const acts = {
      ArrowDown: down, j: down, ArrowUp: up, k: up, Backspace: back, u: back, f: () => this.goForward(),
      g: () => this.nearest.click(), b: () => { if (!this.lesson?.asks) this.goNearer(this.aim()); }, Escape: stop, "?": () => this.help.showModal(),
    };
    if (!Object.hasOwn(acts, key.key)) return;
    key.preventDefault();
    acts[key.key]();
  }

  /**
   * Moves the lesson from wherever the focus is, unless the key means something there: to a list, to the choices of a question, to a
   * button that was reached by the keyboard.
   * @param {KeyboardEvent} key @param {Element} focus @returns {boolean} whether that was done
   */
  lessonKey({ key, repeat, shiftKey }, focus) {
    const on = ["ArrowRight", "PageDown", "Enter", " "].includes(key), back = ["ArrowLeft", "PageUp"].includes(key);
    if ((!on && !back) || shiftKey) return false;
    const presses = key === "Enter" || key === " ";
    if (focus.matches("input[type=radio]")) {
      if (key === " " || key.startsWith("Arrow")) return false;
    } else if (focus.matches("input, select, textarea") || (presses && this.focusedByKey && focus.matches("button, summary, a"))) return false;
    if (repeat && (presses || this.lesson.asks)) return true;
    this.halt();
    if (on) this.lesson.on();
    else this.lesson.back();
    return true;
  }
}

(async () => {
  const root = document.getElementById("explorer");
  try {
    const data = JSON.parse(document.getElementById("data").textContent);
    new Explorer(await Graph.load(data), data.picture, root);
  } catch (error) {
    root.append(make("p", { className: "notice", role: "alert" }, `This page cannot be shown: ${error.message}.`));
    throw error;
  }
})();
