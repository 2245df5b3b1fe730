/**
 * Finds the islands of a page (`<div data-island="NAME">`) and brings each to life.  A page works without any of this:
 * an island adds a drawing or a short cut to what stands there as HTML already.
 */
import "./policy";
import "htmx.org";
import "./islands.css";
import { Island } from "./island";

const ISLANDS: Record<string, () => Promise<{ start: (island: Island) => void | Promise<void> }>> = {
  timeline: () => import("./timeline"),
  network: () => import("./network"),
  map: () => import("./map"),
  reader: () => import("./reader"),
  drop: () => import("./drop"),
};

async function bring(root: HTMLElement): Promise<void> {
  const load = ISLANDS[root.dataset.island ?? ""];
  if (!load || root.dataset.state) return;
  root.dataset.state = "loading";
  const island = new Island(root);
  try {
    await (await load()).start(island);
    root.dataset.state = "ready";
  } catch (error) {
    root.dataset.state = "failed";
    island.say(island.t("failed"));
    console.error(error);
  }
}

function bringAll(inside: ParentNode): void {
  for (const root of inside.querySelectorAll<HTMLElement>("[data-island]")) void bring(root);
}

bringAll(document);
document.body.addEventListener("htmx:load", (event) => bringAll(event.target as HTMLElement));
