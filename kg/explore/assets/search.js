// Finds a thing by its label or any other name of it.

const MOST_FOUND = 12;
const names = data.nodes.map((node) => [node.label, ...(node.aliases || [])].map((name) => [folded(name), name]));

/** The things with a name like `text`, best first: the whole name, its beginning, the beginning of a word, any part. */
function find(text) {
  const wanted = folded(text);
  if (!wanted) return [];
  const found = [];
  names.forEach((list, id) => {
    let best = null;
    list.forEach(([name, written], place) => {
      const rank = name === wanted ? 0 : name.startsWith(wanted) ? 1 : ` ${name}`.includes(` ${wanted}`) ? 2 : name.includes(wanted) ? 3 : null;
      if (rank !== null && (best === null || rank < best.rank)) best = { id, rank, written: place ? written : "" };
    });
    if (best !== null) found.push(best);
  });
  const weight = (match) => data.nodes[match.id].documents || 0;
  return found.sort((one, other) => one.rank - other.rank || weight(other) - weight(one) || one.id - other.id).slice(0, MOST_FOUND);
}

/** Select a thing and bring it to the middle; filters that hide it are cleared. */
function goTo(id) {
  if (!nodeShown(data.nodes[id])) clearFilters();
  select("node", id);
  centre([id]);
}

function searchBox() {
  let found = [];
  let place = 0;
  const list = element("ul", { id: "kg-found", role: "listbox", hidden: true });
  const input = element("input", { id: "kg-search", type: "search", role: "combobox", placeholder: "Find a thing   /", autocomplete: "off", spellcheck: "false",
    "aria-label": "Find a thing", "aria-controls": "kg-found", "aria-expanded": "false", oninput: () => { place = 0; show(); }, onkeydown: key, onfocus: () => show(),
    onblur: () => close() });
  function show() {
    found = find(input.value);
    const rows = found.map((match, number) => foundRow(match, number === place, () => choose(match.id)));
    replaceChildren(list, ...(rows.length ? rows : [element("li", { class: "none" }, "Nothing here has this name")]));
    open(input.value.trim() !== "");
  }
  function open(wanted) {
    list.hidden = !wanted;
    input.setAttribute("aria-expanded", String(wanted));
    if (wanted && found.length) input.setAttribute("aria-activedescendant", `kg-found-${found[place].id}`);
    else input.removeAttribute("aria-activedescendant");
  }
  function close() { open(false); }
  function choose(id) {
    input.value = data.nodes[id].label;
    input.blur();
    goTo(id);
  }
  function key(event) {
    if (event.key === "Enter" && found.length) choose(found[place].id);
    else if (event.key === "Escape") { input.value = ""; input.blur(); event.stopPropagation(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      place = found.length ? (place + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length : 0;
      show();
    }
  }
  return element("div", { class: "search" }, input, list);
}

function foundRow(match, active, choose) {
  const node = data.nodes[match.id];
  const hint = match.written ? `also ${match.written}` : data.classes[node.type].label;
  // the mouse going down would take the focus from the field and so close the list
  return element("li", { id: `kg-found-${match.id}`, role: "option", "aria-selected": String(active), onmousedown: (event) => { event.preventDefault(); choose(); } },
    classMark(data.classes[node.type]), element("span", { class: "name" }, node.label), element("span", { class: "hint" }, nodeShown(node) ? hint : "hidden by the filters"));
}
