// Builds the islands into the package: `npm ci && npm run build`.  What is built is committed, so that nobody needs
// Node to use Marsad; `stamp.mjs` notes from which sources it was built, and a test compares.
import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/marsad/web/static/built",
    emptyOutDir: true,
    target: "es2022",
    minify: "terser", // a twentieth smaller than esbuild's
    terserOptions: { compress: { passes: 2, ecma: 2020 }, format: { comments: false } },
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { islands: "src/main.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "islands.css" : "[name]-[hash][extname]"),
      },
    },
  },
});
