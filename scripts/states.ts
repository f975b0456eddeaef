import { writeFileSync } from "node:fs";
import { ALL_MACHINES } from "~/domain/machines.server";

const HEAD = `# States

What has a life, and the steps that it may take: drawn from the machines themselves by \`npm run states\`; a test
fails when it is stale. A step that leads back to its own state changes something without ending anything. The
names are those of the journal (\`app/domain/kernel/journal/events.ts\`).
`;

type Steps = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The steps of a machine as a Mermaid diagram, those between the same two states on one arrow. */
function diagram(transitions: Steps): string {
  const arrows = Object.entries(transitions).flatMap(([from, steps]) => {
    const eventsTo = new Map<string, string[]>();
    for (const [event, to] of Object.entries(steps)) eventsTo.set(to, [...(eventsTo.get(to) ?? []), event]);
    return [...eventsTo].map(([to, events]) => `  ${from} --> ${to} : ${events.join(", ")}`);
  });
  const ends = Object.entries(transitions)
    .filter(([, steps]) => Object.values(steps).length === 0)
    .map(([state]) => `  ${state} --> [*]`);
  const [first = ""] = Object.keys(transitions);
  return ["```mermaid", "stateDiagram-v2", `  [*] --> ${first}`, ...arrows, ...ends, "```"].join("\n");
}

/** docs/states.md: every machine, in the order in which they are told. */
export const states = (): string =>
  [HEAD, ...ALL_MACHINES.map(({ entity, transitions }) => `## ${entity}\n\n${diagram(transitions)}\n`)].join(
    "\n",
  );

if (process.argv[1]?.endsWith("states.ts")) writeFileSync("docs/states.md", states());
