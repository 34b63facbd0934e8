// What the page knows (`data`, written into it) and what the reader has chosen (`off`, `chosen`).

const data = JSON.parse(document.getElementById("kg-data").textContent);

// Values of each filter that are switched off; all empty: everything is shown.
const off = { type: new Set(), property: new Set(), modality: new Set(), document: new Set() };
let chosen = null; // {kind: "node" | "edge", id} or null

const edgesOf = data.nodes.map(() => []);
for (const edge of data.edges) {
  edgesOf[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
}

function visibleSupports(edge) {
  return off.document.size ? edge.supports.filter((support) => !off.document.has(support.document)) : edge.supports;
}

function edgeShown(edge) {
  return !off.property.has(edge.property) && !off.modality.has(edge.modality)
    && !off.type.has(data.nodes[edge.from].type) && !off.type.has(data.nodes[edge.to].type)
    && visibleSupports(edge).length > 0;
}

function filtered() {
  return Object.values(off).some((values) => values.size > 0);
}

/** A thing is shown with its statements, and without any only where nothing is filtered. */
function nodeShown(node) {
  return edgesOf[node.id].length ? edgesOf[node.id].some(edgeShown) : !filtered();
}
