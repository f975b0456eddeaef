import { z } from "zod";
import { codeLike, creditCode } from "~/domain/kernel/typed/code";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { Mail } from "~/domain/kernel/typed/mail";
import { optionalPhone } from "~/domain/kernel/typed/phoneField";
import { optionalText, required } from "~/domain/kernel/typed/text";
import { say } from "~/i18n/messages";
import { STEP_RESET_REASONS } from "~db/schema/stepVocabulary";
import { DISABLE_REASONS } from "./accountVocabulary";
import { ContactField } from "./contact";
import { NewPasskeyField, type ShownPasskey, ShownPasskeyField } from "./passkeyAnswers";
import { type StepCode, StepCodeField, type StepProof } from "./stepCodes";

const Password = z
  .string({ error: say("common.pleaseFill") })
  .min(1, say("common.pleaseFill"))
  .max(LENGTHS.password, say("common.tooLong"));

const NewPassword = z
  .string({ error: say("identity.passwordShort") })
  .min(8, say("identity.passwordShort"))
  .max(LENGTHS.password, say("common.tooLong"));

const DisplayName = required(LENGTHS.displayName);

/** Where they go when they are in. */
const WAY = {
  back: z.string().optional(),
  /** What was typed before the session ended, sealed by the portal itself. */
  kept: z.string().max(400_000).optional(),
  drop: z.string().optional(),
} as const;

export const SignInInput = z.object({ email: Mail, password: Password, ...WAY });
/** A code, or what the form's own button filled in of a passkey. */
const PROOF = { stepCode: StepCodeField.optional(), passkey: ShownPasskeyField.optional() } as const;

const proofOf = (
  sent: { stepCode?: StepCode | undefined; passkey?: ShownPasskey | undefined },
  issues: z.core.$RefinementCtx,
): StepProof => {
  if (sent.passkey) return { kind: "passkey", answer: sent.passkey };
  if (sent.stepCode) return sent.stepCode;
  issues.addIssue({ code: "custom", message: say("common.pleaseFill"), path: ["stepCode"] });
  return z.NEVER;
};

/** The second step of signing in, or shown once more, with what goes along. */
export const SignInStepInput = z
  .object({ ...PROOF, ...WAY })
  .transform(({ back, kept, drop, ...sent }, issues) => ({ proof: proofOf(sent, issues), back, kept, drop }));
/** The same where nothing goes along. */
export const StepProofInput = z.object(PROOF).transform((sent, issues) => ({ proof: proofOf(sent, issues) }));
/** The code of an app that is being set up. */
export const StepCodeInput = z.object({ stepCode: StepCodeField });
/** What begins setting an app up: the password, where it is the account's first second step. */
export const BeginStepInput = z.object({ password: Password.optional() });
/** The same for a passkey, with what its person calls it. */
export const BeginPasskeyInput = z.object({
  password: Password.optional(),
  name: required(LENGTHS.passkeyName),
});
export const AddPasskeyInput = z.object({ name: required(LENGTHS.passkeyName), passkey: NewPasskeyField });
export const RemovePasskeyInput = z.object({ passkeyId: z.uuid() });
/** For what a browser wants to show a passkey: the sign-in that waits, or the session that it has. */
export const PasskeyChallengeInput = z.object({ for: z.enum(["signIn", "session"]) });
/** Where a code is to be sent to. */
export const AskCodeInput = z.object({ contact: ContactField, back: WAY.back, kept: WAY.kept });
/** The six digits that were sent: any width, blanks and hyphens within. */
export const EntryCodeInput = z.object({
  entryCode: codeLike((code) => /^\d{6}$/.test(code), say("account.entryCodeShape")),
  ...WAY,
});
/** One click on an account of the demo. */
export const DemoInput = z.object({ userId: z.uuid(), ...WAY });

/** From the page that asks to sign in to the one that makes an account: what comes along. */
export const AlongInput = z.object({ back: WAY.back, kept: WAY.kept });

export const SignUpInput = z.object({
  kind: z.enum(["person", "company"], { error: say("common.pleaseChoose") }),
  displayName: DisplayName,
  email: Mail,
  password: NewPassword,
  realName: optionalText(LENGTHS.personName),
  phone: optionalPhone,
  creditCode: creditCode(say("identity.creditCodeWrong")).optional(),
  back: z.string().optional(),
  /** What was typed before they had an account, sealed by the portal itself. */
  kept: z.string().max(400_000).optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;

export const ConfirmSignUpInput = z.object({ password: Password, back: WAY.back });
export const ForgottenInput = z.object({ email: Mail });
export const NewPasswordInput = z.object({ newPassword: NewPassword });
export const ChangePasswordInput = z.object({ password: Password, newPassword: NewPassword });
export const ChangeMailInput = z.object({ email: Mail, password: Password });
export const ChangeNameInput = z.object({ displayName: DisplayName });
/** The tick, and the password where the account has one. */
export const LeaveInput = z.object({
  password: Password.optional(),
  sure: z.literal("yes", { error: say("account.tickToLeave") }),
});
export const InvitationInput = z.object({ displayName: DisplayName, newPassword: NewPassword });
export const DisableInput = z.object({
  userId: z.uuid(),
  reason: z.enum(DISABLE_REASONS, { error: say("common.pleaseChoose") }),
});
export const ResetStepInput = z.object({
  userId: z.uuid(),
  stepReason: z.enum(STEP_RESET_REASONS, { error: say("common.pleaseChoose") }),
});
