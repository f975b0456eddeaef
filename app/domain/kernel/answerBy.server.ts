import type { Transaction, UseCaseContext } from "./context.server";
import { limit } from "./limits.server";
import { plusWorkingDays } from "./time";

/** Until when whoever asks for something now has their answer (answerWorkingDays). */
export const answerBy = async (tx: Transaction, ctx: UseCaseContext): Promise<Date> =>
  plusWorkingDays(ctx.now(), await limit(tx, ctx, "answerWorkingDays"));
