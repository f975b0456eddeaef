import { z } from "zod";
import { say } from "~/i18n/messages";
import { isCreditCode } from "~/domain/kernel/creditCode";
import { optionalPhone } from "~/domain/kernel/typed/phoneField";
import { optionalText } from "~/domain/households/schemas";

export const Mail = z
  .email({ error: say("identity.mailWrong") })
  .max(120)
  .transform((typed) => typed.trim().toLowerCase());

export const SignInInput = z.object({
  email: Mail,
  password: z
    .string({ error: say("common.pleaseFill") })
    .min(1, say("common.pleaseFill"))
    .max(128, say("common.tooLong")),
  back: z.string().optional(),
});

export const SignUpInput = z.object({
  email: Mail,
  password: z
    .string({ error: say("identity.passwordShort") })
    .min(8, say("identity.passwordShort"))
    .max(128, say("common.tooLong")),
  displayName: z
    .string({ error: say("common.pleaseFill") })
    .trim()
    .min(1, say("common.pleaseFill"))
    .max(40, say("common.tooLong")),
  kind: z.enum(["person", "company"], { error: say("common.pleaseChoose") }),
  realName: optionalText(60),
  phone: optionalPhone,
  creditCode: optionalText(18).refine((typed) => typed === undefined || isCreditCode(typed), say("identity.creditCodeWrong")),
  back: z.string().optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;
