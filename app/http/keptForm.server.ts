import { z } from "zod";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { seal, unseal } from "~/domain/kernel/sealing.server";
import { plusHours } from "~/domain/kernel/time";
import { SECRET_FIELDS } from "./form.server";
import { safeBack } from "./redirect.server";

/**
 * The most of a form that goes along while somebody signs in again: sealed it is a third longer, and one
 * field of a form itself.
 */
const MOST_BYTES = 128 * 1024;
const MOST_FIELDS = 2_000;
const KEPT_HOURS = 24;
/** Whose form it was where nobody can tell: the browser had lost its cookie. */
const NOBODY = "nobody";
/** Fields of every form that nobody types: they alone are not worth keeping. */
const MADE_BY_US = new Set(["intent", "requestKey"]);

/**
 * A form on its way through signing in: sealed text that only the portal reads, and the names of files that
 * have to be chosen again.
 */
export type KeptForm = Readonly<{ sealed: string; files: readonly string[] }>;

const Kept = z.object({
  address: z.string().refine((address) => safeBack(address, "") === address),
  fields: z.array(z.tuple([z.string(), z.string()])).max(MOST_FIELDS),
  files: z.array(z.string()).max(MOST_FIELDS),
  until: z.string(),
});
type OpenedForm = Readonly<z.infer<typeof Kept> & { owner: string | undefined }>;

const placeOf = (owner: string): string => `kept_form:${owner}`;

/**
 * Whether somebody typed or chose something in it: a bare button is pressed again more easily than it is
 * carried along.
 */
export const worthKeeping = (form: FormData): boolean =>
  [...form].some(
    ([name, value]) =>
      !MADE_BY_US.has(name) && (typeof value === "string" ? value.trim() !== "" : value.size > 0),
  );

/**
 * What was posted, for the page that asks to sign in: nothing is stored, the page itself carries it, sealed
 * under the portal's key and bound to whoever was signed in. Never passwords, never files. Too much of it is
 * `undefined`: then it has to be filled anew.
 */
export function keepForm(
  ctx: UseCaseContext,
  { address, form, owner = NOBODY }: { address: string; form: FormData; owner?: string | undefined },
): KeptForm | undefined {
  const entries = [...form];
  const fields = entries.flatMap(([name, value]) =>
    typeof value === "string" && !SECRET_FIELDS.has(name) ? [[name, value] as const] : [],
  );
  const files = entries.flatMap(([, value]) =>
    typeof value !== "string" && value.size > 0 ? [value.name] : [],
  );
  const text = JSON.stringify({
    address,
    fields,
    files,
    until: plusHours(ctx.now(), KEPT_HOURS).toISOString(),
  });
  if (entries.length > MOST_FIELDS || Buffer.byteLength(text) > MOST_BYTES) return undefined;
  return { sealed: `${owner}.${seal(ctx.keys, placeOf(owner), text)}`, files };
}

/**
 * Opens what `keepForm` closed; undefined when it was changed on its way, is older than a day, or leads out
 * of this house.
 */
export function openKept(ctx: UseCaseContext, sealed: string): OpenedForm | undefined {
  const dot = sealed.indexOf(".");
  const owner = sealed.slice(0, dot);
  try {
    const kept = Kept.parse(JSON.parse(unseal(ctx.keys, placeOf(owner), sealed.slice(dot + 1))));
    // What is no moment is later than nothing.
    return new Date(kept.until) > ctx.now()
      ? { ...kept, owner: owner === NOBODY ? undefined : owner }
      : undefined;
  } catch {
    // Whatever is wrong with it, it is nothing that we kept.
    return undefined;
  }
}
