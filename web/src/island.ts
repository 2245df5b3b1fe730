/** What every island has at hand: its strings, numbers and dates in the language of the page, elements, requests. */

export type Language = "ar" | "en";

export class Island {
  readonly lang: Language;
  private readonly strings: Record<string, string>;
  private readonly numbers: Intl.NumberFormat;

  constructor(readonly root: HTMLElement) {
    this.lang = root.dataset.lang === "en" ? "en" : "ar";
    this.strings = JSON.parse(root.dataset.strings ?? "{}") as Record<string, string>;
    this.numbers = new Intl.NumberFormat(this.locale);
  }

  get locale(): string {
    return this.lang === "ar" ? "ar-EG" : "en";
  }

  get rightToLeft(): boolean {
    return this.lang === "ar";
  }

  /** A message of the catalogue with its values put in. */
  t(key: string, values: Record<string, string | number> = {}): string {
    const text = this.strings[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : typeof value === "number" ? this.number(value) : value;
    });
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  percent(share: number): string {
    return new Intl.NumberFormat(this.locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
  }

  /** A date or part of one (2024, 2024-05, 2024-05-31) in words. */
  date(value: string | null, short = false): string {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value ?? "");
    if (!parts) return value ?? "";
    const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1)));
    return new Intl.DateTimeFormat(this.locale, {
      timeZone: "UTC",
      year: "numeric",
      ...(parts[2] ? { month: short ? "short" : "long" } : {}),
      ...(parts[3] ? { day: "numeric" } : {}),
    }).format(day);
  }

  /** A quiet word where the island stands, for people and for those who listen. */
  say(text: string): void {
    let line = this.root.querySelector<HTMLElement>(":scope > .island-note");
    if (!line) {
      line = el("p", { class: "island-note", role: "status" });
      this.root.append(line);
    }
    line.textContent = text;
    line.hidden = !text;
  }
}

type Child = Node | string | null | undefined | false;

/** An element.  Everything from an archive goes in as text, never as HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | boolean | ((event: Event) => void)> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

export function svg(name: string, attributes: Record<string, string | number>, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Text without direction marks of its own and control characters, as `view/bidi.py` has it. */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "\ufffd");
}

/** A text that keeps its own direction. */
export function bdi(text: string | null | undefined): HTMLElement {
  return el("bdi", {}, plain(text ?? ""));
}

export async function ask<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    throw new Error(problem.detail || `${answer.status}`);
  }
  return (await answer.json()) as T;
}

/** The address with parameters set anew; empty ones are dropped. */
export function withQuery(address: string, changes: Record<string, string | string[]>): string {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) if (one) url.searchParams.append(name, one);
  }
  return url.pathname + url.search;
}

/** A colour of the page's style sheet, so that drawings follow light and dark. */
export function colour(name: string, otherwise: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || otherwise;
}

export interface Palette {
  ink: string;
  soft: string;
  paper: string;
  card: string;
  rule: string;
  accent: string;
  plus: string;
  minus: string;
  mixed: string;
}

/** Signs by blue and vermilion, which colour-blind eyes tell apart; lines differ in form as well. */
export function palette(): Palette {
  return {
    ink: colour("ink", "#1c2430"),
    soft: colour("soft", "#5b6675"),
    paper: colour("paper", "#fbfaf7"),
    card: colour("card", "#ffffff"),
    rule: colour("rule", "#d9d4c8"),
    accent: colour("accent", "#0b5c7a"),
    plus: colour("good", "#0b66a0"),
    minus: colour("bad", "#a8420c"),
    mixed: colour("gold", "#7a6a00"),
  };
}

/** Calls when the page turns light or dark. */
export function onTheme(change: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);
}

export function later(wait: number, work: () => void): () => void {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(work, wait);
  };
}

/** Offers `data` as a file. */
export function save(name: string, data: Blob): void {
  const link = el("a", { href: URL.createObjectURL(data), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Code points before a UTF-16 position: offsets of Marsad count code points, those of scripts UTF-16 units. */
export function codePoints(text: string, units: number): number {
  let count = 0;
  for (let at = 0; at < units; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}
