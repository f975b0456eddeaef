import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync("app/tailwind.css", "utf8");

/** The tokens of a mode: those of light, with what the mode swaps. */
function palette(mode: "light" | "dark" | "contrast"): Record<string, string> {
  const marks = {
    light: [":root,\n.mode {\n  color-scheme: light"],
    dark: [":root,\n.mode {\n  color-scheme: light", "@variant dark"],
    contrast: [":root,\n.mode {\n  color-scheme: light", "@variant contrast"],
  };
  const tokens = marks[mode].flatMap((mark) => {
    const start = css.indexOf(mark);
    if (start < 0) throw new Error(`no block ${mark}`);
    return [...css.slice(start, css.indexOf("}", start)).matchAll(/--(?:c-)?([\w-]+): (#[0-9a-f]{6});/g)].map(
      (match) => [match[1] ?? "", match[2] ?? ""],
    );
  });
  return Object.fromEntries(tokens) as Record<string, string>;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a = "", b = ""): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["canvas", "surface", "sunken"];
/** What is written, and on what. */
const WRITTEN: readonly (readonly [string, readonly string[]])[] = [
  [
    "ink",
    [
      ...GROUNDS,
      "brand-soft",
      "gold-soft",
      "jade-soft",
      "sky-soft",
      "danger-soft",
      "seq-0",
      "seq-1",
      "seq-2",
    ],
  ],
  ["muted", GROUNDS],
  ["brand", [...GROUNDS, "brand-soft"]],
  ["on-brand", ["brand", "brand-hover"]],
  ["on-door", ["door-a", "door-b"]],
  ["gold", ["gold-soft"]],
  ["jade", ["jade-soft", "surface"]],
  ["sky", ["sky-soft", "surface"]],
  ["danger", ["danger-soft", "surface", "canvas"]],
];

for (const mode of ["light", "dark", "contrast"] as const) {
  test(`every word can be read on every ground it stands on: ${mode}`, () => {
    const tokens = palette(mode);
    const faint = WRITTEN.flatMap(([word, grounds]) =>
      grounds.map((ground) => [word, ground, contrast(tokens[word], tokens[ground])] as const),
    ).filter(([, , ratio]) => !(ratio >= 4.5));
    expect(faint).toEqual([]);
  });

  test(`the edge of a control and the ring of the focus can be seen: ${mode}`, () => {
    const tokens = palette(mode);
    const faint = ["line-strong", "focus", "brand", "jade", "sky"]
      .flatMap((edge) =>
        ["canvas", "surface"].map(
          (ground) => [edge, ground, contrast(tokens[edge], tokens[ground])] as const,
        ),
      )
      .filter(([, , ratio]) => !(ratio >= 3));
    expect(faint).toEqual([]);
  });
}

test("high contrast is high: words at least 7 to 1", () => {
  const tokens = palette("contrast");
  for (const word of ["ink", "muted", "brand", "gold", "jade", "sky", "danger"])
    expect(contrast(tokens[word], tokens["canvas"]), word).toBeGreaterThanOrEqual(7);
});

test("no colour is one that old kernels do not know, and none is a gradient", () => {
  expect(css.replace(/\/\*[^]*?\*\//g, "")).not.toMatch(/oklch|color-mix|gradient\(/);
});
