/**
 * Who is joined with whom.  A line's form says the sign (whole: cooperation, dashed: conflict, dotted: neither), its
 * width how many claims, a mark on it the sign again.  Choices stand in the address, so that it restores the view.
 */
import type { ElementDefinition, StylesheetJson } from "cytoscape";
import htmx from "htmx.org";
import { base, drawing, light, replace } from "./graph";
import { ask, bdi, el, type Island, later, onTheme, palette, plain, withQuery } from "./island";
import type { Network, NetworkEdge, Page, StoredRecord, Tie } from "./types";

const SHOWN = 8;
const MARKS = { plus: "+", minus: "−", mixed: "±", none: "" };
type Sign = keyof typeof MARKS;

function signOf(edge: NetworkEdge): Sign {
  const sum = edge.positive + edge.negative;
  if (!sum) return "none";
  const share = edge.positive / sum;
  return share > 0.65 ? "plus" : share < 0.35 ? "minus" : "mixed";
}

export async function start(island: Island): Promise<void> {
  const { root } = island;
  let source = root.dataset.src ?? "";
  const panel = el("aside", { class: "island-panel", "aria-live": "polite", "aria-label": island.t("evidence") });
  const stage = el("div", { class: "island-stage" });
  const controls = el("div", { class: "island-controls" });
  root.append(controls, el("div", { class: "island-columns" }, stage, panel), legend(island), el("p", { class: "hint" }, island.t("hint")));
  const { cy, canvas } = await drawing(island, stage, island.t("label"), "marsad-network");
  let network: Network = await ask<Network>(source);
  const whole = { first: network.first, last: network.last };

  const draw = () => {
    replace(cy, elements(network), style());
    cy.layout({ name: "circle", animate: false }).run();
    cy.layout({
      name: "cose", animate: false, randomize: false, fit: true, padding: 30, nodeRepulsion: () => 60_000,
      idealEdgeLength: () => 130, nodeOverlap: 30, componentSpacing: 70, numIter: 1500,
    }).run();
    root.dataset.edges = String(network.edges.length);
    island.say(network.edges.length ? "" : island.t("empty"));
    restore();
  };

  const choose = (id: string) => {
    history.replaceState(null, "", id ? `#${encodeURIComponent(id)}` : location.pathname + location.search);
    restore();
  };

  /** Shows what the address names behind «#». */
  const restore = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const edge = network.edges.find((e) => idOf(e) === id);
    const element = id ? cy.getElementById(id) : cy.collection();
    cy.elements().unselect();
    if (edge) {
      element.select();
      light(cy, [id, edge.a, edge.b]);
      void evidence(edge);
    } else if (element.nonempty() && element.isNode()) {
      element.select();
      light(cy, element.closedNeighborhood().map((e) => e.id()));
      neighbours(id);
    } else {
      light(cy, []);
      panel.replaceChildren();
    }
  };

  const name = (key: string) => network.nodes.find((node) => node.key === key)?.name ?? key;

  const evidence = async (edge: NetworkEdge) => {
    panel.replaceChildren(el("p", { class: "hint" }, "…"));
    const title = el("h3", {}, bdi(name(edge.a)), " – ", bdi(name(edge.b)));
    const counts = el(
      "p", { class: "counts" },
      island.t("counts", { positive: edge.positive, negative: edge.negative, records: edge.records }),
    );
    const query = new URL(source, location.href).search;
    const dossier = withQuery(`/dossier${query}`, { a: edge.a, b: edge.b, limit: "", actor: [] });
    const standing = await ask<Tie>(withQuery(`/api/tie${query}`, { a: edge.a, b: edge.b, limit: "" }));
    const links = el("p", {}, el("a", { href: dossier }, island.t("dossier")));
    const domains = byDomain(island, standing);
    panel.replaceChildren(title, counts, ...domains, links);
    const asked = withQuery(`/api/between${query}`, { a: edge.a, b: edge.b, actor: [], limit: String(SHOWN) });
    const page = await ask<Page<StoredRecord>>(asked);
    if (decodeURIComponent(location.hash.slice(1)) !== idOf(edge)) return;
    panel.replaceChildren(title, counts, ...domains, el("ul", { class: "quotes" }, ...page.items.map((record) => quote(island, record))), links);
  };

  const neighbours = (key: string) => {
    const joined = network.edges.filter((e) => e.a === key || e.b === key).sort((a, b) => b.records - a.records);
    panel.replaceChildren(
      el("h3", {}, el("a", { href: `/actor?key=${encodeURIComponent(key)}` }, bdi(name(key)))),
      el(
        "ul", { class: "joined" },
        ...joined.map((edge) =>
          el("li", {},
            el("button", { type: "button", class: "island-link", click: () => choose(idOf(edge)) }, bdi(name(edge.a === key ? edge.b : edge.a))),
            ` ${MARKS[signOf(edge)]} ${island.number(edge.records)}`,
          ),
        ),
      ),
    );
  };

  // -- choices

  const reload = later(200, () => {
    void (async () => {
      const page = withQuery(location.href, queryOf(controls));
      history.replaceState(null, "", page + location.hash);
      source = withQuery(source, queryOf(controls));
      root.dataset.src = source;
      try {
        network = await ask<Network>(source);
      } catch (error) {
        island.say(error instanceof Error ? error.message : "");
        return;
      }
      draw();
      await refresh(page);
    })();
  });
  controls.append(...fields(island, new URL(source, location.href).searchParams, whole, reload));

  cy.on("tap", "node, edge", (event) => choose(event.target.id() as string));
  cy.on("tap", (event) => {
    if (event.target === cy) choose("");
  });
  cy.on("mouseover", "node, edge", () => canvas.classList.add("over"));
  cy.on("mouseout", "node, edge", () => canvas.classList.remove("over"));
  window.addEventListener("hashchange", restore);
  onTheme(() => cy.style(style()));
  draw();
}

function idOf(edge: NetworkEdge): string {
  return `${edge.a}~${edge.b}`;
}

function elements(network: Network): ElementDefinition[] {
  const most = Math.max(1, ...network.nodes.map((node) => node.records));
  const widest = Math.max(1, ...network.edges.map((edge) => edge.records));
  return [
    ...network.nodes.map((node) => ({
      data: { id: node.key, label: plain(node.name), size: 22 + 34 * Math.sqrt(node.records / most) },
    })),
    ...network.edges.map((edge) => {
      const sign = signOf(edge);
      return {
        data: { id: idOf(edge), source: edge.a, target: edge.b, sign, mark: MARKS[sign], width: 1.5 + 8.5 * Math.sqrt(edge.records / widest) },
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
      style: { width: "data(size)", height: "data(size)", "text-valign": "bottom", "text-margin-y": 4, "background-color": c.paper, "font-size": 15,
        "text-background-color": c.card, "text-background-opacity": 0.75, "text-background-padding": "1px" },
    },
    { selector: "edge", style: { "line-cap": "butt" } },
    { selector: "edge[sign = 'plus']", style: { "line-color": c.plus } },
    { selector: "edge[sign = 'minus']", style: { "line-color": c.minus, "line-style": "dashed", "line-dash-pattern": [9, 5] } },
    { selector: "edge[sign = 'mixed']", style: { "line-color": c.mixed, "line-style": "dashed", "line-dash-pattern": [16, 4, 3, 4] } },
    { selector: "edge[sign = 'none']", style: { "line-color": c.soft, "line-style": "dotted" } },
  ];
}

/** Claims by domain, by independent evidence: good, neutral, withheld, bad; and the months of event scores. */
function byDomain(island: Island, standing: Tie): HTMLElement[] {
  const parts: HTMLElement[] = [];
  if (standing.ties.length) {
    const head = ["domain", "positive", "neutral", "withheld", "negative"].map((key) => el("th", { scope: "col" }, island.t(key)));
    parts.push(
      el(
        "table", { class: "ties" },
        el("thead", {}, el("tr", {}, ...head)),
        el("tbody", {}, ...standing.ties.map((tie) =>
          el("tr", {}, el("th", { scope: "row" }, island.t(`domain_${tie.domain}`), tie.contested ? " ±" : ""),
            ...[tie.positive, tie.neutral, tie.withheld, tie.negative].map((count) => el("td", {}, island.number(count)))))),
      ),
    );
  }
  const scored = standing.events.filter((event) => event.score !== null);
  if (scored.length) {
    const sum = scored.reduce((total, event) => total + (event.score ?? 0) * event.events, 0);
    const events = scored.reduce((total, event) => total + event.events, 0);
    const mean = new Intl.NumberFormat(island.locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" }).format(sum / events);
    parts.push(el("p", { class: "counts" }, island.t("score", { mean, events })));
  }
  for (const change of standing.changes.changes) {
    parts.push(el("p", { class: "counts" }, island.t("change", { period: island.date(change.period) })));
  }
  return parts;
}

function legend(island: Island): HTMLElement {
  const entry = (sign: Sign) =>
    el("li", {}, el("span", { class: `stroke sign-${sign}`, "aria-hidden": "true" }), `${MARKS[sign]} ${island.t(`sign_${sign}`)}`);
  return el("ul", { class: "island-legend" }, entry("plus"), entry("minus"), entry("mixed"), entry("none"));
}

function quote(island: Island, record: StoredRecord): HTMLElement {
  const inner = record.record;
  const effect = inner.cause && inner.effect ? `${inner.cause.quote} ← ${inner.effect.quote}` : undefined;
  const words = effect ?? inner.span?.quote ?? inner.trigger?.quote ?? inner.content?.map((span) => span.quote).join(" … ") ?? "";
  const holder = inner.speaker?.name ?? inner.speaker?.role ?? record.claimants[record.claimants.length - 1]?.name ?? island.t("writer");
  return el(
    "li", {},
    el("q", { dir: "auto" }, plain(words)),
    el(
      "small", {},
      bdi(holder), " · ", bdi(record.outlet), record.date ? ` · ${island.date(record.date)} ` : " ",
      el("a", { href: `/article/${record.article}#${record.id}` }, island.t("open")),
    ),
  );
}

// -- choices

const DOMAINS = [
  "political", "diplomatic", "military", "arms", "security", "economic", "energy", "sanctions", "technology", "territorial",
  "multilateral", "humanitarian", "cultural",
];

function fields(
  island: Island, query: URLSearchParams, whole: { first: string | null; last: string | null }, changed: () => void,
): HTMLElement[] {
  const chosen = new Set(query.getAll("domain"));
  const told = el("summary", {});
  const boxes = DOMAINS.map((value) =>
    el("input", { type: "checkbox", name: "domain", value, checked: chosen.has(value), change: () => { tell(); changed(); } }));
  const tell = () => {
    const names = boxes.filter((box) => box.checked).map((box) => island.t(`domain_${box.value}`));
    told.textContent = `${island.t("domain")}: ${names.length ? names.join("، ") : island.t("all_domains")}`;
  };
  tell();
  const domain = el(
    "details", { class: "layers", open: chosen.size > 0 }, told,
    el("div", {}, ...boxes.map((box) => el("label", { class: "inline" }, box, island.t(`domain_${box.value}`)))),
  );
  const speaker = el("input", {
    name: "speaker", type: "search", value: query.get("speaker") ?? "", placeholder: island.t("anybody"), maxlength: "200", change: changed,
  });
  const made: HTMLElement[] = [
    domain,
    el("label", {}, island.t("speaker"), speaker),
  ];
  if (whole.first && whole.last && whole.first < whole.last) made.push(slider(island, query, whole.first, whole.last, changed));
  return made;
}

/** Two handles on the months of the archive. */
function slider(island: Island, query: URLSearchParams, first: string, last: string, changed: () => void): HTMLElement {
  const months = monthsBetween(first, last);
  const until = el("output", {});
  const handle = (name: string, value: string | null, end: number) => {
    const at = value ? months.indexOf(value.slice(0, 7)) : -1;
    const made = el("input", {
      type: "range", min: "0", max: String(months.length - 1), value: String(at < 0 ? end : at), class: "time",
      "aria-label": island.t(name), "data-name": name, dir: island.rightToLeft ? "rtl" : "ltr",
    });
    return made;
  };
  const from = handle("since", query.get("since"), 0);
  const to = handle("until", query.get("until"), months.length - 1);
  const tell = () => {
    const [a, b] = [Math.min(Number(from.value), Number(to.value)), Math.max(Number(from.value), Number(to.value))];
    from.dataset.value = a === 0 ? "" : (months[a] ?? "");
    to.dataset.value = b === months.length - 1 ? "" : (months[b] ?? "");
    from.setAttribute("aria-valuetext", island.date(months[Number(from.value)] ?? ""));
    to.setAttribute("aria-valuetext", island.date(months[Number(to.value)] ?? ""));
    until.textContent = island.t("span", { from: island.date(months[a] ?? "", true), to: island.date(months[b] ?? "", true) });
  };
  for (const one of [from, to]) {
    one.addEventListener("input", tell);
    one.addEventListener("change", changed);
  }
  tell();
  return el("fieldset", { class: "time-span" }, el("legend", {}, island.t("time"), " ", until), from, to);
}

export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  let [year, month] = [Number(first.slice(0, 4)), Number(first.slice(5, 7) || "1")];
  const end = last.length < 7 ? `${last.slice(0, 4)}-12` : last.slice(0, 7);
  while (months.length < 1200) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    months.push(name);
    if (name >= end) break;
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

function queryOf(controls: HTMLElement): Record<string, string | string[]> {
  const ticked = [...controls.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked")].map((box) => box.value);
  const query: Record<string, string | string[]> = { offset: "", domain: ticked };
  for (const field of controls.querySelectorAll<HTMLInputElement>("input[type=search]")) query[field.name] = field.value.trim();
  for (const field of controls.querySelectorAll<HTMLInputElement>("[data-name]")) {
    query[field.dataset.name ?? ""] = field.dataset.value ?? "";
  }
  return query;
}

/** What stands beside the drawing as HTML follows its choices: the same page is asked for and its part put in. */
async function refresh(page: string): Promise<void> {
  if (document.getElementById("follows")) {
    await htmx.ajax("get", page, { target: "#follows", select: "#follows", swap: "outerHTML" });
  }
}
