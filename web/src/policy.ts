/** Imported before htmx, which reads it once: nothing inline, nothing evaluated, nothing from elsewhere. */
const meta = document.createElement("meta");
meta.name = "htmx-config";
meta.content = JSON.stringify({ includeIndicatorStyles: false, allowEval: false, allowScriptTags: false, selfRequestsOnly: true });
document.head.append(meta);
