// Elements and words of a page, made so that text stays text.
"use strict";

/**
 * Makes an element. Strings among the children become text, whatever is in them.
 * @param {string} tag @param {object} properties of the element @param {...(Node|string|null)} children null: none
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** @returns {HTMLButtonElement} */
function action(words, kind, act) {
  const button = make("button", { type: "button", className: kind }, words);
  button.addEventListener("click", act);
  return button;
}

/** @returns {string} "1 step", "2 steps", "1,234 worlds" */
function count(number, what) { return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`; }
