/** Drawings of graphs on a canvas by Cytoscape, with what both of ours share: zooming, keys, pictures to take out. */
import dagre from "@dagrejs/dagre";
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from "cytoscape";
import { codePoints, colour, el, type Island, palette, save, svg } from "./island";

export const FONT = '"IBM Plex Sans Arabic", sans-serif';

// Cytoscape would write a style element, which the page's policy forbids; it asks for this name first, and the rule
// that it would write is in islands.css.
if (!document.getElementById("__________cytoscape_stylesheet")) {
  document.head.append(el("meta", { id: "__________cytoscape_stylesheet" }));
}

export interface Drawing {
  cy: Core;
  canvas: HTMLElement;
}

/** An empty drawing with its buttons; `name` begins the names of files that are taken out. */
export async function drawing(island: Island, into: HTMLElement, label: string, name: string): Promise<Drawing> {
  const canvas = el("div", { class: "island-canvas graph-canvas", role: "img", "aria-label": label, tabindex: "0" });
  into.append(canvas);
  await document.fonts?.load(`14px ${FONT}`, "ا").catch(() => undefined);
  const cy = cytoscape({
    container: canvas,
    minZoom: 0.15,
    maxZoom: 3,
    wheelSensitivity: 0.4,
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  // The wheel moves the page unless the drawing was entered.
  canvas.addEventListener("pointerdown", () => cy.userZoomingEnabled(true));
  canvas.addEventListener("pointerleave", () => cy.userZoomingEnabled(false));
  const zoom = (factor: number) =>
    cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  const step = 60;
  canvas.addEventListener("keydown", (event) => {
    const moves: Record<string, () => void> = {
      "+": () => zoom(1.25),
      "=": () => zoom(1.25),
      "-": () => zoom(0.8),
      "0": () => cy.fit(undefined, 30),
      ArrowLeft: () => cy.panBy({ x: step, y: 0 }),
      ArrowRight: () => cy.panBy({ x: -step, y: 0 }),
      ArrowUp: () => cy.panBy({ x: 0, y: step }),
      ArrowDown: () => cy.panBy({ x: 0, y: -step }),
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  });
  const button = (key: string, work: () => void) =>
    el("button", { type: "button", class: "island-button", click: work }, island.t(key));
  into.append(
    el(
      "p",
      { class: "island-tools" },
      button("zoom_in", () => zoom(1.25)),
      button("zoom_out", () => zoom(0.8)),
      button("fit", () => cy.fit(undefined, 30)),
      button("png", () => save(`${name}.png`, cy.png({ output: "blob", scale: 2, full: true, bg: palette().card }))),
      button("svg", () => save(`${name}.svg`, new Blob([asSvg(cy)], { type: "image/svg+xml" }))),
      button("json", () => {
        const kept = { nodes: cy.nodes().map((n) => ({ ...n.data(), ...n.position() })), edges: cy.edges().map((e) => e.data()) };
        save(`${name}.json`, new Blob([JSON.stringify(kept, null, 1)], { type: "application/json" }));
      }),
    ),
  );
  return { cy, canvas };
}

export function base(): StylesheetJson {
  const c = palette();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        "font-family": FONT,
        "font-size": 13,
        color: c.ink,
        "text-wrap": "wrap",
        "text-max-width": "130px",
        "text-valign": "center",
        "text-halign": "center",
        "background-color": c.card,
        "border-color": c.soft,
        "border-width": 1.5,
        "min-zoomed-font-size": 6,
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        "font-family": FONT,
        "font-size": 15,
        "font-weight": 600,
        label: "data(mark)",
        color: c.ink,
        "text-background-color": c.card,
        "text-background-opacity": 0.9,
        "text-background-padding": "2px",
        "line-color": c.soft,
        "target-arrow-color": c.soft,
        width: "data(width)",
      },
    },
    { selector: ".dim", style: { opacity: 0.18 } },
    { selector: "node:selected, node.lit", style: { "border-color": c.accent, "border-width": 4 } },
    { selector: "edge:selected, edge.lit", style: { "underlay-color": colour("light", "#ffd84d"), "underlay-opacity": 0.8, "underlay-padding": 6, "z-index": 9 } },
  ];
}

/** Layers from cause to effect, in the direction of reading; the same map always comes out the same. */
export function layered(cy: Core, rightToLeft: boolean): void {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: rightToLeft ? "RL" : "LR", nodesep: 26, ranksep: 90, marginx: 20, marginy: 20 });
  graph.setDefaultEdgeLabel(() => ({}));
  cy.nodes().forEach((node) => {
    graph.setNode(node.id(), { width: node.outerWidth(), height: node.outerHeight() });
  });
  cy.edges().forEach((edge) => {
    graph.setEdge(edge.source().id(), edge.target().id(), {}, edge.id());
  });
  dagre.layout(graph);
  cy.nodes().forEach((node) => {
    const place = graph.node(node.id());
    node.position({ x: place.x, y: place.y });
  });
  cy.fit(undefined, 30);
}

/** Lights up some elements and lets the others step back; nothing lit brings all back. */
export function light(cy: Core, ids: Iterable<string>): void {
  const wanted = new Set(ids);
  cy.batch(() => {
    cy.elements().removeClass("lit dim");
    if (!wanted.size) return;
    cy.elements().forEach((element) => {
      element.addClass(wanted.has(element.id()) ? "lit" : "dim");
    });
  });
}

export function replace(cy: Core, elements: ElementDefinition[], style: StylesheetJson): void {
  cy.batch(() => {
    cy.elements().remove();
    cy.add(elements);
    cy.style(style);
  });
}

/** The drawing as SVG: boxes, lines, words, as they stand. */
function asSvg(cy: Core): string {
  const c = palette();
  const box = cy.elements().boundingBox();
  const pad = 20;
  const root = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `${box.x1 - pad} ${box.y1 - pad} ${box.w + 2 * pad} ${box.h + 2 * pad}`,
    width: Math.round(box.w + 2 * pad),
    height: Math.round(box.h + 2 * pad),
    "font-family": "IBM Plex Sans Arabic, sans-serif",
    "font-size": 13,
  });
  root.append(svg("rect", { x: box.x1 - pad, y: box.y1 - pad, width: "100%", height: "100%", fill: c.card }));
  cy.edges().forEach((edge) => {
    const from = edge.sourceEndpoint();
    const to = edge.targetEndpoint();
    const middle = edge.midpoint();
    // A quadratic curve through the point where the drawing has its middle.
    const bend = { x: 2 * middle.x - (from.x + to.x) / 2, y: 2 * middle.y - (from.y + to.y) / 2 };
    const style = edge.style("line-style") as string;
    const line = edge.style("line-color") as string;
    root.append(
      svg("path", {
        d: `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`,
        fill: "none",
        stroke: line,
        "stroke-width": Number.parseFloat(edge.style("width") as string),
        ...(style === "dashed" ? { "stroke-dasharray": "8 5" } : style === "dotted" ? { "stroke-dasharray": "2 4" } : {}),
      }),
    );
    const arrow = edge.style("target-arrow-shape") as string;
    if (arrow !== "none") root.append(head(arrow, bend, to, line));
    const mark = edge.data("mark") as string | undefined;
    if (mark) root.append(svg("text", { x: middle.x, y: middle.y + 4, "text-anchor": "middle", fill: c.ink }, mark));
  });
  cy.nodes().forEach((node) => {
    const { x, y } = node.position();
    const [w, h] = [node.outerWidth(), node.outerHeight()];
    root.append(
      svg("rect", {
        x: x - w / 2, y: y - h / 2, width: w, height: h, rx: node.style("shape") === "ellipse" ? h / 2 : 6,
        fill: c.card, stroke: node.style("border-color") as string, "stroke-width": 1.5,
      }),
    );
    const lines = wrapped(node.data("label") as string, 22);
    lines.forEach((line, index) => {
      const place = y + 4 + (index - (lines.length - 1) / 2) * 17;
      root.append(svg("text", { x, y: place, "text-anchor": "middle", fill: c.ink, direction: "rtl" }, line));
    });
  });
  return new XMLSerializer().serializeToString(root);
}

function head(shape: string, from: { x: number; y: number }, to: { x: number; y: number }, fill: string): SVGElement {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  if (shape === "tee") {
    return svg("path", { d: `M${to.x - 7 * dy} ${to.y + 7 * dx}L${to.x + 7 * dy} ${to.y - 7 * dx}`, stroke: fill, "stroke-width": 3 });
  }
  const back = { x: to.x - 11 * dx, y: to.y - 11 * dy };
  return svg("path", { d: `M${to.x} ${to.y}L${back.x - 5 * dy} ${back.y + 5 * dx}L${back.x + 5 * dy} ${back.y - 5 * dx}Z`, fill });
}

export function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1] ?? "";
    const grown = `${last} ${word}`.trim();
    if (last && codePoints(grown, grown.length) > width) lines.push(word);
    else lines[lines.length - 1] = grown;
  }
  return lines;
}
