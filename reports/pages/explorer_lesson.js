// A lesson: a path walked step by step, with questions that are asked before it is shown what happens.
"use strict";

/**
 * @typedef {{after: number, ask: string, choices: string[], answer: number, because: string}} LessonQuestion `after` so many steps
 * @typedef {{about: string, start: number, path: number[], questions: LessonQuestion[]}} LessonPlan
 */

const kTries = 2;

class Lesson {
  /** @param {LessonPlan} plan @param {Walk} walk @param {(news: string) => void} moved is called when the lesson has moved the walk */
  constructor(plan, walk, moved) {
    this.plan = plan;
    this.walk = walk;
    this.moved = moved;
    /** @type {Map<LessonQuestion, number[]>} what was answered, first and second */
    this.tries = new Map(plan.questions.map((question) => [question, []]));
    /** @type {Set<LessonQuestion>} whose answer the person has asked for */
    this.given = new Set();
    this.element = make("section", { className: "lesson", ariaLabel: "Lesson" });
    const line = walk.at.line().slice(1).map((visit) => visit.choice);
    const beginning = walk.beginningAt(plan.start);
    const onIt = walk.beginnings[walk.votes] === beginning && line.every((choice, i) => choice === plan.path[i]);
    /** @type {Visit} how far the lesson has come */
    this.at = onIt ? walk.at : beginning;
    if (line.length === 0) walk.goTo(this.at);
  }

  /** Is the walk where the lesson is? */
  get followed() { return this.walk.at === this.at; }
  /** Was it answered rightly, or wrongly twice, or given up? */
  settled(question) { return this.right(question) || this.tries.get(question).length >= kTries || this.given.has(question); }
  right(question) { return this.tries.get(question).at(-1) === question.answer; }
  /** @returns {LessonQuestion|undefined} the question to be answered before the lesson goes on */
  get pending() { return this.plan.questions.find((question) => question.after === this.at.steps && !this.settled(question)); }
  get over() { return this.at.steps === this.plan.path.length && this.pending === undefined; }
  /** @returns {boolean} whether what comes next must not be shown yet */
  get asks() { return this.followed && this.pending !== undefined; }
  /** @returns {number} the choice that the lesson takes next, or -1 */
  get next() { return this.followed && this.pending === undefined && !this.over ? this.plan.path[this.at.steps] : -1; }

  /** To be called after each move of the walk: a person may go along the lesson by hand, but not past an open question. */
  keepUp() {
    const { at } = this.walk, line = at.line();
    const onIt = line[0].world === this.plan.start && line.slice(1).every(({ choice }, i) => choice === this.plan.path[i]);
    const passed = this.plan.questions.some((question) => this.at.steps <= question.after && question.after < at.steps && !this.settled(question));
    if (onIt && !passed) this.at = at;
  }

  render() {
    const { plan } = this, steps = plan.path.length;
    const far = make("progress", { max: steps, value: this.at.steps, ariaLabel: "progress of the lesson" });
    this.element.replaceChildren(
      make("div", {}, make("h2", {}, "Lesson"), make("p", {}, plan.about), far,
        make("p", { className: "faint" }, this.over ? "The lesson is over." : `Step ${this.at.steps} of ${steps}`)),
      make("div", { className: "turn" }, ...this.turn()));
  }

  /** What the lesson wants of the person now. */
  turn() {
    const { plan, pending } = this;
    if (!this.followed) {
      return [make("p", {}, "You are exploring on your own. The lesson waits where you left it."),
        action("Back to the lesson", "primary", () => this.go(this.at))];
    }
    const told = plan.questions.filter((question) => question.after === this.at.steps && this.settled(question)).map((question) => this.told(question));
    if (pending !== undefined) return [...told, this.asked(pending)];
    if (!this.over) return [...told, action("Next step", "primary", () => this.forward())];
    return [...told, plan.questions.length > 0 ? make("p", { className: "count" }, this.score()) : "",
      make("p", {}, "Explore from here as you like."), action("Start again", "", () => this.again())];
  }

  /** @returns {string} */
  score() {
    const { questions } = this.plan, right = questions.filter((question) => this.right(question));
    const second = right.filter((question) => this.tries.get(question).length > 1).length;
    return `You answered ${right.length} of ${questions.length} correctly${second > 0 ? `, ${second} of them on the second try` : ""}.`;
  }

  asked(question) {
    const { questions } = this.plan, tried = this.tries.get(question);
    this.give = action("Answer", "primary", () => this.answer(question, this.chosen));
    this.give.disabled = true;
    this.choices = question.choices.map((words, i) => make("input", { type: "radio", name: "answer", id: `answer-${i}`, disabled: tried.includes(i) }));
    for (const choice of this.choices) choice.addEventListener("change", () => { this.give.disabled = false; });
    const rows = question.choices.map((words, i) => make("label", { htmlFor: `answer-${i}`, className: tried.includes(i) ? "tried" : "" }, this.choices[i],
      make("span", {}, words, ...(tried.includes(i) ? [make("em", {}, " Not this one.")] : []))));
    this.hint = make("p", { className: "hint" }, tried.length > 0 ? "That is not correct. You have a second try." : "");
    return make("fieldset", { className: "question" },
      make("legend", {}, make("span", { className: "which" }, `Question ${questions.indexOf(question) + 1} of ${questions.length}`), " ", question.ask),
      ...rows, this.hint, make("div", { className: "actions" }, this.give, action("Show me the answer", "", () => this.giveUp(question))));
  }

  /** @returns {number} a place among the choices, or -1 */
  get chosen() { return this.choices.findIndex((choice) => choice.checked); }

  told(question) {
    const tried = this.tries.get(question), right = this.right(question);
    const verdict = right ? (tried.length > 1 ? "Correct, on the second try." : "Correct.") : tried.length > 0 ? "Not correct." : "The answer:";
    const row = (title, ...words) => [make("dt", {}, title), make("dd", {}, ...words)];
    const said = right || tried.length === 0 ? [] : row("You said", ...tried.map((choice) => make("div", {}, question.choices[choice])));
    return make("div", { className: "told" }, make("p", { className: "faint" }, question.ask),
      tried.length > 0 ? make("p", {}, make("strong", { className: right ? "holds" : "violated" }, verdict)) : "",
      make("dl", {}, ...said, ...row("The answer", question.choices[question.answer]), ...row("Why", question.because)));
  }

  answer(question, choice) {
    this.tries.get(question).push(choice);
    this.moved(this.right(question) ? `Correct. ${question.because}` : this.settled(question)
      ? `Not correct. The answer: ${question.choices[question.answer]} ${question.because}` : "That is not correct. You have a second try.");
    this.focus();
  }

  giveUp(question) {
    this.given.add(question);
    this.moved(`The answer: ${question.choices[question.answer]} ${question.because}`);
    this.focus();
  }

  /** By a key: gives the answer that is chosen; pressed twice where none is, shows it; else takes the next step. */
  on() {
    const { pending } = this;
    if (!this.followed) return this.go(this.at);
    if (pending === undefined) return this.over ? undefined : this.forward();
    if (this.chosen >= 0) return this.answer(pending, this.chosen);
    if (this.warned === this.hint) return this.giveUp(pending);
    this.warned = this.hint;
    this.hint.textContent = "Choose an answer. Press the key again to be shown it.";
  }

  back() {
    if (!this.followed) return this.go(this.at);
    if (this.at.before === null) return undefined;
    this.at = this.at.before;
    this.walk.goTo(this.at);
    this.moved("");
    this.focus();
  }

  forward() {
    this.walk.take(this.next);
    this.moved("");
    this.focus();
  }

  go(visit) {
    this.walk.goTo(visit);
    this.moved("Back in the lesson.");
    this.focus();
  }

  again() {
    for (const tried of this.tries.values()) tried.length = 0;
    this.given.clear();
    this.at = this.walk.beginningAt(this.plan.start);
    this.go(this.at);
  }

  /** On what the lesson waits for. */
  focus() { (this.element.querySelector(".turn input:enabled, .turn button:enabled"))?.focus({ preventScroll: true }); }

  /** A question that has come up, and what is told of an answer, are scrolled to. */
  reveal() {
    const what = this.element.querySelector(".question") ?? this.element.querySelector(".told"), key = what === null ? "" : what.textContent;
    if (this.revealed !== key && what !== null) {
      const { top, bottom } = what.getBoundingClientRect(), bar = document.querySelector(".bar").offsetHeight;
      if (top < bar || bottom > innerHeight) what.scrollIntoView({ block: "start" });
    }
    this.revealed = key;
  }
}
