import { and, eq, inArray, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { ABSOLUTE_DAYS, UNCONFIRMED_DAYS } from "~/domain/identity/sessionDays";
import type { LimitName } from "~/domain/kernel/limits.server";
import { plusDays } from "~/domain/kernel/time";
import { callBacks } from "~db/schema/callBacks";
import { entryCodes } from "~db/schema/entry";
import { appUsers, invitations, oneTimeLinks, sessions } from "~db/schema/identity";
import { importJobs } from "~db/schema/imports";
import { messages, outbox } from "~db/schema/journal";
import { rateCounters, requestKeys } from "~db/schema/kernel";
import { unfinishedDrafts } from "~db/schema/needs";
import { stripeEvents } from "~db/schema/payments";
import { finderHandovers } from "~db/schema/screening";
import { passkeyChallenges, signInSteps } from "~db/schema/secondStep";
import { portalUses, WHOLE_ADDRESS } from "~db/schema/trail";

/** How long the answer to a request is remembered. */
export const ANSWER_DAYS = 90;

const IMPORT_DAYS = 30;

const CALL_BACK_DAYS = 30;

/** Six months, the longest they can be. */
export const USE_DAYS = 184;

/** Personal data is kept no longer than its purpose asks for, and deleted once that is reached. */
const PIPL = "PIPL 19 and 47";

/** Days: a number of its own, or a limit that the admins set. */
export type KeepingTerm = Readonly<{ days: number }> | Readonly<{ limit: LimitName }>;

/**
 * One kind of rows that are not kept: which, for how long from when, what goes, why so long, and by which law
 * or reason.
 */
export type Retention = Readonly<{
  /** Names the kind in faults and in docs/retention.md. */
  name: string;
  table: PgTable;
  rows: string;
  from: string;
  term: KeepingTerm;
  goes: string;
  why: string;
  basis: string;
}> &
  (
    | Readonly<{
        /** Which rows are over: their moment lies before `before`, which is `now` less the term. */
        over: (before: Date, now: Date) => SQL | undefined;
        /** Where the row stays: what is written into it. */
        empties?: (now: Date) => Readonly<Record<string, unknown>>;
      }>
    /**
     * Where more goes than the row (its line in the journal is written, what hangs on it goes first), a clock
     * of its own takes it.
     */
    | Readonly<{ clock: "destroyOldUnfinished" | "forgetUnconfirmed" }>
  );

/**
 * Everything that a clock clears. `forgetOverdue` reads it, docs/retention.md shows it; what stands in no row
 * of it is kept (kept.ts).
 */
export const RETENTION: readonly Retention[] = [
  {
    name: "sessions",
    table: sessions,
    rows: "sessions",
    from: "their end",
    term: { limit: "endedSessionDays" },
    goes: "the row",
    why: "by it a form that comes back too late is told why, and what was typed is kept",
    basis: PIPL,
    over: (before) =>
      or(
        lt(sessions.expiresAt, before),
        lt(sessions.endedAt, before),
        lt(sessions.createdAt, plusDays(before, -ABSOLUTE_DAYS)),
      ),
  },
  {
    name: "links",
    table: oneTimeLinks,
    rows: "links for a new account, password or address",
    from: "their end",
    term: { days: 1 },
    goes: "the row",
    why: "whoever opens one too late on the same day is told what became of it",
    basis: PIPL,
    over: (before) => lt(oneTimeLinks.expiresAt, before),
  },
  {
    name: "codes",
    table: entryCodes,
    rows: "codes to come in by, sent to a phone or a mail address",
    from: "their end, ten minutes after they were sent",
    term: { days: 1 },
    goes: "the row, with the number or address that it went to",
    why: "they open nothing any more",
    basis: PIPL,
    over: (before) => lt(entryCodes.expiresAt, before),
  },
  {
    name: "steps",
    table: signInSteps,
    rows: "sign-ins that wait for the second step",
    from: "their end, ten minutes after the password",
    term: { days: 1 },
    goes: "the row",
    why: "they open nothing any more",
    basis: PIPL,
    over: (before) => lt(signInSteps.expiresAt, before),
  },
  {
    name: "challenges",
    table: passkeyChallenges,
    rows: "challenges for a passkey to sign",
    from: "their end, five minutes after they were made",
    term: { days: 1 },
    goes: "the row",
    why: "they open nothing any more",
    basis: PIPL,
    over: (before) => lt(passkeyChallenges.expiresAt, before),
  },
  {
    name: "accounts",
    table: appUsers,
    rows: "accounts whose address nobody confirmed",
    from: "their sign-up",
    term: { days: UNCONFIRMED_DAYS },
    goes: "the row, with its password, profile, links and letters",
    why: "whoever is slow to read their mail finds the account; all others stay until their person leaves",
    basis: PIPL,
    clock: "forgetUnconfirmed",
  },
  {
    name: "invitations.addresses",
    table: invitations,
    rows: "invitations that ran out",
    from: "their end",
    term: { days: 0 },
    goes: "the address",
    why: "it invites nobody any more",
    basis: PIPL,
    over: (before) => and(isNull(invitations.closedAt), lt(invitations.expiresAt, before)),
    empties: (now) => ({ closedAt: now, closedWhy: "expired", mailSealed: null, mailHash: null }),
  },
  {
    name: "invitations",
    table: invitations,
    rows: "invitations that nobody accepted",
    from: "their end",
    term: { limit: "endedSessionDays" },
    goes: "the row",
    why: "admins see for a month what became of an invitation; one that was accepted stays with the role that it gave",
    basis: PIPL,
    over: (before) =>
      and(
        isNotNull(invitations.closedAt),
        ne(invitations.closedWhy, "accepted"),
        lt(invitations.expiresAt, before),
      ),
  },
  {
    name: "tries",
    table: rateCounters,
    rows: "counted tries (sign-ins, links, codes)",
    from: "the start of their window",
    term: { days: 1 },
    goes: "the row",
    why: "no window is longer than a day",
    basis: PIPL,
    over: (before) => lt(rateCounters.windowStart, before),
  },
  {
    name: "requests",
    table: requestKeys,
    rows: "answers to requests by their key",
    from: "the answer",
    term: { days: ANSWER_DAYS },
    goes: "the row",
    why: "a form that is sent twice does its work once; no session lives longer than sixty days, and a page is not older than its session",
    basis: "purpose reached",
    over: (before) => lt(requestKeys.createdAt, before),
  },
  {
    name: "imports",
    table: importJobs,
    rows: "imports of many wishes or entries, with what became of their rows and what was said of them",
    from: "their end",
    term: { days: IMPORT_DAYS },
    goes: "the row, with those of its file; what these said went when each had its turn, or the import ended",
    why: "whoever imported finds for a month which wish or entry each row became, or why it became none",
    basis: PIPL,
    over: (before) => lt(importJobs.endedAt, before),
  },
  {
    name: "letters.addresses",
    table: messages,
    rows: "letters to an address that is no account's, or with a link that opens something",
    from: "the letter",
    term: { days: 1 },
    goes: "the address and the link",
    why: "no link holds longer",
    basis: PIPL,
    over: (before) =>
      and(lt(messages.createdAt, before), or(isNotNull(messages.toSealed), isNotNull(messages.linkSealed))),
    empties: () => ({ toSealed: null, linkSealed: null }),
  },
  {
    name: "letters",
    table: messages,
    rows: "letters that the portal wrote",
    from: "the letter",
    term: { days: 180 },
    goes: "the row",
    why: "their reader finds them again, and a complaint that one did not come can be answered",
    basis: PIPL,
    over: (before) => lt(messages.createdAt, before),
  },
  {
    name: "work",
    table: outbox,
    rows: "work of events that is done",
    from: "its last try",
    term: { days: 30 },
    goes: "the row",
    why: "what was done late can be looked up; what waits or was set aside stays until it is done",
    basis: "purpose reached",
    over: (before) => and(eq(outbox.state, "done"), lt(outbox.runAt, before)),
  },
  {
    name: "payments.events",
    table: stripeEvents,
    rows: "events of the payment service that were handled, or were none of ours",
    from: "their handling",
    term: { days: 90 },
    goes: "the row",
    why: "the service sends one again for thirty days at most; what it said stands in the books. Refused ones stay with their task",
    basis: "purpose reached; the books are kept (Accounting Archives Management Measures)",
    over: (before) =>
      and(inArray(stripeEvents.outcome, ["handled", "ignored"]), lt(stripeEvents.handledAt, before)),
  },
  {
    name: "callBacks",
    table: callBacks,
    rows: "call-backs that somebody asked for",
    from: "their end",
    term: { days: CALL_BACK_DAYS },
    goes: "the name, the phone, and what was said by both",
    why: "whoever asks again within a month need not tell everything anew; what goes on is written in the household's own record",
    basis: PIPL,
    over: (before) =>
      and(isNotNull(callBacks.closedAt), lt(callBacks.closedAt, before), isNotNull(callBacks.askedSealed)),
    empties: () => ({ askedSealed: null, saidSealed: null }),
  },
  {
    name: "handovers.answers",
    table: finderHandovers,
    rows: "answers of the finder that a visitor handed over",
    from: "the end of their code (finderHandoverDays after they were handed over)",
    term: { days: 0 },
    goes: "the answers",
    why: "a caseworker opens them with the visitor's code until then; the visitor was told this day",
    basis: PIPL,
    over: (before) => and(lte(finderHandovers.expiresAt, before), isNotNull(finderHandovers.answersSealed)),
    empties: () => ({ answersSealed: null }),
  },
  {
    name: "handovers",
    table: finderHandovers,
    rows: "codes of answers that were handed over",
    from: "their end",
    term: { days: 30 },
    goes: "the row",
    why: "who opened what can be asked for a month; that it was opened stays in the journal",
    basis: PIPL,
    over: (before) => and(lt(finderHandovers.expiresAt, before), isNull(finderHandovers.answersSealed)),
  },
  {
    name: "uses.addresses",
    table: portalUses,
    rows: "the trail of use (sign-ins, refusals, files taken along, records opened, changes of roles)",
    from: "the use",
    term: { days: 90 },
    goes: "the address, but for its network (/24, /64)",
    why: "who looks into a break-in asks from which line it came; later, from which network is enough",
    basis: PIPL,
    over: (before) => and(lt(portalUses.at, before), WHOLE_ADDRESS),
    empties: () => ({
      clientAddress: sql`network(set_masklen(address, case family(address) when 4 then 24 else 64 end))`,
    }),
  },
  {
    name: "uses",
    table: portalUses,
    rows: "the trail of use",
    from: "the use",
    term: { days: USE_DAYS },
    goes: "the row",
    why: "an auditor looks back half a year; what was changed or opened stays in the journal",
    basis: "Cybersecurity Law 21: logs of use are kept for six months at least",
    over: (before) => lt(portalUses.at, before),
  },
  {
    name: "drafts",
    table: unfinishedDrafts,
    rows: "forms that are not whole",
    from: "the last change",
    term: { limit: "unfinishedDraftDays" },
    goes: "the row, with a line in the journal",
    why: "their writer goes on with them until then",
    basis: PIPL,
    clock: "destroyOldUnfinished",
  },
];
