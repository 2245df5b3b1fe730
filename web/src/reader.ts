/**
 * The reader with keys: j and k go through the records, Enter to their words, a, r and u decide, f takes the words that
 * are selected for those of the record (of a mechanism c the cause, e the effect), and words and cards light each other
 * up when one is chosen.  Layers are shown and hidden without asking the server again.
 */
import { ask, codePoints, el, type Island } from "./island";

/** The field of a record that a key sets right, by the first letter of its id. */
const PARTS: Record<string, Record<string, string>> = {
  f: { s: "content", e: "trigger", r: "span" },
  c: { m: "cause" },
  e: { m: "effect" },
};
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export function start(island: Island): void {
  const root = document.querySelector<HTMLElement>(".marsad");
  if (!root) return;
  const cards = () => [...root.querySelectorAll<HTMLElement>(".card")].filter((card) => card.offsetParent !== null);
  let chosen = "";

  const wordsOf = (id: string) => [...root.querySelectorAll<HTMLElement>(`.i-${CSS.escape(id)}`)];
  const idOf = (card: Element) => card.id.replace(/^c-/, "");

  const choose = (id: string, scroll: "words" | "card" | "both") => {
    for (const old of root.querySelectorAll(".chosen")) old.classList.remove("chosen");
    chosen = id;
    const card = document.getElementById(`c-${id}`);
    const words = wordsOf(id);
    for (const part of words) part.classList.add("chosen");
    card?.classList.add("chosen");
    const behavior: ScrollBehavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    if (scroll !== "card") words[0]?.scrollIntoView({ block: "center", behavior });
    if (scroll !== "words") card?.scrollIntoView({ block: "nearest", behavior });
    if (card && scroll !== "words") {
      card.tabIndex = -1;
      card.focus({ preventScroll: true });
    }
    root.dataset.chosen = id;
  };

  const step = (by: number) => {
    const all = cards();
    const at = all.findIndex((card) => idOf(card) === chosen);
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by))];
    if (next) {
      history.replaceState(null, "", `#${idOf(next)}`);
      choose(idOf(next), "both");
    }
  };

  const decide = (decision: string) => {
    const card = document.getElementById(`c-${chosen}`);
    card?.querySelector<HTMLButtonElement>(`button[name=decision][value=${decision}]`)?.click();
  };

  const fix = (key: string) => {
    const part = PARTS[key]?.[chosen[0] ?? ""];
    const card = document.getElementById(`c-${chosen}`);
    if (part && card?.querySelector("form.verdict button")) void setRight(root, chosen, part, island);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest(TYPING)) return;
    const keys: Record<string, () => void> = {
      j: () => step(1),
      k: () => step(-1),
      a: () => decide("accept"),
      r: () => decide("reject"),
      u: () => decide("withdraw"),
      f: () => fix("f"),
      c: () => fix("c"),
      e: () => fix("e"),
      Enter: () => {
        if ((event.target as HTMLElement).classList.contains("card")) choose(chosen, "words");
      },
      Escape: () => choose("", "card"),
    };
    // The keys are where they are on the keyboard, whatever its letters: «ت» is on j.
    const name = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const work = keys[name];
    if (!work) return;
    if (event.key !== "Enter") event.preventDefault();
    work();
  });

  // A word under several records: each press goes to the next of them, the tightest first.
  root.addEventListener("click", (event) => {
    const word = (event.target as HTMLElement).closest<HTMLAnchorElement>("a.w");
    if (!word) return;
    event.preventDefault();
    const ids = [...word.classList].filter((name) => name.startsWith("i-")).map((name) => name.slice(2));
    const next = ids[(ids.indexOf(chosen) + 1) % ids.length];
    if (next) {
      history.replaceState(null, "", `#${next}`);
      choose(next, "card");
    }
  });

  const restore = () => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^c-/, "");
    if (id && (wordsOf(id).length || document.getElementById(`c-${id}`))) choose(id, location.hash.startsWith("#c-") ? "both" : "words");
  };
  window.addEventListener("hashchange", restore);
  restore();

  for (const box of root.querySelectorAll<HTMLInputElement>("input[type=checkbox][id^='show-']")) {
    box.addEventListener("change", () => {
      const url = new URL(location.href);
      const boxes = [...root.querySelectorAll<HTMLInputElement>("input[type=checkbox][id^='show-']")];
      url.searchParams.delete("show");
      if (boxes.some((one) => !one.checked)) {
        for (const one of boxes) if (one.checked) url.searchParams.append("show", one.id.replace("show-", ""));
      }
      history.replaceState(null, "", url);
    });
  }
  island.say("");
}

/** Sends the selected words as the right ones; the verdict can be undone like any other. */
async function setRight(root: HTMLElement, id: string, part: string, island: Island): Promise<void> {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed) {
    island.say(island.t("select"));
    return;
  }
  const version = new URL(location.href).searchParams.get("version");
  const article = location.pathname.split("/").pop() ?? "";
  const { text } = await ask<{ text: string }>(`/api/articles/${article}${version ? `?version=${version}` : ""}`);
  const span = spanOf(root, range, text);
  if (!span) {
    island.say(island.t("select"));
    return;
  }
  const fields: Record<string, string> = { decision: "correct", part, start: String(span[0]), end: String(span[1]), back: "article" };
  const form = el(
    "form", { method: "post", action: `/record/${id}/verdict`, hidden: true },
    ...Object.entries(fields).map(([name, value]) => el("input", { type: "hidden", name, value })),
  );
  document.body.append(form);
  form.submit();
}

/** A selection as half-open code points of the article's text, without spaces at its ends; null where it is not of it. */
export function spanOf(root: HTMLElement, range: Range, text: string): [number, number] | null {
  // Each paragraph stands in the text after the one before it.
  const places = new Map<Element, number>();
  let cursor = 0;
  for (const paragraph of root.querySelectorAll(".text p")) {
    const said = paragraph.textContent ?? "";
    const at = text.indexOf(said, cursor);
    if (at < 0) return null;
    places.set(paragraph, at);
    cursor = at + said.length;
  }
  const unit = (node: Node, offset: number): number | null => {
    const paragraph = (node instanceof Element ? node : node.parentElement)?.closest(".text p");
    const place = paragraph ? places.get(paragraph) : undefined;
    if (!paragraph || place === undefined) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    return place + before.toString().length;
  };
  let start = unit(range.startContainer, range.startOffset);
  let end = unit(range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  while (start < end && /\s/.test(text[start] ?? "")) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end -= 1;
  return start < end ? [codePoints(text, start), codePoints(text, end)] : null;
}
