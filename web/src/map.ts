/**
 * What is claimed to act on what.  Causes stand where reading begins, effects follow in its direction.  An arrow says
 * "more gives more", a bar across the end "more gives less"; what is contested, denied or conceded is drawn as such and
 * never as an effect.  Beside it: the words behind a line, and what the whole implies when something is pushed.
 */
import type { ElementDefinition, StylesheetJson } from "cytoscape";
import { base, box, drawing, fit, layered, light, replace } from "./graph";
import { ask, bdi, el, type Island, onTheme, palette, plain, withQuery } from "./island";
import type { CausalMap, Claim, MapEdge, MapNode } from "./types";
import { WhatIfPanel } from "./whatif";

type Kind = "plus" | "minus" | "contested" | "denied" | "conceded" | "analyst";
const MARKS: Record<Kind, string> = { plus: "+", minus: "−", contested: "±", denied: "✕", conceded: "≈", analyst: "✎" };

export function kindOf(edge: MapEdge): Kind {
  if (edge.support === 0) return edge.denied ? "denied" : "conceded";
  if (edge.contested) return "contested";
  if (edge.analyst && !edge.claims.length) return "analyst";
  return edge.sign > 0 ? "plus" : "minus";
}

export async function start(island: Island): Promise<void> {
  const { root } = island;
  let source = root.dataset.src ?? "";
  const panel = el("aside", { class: "island-panel", "aria-live": "polite", "aria-label": island.t("evidence") });
  const stage = el("div", { class: "island-stage" });
  const controls = el("div", { class: "island-controls" });
  const asked = el("section", { class: "whatif", "aria-label": island.t("whatif") });
  root.append(controls, el("div", { class: "island-columns" }, stage, panel), legend(island), el("p", { class: "hint" }, island.t("hint")), asked);
  const { cy, canvas } = await drawing(island, stage, island.t("label"), "marsad-map");
  let map: CausalMap = await ask<CausalMap>(source);

  const labels = () => new Map(map.nodes.map((node) => [node.key, node.label]));
  const draw = () => {
    replace(cy, elements(map), style());
    layered(cy, island.rightToLeft);
    root.dataset.edges = String(map.edges.length);
    root.dataset.nodes = String(map.nodes.length);
    const more = map.total > map.edges.length ? island.t("more", { shown: map.edges.length, all: map.total }) : "";
    island.say(map.edges.length ? more : island.t("empty"));
    whatif.know(map);
    restore();
  };
  const choose = (id: string) => {
    history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
    restore();
  };
  const restore = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const edge = map.edges.find((e) => idOf(e) === id);
    const node = map.nodes.find((n) => n.key === id);
    cy.elements().unselect();
    if (edge) {
      cy.getElementById(id).select();
      light(cy, [id, edge.cause, edge.effect]);
      panel.replaceChildren(...evidence(island, edge, labels()));
    } else if (node) {
      const found = cy.getElementById(id);
      found.select();
      light(cy, found.closedNeighborhood().map((e) => e.id()));
      panel.replaceChildren(...concept(node));
    } else {
      light(cy, whatif.lit());
      panel.replaceChildren();
    }
  };
  const concept = (node: MapNode): HTMLElement[] => {
    const joined = map.edges.filter((e) => e.cause === node.key || e.effect === node.key);
    return [
      el("h3", {}, bdi(node.label), " ", el("small", {}, island.t(`kind_${node.kind}`))),
      node.aliases.length ? el("p", { class: "aliases" }, bdi(node.aliases.join("، "))) : el("span"),
      el(
        "p", { class: "island-tools" },
        ...(["up", "down", "target"] as const).map((part) =>
          el("button", { type: "button", class: "island-button", click: () => whatif.take(node.key, part) }, island.t(`take_${part}`)),
        ),
      ),
      el("ul", { class: "joined" },
        ...joined.map((edge) =>
          el("li", {},
            el("button", { type: "button", class: "island-link", click: () => choose(idOf(edge)) }, ...arrow(island, edge, labels())),
          ),
        ),
      ),
    ];
  };

  const whatif = new WhatIfPanel(island, asked, () => source, (ids) => {
    cy.elements().unselect();
    light(cy, ids);
    if (ids.length) fit(cy, cy.elements(".lit"));
  });

  const speaker = el("select", { name: "speaker" }, el("option", { value: "" }, island.t("everybody")));
  const known = new URL(source, location.href).searchParams.get("speaker") ?? "";
  for (const { value, count } of map.claimants) {
    const shown = `${plain(value || island.t("writers"))} (${island.number(count)})`;
    speaker.append(el("option", { value: value || "writer", selected: (value || "writer") === known }, shown));
  }
  if (known && !map.claimants.some(({ value }) => (value || "writer") === known)) {
    speaker.append(el("option", { value: known, selected: true }, known));
  }
  speaker.addEventListener("change", () => {
    void (async () => {
      source = withQuery(source, { speaker: speaker.value });
      root.dataset.src = source;
      history.replaceState(null, "", withQuery(location.href, { speaker: speaker.value, offset: "" }));
      map = await ask<CausalMap>(source);
      draw();
    })();
  });
  const undone = el("input", { type: "checkbox", checked: true });
  undone.addEventListener("change", () => cy.edges(".not-effect").style("display", undone.checked ? "element" : "none"));
  controls.append(el("label", {}, island.t("claimant"), speaker), el("label", { class: "inline" }, undone, island.t("show_denied")));

  cy.on("tap", "node, edge", (event) => choose(event.target.id() as string));
  cy.on("tap", (event) => {
    if (event.target === cy) choose("");
  });
  cy.on("mouseover", "node, edge", () => canvas.classList.add("over"));
  cy.on("mouseout", "node, edge", () => canvas.classList.remove("over"));
  window.addEventListener("hashchange", restore);
  onTheme(() => cy.style(style()));
  for (const same of document.querySelectorAll<HTMLElement>("[data-instead='map']")) same.hidden = true;
  draw();
  await whatif.restore();
}

export function idOf(edge: { cause: string; effect: string }): string {
  return `${edge.cause} → ${edge.effect}`;
}

function elements(map: CausalMap): ElementDefinition[] {
  return [
    ...map.nodes.map((node) => ({ data: { id: node.key, kind: node.kind, ...box(plain(node.label)) } })),
    ...map.edges.map((edge) => {
      const kind = kindOf(edge);
      return {
        data: { id: idOf(edge), source: edge.cause, target: edge.effect, kind, mark: MARKS[kind], width: 1.5 + 1.5 * Math.log2(1 + edge.support) },
        classes: edge.support ? "" : "not-effect",
      };
    }),
  ];
}

function style(): StylesheetJson {
  const c = palette();
  return [
    ...base(),
    {
      selector: "node",
      style: { shape: "round-rectangle", width: "data(w)", height: "data(h)" },
    },
    { selector: "node[kind = 'act']", style: { shape: "rectangle", "border-width": 2.5 } },
    { selector: "node[kind = 'belief']", style: { "border-style": "dashed" } },
    { selector: "node[kind = 'quantity']", style: { shape: "cut-rectangle" } },
    { selector: "node[kind = 'relation']", style: { "border-style": "double", "border-width": 4 } },
    { selector: "edge", style: { "target-arrow-shape": "triangle", "arrow-scale": 1.2 } },
    { selector: "edge[kind = 'plus']", style: { "line-color": c.plus, "target-arrow-color": c.plus } },
    {
      selector: "edge[kind = 'minus']",
      style: { "line-color": c.minus, "target-arrow-color": c.minus, "line-style": "dashed", "line-dash-pattern": [9, 5], "target-arrow-shape": "tee" },
    },
    {
      selector: "edge[kind = 'contested']",
      style: { "line-color": c.mixed, "target-arrow-color": c.mixed, "line-style": "dashed", "line-dash-pattern": [16, 4, 3, 4], "target-arrow-shape": "diamond" },
    },
    {
      selector: "edge[kind = 'denied'], edge[kind = 'conceded']",
      style: { "line-color": c.soft, "target-arrow-color": c.soft, "line-style": "dotted", width: 1.5, "target-arrow-fill": "hollow" },
    },
    { selector: "edge[kind = 'analyst']", style: { "line-color": c.accent, "target-arrow-color": c.accent, "line-style": "dotted", width: 3 } },
    { selector: ".dim", style: { opacity: 0.18 } },
    { selector: "node:selected, node.lit", style: { "border-color": c.accent, "border-width": 4 } },
  ];
}

function legend(island: Island): HTMLElement {
  const kinds: Kind[] = ["plus", "minus", "contested", "denied", "conceded", "analyst"];
  return el(
    "ul", { class: "island-legend" },
    ...kinds.map((kind) =>
      el("li", {}, el("span", { class: `stroke ${kind}`, "aria-hidden": "true" }), `${MARKS[kind]} ${island.t(`edge_${kind}`)}`),
    ),
  );
}

/** Cause, sign, effect in one line. */
export function arrow(island: Island, edge: { cause: string; effect: string; sign: number }, labels: Map<string, string>): (Node | string)[] {
  const sign = el("span", { class: "sign", "aria-label": island.t(edge.sign > 0 ? "raises" : "lowers") }, edge.sign > 0 ? " ⟶ + " : " ⊣ − ");
  if (island.rightToLeft) sign.textContent = edge.sign > 0 ? " ⟵ + " : " ⊢ − ";
  return [bdi(labels.get(edge.cause) ?? edge.cause), sign, bdi(labels.get(edge.effect) ?? edge.effect)];
}

function evidence(island: Island, edge: MapEdge, labels: Map<string, string>): HTMLElement[] {
  const groups: [string, Claim[]][] = [
    ["asserts", edge.claims.filter((c) => c.claim === "asserts" && c.sign === edge.sign)],
    ["against", edge.claims.filter((c) => c.claim === "asserts" && c.sign !== edge.sign)],
    ["denies", edge.claims.filter((c) => c.claim === "denies")],
    ["concedes", edge.claims.filter((c) => c.claim === "concedes")],
  ];
  const found: HTMLElement[] = [
    el("h3", {}, ...arrow(island, edge, labels)),
    el("p", { class: "counts" }, island.t("support", { support: edge.support, against: edge.against, denied: edge.denied, conceded: edge.conceded })),
  ];
  if (edge.analyst) found.push(el("p", { class: "analyst" }, `${island.t("edge_analyst")}${edge.note ? `: ${plain(edge.note)}` : ""}`));
  for (const [name, claims] of groups) {
    if (!claims.length) continue;
    found.push(el("h4", {}, island.t(`claims_${name}`)), el("ul", { class: "quotes" }, ...claims.map((claim) => quoted(island, claim))));
  }
  return found;
}

/** The words of a claim, who holds it, and the way to the article. */
export function quoted(island: Island, claim: Claim): HTMLElement {
  const chain = claim.claimants.length ? claim.claimants : [island.t("writer")];
  return el(
    "li", {},
    el("q", { dir: "auto" }, plain(claim.quote)),
    el(
      "small", {},
      ...chain.flatMap((name, index) => (index ? [" › ", bdi(name)] : [bdi(name)])),
      " · ", bdi(claim.outlet), claim.date ? ` · ${island.date(claim.date)} ` : " ",
      el("a", { href: `/article/${claim.article}#${claim.record}` }, island.t("open")),
    ),
  );
}
