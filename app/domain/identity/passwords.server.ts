import { hash, verify } from "@node-rs/argon2";
import { eq } from "drizzle-orm";
import type { Transaction, UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { makeQueue } from "~/domain/kernel/queue";
import { countTry, networkOf } from "~/domain/kernel/rate.server";
import { keyedHashes } from "~/domain/kernel/sealing.server";
import { appUsers, credentials } from "~db/schema/identity";
import { installation } from "~db/schema/kernel";
import { towns } from "~db/schema/reference";
import { isCommonPassword } from "./commonPasswords.server";

/**
 * argon2id with 19 MiB, two passes, one lane (OWASP ASVS 5.0, appendix C); the parameters stand in each hash.
 */
const HASHING = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Each hash takes 19 MiB and a core for some 30 ms: two at a time, a short queue behind them, and then no
 * more.
 */
const inTurn = makeQueue({ atOnce: 2, waiting: 32 });

/**
 * A hash of nothing that anybody types, so that an unknown address takes as long to refuse as a wrong
 * password.
 */
const nobodysHash = hash("nobody types this", HASHING);

/** The city's own words, which everybody here knows: its name and those of its towns, in every language. */
async function cityWords({ db }: UseCaseContext): Promise<string[]> {
  const names = await db.select({ hans: towns.nameHans, hant: towns.nameHant, en: towns.nameEn }).from(towns);
  const places = await db
    .select({ hans: installation.cityNameHans, hant: installation.cityNameHant, en: installation.cityNameEn })
    .from(installation);
  // "Our city" is no name; nor is what every town's name ends in.
  const bare = (name: string) =>
    name.replace(/[市区县镇街道區縣鎮]+$/u, "").replace(/\s+(?:city|town|subdistrict)$/i, "");
  return [...places, ...names].flatMap(({ hans, hant, en }) =>
    [hans, hant, en].flatMap((name) => [name, bare(name)]),
  );
}

/**
 * @param ownWords names and addresses of whoever sets it
 * @throws {DomainError} PASSWORD_COMMON for what would be guessed first
 */
export async function requireUncommon(
  ctx: UseCaseContext,
  password: string,
  ownWords: readonly string[],
): Promise<void> {
  if (isCommonPassword(password, [...ownWords, ...(await cityWords(ctx))]))
    throw new DomainError("PASSWORD_COMMON");
}

/**
 * The hash to keep of a new password. It costs a core for a moment: whoever may not set one is told before it
 * is made.
 * @throws {DomainError} PASSWORD_COMMON, TOO_BUSY
 */
export async function hashNew(
  ctx: UseCaseContext,
  password: string,
  ownWords: readonly string[],
): Promise<string> {
  await requireUncommon(ctx, password, ownWords);
  return inTurn(() => hash(password, HASHING));
}

/** The same of a password that the portal made itself. */
export const hashMade = (password: string): Promise<string> => inTurn(() => hash(password, HASHING));

/** Whether it is the password of that hash; as slow without one. */
const isRight = async (passwordHash: string | undefined, password: string): Promise<boolean> => {
  const known = passwordHash ?? (await nobodysHash);
  return inTurn(() => verify(known, password));
};

type Tried = Readonly<{ email: string; password: string; clientAddress: string }>;

const FREE_FAILURES = 10;
const HOUR_MINUTES = 60;

/**
 * How long whoever tries the password of an account waits, after so many wrong ones within an hour from
 * anywhere: nobody is shut out by others.
 */
export const slowDownMs = (failures: number): number =>
  failures <= FREE_FAILURES ? 0 : Math.min(250 * 2 ** (failures - FREE_FAILURES - 1), 8_000);

/**
 * Whether this password may be tried, and is right. Every try is counted before it is looked at, so that many
 * at once are no way around the limit; a right one is taken back, since it is no guess. The key is the
 * address as typed: asking here, at signing in or on another page is one count. Counted are the pair of
 * account and client, the client's network for all accounts, and the account for all clients, which only
 * makes its tries slower.
 * @throws {DomainError} TOO_MANY_REQUESTS, TOO_BUSY
 */
export async function tryPassword(
  ctx: UseCaseContext,
  { email, password, clientAddress }: Tried,
  { passwordHash, mayEnter }: { passwordHash: string | undefined; mayEnter: boolean },
): Promise<boolean> {
  const windowMinutes = await limit(ctx.db, ctx, "signInWindowMinutes");
  const keysOf = (what: string) => keyedHashes(ctx.keys, "sign-in", what);
  const pair = await countTry(ctx, {
    keys: keysOf(`${email} ${clientAddress}`),
    windowMinutes,
    most: await limit(ctx.db, ctx, "signInTries"),
  });
  const network = await countTry(ctx, {
    keys: keysOf(`from ${networkOf(clientAddress)}`),
    windowMinutes,
    most: await limit(ctx.db, ctx, "signInNetworkTries"),
  });
  const account = await countTry(ctx, {
    keys: keysOf(`for ${email}`),
    windowMinutes: HOUR_MINUTES,
    most: Infinity,
  });
  const waits = slowDownMs(account.hits);
  if (waits > 0) await ctx.pause(waits);
  const right = (await isRight(passwordHash, password)) && mayEnter;
  if (right) for (const counted of [pair, network, account]) await counted.takeBack();
  return right;
}

/**
 * Asks somebody signed in for their password before something that only they may do.
 * @throws {DomainError} PASSWORD_WRONG (also where none was ever set), TOO_MANY_REQUESTS
 */
export async function askPassword(
  ctx: UseCaseContext,
  userId: string,
  { password, clientAddress }: Omit<Tried, "email">,
): Promise<void> {
  const [user] = await ctx.db
    .select({ email: appUsers.email, passwordHash: credentials.passwordHash })
    .from(appUsers)
    .leftJoin(credentials, eq(credentials.userId, appUsers.id))
    .where(eq(appUsers.id, userId));
  const right = await tryPassword(
    ctx,
    { email: user?.email?.toLowerCase() ?? "", password, clientAddress },
    { passwordHash: user?.passwordHash ?? undefined, mayEnter: true },
  );
  if (!right) throw new DomainError("PASSWORD_WRONG");
}

/** Keeps a password's hash in place of any other. */
export async function keepPassword(
  tx: Transaction,
  ctx: UseCaseContext,
  userId: string,
  passwordHash: string,
): Promise<void> {
  const row = { passwordHash, changedAt: ctx.now() };

  await tx
    .insert(credentials)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: credentials.userId, set: row });
}
