// The lists of what to show: a box for each class, modality, property and article that the page has.

const GROUPS = [
  { name: "type", title: "Kinds of thing", open: true },
  { name: "modality", title: "How it is said", open: true },
  { name: "property", title: "Relations", open: true },
  { name: "document", title: "Articles", open: false },
];

function groupRows(name) {
  const counts = new Map();
  const count = (key) => counts.set(key, (counts.get(key) || 0) + 1);
  if (name === "type") data.nodes.forEach((node) => count(node.type));
  else if (name === "document") data.edges.forEach((edge) => new Set(edge.supports.map((support) => support.document)).forEach(count));
  else data.edges.forEach((edge) => count(edge[name]));
  const described = {
    type: () => Object.entries(data.classes).map(([key, look]) => ({ key, text: look.label, mark: classMark(look) })),
    modality: () => Object.entries(data.modalities).map(([key, look]) => ({ key, text: look.label, mark: lineMark(look) })),
    property: () => Object.entries(data.properties).map(([key, text]) => ({ key, text, mark: null })),
    document: () => data.documents.map((article, key) => ({ key, text: articleText(article), mark: null })),
  };
  return described[name]().filter((row) => counts.has(row.key)).map((row) => ({ ...row, count: counts.get(row.key) }));
}

function articleText(article) {
  return `${article.headline || article.source_file || article.iri}${article.published ? ` (${article.published})` : ""}`;
}

function filterGroup({ name, title, open }) {
  const rows = groupRows(name);
  const boxes = new Map();
  const items = rows.map((row) => {
    const box = element("input", { type: "checkbox", "data-filter": name, "data-value": String(row.key), onchange: () => {
      if (box.checked) off[name].delete(row.key);
      else off[name].add(row.key);
      filtersChanged();
    } });
    boxes.set(row.key, box);
    const only = element("button", { type: "button", class: "only", onclick: () => setGroup((key) => key === row.key) }, "only");
    const label = element("label", { title: row.text }, box, row.mark, element("span", { class: "name" }, row.text), element("span", { class: "count" }, row.count.toLocaleString("en")));
    return element("li", {}, label, only);
  });
  function setGroup(wanted) {
    for (const row of rows) {
      if (wanted(row.key)) off[name].delete(row.key);
      else off[name].add(row.key);
    }
    filtersChanged();
  }
  const all = element("button", { type: "button", onclick: () => setGroup(() => true) }, "all");
  const none = element("button", { type: "button", onclick: () => setGroup(() => false) }, "none");
  const section = element("details", { class: "group", open }, element("summary", {}, title, element("span", { class: "count" }, rows.length)),
    element("div", { class: "both" }, all, none), rows.length > 24 ? narrowing(rows, items, title) : null, element("ul", {}, ...items));
  section.refresh = () => boxes.forEach((box, key) => { box.checked = !off[name].has(key); });
  section.refresh();
  return section;
}

/** A field that narrows a long list to the rows that hold what is typed. */
function narrowing(rows, items, title) {
  return element("input", { type: "search", class: "narrow", placeholder: "narrow the list", "aria-label": `Narrow: ${title}`, oninput: (event) => {
    const wanted = folded(event.target.value);
    rows.forEach((row, place) => { items[place].hidden = !folded(row.text).includes(wanted); });
  } });
}

const filterPanel = element("aside", { id: "kg-filters", "aria-label": "Filters" });

function buildFilters() {
  filterPanel.append(...GROUPS.map(filterGroup));
}

function filtersChanged() {
  for (const section of filterPanel.children) if (section.refresh) section.refresh();
  document.getElementById("kg-reset").disabled = !filtered();
  redraw();
  fillPanel();
  showCounts();
}

function clearFilters() {
  for (const values of Object.values(off)) values.clear();
  filtersChanged();
}

function showCounts() {
  const shown = data.edges.filter(edgeShown);
  const things = data.nodes.filter(nodeShown).length;
  const of = filtered() ? ` of ${data.edges.length.toLocaleString("en")}` : "";
  const text = `${counted(things, "thing")} · ${shown.length.toLocaleString("en")}${of} statements · ${counted(data.documents.length, "article")}`;
  document.getElementById("kg-counts").textContent = text;
}
