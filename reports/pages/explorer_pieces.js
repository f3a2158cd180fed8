// SVG, and the pieces of it that the program's own pictures are drawn of.
"use strict";

/**
 * @param {string} tag of SVG @param {Record<string, string|number>} attributes @param {...(Node|string)}
 * children
 */
function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  element.append(...children);
  return element;
}

/** Pieces of SVG as the program writes them, to be put where they are needed. */
class Pieces {
  constructor(kit) {
    this.kit = kit;
    this.known = new Map();
  }

  /** @param {string} svg @param {string} transform @returns {SVGElement} a group with a copy of it */
  at(svg, transform) {
    if (!this.known.has(svg)) {
      const read = new DOMParser().parseFromString(
        `<svg xmlns="http://www.w3.org/2000/svg">${svg}</svg>`,
        "image/svg+xml",
      );
      this.known.set(svg, [...read.documentElement.children]);
    }
    return draw(
      "g",
      transform === "" ? {} : { transform },
      ...this.known.get(svg).map((node) => document.importNode(node, true)),
    );
  }

  /** The patterns that they are filled with, once for the whole page. @returns {SVGElement} */
  patterns() {
    return draw(
      "svg",
      { width: 0, height: 0, class: "patterns", "aria-hidden": "true" },
      this.at(this.kit.defs, ""),
    );
  }

  glyph(name, x, y) {
    return this.at(this.kit.glyphs[name], `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  /** A piece of a lane, or what runs along one, from one height to another. */
  upright(svg, x, from, to) {
    const piece = this.at(svg, `translate(${x.toFixed(1)} ${from.toFixed(1)})`);
    for (const one of piece.children)
      one.setAttribute(one.tagName === "line" ? "y2" : "height", (to - from).toFixed(1));
    return piece;
  }

  /** @param {string} kind a fate, or "copy" */
  arrow(kind, begin, end) {
    const length = Math.hypot(end.x - begin.x, end.y - begin.y),
      turn = (Math.atan2(end.y - begin.y, end.x - begin.x) * 180) / Math.PI;
    const piece = this.at(
      this.kit.arrows[kind],
      `translate(${end.x.toFixed(1)} ${end.y.toFixed(1)}) rotate(${turn.toFixed(2)})`,
    );
    for (const one of piece.children)
      if (Number(one.getAttribute("x1")) === -this.kit.length) one.setAttribute("x1", (-length).toFixed(1));
    return piece;
  }

  /** From a lane back to itself. */
  loop(kind, begin, end) {
    const out = begin.x + 22,
      piece = this.arrow(kind, { x: out, y: end.y - 3 }, end),
      line = piece.firstElementChild;
    const way = draw("polyline", {
      points: `${begin.x},${begin.y} ${out},${begin.y + 3} ${out},${end.y - 3}`,
      fill: "none",
    });
    for (const name of ["stroke", "stroke-width", "stroke-dasharray"])
      if (line.hasAttribute(name)) way.setAttribute(name, line.getAttribute(name));
    return draw("g", {}, way, piece);
  }
}
