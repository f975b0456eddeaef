import { z } from "zod";
import { say } from "~/i18n/messages";
import { Moment } from "../typed/moment";

/** Whose moment can be put right: every step in the world whose time somebody tells. */
export const MOMENT_STEPS = [
  "visited",
  "verified",
  "counted",
  "inspected",
  "dispatched",
  "attempted",
  "handed_over",
  "service_done",
  "heard",
  "brought_back",
  "lost",
  "confirmed",
  "written_off",
  "bought",
  "spent",
  "asked",
  "referral_step",
  "followed_up",
] as const;
export type MomentStep = (typeof MOMENT_STEPS)[number];

/** Why a moment was wrong. */
export const MOMENT_REASONS = ["typed_wrong", "wrong_day", "written_later"] as const;

/** When it really was, against the moment that the page showed. */
export const CorrectMomentInput = z
  .object({ step: z.enum(MOMENT_STEPS), id: z.uuid(), was: Moment, shall: Moment, reason: z.enum(MOMENT_REASONS, { error: say("common.pleaseChoose") }), requestKey: z.uuid() })
  .refine(({ shall, was }) => shall.getTime() !== was.getTime(), { path: ["shall"], error: say("moments.same") });
export type CorrectMomentInput = z.infer<typeof CorrectMomentInput>;
