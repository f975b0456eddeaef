import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { unpackWoff } from "../../app/pictures/woff.server";

const FONTS = "node_modules/@fontsource/noto-sans-sc/files";
/** Chinese and Latin, plain and bold: enough for pictures, and nothing on a page is a box. */
const WANTED = /^noto-sans-sc-(?:chinese-simplified|latin)-(?:400|700)-normal\.woff$/;
const SYSTEM = "/etc/fonts/fonts.conf";

const configOf = (folder: string, system: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">${system}</include>
  <dir>${folder}</dir>
  <cachedir>${path.join(folder, "cache")}</cachedir>
  <alias><family>sans-serif</family><default><family>Noto Sans SC</family><family>Noto Sans SC Thin</family></default></alias>
</fontconfig>
`;

/**
 * Fonts and fontconfig's configuration for a browser on a machine that has neither, from npm packages.
 * Answers with the file that FONTCONFIG_FILE names. Safe to repeat.
 * @param system the machine's own configuration, which may not be there
 */
export function bringFonts(root = path.resolve("node_modules/.cache/fonts"), system = SYSTEM): string {
  mkdirSync(path.join(root, "cache"), { recursive: true });
  for (const name of readdirSync(FONTS)) {
    const file = path.join(root, name.replace(/\.woff$/, ".ttf"));
    if (WANTED.test(name) && !existsSync(file))
      writeFileSync(file, unpackWoff(readFileSync(path.join(FONTS, name))));
  }

  const file = path.join(root, "fonts.conf");
  writeFileSync(file, configOf(root, system));
  return file;
}
