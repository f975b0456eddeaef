import { z } from "zod";
import { say } from "~/i18n/messages";
import { isCreditCode } from "~/domain/kernel/creditCode";
import { DISABLE_REASONS } from "./accountWords";
import { optionalText } from "~/domain/households/schemas";

export const Mail = z
  .email({ error: say("identity.mailWrong") })
  .max(120)
  .transform((typed) => typed.trim().toLowerCase());

const Password = z
  .string({ error: say("common.pleaseFill") })
  .min(1, say("common.pleaseFill"))
  .max(128, say("common.tooLong"));

const NewPassword = z
  .string({ error: say("identity.passwordShort") })
  .min(8, say("identity.passwordShort"))
  .max(128, say("common.tooLong"));

const DisplayName = z
  .string({ error: say("common.pleaseFill") })
  .trim()
  .min(1, say("common.pleaseFill"))
  .max(40, say("common.tooLong"));

export const SignInInput = z.object({
  email: Mail,
  password: Password,
  back: z.string().optional(),
  /** What was typed before the session ended, sealed by the portal itself. */
  kept: z.string().max(400_000).optional(),
  drop: z.string().optional(),
});

export const SignUpInput = z.object({
  email: Mail,
  password: NewPassword,
  displayName: DisplayName,
  kind: z.enum(["person", "company"], { error: say("common.pleaseChoose") }),
  realName: optionalText(60),
  phone: optionalText(30),
  creditCode: optionalText(18).refine((typed) => typed === undefined || isCreditCode(typed), say("identity.creditCodeWrong")),
  back: z.string().optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;

export const ForgottenInput = z.object({ email: Mail });
export const NewPasswordInput = z.object({ newPassword: NewPassword });
export const ChangePasswordInput = z.object({ password: Password, newPassword: NewPassword });
export const ChangeMailInput = z.object({ email: Mail, password: Password });
export const ChangeNameInput = z.object({ displayName: DisplayName });
/** The tick, and the password where the account has one. */
export const LeaveInput = z.object({ password: Password.optional(), sure: z.literal("yes", { error: say("account.tickToLeave") }) });
export const InvitationInput = z.object({ displayName: DisplayName, newPassword: NewPassword });
export const DisableInput = z.object({ userId: z.uuid(), reason: z.enum(DISABLE_REASONS, { error: say("common.pleaseChoose") }) });
