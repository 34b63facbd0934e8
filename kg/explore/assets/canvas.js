// The drawing: what is hidden, faint or named follows from `off` and `chosen`; only what changes is drawn anew.
// `network`, `nodes` and `edges` are those of the page's vis-network.

const stage = document.getElementById("mynetwork");
// as the page is written: all shown, nothing faint, things with their names and edges without
const drawn = {
  nodes: new Map(data.nodes.map((node) => [node.id, "false false true"])),
  edges: new Map(data.edges.map((edge) => [edge.id, "false false false"])),
};
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
  patch(nodes, drawn.nodes, data.nodes.map((node) => {
    return [node.id, !nodeShown(node), parts !== null && !parts.things.has(node.id), true];
  }), nodeLook);
  document.getElementById("kg-nothing").hidden = shown.length > 0 || (!filtered() && data.nodes.length > 0);
}

function patch(set, before, states, look) {
  const changes = [];
  for (const [id, hidden, faint, named] of states) {
    const state = `${hidden} ${faint} ${named}`;
    if (before.get(id) === state) continue;
    before.set(id, state);
    changes.push({ id, hidden, ...look(id, faint, named) });
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

function nodeLook(id, faint) {
  return { opacity: faint ? 0.15 : 1, font: { color: faint ? "rgba(27,34,39,0.12)" : "#1B2227", strokeWidth: faint ? 0 : 4 } };
}

function centre(ids) {
  const places = Object.values(network.getPositions(ids));
  const middle = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
  const scale = Math.max(network.getScale(), 0.9);
  network.moveTo({ position: { x: middle("x"), y: middle("y") }, scale, animation: { duration: 350, easingFunction: "easeInOutQuad" } });
}

function fit() {
  network.fit({ nodes: data.nodes.filter(nodeShown).map((node) => node.id), animation: { duration: 350, easingFunction: "easeInOutQuad" } });
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 5), animation: { duration: 150, easingFunction: "linear" } });
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
  network.on("click", (event) => {
    if (event.nodes.length) select("node", event.nodes[0]);
    else if (event.edges.length) select("edge", event.edges[0]);
    else select(null);
  });
}
