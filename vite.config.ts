import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Rollup } from "vite";
import remixOptions from "./remix.config.js";

/**
 * Whether every page loads this module anyway: the root page does, on its first load. Such modules go out as
 * one file, smaller than its parts and one request in place of a dozen.
 */
function isOfEveryPage(
  id: string,
  about: Rollup.PluginContext["getModuleInfo"],
  seen = new Set<string>(),
): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  if (/\/app\/root\.tsx/.test(id)) return true;
  return about(id)?.importers.some((importer) => isOfEveryPage(importer, about, seen)) ?? false;
}

const here = (folder: string) => fileURLToPath(new URL(folder, import.meta.url));

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions)],
  resolve: { alias: { "~db": here("./db"), "~": here("./app") } },
  build: {
    target: "es2020",
    cssTarget: "chrome87",
    rollupOptions: {
      output: {
        // The libraries stay by themselves: they change seldom, and a phone keeps them over a release.
        manualChunks(id, { getModuleInfo }) {
          if (!isOfEveryPage(id, getModuleInfo)) return undefined;
          return id.includes("/node_modules/") ? "libraries" : "everyPage";
        },
      },
    },
  },
});
