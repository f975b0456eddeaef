import { readdirSync, readFileSync } from "node:fs";
import type { Superuser } from "./wishes";

/** The kernel counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

type Usage = Readonly<{ parent: number; ticks: number; reapedTicks: number }>;

/** What the kernel says of a process; nothing for one that is gone, or where there is no /proc. */
function usageOf(pid: string | number): Usage | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name may hold anything, so what follows its closing bracket is counted.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const at = (index: number) => Number(fields[index]);
    return { parent: at(1), ticks: at(11) + at(12), reapedTicks: at(13) + at(14) };
  } catch {
    return undefined;
  }
}

/** Milliseconds of processor time that a process has used by now. Zero where the system has no /proc. */
export const processMilliseconds = (pid: number | undefined): number =>
  (usageOf(pid ?? 0)?.ticks ?? 0) * MS_PER_TICK;

/**
 * Milliseconds of processor time that the server of this connection has used by now, all its processes
 * together, those that ended too. Zero where the system has no /proc.
 */
export async function serverMilliseconds(sql: Superuser): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const server = usageOf(row?.pid ?? 0)?.parent;
  const itself = server === undefined ? undefined : usageOf(server);
  if (!itself) return 0;
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = processes.flatMap((pid) => usageOf(pid) ?? []).filter(({ parent }) => parent === server);
  const ticks = children.reduce((sum, child) => sum + child.ticks, itself.ticks + itself.reapedTicks);
  return ticks * MS_PER_TICK;
}
