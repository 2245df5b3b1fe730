/**
 * The reader with keys: j and k go through the records, Enter to their words, a, r and u decide, and words and cards
 * light each other up when one is chosen.  Layers are shown and hidden without asking the server again.
 */
import type { Island } from "./island";

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

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target as HTMLElement).closest(TYPING)) return;
    const keys: Record<string, () => void> = {
      j: () => step(1),
      k: () => step(-1),
      a: () => decide("accept"),
      r: () => decide("reject"),
      u: () => decide("withdraw"),
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
