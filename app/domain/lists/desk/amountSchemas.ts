import { z } from "zod";
import { say } from "~/i18n/messages";
import { parametersOfKind } from "./parameterKinds";

const chosen = { error: say("common.pleaseChoose") };
const Standard = z.enum(parametersOfKind("yuan"), chosen);
const Percent = z.enum(parametersOfKind("percent"), chosen);

/** Where a part of the rule stands, or that what the amount says now is kept. */
const Who = z.string(chosen).regex(/^(now|all|\d{1,2}(\.\d{1,2})*)$/, chosen);
const WholeFamily = z
  .string()
  .regex(/^(nobody|now|all|\d{1,2}(\.\d{1,2})*)$/, chosen)
  .default("nobody");

/** What an item pays, as its form sends it; fields of another kind are not looked at. */
export const amountFields = <Shape extends z.ZodRawShape>(step: Shape) =>
  z.discriminatedUnion(
    "amount",
    [
      z.object({ ...step, amount: z.literal("none") }),
      z.object({ ...step, amount: z.literal("up_to_standard"), standard: Standard }),
      z.object({
        ...step,
        amount: z.literal("each_person"),
        of: Standard,
        percent: Percent,
        who: Who,
        wholeFamily: WholeFamily,
      }),
    ],
    chosen,
  );
