import type { MomentStep } from "~/domain/kernel/moments/vocabulary";
import { REFERRAL_MOMENTS } from "~/domain/referrals/moments.server";
import { REQUEST_MOMENTS } from "~/domain/requests/requestMoments.server";
import { DELIVERY_MOMENTS } from "./delivery/moments.server";
import type { UseCaseContext } from "./kernel/context.server";
import { correctWith, type MomentKeeper } from "./kernel/moments/correct.server";
import type { CorrectMomentInput } from "./kernel/moments/input";
import { VISIT_MOMENTS } from "./needs/visitMoments.server";

/** Who keeps the moments of each step; one without a keeper does not compile. */
const KEEPERS: Readonly<Record<MomentStep, MomentKeeper>> = {
  ...VISIT_MOMENTS,
  ...DELIVERY_MOMENTS,
  ...REQUEST_MOMENTS,
  ...REFERRAL_MOMENTS,
};

/** Puts the moment of any step right; see `correctWith` for what it guarantees and refuses. */
export const correctMoment = (ctx: UseCaseContext, input: CorrectMomentInput): Promise<void> =>
  correctWith(ctx, KEEPERS[input.step], input);
