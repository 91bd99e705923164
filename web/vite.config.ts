/// <reference types="vitest/config" />
import { fileURLToPath, URL } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const server = process.env.ZONETWIN_SERVER ?? "http://127.0.0.1:8600";

export default defineConfig({
  base: "/",
  plugins: [vue()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  define: { __VUE_OPTIONS_API__: "false", __INTLIFY_JIT_COMPILATION__: "true" },
  worker: { format: "es" },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    // the map's own chunk is large and lazy; everything else is small enough to be told apart by the bundler
  },
  server: {
    host: "127.0.0.1",
    port: 5173,
    strictPort: true,
    proxy: { "/api": server, "/ogc": server, "/health": server },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"] },
});
