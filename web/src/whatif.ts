/** What the claims imply when something is pushed: the question, the answer in words, its range, its paths. */
import { ask, bdi, codePoints, colour, el, type Island, palette, plain, svg, withQuery } from "./island";
import { arrow, idOf, quoted } from "./map";
import type { CausalMap, Step, WhatIf } from "./types";

interface Press {
  key: string;
  direction: 1 | -1;
}

/** An effect that nobody claims and the reader adds. */
interface Added {
  cause: string;
  effect: string;
  sign: 1 | -1;
}

const EDGE = /^(.*?)\s*->\s*(.*?)\s*([+-])$/;

export class WhatIfPanel {
  private presses: Press[] = [];
  private added: Added[] = [];
  private target = "";
  private answer: WhatIf | null = null;
  private map: CausalMap | null = null;
  private readonly list: HTMLDataListElement;
  private readonly chips = el("ul", { class: "presses" });
  private readonly extra = el("ul", { class: "presses" });
  private readonly press: HTMLInputElement;
  private readonly goal: HTMLInputElement;
  private readonly result = el("div", { class: "whatif-answer", "aria-live": "polite" });

  constructor(
    private readonly island: Island,
    root: HTMLElement,
    private readonly source: () => string,
    private readonly show: (ids: string[]) => void,
  ) {
    const t = (key: string) => island.t(key);
    this.list = el("datalist", { id: "concepts-of-the-map" });
    this.press = el("input", { list: this.list.id, maxlength: "200", "aria-label": t("press"), autocomplete: "off" });
    this.goal = el("input", { list: this.list.id, maxlength: "200", "aria-label": t("target"), autocomplete: "off", change: () => this.aim() });
    const push = (direction: 1 | -1) => () => {
      const key = this.keyOf(this.press.value);
      if (key) {
        this.press.value = "";
        this.add(key, direction);
      } else this.tell(t("unknown"));
    };
    const end = (name: string) => el("input", { list: this.list.id, maxlength: "200", "aria-label": t(name), autocomplete: "off" });
    const [cause, effect] = [end("cause"), end("effect")];
    const join = (sign: 1 | -1) => () => {
      const [from, to] = [this.keyOf(cause.value), this.keyOf(effect.value)];
      if (from && to && from !== to) {
        cause.value = effect.value = "";
        this.added = [...this.added.filter((edge) => edge.cause !== from || edge.effect !== to), { cause: from, effect: to, sign }];
        this.write();
      } else this.tell(t("unknown"));
    };
    const own = el(
      "details", { class: "own" }, el("summary", {}, t("own")), el("p", { class: "hint" }, t("own_hint")),
      el("div", {}, el("label", {}, t("cause"), cause), el("label", {}, t("effect"), effect),
        el("button", { type: "button", class: "island-button", click: join(1) }, `+ ${t("raises")}`),
        el("button", { type: "button", class: "island-button", click: join(-1) }, `− ${t("lowers")}`)),
    );
    const form = el(
      "form", { class: "question", submit: (event: Event) => { event.preventDefault(); this.aim(); void this.ask(); } },
      el("div", {}, el("label", {}, t("press"), this.press),
        el("button", { type: "button", class: "island-button", click: push(1) }, t("take_up")),
        el("button", { type: "button", class: "island-button", click: push(-1) }, t("take_down"))),
      this.chips,
      own,
      this.extra,
      el("div", {}, el("label", {}, t("target"), this.goal), el("button", { type: "submit", class: "island-button main" }, t("ask"))),
      this.list,
    );
    root.append(el("h2", {}, t("whatif")), el("p", { class: "hint" }, t("whatif_hint")), form, this.result);
  }

  know(map: CausalMap): void {
    this.map = map;
    this.list.replaceChildren(...map.nodes.map((node) => el("option", { value: plain(node.label) })));
    this.write();
  }

  /** A concept chosen in the drawing becomes a push or the target. */
  take(key: string, part: "up" | "down" | "target"): void {
    if (part === "target") {
      this.target = key;
      this.write();
    } else this.add(key, part === "up" ? 1 : -1);
    if (this.presses.length && this.target) void this.ask();
  }

  /** The question in the address is asked again. */
  async restore(): Promise<void> {
    const query = new URL(location.href).searchParams;
    this.presses = query.getAll("press").flatMap((text) => {
      const sign = text.trim().slice(-1);
      const key = this.keyOf(text.trim().slice(0, -1).trim());
      return key && "+-".includes(sign) ? [{ key, direction: sign === "+" ? (1 as const) : (-1 as const) }] : [];
    });
    this.added = query.getAll("edge").flatMap((text) => {
      const [, from, to, sign] = EDGE.exec(text.trim()) ?? [];
      const [cause, effect] = [this.keyOf(from ?? ""), this.keyOf(to ?? "")];
      return cause && effect ? [{ cause, effect, sign: sign === "+" ? (1 as const) : (-1 as const) }] : [];
    });
    this.target = this.keyOf(query.get("target") ?? "") ?? "";
    this.write();
    if (this.presses.length && this.target) await this.ask();
  }

  /** What of the drawing the answer rests on. */
  lit(): string[] {
    return this.answer ? this.answer.steps.flatMap((step) => [step.cause, step.effect, idOf(step)]) : [];
  }

  private keyOf(text: string): string | undefined {
    const wanted = plain(text).trim();
    return this.map?.nodes.find((node) => node.key === wanted || plain(node.label) === wanted || node.aliases.includes(wanted))?.key;
  }

  private label(key: string): string {
    return this.map?.nodes.find((node) => node.key === key)?.label ?? key;
  }

  private add(key: string, direction: 1 | -1): void {
    this.presses = [...this.presses.filter((press) => press.key !== key), { key, direction }];
    this.write();
  }

  private aim(): void {
    const key = this.keyOf(this.goal.value);
    if (key) this.target = key;
    else if (!this.goal.value.trim()) this.target = "";
  }

  private write(): void {
    this.goal.value = this.target ? plain(this.label(this.target)) : "";
    this.extra.replaceChildren(...this.added.map((edge) => this.mine(edge)));
    this.chips.replaceChildren(
      ...this.presses.map((press) =>
        el("li", {}, bdi(this.label(press.key)), press.direction > 0 ? " ↑ " : " ↓ ",
          el("button", { type: "button", class: "island-link", "aria-label": this.island.t("remove"), click: () => {
            this.presses = this.presses.filter((other) => other !== press);
            this.write();
          } }, "✕")),
      ),
    );
  }

  private mine(edge: Added): HTMLElement {
    const labels = new Map([[edge.cause, this.label(edge.cause)], [edge.effect, this.label(edge.effect)]]);
    return el("li", { class: "analyst" }, ...arrow(this.island, edge, labels), " ",
      el("button", { type: "button", class: "island-link", "aria-label": this.island.t("remove"), click: () => {
        this.added = this.added.filter((other) => other !== edge);
        this.write();
      } }, "✕"));
  }

  private tell(text: string): void {
    this.result.replaceChildren(el("p", { class: "hint" }, text));
  }

  private question(): { press: string[]; target: string; edge: string[] } {
    return {
      press: this.presses.map(({ key, direction }) => `${key}${direction > 0 ? "+" : "-"}`),
      target: this.target,
      edge: this.added.map(({ cause, effect, sign }) => `${cause} -> ${effect} ${sign > 0 ? "+" : "-"}`),
    };
  }

  private async ask(): Promise<void> {
    const { island } = this;
    if (!this.presses.length || !this.target) {
      this.tell(island.t("incomplete"));
      return;
    }
    const question = this.question();
    history.replaceState(null, "", withQuery(location.href, question));
    this.tell(island.t("thinking"));
    const query = new URL(this.source(), location.href).search;
    try {
      this.answer = await ask<WhatIf>(withQuery(`/api/whatif${query}`, { ...question, limit: "" }));
    } catch (error) {
      this.answer = null;
      this.tell(error instanceof Error ? error.message : String(error));
      return;
    }
    this.show(this.lit());
    this.result.replaceChildren(...this.told(this.answer));
    this.result.dataset.verdict = this.answer.verdict;
  }

  // -- the answer

  private told(answer: WhatIf): HTMLElement[] {
    const { island } = this;
    const say = (words: { ar: string; en: string }) => plain(island.lang === "ar" ? words.ar : words.en);
    const parts: HTMLElement[] = [
      el("p", { class: `sentence ${answer.verdict}` }, el("strong", {}, island.t(`verdict_${answer.verdict}`)), " ", say(answer.sentence)),
      el("p", {}, say(answer.why)),
    ];
    if (answer.settings.length) parts.push(this.range(answer));
    if (answer.paths.length) {
      const shown = answer.paths.length;
      parts.push(el("h3", {}, island.t("paths", { shown, all: answer.path_count })));
      parts.push(el("ol", { class: "whatif-paths" }, ...answer.paths.map((path) => this.path(path))));
    }
    if (answer.deciding.length) {
      parts.push(
        el("h3", {}, island.t("deciding")),
        el("ul", {}, ...answer.deciding.map((d) =>
          el("li", {}, bdi(d.cause_label), island.rightToLeft ? " ⟵ " : " ⟶ ", bdi(d.effect_label), ": ",
            island.t("decides", { strong: island.percent(d.strong), weak: island.percent(d.weak) })))),
      );
    }
    if (answer.denied.length) {
      parts.push(el("h3", {}, island.t("denied")), el("ul", {}, ...answer.denied.map((step) => this.step(step))));
    }
    parts.push(
      el("h3", {}, island.t("assumptions")),
      el("ul", { class: "assumptions" }, ...answer.assumptions.map((words) => el("li", {}, say(words)))),
      el("p", { class: "command" }, island.t("command"), " ", el("code", { dir: "ltr" }, this.command())),
    );
    return parts;
  }

  /** The same question on the command line gives the same answer. */
  private command(): string {
    const { press, target, edge } = this.question();
    return [
      "marsad whatif", ...press.map((text) => `--press "${text}"`), `--target "${target}"`, ...edge.map((text) => `--edge "${text}"`),
    ].join(" ");
  }

  private path(path: WhatIf["paths"][number]): HTMLElement {
    const { island } = this;
    const lights = path.steps.flatMap((step) => [step.cause, step.effect, idOf(step)]);
    const kind = path.thread
      ? island.t("thread", { holders: path.holders.map(plain).join("، ") })
      : island.t(path.analyst ? "with_own" : "stitched");
    const head = el(
      "button",
      { type: "button", class: "island-link path", click: () => this.show(lights), focus: () => this.show(lights), mouseenter: () => this.show(lights) },
      ...path.labels.flatMap((label, index) => (index ? [island.rightToLeft ? " ⟵ " : " ⟶ ", bdi(label)] : [bdi(label)])),
      ` ${path.sign > 0 ? "↑" : path.sign < 0 ? "↓" : "↕"}`,
    );
    return el("li", {}, head, el("small", {}, kind), el("details", {}, el("summary", {}, island.t("words")),
      el("ul", {}, ...path.steps.map((step) => this.step(step)))));
  }

  private step(step: Step): HTMLElement {
    const { island } = this;
    const labels = new Map([[step.cause, step.cause_label], [step.effect, step.effect_label]]);
    return el(
      "li", {}, ...arrow(island, step, labels), step.contested ? ` ${island.t("edge_contested")}` : "",
      step.analyst ? el("p", { class: "analyst" }, island.t("edge_analyst")) : null,
      el("ul", { class: "quotes" }, ...step.claims.slice(0, 4).map((claim) => quoted(island, claim))),
    );
  }

  /** A small chart: for each prior a line from the least to the greatest share, a dot for each damping. */
  private range(answer: WhatIf): HTMLElement {
    const { island } = this;
    const c = palette();
    const priors = [...new Set(answer.settings.map((setting) => setting.prior))];
    const [wide, line, left, right] = [560, 26, 190, 16];
    const high = priors.length * line + 44;
    const start = island.rightToLeft ? wide - left : left;
    const end = island.rightToLeft ? right : wide - right;
    const place = (share: number) => start + (end - start) * share;
    const text = (x: number, y: number, words: string, anchor: string) =>
      svg("text", { x, y, "text-anchor": anchor, fill: c.soft, "font-size": 13 }, words);
    const drawn = svg("svg", {
      viewBox: `0 0 ${wide} ${high}`, role: "img", class: "range", "aria-label": island.t("range_label", {
        low: island.percent(answer.rises?.low ?? 0), high: island.percent(answer.rises?.high ?? 0),
      }),
    });
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const x = place(share);
      drawn.append(svg("line", { x1: x, x2: x, y1: 6, y2: high - 30, stroke: share === 0.5 ? c.soft : c.rule, "stroke-width": share === 0.5 ? 1.5 : 1 }));
      drawn.append(text(x, high - 12, island.percent(share), "middle"));
    }
    priors.forEach((prior, index) => {
      const y = 20 + index * line;
      const shares = answer.settings.filter((s) => s.prior === prior && s.rises !== null);
      const named = island.t(`prior_${prior}`);
      // A name longer than its place is cut, by code points, so that no letter is halved.
      const cut = codePoints(named, named.length) > 30 ? `${[...named].slice(0, 29).join("")}…` : named;
      // "start" and "end" follow the direction of the page.
      drawn.append(text(island.rightToLeft ? wide : 0, y + 4, cut, "start"));
      const values = shares.map((s) => s.rises ?? 0);
      if (!values.length) {
        drawn.append(text(place(0.5), y + 4, island.t("none"), "middle"));
        return;
      }
      drawn.append(svg("line", {
        x1: place(Math.min(...values)), x2: place(Math.max(...values)), y1: y, y2: y, stroke: c.accent, "stroke-width": 4, "stroke-linecap": "round",
      }));
      for (const setting of shares) {
        const x = place(setting.rises ?? 0);
        const shape = setting.damping === "fixed"
          ? svg("circle", { cx: x, cy: y, r: 5.5, fill: c.accent, stroke: c.card, "stroke-width": 1.5 })
          : svg("rect", { x: x - 5, y: y - 5, width: 10, height: 10, fill: colour("light", "#ffd84d"), stroke: c.ink, "stroke-width": 1.2 });
        shape.append(svg("title", {}, `${island.t(`damping_${setting.damping}`)}: ${island.percent(setting.rises ?? 0)}`));
        drawn.append(shape);
      }
    });
    return el(
      "figure", { class: "range-figure" },
      el("figcaption", {}, island.t("range"), " ", el("small", {}, island.t("range_key"))),
      drawn as unknown as HTMLElement,
    );
  }
}
