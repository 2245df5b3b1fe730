// After a build: the fonts that the pages use beside it, and a mark of the sources that it was made from.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const BUILT = "../src/marsad/web/static/built";
const FONTS = [
  ["ibm-plex-sans-arabic", "IBM Plex Sans Arabic", [["arabic", 400], ["arabic", 600]]],
  // A family of its own, since a bold text does not fall back to a lighter face of one family: it is made bolder here.
  ["ibm-plex-sans-arabic", "IBM Plex Sans", [["latin", 400]]],
  ["noto-naskh-arabic", "Noto Naskh Arabic", [["arabic", 400]]],
];
const RANGES = {
  arabic: "U+0600-06FF,U+0750-077F,U+0870-088E,U+0890-0891,U+0897-08E1,U+08E3-08FF,U+200C-200E,U+2010-2011,U+204F,U+2E41,U+FB50-FDFF,U+FE70-FE74,U+FE76-FEFC",
  latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
};

mkdirSync(join(BUILT, "fonts"), { recursive: true });
let css = "/* Made by web/stamp.mjs from @fontsource; SIL Open Font License 1.1, see fonts/OFL-*.txt. */\n";
for (const [name, family, faces] of FONTS) {
  const from = join("node_modules/@fontsource", name);
  copyFileSync(join(from, "LICENSE"), join(BUILT, "fonts", `OFL-${name}.txt`));
  for (const [subset, weight] of faces) {
    const file = `${name}-${subset}-${weight}-normal.woff2`;
    const data = readFileSync(join(from, "files", file));
    const mark = createHash("sha256").update(data).digest("hex").slice(0, 8);
    const target = `fonts/${name}-${subset}-${weight}-${mark}.woff2`;
    writeFileSync(join(BUILT, target), data);
    css +=
      `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;` +
      `src:url(${target}) format("woff2");unicode-range:${RANGES[subset]}}\n`;
  }
}
writeFileSync(join(BUILT, "fonts.css"), css);

const PARTS = ["cytoscape", "@dagrejs/dagre", "@dagrejs/graphlib", "echarts", "zrender", "htmx.org", "tslib"];
const licences = PARTS.map((name) => {
  const from = join("node_modules", name);
  const file = readdirSync(from).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  return `${name} ${version}\n${"-".repeat(72)}\n${readFileSync(join(from, file), "utf8").trim()}\n`;
});
writeFileSync(join(BUILT, "LICENSES.txt"), licences.join("\n\n"));

/** SHA-256 over names and contents of the sources; tests/web/test_built.py computes the same. */
const hash = createHash("sha256");
const sources = [
  ...readdirSync("src").map((name) => `src/${name}`), "package.json", "package-lock.json", "vite.config.ts", "tsconfig.json", "stamp.mjs",
].sort();
for (const name of sources) {
  hash.update(`${name}\0`);
  hash.update(readFileSync(name));
  hash.update("\0");
}
writeFileSync(join(BUILT, "sources.sha256"), `${hash.digest("hex")}\n`);
