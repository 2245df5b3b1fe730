/** A file can be dropped anywhere on the page of reading; it goes into the form, which is then sent as usual. */
import { el, type Island } from "./island";

export function start(island: Island): void {
  const form = island.root.closest("form") ?? document.querySelector<HTMLFormElement>("form[enctype='multipart/form-data']");
  const input = form?.querySelector<HTMLInputElement>("input[type=file]");
  if (!form || !input) return;
  const veil = el("div", { class: "drop-veil", hidden: true, "aria-hidden": "true" }, el("p", {}, island.t("here")));
  document.body.append(veil);
  let depth = 0;
  const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (on: boolean) => {
    veil.hidden = !on;
    if (!on) depth = 0;
  };
  document.addEventListener("dragenter", (event) => {
    if (!carriesFile(event)) return;
    depth += 1;
    show(true);
  });
  document.addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) show(false);
  });
  document.addEventListener("dragover", (event) => {
    if (carriesFile(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event) || !event.dataTransfer) return;
    event.preventDefault();
    show(false);
    const files = event.dataTransfer.files;
    if (files.length !== 1) {
      island.say(island.t("one"));
      return;
    }
    input.files = files;
    island.say(island.t("reading", { name: files[0]?.name ?? "" }));
    form.requestSubmit();
  });
}
