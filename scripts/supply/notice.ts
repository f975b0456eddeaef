import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { licenceOf } from "./licences";
import { type Lock, nameOf } from "./lock";

const TEXTS = /^(licen[cs]e|copying|notice|third[-_ ]?party)/i;

type Part = Readonly<{ title: string; texts: readonly string[] }>;

/**
 * What a package says of its licence: its own files, and of libvips also which library within it has which
 * licence and version.
 */
function textsOf(folder: string, name: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && TEXTS.test(entry.name),
  );
  const own = files.map((entry) => readFileSync(path.join(folder, entry.name), "utf8").trim());
  if (!name.startsWith("@img/sharp-libvips")) return own;
  const versions = Object.entries(
    JSON.parse(readFileSync(path.join(folder, "versions.json"), "utf8")) as Record<string, string>,
  );
  return [
    ...own,
    readFileSync(path.join(folder, "README.md"), "utf8").trim(),
    `Versions: ${versions.map(([library, version]) => `${library} ${version}`).join(", ")}`,
    "libvips and its LGPL libraries lie in files of their own (lib/*.so), loaded when the portal starts. Whoever runs the portal may put\n" +
      "another build of them in their place. Their sources are published by the sharp-libvips project under the versions above.",
  ];
}

/**
 * The notice that goes along with the portal: every package that is handed on with it, as it is installed
 * here, with its licence and the licence's text; equal texts stand once. Tools are not in it.
 */
export function noticeOf(lock: Lock, root = "."): string {
  const parts = Object.entries(lock).flatMap(([place, entry]): Part[] => {
    const folder = path.join(root, place);
    if (place === "" || entry.dev === true || !existsSync(folder)) return [];
    const name = nameOf(place, entry);
    const texts = textsOf(folder, name);
    return [
      {
        title: `${name} ${entry.version ?? ""}: ${licenceOf(place, entry) ?? "unknown"}`,
        texts: texts.length > 0 ? texts : ["(The package brings no text of its licence.)"],
      },
    ];
  });
  const byTexts = new Map<string, string[]>();
  for (const { title, texts } of parts) {
    const text = texts.join("\n\n");
    byTexts.set(text, [...(byTexts.get(text) ?? []), title]);
  }

  const sections = [...byTexts].map(
    ([text, titles]) => `${[...new Set(titles)].sort().join("\n")}\n\n${text}`,
  );
  return `Hongxin is made with the work of others. Their licences:\n\n${sections.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
