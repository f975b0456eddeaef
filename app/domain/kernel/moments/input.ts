import { z } from "zod";
import { say } from "~/i18n/messages";
import { Moment } from "../typed/moment";
import { MOMENT_REASONS, MOMENT_STEPS } from "./vocabulary";

/** When it really was, against the moment that the page showed. */
export const CorrectMomentInput = z
  .object({
    step: z.enum(MOMENT_STEPS),
    id: z.uuid(),
    was: Moment,
    shall: Moment,
    reason: z.enum(MOMENT_REASONS, { error: say("common.pleaseChoose") }),
    requestKey: z.uuid(),
  })
  .refine(({ shall, was }) => shall.getTime() !== was.getTime(), {
    path: ["shall"],
    error: say("moments.same"),
  });
export type CorrectMomentInput = z.infer<typeof CorrectMomentInput>;
