// A report in a browser: runs are gone through step by step, commands are copied. Without this the page tells the same, at rest.
// @ts-check
"use strict";
(() => {
  /** Of a slot, a node's part in a transaction: flags (1 up, 2 in doubt), what it is, what it decided, its log, its inbox; texts by their numbers.
   * @typedef {[number, number, number, number, number[]]} Look */
  /** @typedef {{id: string, nodes: string[], steps: [number, Look][][]}} RunData */
  /** @typedef {{texts: string[], runs: RunData[]}} Data */

  const kUp = 1;

  /**
   * @param {string} name
   * @param {string} [classes]
   * @param {string} [text]
   */
  function made(name, classes = "", text = "") {
    const element = document.createElement(name);
    if (classes) element.className = classes;
    if (text) element.textContent = text;
    return element;
  }

  /** @param {string} text @param {string} label @param {() => void} act */
  function button(text, label, act) {
    const element = /** @type {HTMLButtonElement} */ (made("button", "", text));
    element.type = "button";
    element.setAttribute("aria-label", label);
    element.title = label;
    element.addEventListener("click", act);
    return element;
  }

  /** A run that can be gone through. Step 0 is before the first. */
  class Stepper {
    /** @param {Element} section @param {RunData} run @param {string[]} texts */
    constructor(section, run, texts) {
      this.section = section;
      this.run = run;
      this.texts = texts;
      this.last = run.steps.length - 1;
      this.now = 0;
      this.glyphs = [...section.querySelectorAll(".picture .step")];
      this.rows = [...section.querySelectorAll("tr[data-step]")];
      this.looks = this.allLooks();
      for (const row of this.rows) row.removeAttribute("id");  // from now on an address leads to the picture, not to the row
      this.panel();
      section.classList.add("scripted");
      for (const one of [...this.glyphs, ...this.rows])
        one.addEventListener("click", (event) => {
          if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
          event.preventDefault();
          this.go(stepOf(one));
        });
      this.show();
    }

    /** What every slot is after each step: changes, added up. @returns {Look[][]} */
    allLooks() {
      /** @type {Look[]} */
      let now = [];
      return this.run.steps.map((changes) => {
        now = [...now];
        for (const [slot, look] of changes) now[slot] = look;
        return now;
      });
    }

    panel() {
      const panel = made("div", "panel"), steps = made("div", "steps");
      this.first = button("\u00ab", "Before the first step", () => this.go(0));
      this.back = button("\u2039", "One step back", () => this.go(this.now - 1));
      this.on = button("\u203a", "One step on", () => this.go(this.now + 1));
      this.end = button("\u00bb", "The last step", () => this.go(this.last));
      this.slider = /** @type {HTMLInputElement} */ (made("input"));
      Object.assign(this.slider, { type: "range", min: "0", max: String(this.last), value: "0" });
      this.slider.setAttribute("aria-label", "Step");
      this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
      this.where = made("output");
      steps.append(this.first, this.back, this.slider, this.on, this.end, this.where);
      this.told = made("p", "told-step");
      this.told.setAttribute("aria-live", "polite");
      this.nodes = made("div", "nodes scrolls");
      this.nodes.setAttribute("role", "group");
      this.nodes.setAttribute("aria-label", "what each node is");
      const hint = "\u2190 and \u2192 move step by step; click an event to go to it. What the step changed is marked.";
      panel.append(steps, this.told, this.nodes, made("p", "hint", hint));
      this.section.querySelector(".stage")?.append(panel);
    }

    /** @param {number} step */
    go(step) {
      this.now = Math.max(0, Math.min(this.last, step));
      active = this;
      this.show();
      history.replaceState(null, "", this.now === 0 ? `#${this.run.id}` : `#${this.run.id}-${this.now}`);
      this.reveal();
    }

    /** The glyphs of the step come into view, if they are not. */
    reveal() {
      const glyph = this.glyphs.find((one) => stepOf(one) === this.now);
      glyph?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }

    show() {
      for (const one of this.glyphs) {
        one.classList.toggle("now", stepOf(one) === this.now);
        one.classList.toggle("later", this.now > 0 && stepOf(one) > this.now);
      }
      for (const row of this.rows) {
        row.classList.toggle("now", stepOf(row) === this.now);
        if (stepOf(row) === this.now) row.setAttribute("aria-current", "step");
        else row.removeAttribute("aria-current");
      }
      this.slider.value = String(this.now);
      this.where.textContent = `step ${this.now} of ${this.last}`;
      this.first.disabled = this.back.disabled = this.now === 0;
      this.on.disabled = this.end.disabled = this.now === this.last;
      this.told.textContent = this.tell();
      this.nodes.replaceChildren(this.table());
      stops();
    }

    /** The step in words, as its row has them. */
    tell() {
      const row = this.rows.find((one) => stepOf(one) === this.now);
      if (!row) return "Before the first step.";
      const cells = [...row.children].map((cell) => cell.textContent ?? "");
      const timed = cells.length > 5;
      const [node, happens, does] = cells.slice(timed ? 2 : 1);
      return `${timed ? `${cells[1]} ms: ` : ""}${node} ${happens}${does ? `; ${does}` : ""}`;
    }

    table() {
      const table = made("table"), head = made("tr"), body = made("tbody");
      for (const text of ["node", "is", "decided", "log", "inbox"]) head.append(made("th", "", text));
      const looks = this.looks[this.now], before = this.looks[this.now - 1];
      this.run.nodes.forEach((name, slot) => {
        const row = made("tr", looks[slot][0] & kUp ? "" : "down"), title = made("th", "", name);
        title.setAttribute("scope", "row");
        row.append(title);
        const cells = this.cells(looks[slot]), old = before && this.cells(before[slot]);
        cells.forEach((texts, i) => row.append(cell(texts, old !== undefined && old[i].join("\n") !== texts.join("\n"))));
        body.append(row);
      });
      const top = made("thead");
      top.append(head);
      table.append(top, body);
      return table;
    }

    /** @param {Look} look @returns {string[][]} */
    cells([, is, decided, log, inbox]) {
      return [[this.texts[is]], [this.texts[decided] || "-"], [this.texts[log]], inbox.length === 0 ? ["-"] : inbox.map((text) => this.texts[text])];
    }
  }

  /** @param {string[]} texts @param {boolean} changed */
  function cell(texts, changed) {
    const element = made("td", changed ? "changed" : "");
    if (texts.length === 1) element.append(...breakable(texts[0]));
    else {
      const list = made("ul");
      for (const text of texts) list.append(made("li", "", text));
      element.append(list);
    }
    return element;
  }

  /** A line may end behind each comma and brace. @param {string} text @returns {(string | Element)[]} */
  function breakable(text) {
    return text.split(/(?<=[,({])(?=\S)/).flatMap((part, i) => (i === 0 ? [part] : [made("wbr"), part]));
  }

  /** @param {Element} element */
  function stepOf(element) { return Number(element.getAttribute("data-step")); }

  /** @type {Stepper[]} */
  const steppers = [];
  /** @type {Stepper | undefined} */
  let active;

  /** The run in the middle of the window, unless one has been gone through. */
  function theRun() {
    const inView = (/** @type {Stepper} */ one) => {
      const { top, bottom } = one.section.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    if (active && inView(active)) return active;
    return steppers.find(inView);
  }

  /** "#step=12" is of the first run, "#NB-12" of that one. */
  function follow() {
    const hash = location.hash.slice(1);
    const named = /^(.+)-(\d+)$/.exec(hash), first = /^step=(\d+)$/.exec(hash);
    const stepper = first ? steppers[0] : steppers.find((one) => one.run.id === (named ? named[1] : hash));
    if (!stepper) return;
    active = stepper;
    if (!first && !named) return;
    stepper.now = Math.min(stepper.last, Number(first ? first[1] : named?.[2]));
    stepper.show();
    stepper.section.scrollIntoView();
    stepper.reveal();
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof HTMLInputElement) return;  // the slider knows its keys
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const run = theRun();
    if (by === undefined || !run) return;
    event.preventDefault();
    run.go(run.now + by);
  }

  /** What scrolls can be scrolled by the keyboard; what does not is no stop on its way. */
  function stops() {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".scrolls"))) {
      if (one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight) one.tabIndex = 0;
      else one.removeAttribute("tabindex");
    }
  }

  /** @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  function copyButtons() {
    for (const command of document.querySelectorAll(".command")) {
      const code = command.querySelector("code");
      if (!code) continue;
      const copier = button("copy", "Copy this command", async () => {
        const done = await copy(code.textContent ?? "");
        if (!done) getSelection()?.selectAllChildren(code);  // to be copied by hand
        copier.textContent = done ? "copied" : "selected";
        setTimeout(() => { copier.textContent = "copy"; }, 2000);
      });
      command.append(copier);
    }
  }

  const text = document.getElementById("data")?.textContent;
  /** @type {Data} */
  const data = text ? JSON.parse(text) : { texts: [], runs: [] };
  for (const run of data.runs) {
    const section = document.getElementById(run.id);
    if (section) steppers.push(new Stepper(section, run, data.texts));
  }
  copyButtons();
  stops();
  addEventListener("resize", stops);
  addEventListener("keydown", press);
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
  follow();
})();
