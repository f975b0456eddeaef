import { eq } from "drizzle-orm";
import { myPasskeys, removePasskey } from "~/domain/identity/passkeys.server";
import { removeApp, removeSecondStep, renewRecoveryCodes } from "~/domain/identity/secondStep.server";
import { beginSignInStep, passSignInStep } from "~/domain/identity/signInSteps.server";
import { proposeStepReset } from "~/domain/identity/stepResets.server";
import type { UserActor } from "~/domain/kernel/actor";
import type { Locale } from "~/i18n/locales";
import { appUsers } from "~db/schema/identity";
import type { World } from "../support/world";
import { somebody } from "./accounts";
import { aPasskey } from "./passkeys";
import { aPerson } from "./people";
import { aPhone, aReset, asCode } from "./steps";

type Stage = Readonly<{ world: World; donor: UserActor & { email: string }; locale: Locale }>;
type StepLetter = Readonly<{
  event: string;
  template: string;
  happens: (stage: Stage) => Promise<string>;
  says: readonly [hans: string, en: string];
}>;

/** Somebody who reads in this language. */
async function aReader(world: World, locale: Locale, name: string) {
  const person = await somebody(world, name);
  await world.db.update(appUsers).set({ locale }).where(eq(appUsers.id, person.userId));
  return person;
}

/** The letters about a second step: what really happens, and to whom it is written. */
export const STEP_LETTERS: readonly StepLetter[] = [
  {
    event: "account.add_second_step",
    template: "secondStepAdded",
    happens: async ({ world, donor }) => {
      await aPhone(world, donor);
      return donor.email;
    },
    says: ["刚刚开通了第二步验证", "was switched on just now"],
  },
  {
    event: "account.renew_recovery_codes",
    template: "recoveryCodesRenewed",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "换码的人");
      await renewRecoveryCodes(world.as(other), (await aPhone(world, other)).now(), "");
      return other.email;
    },
    says: ["旧的都已作废", "the old ones stopped working"],
  },
  {
    event: "account.use_recovery_code",
    template: "recoveryCodeUsed",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "丢手机的人");
      const { codes } = await aPhone(world, other);
      await passSignInStep(
        world.system,
        await beginSignInStep(world.system, other.userId),
        asCode(codes[0] ?? ""),
      );
      return other.email;
    },
    says: ["用恢复码通过了", "with a recovery code"],
  },
  {
    event: "account.remove_second_step",
    template: "secondStepRemoved",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "关掉的人");
      await removeSecondStep(world.as(other), (await aPhone(world, other)).now(), "");
      return other.email;
    },
    says: ["刚刚关闭了", "was switched off just now"],
  },
  {
    event: "account.add_passkey",
    template: "passkeyAdded",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "有钥匙的人");
      await aPasskey(world, other);
      return other.email;
    },
    says: ["刚刚添加了一个通行密钥", "A passkey was added"],
  },
  {
    event: "account.remove_passkey",
    template: "passkeyRemoved",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "丢钥匙的人");
      await aPasskey(world, other);
      const { sessionId } = await aPasskey(world, other);
      await removePasskey(world.as(other), (await myPasskeys(world.as(other)))[0]?.id ?? sessionId);
      return other.email;
    },
    says: ["一个通行密钥刚刚被删除", "A passkey of your account was removed"],
  },
  {
    event: "account.add_second_step",
    template: "stepAppAdded",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "加验证器的人");
      await aPasskey(world, other);
      await aPhone(world, other);
      return other.email;
    },
    says: ["刚刚添加了手机验证器", "An authenticator app was added"],
  },
  {
    event: "account.remove_app",
    template: "stepAppRemoved",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "停验证器的人");
      await aPasskey(world, other);
      await aPhone(world, other);
      await removeApp(world.as(other));
      return other.email;
    },
    says: ["手机验证器刚刚停用了", "The authenticator app of your account was removed"],
  },
  {
    event: "step_reset.propose",
    template: "secondStepResetAsked",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "要重置的人");
      await aPhone(world, other);
      await proposeStepReset(
        world.as(await aPerson(world, { role: "admin", scope: { kind: "city" } })),
        other.userId,
        "lost_phone",
      );
      return other.email;
    },
    says: ["等另一位管理员同意后生效", "once another admin agrees"],
  },
  {
    event: "account.reset_second_step",
    template: "secondStepReset",
    happens: async ({ world, locale }) => {
      const other = await aReader(world, locale, "重置的人");
      await aPhone(world, other);
      await aReset(world, other.userId);
      return other.email;
    },
    says: ["密码没有变", "your password stays as it was"],
  },
];
