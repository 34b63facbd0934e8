// Puts the page together.

function buildPage() {
  const reset = element("button", { id: "kg-reset", type: "button", disabled: true, onclick: clearFilters }, "Reset filters");
  const toggle = element("button", { id: "kg-toggle", type: "button", onclick: () => document.body.classList.toggle("filters-open") }, "Filters");
  const header = element("header", { id: "kg-head" },
    element("div", { class: "title" }, element("h1", {}, data.title), element("p", {}, element("span", { id: "kg-counts" }), data.filters ? ` · ${data.filters}` : "")),
    searchBox(), toggle, reset);
  const card = stage.parentElement;
  card.id = "kg-stage";
  card.append(
    element("div", { id: "kg-nothing", hidden: true }, element("p", {}, data.edges.length ? "No statement matches the filters." : "No statement of this graph matches what was asked for."),
      data.edges.length ? element("button", { type: "button", onclick: clearFilters }, "Reset filters") : ""),
    element("div", { id: "kg-zoom" },
      element("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoom(1.35) }, "+"),
      element("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoom(1 / 1.35) }, "−"),
      element("button", { type: "button", "aria-label": "Show all", title: "Show all", onclick: fit }, "⤢")));
  document.body.prepend(header, filterPanel);
  document.body.append(panel);
}

function watchKeys() {
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const field = document.getElementById("kg-search");
      field.focus();
      field.select();
    } else if (event.key === "Escape" && !typing) select(null);
  });
}

buildPage();
buildFilters();
watchPointer();
watchKeys();
network.once("afterDrawing", () => { window.kg.firstDraw = performance.now(); });
window.kg = { data, select, find, goTo, network, firstDraw: null };
network.fit(); // before the names are sized for the zoom
filtersChanged();
if (data.focus !== undefined && data.focus !== null) select("node", data.focus);
