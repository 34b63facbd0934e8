// The panel beside the drawing: the sentences behind what is selected.

const panel = element("aside", { id: "kg-panel", "aria-label": "Sentences", tabindex: "-1" });
const PAGE = 40; // sentences put on the page at a time

function select(kind, id) {
  chosen = kind === null || kind === undefined ? null : { kind, id };
  network.unselectAll();
  if (chosen !== null) network.setSelection({ nodes: kind === "node" ? [id] : [], edges: kind === "edge" ? [id] : [] }, { highlightEdges: false });
  document.body.classList.toggle("selected", chosen !== null);
  redraw();
  fillPanel();
}

function fillPanel() {
  const parts = chosen === null ? idleParts() : chosen.kind === "node" ? nodeParts(data.nodes[chosen.id]) : edgeParts(data.edges[chosen.id]);
  replaceChildren(panel, ...parts);
  panel.scrollTop = 0;
}

function idleParts() {
  return [
    element("h2", {}, "Every line is a citation"),
    element("p", {}, "Select a thing or a line to read the sentences that say so, with article, date and speaker."),
    element("dl", { class: "keys" },
      element("dt", {}, element("kbd", {}, "/")), element("dd", {}, "find a thing by any of its names"),
      element("dt", {}, element("kbd", {}, "Esc")), element("dd", {}, "let go of the selection"),
      element("dt", {}, "Drag, wheel"), element("dd", {}, "move and zoom")),
    ...data.notes.map((note) => element("p", { class: "note" }, note)),
  ];
}

function closeButton() {
  return element("button", { class: "close", type: "button", "aria-label": "Close", onclick: () => select(null) }, "×");
}

function nodeParts(node) {
  const shown = edgesOf[node.id].filter(edgeShown);
  const looks = data.classes[node.type];
  const links = (node.same_as || []).map(webAddress).filter(Boolean);
  return [
    closeButton(),
    element("p", { class: "kind" }, classMark(looks), looks.label),
    element("h2", {}, node.label),
    node.aliases ? element("p", { class: "aliases" }, `also: ${node.aliases.join(", ")}`) : "",
    ...links.map((link) => outwardLink(link, link.replace(/^https?:\/\/(www\.)?/, ""))),
    element("p", { class: "sum" }, `${counted(shown.length, "statement")} in ${counted(node.documents || 0, "article")}`),
    shown.length ? null : nothingHere(),
    ...statementList(shown, node),
  ].filter((part) => part);
}

/** The statements about a thing with their sentences, the first ones at once and others on request. */
function statementList(list, node) {
  const blocks = element("div", { class: "statements" });
  let next = 0;
  const more = element("button", { type: "button", class: "more", onclick: () => add() }, "Show more");
  function add() {
    for (let sentences = 0; next < list.length && sentences < PAGE; next += 1) {
      sentences += visibleSupports(list[next]).length;
      blocks.append(element("section", {}, statementHead(list[next], node), ...sentenceCards(list[next], 3)));
    }
    more.hidden = next >= list.length;
  }
  add();
  return [blocks, more];
}

function edgeParts(edge) {
  const count = visibleSupports(edge).length;
  const articles = new Set(visibleSupports(edge).map((support) => support.document)).size;
  return [
    closeButton(),
    element("p", { class: "kind" }, lineMark(data.modalities[edge.modality]), data.modalities[edge.modality].label),
    element("h2", { class: "statement" }, thingButton(edge.from), element("span", { class: "property" }, data.properties[edge.property]), thingButton(edge.to)),
    element("p", { class: "sum" }, `${counted(count, "sentence")} in ${counted(articles, "article")}`),
    ...(count ? sentenceCards(edge, PAGE) : [nothingHere()]),
  ];
}

function nothingHere() {
  return element("p", { class: "note" }, "No sentence matches the filters.");
}

function thingButton(id) {
  return element("button", { type: "button", class: "thing", onclick: () => goTo(id) }, classMark(data.classes[data.nodes[id].type]), data.nodes[id].label);
}

function statementHead(edge, node) {
  const other = edge.from === node.id ? edge.to : edge.from;
  const name = element("button", { type: "button", class: "property", title: "Show this line", onclick: () => select("edge", edge.id) },
    lineMark(data.modalities[edge.modality]), data.properties[edge.property]);
  const parts = edge.from === node.id ? [name, thingButton(other)] : [thingButton(other), name, element("span", { class: "self" }, node.label)];
  return element("h3", { "data-modality": edge.modality }, ...parts);
}

function sentenceCards(edge, limit) {
  const supports = visibleSupports(edge);
  const cards = supports.slice(0, limit).map((support) => sentenceCard(support, edge.modality));
  if (supports.length <= limit) return cards;
  const rest = element("button", { type: "button", class: "more", onclick: () => {
    rest.replaceWith(...supports.slice(limit).map((support) => sentenceCard(support, edge.modality)));
  } }, `${supports.length - limit} more`);
  return [...cards, rest];
}

function sentenceCard(support, modality) {
  const article = data.documents[support.document];
  const title = article.headline || article.source_file || article.iri;
  const link = webAddress(article.url);
  const source = [article.publisher, article.author, article.published, article.headline ? article.source_file : ""].filter(Boolean);
  return element("article", { class: "sentence" },
    element("blockquote", {}, support.before || "", support.trigger ? element("mark", {}, support.trigger) : "", support.after || ""),
    element("p", { class: "source" }, link ? outwardLink(link, title) : element("cite", {}, title)),
    source.length ? element("p", { class: "source-line" }, source.join(" · ")) : null,
    element("p", { class: "chips" }, ...chips(support, modality)));
}

function chips(support, modality) {
  const look = data.modalities[modality];
  const made = [
    element("span", { class: "chip", "data-modality": modality }, look.label),
    element("span", { class: "chip speaker" }, support.speaker ? `said by ${support.speaker}` : "in the article’s own voice"),
    support.quantity ? element("span", { class: "chip" }, support.quantity) : null,
    support.time ? element("span", { class: "chip" }, `time: ${support.time}`) : null,
    ...(support.qualifiers || []).map(([name, value]) => element("span", { class: "chip" }, `${name}: ${value}`)),
    element("span", { class: "chip confidence", title: "How sure the reading is, 0 to 1" }, `confidence ${support.confidence.toFixed(2)}`),
  ];
  return made.filter(Boolean);
}

function outwardLink(address, text) {
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}
