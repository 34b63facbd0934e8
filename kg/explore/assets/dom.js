// Elements are made and filled through these functions only: text goes in as text, never as markup.

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function replaceChildren(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
}

function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const SHAPES = {
  square: "2.5,2.5 13.5,2.5 13.5,13.5 2.5,13.5",
  diamond: "8,0.8 15.2,8 8,15.2 0.8,8",
  triangle: "8,1.5 15,14 1,14",
  hexagon: "4.3,1.5 11.7,1.5 15.4,8 11.7,14.5 4.3,14.5 0.6,8",
  star: "8,0.8 10.2,5.6 15.4,6.1 11.5,9.6 12.6,14.8 8,12.1 3.4,14.8 4.5,9.6 0.6,6.1 5.8,5.6",
};

/** The mark of a class, as the network draws it. */
function classMark(look) {
  const picture = svg("svg", { viewBox: "0 0 16 16", class: "mark", "aria-hidden": "true" });
  const paint = { fill: look.color, stroke: look.border, "stroke-width": "1.2" };
  const points = SHAPES[look.shape];
  picture.append(points ? svg("polygon", { points, ...paint }) : svg("circle", { cx: 8, cy: 8, r: 6.6, ...paint }));
  return picture;
}

/** A piece of line as the network draws a modality. */
function lineMark(look) {
  const picture = svg("svg", { viewBox: "0 0 30 10", class: "line-mark", "aria-hidden": "true" });
  const dashes = look.dashes ? look.dashes.map((length) => length * 0.7).join(" ") : "none";
  picture.append(svg("line", { x1: 1, y1: 5, x2: 29, y2: 5, stroke: look.color, "stroke-width": 2.4, "stroke-dasharray": dashes }));
  return picture;
}

/** "1 article", "3 articles". */
function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** Letters and digits in lower case without accents: the form in which a search compares. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** An http(s) address, or null: any other kind of link from an article is not followed. */
function webAddress(text) {
  return /^https?:\/\//i.test(text || "") ? text : null;
}
