import { demoAccounts, readInstallation } from "~/domain/identity/queries.server";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { endedSessionOf, type RouteArgs } from "./context.server";
import type { KeptForm } from "./keptForm.server";

/**
 * Why somebody is asked to sign in: they never did, nobody used their session for too long, it was ended, or
 * too many codes were wrong.
 */
export type WhySignIn = "first" | "idle" | "ended" | "codes";

/**
 * What the page that asks to sign in needs: where it leads back to, why it is there, and what was typed
 * before.
 */
export type SignInFacts = Readonly<{
  back: string;
  /** Undefined for whoever came by themselves. */
  why: WhySignIn | undefined;
  accounts: readonly Readonly<{
    userId: string;
    displayName: string;
    role: Awaited<ReturnType<typeof demoAccounts>>[number]["role"];
  }>[];
  /** The form that goes along; `lost` when it was too much. */
  kept: KeptForm | "lost" | undefined;
}>;

export async function signInFacts(
  args: RouteArgs,
  ctx: UseCaseContext,
  { back, kept }: { back: string; kept?: SignInFacts["kept"] },
): Promise<SignInFacts> {
  const { isDemo } = await readInstallation(ctx.db);
  const ended = await endedSessionOf(args);
  const why = ended === undefined ? "first" : ended.why === "idle" ? "idle" : "ended";
  return {
    back,
    why: back === "" ? undefined : why,
    accounts: isDemo
      ? (await demoAccounts(ctx.db)).map(({ userId, displayName, role }) => ({ userId, displayName, role }))
      : [],
    kept,
  };
}
