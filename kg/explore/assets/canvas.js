// The drawing: what is hidden, faint or named follows from `off` and `chosen`; only what changes is drawn anew.
// `network`, `nodes` and `edges` are those of the page's vis-network.

const stage = document.getElementById("mynetwork");
const READABLE = 11; // pixels on the screen
const MOST_NAMED = 45; // things with enlarged names at a time
// as the page is written: all shown, nothing faint, things with their names and edges without
const letters = new Map(nodes.get().map((node) => [node.id, node.font.size])); // size of names, unscaled
const drawn = {
  nodes: new Map(data.nodes.map((node) => [node.id, `false false ${letters.get(node.id)}`])),
  edges: new Map(data.edges.map((edge) => [edge.id, "false false false"])),
};
let aim = null; // the zoom at the end of the movement under way
const tip = element("div", { class: "tip", role: "status", hidden: true });

function chosenParts() {
  if (chosen === null) return null;
  const near = chosen.kind === "edge" ? [data.edges[chosen.id]] : edgesOf[chosen.id].filter(edgeShown);
  const things = new Set(near.flatMap((edge) => [edge.from, edge.to]));
  if (chosen.kind === "node") things.add(chosen.id);
  return { edges: new Set(near.map((edge) => edge.id)), things };
}

function redraw() {
  const parts = chosenParts();
  const shown = data.edges.filter(edgeShown);
  const shownIds = new Set(shown.map((edge) => edge.id));
  const allNamed = shown.length <= data.labelsUpTo;
  const fewNamed = parts !== null && parts.edges.size <= data.labelsUpTo;
  patch(edges, drawn.edges, data.edges.map((edge) => {
    const near = parts !== null && parts.edges.has(edge.id);
    const named = allNamed ? parts === null || near : fewNamed && near;
    return [edge.id, !shownIds.has(edge.id), parts !== null && !near, named];
  }), edgeLook);
  const faint = (node) => parts !== null && !parts.things.has(node.id);
  const sizes = nameSizes(data.nodes.filter((node) => nodeShown(node) && !faint(node)));
  patch(nodes, drawn.nodes, data.nodes.map((node) => {
    return [node.id, !nodeShown(node), faint(node), sizes.get(node.id) || letters.get(node.id)];
  }), nodeLook);
  document.getElementById("kg-nothing").hidden = shown.length > 0 || (!filtered() && data.nodes.length > 0);
}

function patch(set, before, states, look) {
  const changes = [];
  for (const [id, hidden, faint, name] of states) {
    const state = `${hidden} ${faint} ${name}`;
    if (before.get(id) === state) continue;
    before.set(id, state);
    changes.push({ id, hidden, ...look(id, faint, name) });
  }
  if (changes.length) set.update(changes);
}

function edgeLook(id, faint, named) {
  const edge = data.edges[id];
  const color = data.modalities[edge.modality].color;
  return {
    label: named ? data.properties[edge.property] : " ", // vis-network keeps the old label where the new one is empty
    color: { color, highlight: color, hover: color, opacity: faint ? 0.12 : 1 },
  };
}

function nodeLook(id, faint, size) {
  const color = faint ? "rgba(27,34,39,0.12)" : "#1B2227";
  return { opacity: faint ? 0.15 : 1, font: { size, color, strokeWidth: faint ? 0 : Math.max(4, size / 5) } };
}

/** Letters large enough to read at the present zoom for the best documented of `list`, as far as they find room. */
function nameSizes(list) {
  const scale = aim === null ? network.getScale() : aim;
  const places = network.getPositions(list.map((node) => node.id)); // without ids it leaves out what was hidden till now
  const sizes = new Map();
  const boxes = [];
  const weight = (node) => (node.documents || 0) * 1000 + edgesOf[node.id].length;
  for (const node of [...list].sort((one, other) => weight(other) - weight(one) || one.id - other.id)) {
    const size = Math.max(letters.get(node.id), Math.round(READABLE / scale));
    const box = nameBox(node, size, places[node.id]);
    if (boxes.some((other) => Math.abs(box.x - other.x) < box.wide + other.wide && Math.abs(box.y - other.y) < box.high + other.high)) continue;
    boxes.push(box);
    sizes.set(node.id, size);
    if (boxes.length >= MOST_NAMED) break;
  }
  return sizes;
}

/** The middle of a thing's name as drawn, with half its width and height. */
function nameBox(node, size, place) {
  const lines = nodes.get(node.id).label.split("\n");
  const wide = Math.max(...lines.map((line) => line.length)) * size * 0.28;
  const high = lines.length * size * 0.6;
  return { x: place.x, y: place.y + nodes.get(node.id).size + high, wide, high };
}

function centre(ids) {
  const places = Object.values(network.getPositions(ids));
  const middle = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  move({ position: { x: middle("x"), y: middle("y") }, scale: Math.max(network.getScale(), 0.9) }, 350);
}

function zoom(factor) {
  move({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 5) }, 150);
}

function move(where, duration) {
  aim = where.scale;
  network.moveTo({ ...where, animation: { duration, easingFunction: "easeInOutQuad" } });
  redraw();
}

function fit() {
  const ids = data.nodes.filter(nodeShown).map((node) => node.id);
  if (ids.length) network.fit({ nodes: ids, animation: { duration: 350, easingFunction: "easeInOutQuad" } });
}

function showTip(lines, at) {
  replaceChildren(tip, ...lines.map((line) => element("div", {}, line)));
  tip.hidden = false;
  tip.style.left = `${Math.max(8, Math.min(at.x + 14, stage.clientWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, Math.min(at.y + 14, stage.clientHeight - tip.offsetHeight - 8))}px`;
}

function statementText(edge) {
  const modality = edge.modality === "Asserted" ? "" : ` (${data.modalities[edge.modality].label})`;
  return `${data.nodes[edge.from].label} — ${data.properties[edge.property]} → ${data.nodes[edge.to].label}${modality}`;
}

function watchPointer() {
  stage.append(tip);
  network.on("hoverNode", (event) => {
    const node = data.nodes[event.node];
    showTip([node.label, `${data.classes[node.type].label} · ${counted(node.documents || 0, "article")}`], event.pointer.DOM);
  });
  network.on("hoverEdge", (event) => {
    const edge = data.edges[event.edge];
    showTip([statementText(edge), counted(visibleSupports(edge).length, "sentence")], event.pointer.DOM);
  });
  for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, () => { tip.hidden = true; });
  let soon = null;
  for (const name of ["zoom", "dragStart", "animationFinished"]) network.on(name, () => {
    aim = null;
    clearTimeout(soon);
    soon = setTimeout(redraw, 120);
  });
  network.on("click", (event) => {
    if (event.nodes.length) select("node", event.nodes[0]);
    else if (event.edges.length) select("edge", event.edges[0]);
    else select(null);
  });
}
