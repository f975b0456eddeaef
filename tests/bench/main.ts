import { browse } from "./browse";
import { city } from "./city";
import { files } from "./files";
import { gift } from "./gift";
import { lists } from "./lists";
import { outbox } from "./outbox";
import { pay } from "./pay";
import { pledge } from "./pledge";
import { push } from "./push";
import { rush } from "./rush";
import { search } from "./search";
import { say } from "./support";

const BENCHES: Readonly<
  Record<string, (flags: ReadonlyMap<string, number>) => Promise<Readonly<Record<string, unknown>>>>
> = { browse, city, files, gift, lists, outbox, pay, pledge, push, rush, search };

const [name = "", ...rest] = process.argv.slice(2);
const bench = BENCHES[name];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(BENCHES).join("|")} [--rows=N] [--seconds=N] [--size=N]`);
  process.exit(1);
}

const flags = new Map(
  rest
    .map((flag) => /^--(\w+)=(\d+)$/.exec(flag))
    .flatMap((match) => (match ? [[match[1] ?? "", Number(match[2])] as const] : [])),
);
try {
  const result = await bench(flags);
  say(JSON.stringify({ bench: name, ...result }));
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
