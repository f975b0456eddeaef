import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DRAWINGS } from "~/ui/icons/drawings";
import { SCENE_NAMES } from "~/ui/icons/Scene";
import { OBJECT_KINDS } from "~db/seed/data/catalogue";

const sprite = readFileSync("app/ui/icons/objects.svg", "utf8");
const symbols = [...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map((match) => match[1] ?? "");

test("every kind of thing that can be asked for is drawn", () => {
  const asked = [...new Set(Object.values(OBJECT_KINDS).map((kind) => kind.at(-1)))];
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((icon) => !symbols.includes(icon ?? ""))).toEqual([]);
});

test("the list of drawings is that of the sprite, and no name stands there twice", () => {
  expect(new Set(symbols).size).toBe(symbols.length);
  expect([...DRAWINGS, ...SCENE_NAMES.map((scene) => `scene-${scene}`)]).toEqual(symbols);
});

test("drawings take their two tones from the page, so that they follow every mode", () => {
  expect(sprite.replaceAll("var(--c-peach,#f2b8a0)", "")).not.toMatch(/#[0-9a-f]{3,8}|rgb|gradient/i);
});

test("the sprite stays light: at most 8 KB compressed", async () => {
  const { gzipSync } = await import("node:zlib");
  expect(gzipSync(sprite).length).toBeLessThan(8_000);
});
