import { mkdirSync, writeFileSync } from "node:fs";
import { licenceProblems } from "./supply/licences";
import { problemsOf, readLock } from "./supply/lock";
import { noticeOf } from "./supply/notice";
import { partsOf } from "./supply/parts";

/**
 * `npm run sbom`: what the portal is made of, for whoever has to know (CycloneDX, with the hash of each
 * package), and the notice of its licences.
 */
const lock = readLock();
const problems = [...problemsOf(lock), ...licenceProblems(lock)];
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}

mkdirSync("build", { recursive: true });
const parts = partsOf(lock);
writeFileSync("build/sbom.cdx.json", `${JSON.stringify(parts, null, 2)}\n`);
writeFileSync("build/NOTICE.txt", noticeOf(lock));
process.stdout.write(`build/sbom.cdx.json: ${parts.components.length} packages\nbuild/NOTICE.txt\n`);
