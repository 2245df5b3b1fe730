/** Drawings of graphs on a canvas by Cytoscape, with what both of ours share: zooming, keys, pictures to take out. */
import dagre from "@dagrejs/dagre";
import cytoscape, { type Collection, type Core, type ElementDefinition, type NodeSingular, type StylesheetJson } from "cytoscape";
import { colour, el, type Island, palette, save, svg } from "./island";

export const FONT = '"IBM Plex Sans Arabic", "IBM Plex Sans", sans-serif';

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
    userZoomingEnabled: false,
    boxSelectionEnabled: false,
    selectionType: "single",
  });
  // All of it stays in sight when the page changes its width, unless somebody has moved it.
  let moved = false;
  for (const event of ["pointerdown", "keydown"]) canvas.addEventListener(event, () => (moved = true));
  new ResizeObserver(() => {
    cy.resize();
    if (!moved) fit(cy);
  }).observe(canvas);
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
      "0": () => fit(cy),
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
      button("fit", () => fit(cy)),
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

/** All of the drawing, or some of it, in sight; never larger than life. */
export function fit(cy: Core, some = cy.elements()): void {
  if (some.empty()) return;
  cy.fit(some, 30);
  if (cy.zoom() > LARGEST) {
    cy.zoom(LARGEST);
    cy.center(some);
  }
}

const LARGEST = 1.2;

export function base(): StylesheetJson {
  const c = palette();
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        "font-family": FONT,
        "font-size": 14,
        color: c.ink,
        "text-wrap": "wrap",
        "text-max-width": "400px",
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

/**
 * Layers from cause to effect, in the direction of reading; the same map always comes out the same.  Parts that do not
 * hang together are laid out each by itself, the largest first, and set in rows as words are.
 */
export function layered(cy: Core, rightToLeft: boolean): void {
  const gap = 50;
  const parts = cy.elements().components().map((part) => place(part, rightToLeft)).sort((a, b) => b.w * b.h - a.w * a.h);
  const area = parts.reduce((sum, part) => sum + (part.w + gap) * (part.h + gap), 0);
  const ratio = Math.max(0.6, cy.width() / Math.max(1, cy.height()));
  const wide = Math.max(parts[0]?.w ?? 0, Math.sqrt(area * ratio) * 1.1);
  let [x, y, row] = [0, 0, 0];
  cy.batch(() => {
    for (const part of parts) {
      if (x > 0 && x + part.w > wide) [x, y, row] = [0, y + row + gap, 0];
      const left = rightToLeft ? wide - x - part.w : x;
      for (const [node, at] of part.at) node.position({ x: left + at.x, y: y + at.y });
      x += part.w + gap;
      row = Math.max(row, part.h);
    }
  });
  fit(cy);
  // Where all of it would be too small to read, the largest part comes first.
  const first = new Set(parts[0]?.at.map(([node]) => node.id()));
  if (cy.zoom() < LEGIBLE) fit(cy, cy.elements(`[id]`).filter((element) => first.has(element.id())));
}

const LEGIBLE = 0.5;

function place(part: Collection, rightToLeft: boolean): { w: number; h: number; at: [NodeSingular, { x: number; y: number }][] } {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: rightToLeft ? "RL" : "LR", nodesep: 18, ranksep: 52 });
  graph.setDefaultEdgeLabel(() => ({}));
  part.nodes().forEach((node) => {
    graph.setNode(node.id(), { width: node.outerWidth(), height: node.outerHeight() });
  });
  part.edges().forEach((edge) => {
    graph.setEdge(edge.source().id(), edge.target().id(), {}, edge.id());
  });
  dagre.layout(graph);
  const size = graph.graph();
  const at = part.nodes().map((node): [NodeSingular, { x: number; y: number }] => [node, graph.node(node.id())]);
  return { w: size.width ?? 0, h: size.height ?? 0, at };
}

const pen = document.createElement("canvas").getContext("2d");

/** The lines of a label in a box of `most` pixels, and the size of the box that they need. */
export function box(label: string, most = 132, size = 14): { label: string; w: number; h: number } {
  const measure = (text: string) => {
    if (!pen) return text.length * size * 0.6;
    pen.font = `${size}px ${FONT}`;
    return pen.measureText(text).width;
  };
  const lines = [""];
  for (const word of label.split(/\s+/)) {
    const grown = `${lines[lines.length - 1] ?? ""} ${word}`.trim();
    if (lines[lines.length - 1] && measure(grown) > most) lines.push(word);
    else lines[lines.length - 1] = grown;
  }
  if (lines.length > 4) lines.splice(4, lines.length - 4, "…");
  // A line of Arabic keeps its direction wherever the page is read from left to right.
  const told = lines.map((line) => (/[\u0600-\u06ff]/.test(line) ? `\u2067${line}\u2069` : line));
  return { label: told.join("\n"), w: Math.max(40, ...lines.map(measure)) + 22, h: lines.length * size * 1.45 + 16 };
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
    "font-size": 14,
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
    const lines = (node.data("label") as string).split("\n");
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
