import { z } from "zod";
import { SHOWN_AS } from "~/domain/giving/schemas";
import { fittingName } from "~/domain/giving/shownName";
import { RequestKey } from "~/domain/kernel/requestKey";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { required } from "~/domain/kernel/typed/text";
import { Quantity } from "~/domain/kernel/typed/wholeNumber";
import { say } from "~/i18n/messages";
import { DECLINE_REASONS } from "~db/schema/goodsVocabulary";
import type { AgeBand } from "~db/schema/households";

export const MakeOfferInput = z
  .object({
    objectKind: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    description: required(LENGTHS.offer),
    condition: z.enum(["new", "as_new", "used"], { error: say("common.pleaseChoose") }),
    quantity: Quantity,
    unitCode: z.string().min(1, say("common.pleaseChoose")),
    townCode: z.string({ error: say("common.pleaseChoose") }).min(1, say("common.pleaseChoose")),
    ...SHOWN_AS,
    requestKey: RequestKey,
  })
  .superRefine(fittingName);

export const ProposeInput = z.object({
  lotId: z.uuid(),
  lineId: z.uuid(),
  quantity: Quantity,
  requestKey: RequestKey,
});

/** Most that one press decides: one page of what was seen. */
export const MOST_AT_ONCE = 50;

const Pair = z.object({
  lotId: z.uuid(),
  lineId: z.uuid(),
  quantity: Quantity,
  requestKey: RequestKey,
  take: z.literal("yes").optional(),
});
/** What is ticked of the pairs that the desk chose beforehand. */
export const ProposeManyInput = z.object({
  pairs: z
    .array(Pair)
    .max(MOST_AT_ONCE)
    .default([])
    .transform((pairs, issues) => {
      const ticked = pairs.filter(({ take }) => take === "yes").map(({ take: _ticked, ...pair }) => pair);
      if (ticked.length === 0) issues.addIssue({ code: "custom", message: say("matching.tickOne") });
      return ticked;
    }),
});
export const DecideManyInput = z.object({
  allocationIds: z
    .array(z.uuid(), { error: say("matching.tickOne") })
    .min(1, say("matching.tickOne"))
    .max(MOST_AT_ONCE),
});

/**
 * What the desk shows: who waits in a town, for a kind of thing, of an age; of a code, the wish that it names
 * with what could serve it, or the goods with whom they could serve.
 */
export type MatchFilter = Readonly<{
  code?: string | undefined;
  town?: string | undefined;
  kind?: string | undefined;
  age?: AgeBand | undefined;
}>;

const Chosen = z.uuid({ error: say("common.pleaseChoose") });
export const AcceptOfferInput = z.object({ offerId: z.uuid(), pointId: Chosen });
export const DeclineOfferInput = z.object({
  offerId: z.uuid(),
  reason: z.enum(DECLINE_REASONS, { error: say("common.pleaseChoose") }),
});
export type OfferDecision = Readonly<
  { accept: true; pointId: string } | { accept: false; reason: z.infer<typeof DeclineOfferInput>["reason"] }
>;

/** Which proposal a button is for. */
export const DecideAllocationInput = z.object({ allocationId: z.uuid() });
