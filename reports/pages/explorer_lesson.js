// A lesson: a path walked step by step, with questions that are asked before it is shown what happens.
"use strict";

/**
 * @typedef {{after: number, ask: string, choices: string[], answer: number, because: string}} LessonQuestion `after` so many steps
 * @typedef {{about: string, start: number, path: number[], questions: LessonQuestion[]}} LessonPlan
 */

class Lesson {
  /** @param {LessonPlan} plan @param {Walk} walk @param {(news: string) => void} moved is called when the lesson has moved the walk */
  constructor(plan, walk, moved) {
    this.plan = plan;
    this.walk = walk;
    this.moved = moved;
    /** @type {Map<LessonQuestion, number>} */
    this.answers = new Map();
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
  /** @returns {LessonQuestion|undefined} the question to be answered before the lesson goes on */
  get pending() { return this.plan.questions.find((question) => question.after === this.at.steps && !this.answers.has(question)); }
  get over() { return this.at.steps === this.plan.path.length && this.pending === undefined; }
  /** @returns {boolean} whether what comes next must not be shown yet */
  get asks() { return this.followed && this.pending !== undefined; }
  /** @returns {number} the choice that the lesson takes next, or -1 */
  get next() { return this.followed && this.pending === undefined && !this.over ? this.plan.path[this.at.steps] : -1; }

  /** To be called after each move of the walk: a person may take the lesson's step by hand. */
  keepUp() {
    const { at } = this.walk;
    if (at.before === this.at && this.pending === undefined && at.choice === this.plan.path[this.at.steps]) this.at = at;
  }

  render() {
    const { plan } = this, steps = plan.path.length;
    const far = make("progress", { max: steps, value: this.at.steps, ariaLabel: "how far the lesson has come" });
    this.element.replaceChildren(
      make("div", {}, make("h2", {}, "Lesson"), make("p", {}, plan.about), far,
        make("p", { className: "faint" }, this.over ? "The lesson is over." : `After step ${this.at.steps} of ${steps}.`)),
      make("div", {}, ...this.turn()));
  }

  /** What the lesson wants of the person now. */
  turn() {
    const { plan, pending } = this;
    if (!this.followed) {
      return [make("p", {}, "You are exploring on your own. The lesson waits where you left it."),
        action("Back to the lesson", "primary", () => this.go(this.at))];
    }
    const answered = plan.questions.filter((question) => question.after === this.at.steps && this.answers.has(question));
    const told = answered.map((question) => this.told(question));
    if (pending !== undefined) return [...told, this.asked(pending)];
    if (!this.over) return [...told, action("Next step", "primary", () => this.forward())];
    const right = plan.questions.filter((question) => this.answers.get(question) === question.answer).length;
    const score = `You have answered ${right} of ${count(plan.questions.length, "question")} rightly.`;
    return [...told, plan.questions.length > 0 ? make("p", { className: "count" }, score) : "", make("p", {}, "Go on from here as you like."),
      action("Take it again", "", () => this.again())];
  }

  asked(question) {
    const give = action("Answer", "primary", () => this.answer(question, choices.findIndex((choice) => choice.checked)));
    give.disabled = true;
    const choices = question.choices.map((words, i) => make("input", { type: "radio", name: "answer", id: `answer-${i}` }));
    for (const choice of choices) choice.addEventListener("change", () => { give.disabled = false; });
    const rows = question.choices.map((words, i) => make("label", { htmlFor: `answer-${i}` }, choices[i], " ", words));
    return make("fieldset", { className: "question" }, make("legend", {}, question.ask), ...rows, give);
  }

  told(question) {
    const given = this.answers.get(question), right = given === question.answer;
    const verdict = make("strong", { className: right ? "holds" : "violated" }, right ? "Right. " : "Not so. ");
    const said = right ? "" : `You said: ${question.choices[given]}. It is: ${question.choices[question.answer]}. `;
    return make("div", { className: "told" }, make("p", { className: "faint" }, question.ask), make("p", {}, verdict, said, question.because));
  }

  answer(question, choice) {
    this.answers.set(question, choice);
    this.moved(`${choice === question.answer ? "Right." : "Not so."} ${question.because}`);
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
    this.answers.clear();
    this.at = this.walk.beginningAt(this.plan.start);
    this.go(this.at);
  }

  /** On what the lesson waits for. */
  focus() { (this.element.querySelector("input, button"))?.focus({ preventScroll: true }); }
}
