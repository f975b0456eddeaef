import { z } from "zod";
import { creditCode } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Mail } from "~/domain/kernel/typed/mail";
import { say } from "~/i18n/messages";
import { optionalText, required } from "~/domain/kernel/typed/text";

export const SignInInput = z.object({
  email: Mail,
  password: z
    .string({ error: say("common.pleaseFill") })
    .min(1, say("common.pleaseFill"))
    .max(LENGTHS.password, say("common.tooLong")),
  back: z.string().optional(),
});

export const SignUpInput = z.object({
  email: Mail,
  password: z
    .string({ error: say("identity.passwordShort") })
    .min(8, say("identity.passwordShort"))
    .max(LENGTHS.password, say("common.tooLong")),
  displayName: required(LENGTHS.displayName),
  kind: z.enum(["person", "company"], { error: say("common.pleaseChoose") }),
  realName: optionalText(LENGTHS.personName),
  phone: optionalText(LENGTHS.phone),
  creditCode: creditCode(say("identity.creditCodeWrong")).optional(),
  back: z.string().optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;
