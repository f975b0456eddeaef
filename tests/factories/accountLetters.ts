import { askMailChange, changePassword, confirmMail } from "~/domain/identity/changeAccount.server";
import { askNewPassword, setNewPassword } from "~/domain/identity/forgottenPassword.server";
import { inviteStaff } from "~/domain/identity/invitations.server";
import { signUp } from "~/domain/identity/signUp.server";
import { HERE, NEW, PASSWORD, sentLink, somebody } from "./accounts";
import type { Says } from "./letterFacts";
import type { Stage } from "./letters";
import { aPerson } from "./people";
import { STEP_LETTERS } from "./stepLetters";

type AccountLetter = Readonly<{
  event: string;
  template: string;
  happens: (stage: Stage) => Promise<string>;
  says: Says;
  opens?: string;
}>;
const NEW_MAIL = "new-address@example.org";
const NEWCOMER = "newcomer@example.org";

/**
 * The letters about an account: what really happens, to whom it is written, and whether it carries a link
 * that opens something.
 */
export const ACCOUNT_LETTERS: readonly AccountLetter[] = [
  {
    event: "account.ask_sign_up",
    template: "confirmSignUp",
    happens: async ({ world, locale }) => {
      await signUp(
        { ...world.system, locale },
        { email: NEWCOMER, password: PASSWORD, displayName: "新来的人", kind: "person" },
        HERE,
      );
      return NEWCOMER;
    },
    says: ["60 分钟内有效，只能用一次", "It holds for 60 minutes and works once"],
    opens: "confirm-sign-up",
  },
  {
    event: "account.ask_sign_up",
    template: "accountKnown",
    happens: async ({ world, donor }) => {
      await signUp(
        world.system,
        { email: donor.email, password: NEW, displayName: "别人", kind: "person" },
        HERE,
      );
      return donor.email;
    },
    says: ["忘了密码可以设新的", "You have an account already"],
  },
  {
    event: "account.ask_mail",
    template: "mailWanted",
    happens: async ({ world, donor }) => {
      const other = await somebody(world, "另一位");
      await askMailChange(world.as(other), { email: donor.email, password: PASSWORD, ...HERE });
      return donor.email;
    },
    says: ["如果是您自己，请直接", "Nothing has changed for yours"],
  },
  {
    event: "password_link.ask",
    template: "passwordLink",
    happens: async ({ world, donor }) => {
      await askNewPassword(world.system, { email: donor.email, ...HERE });
      return donor.email;
    },
    says: ["60 分钟内有效，只能用一次", "60 minutes and works once"],
    opens: "new-password",
  },
  {
    event: "account.new_password",
    template: "passwordChanged",
    happens: async ({ world, donor }) => {
      await setNewPassword(world.system, await sentLink(world, "passwordLink", donor.email), NEW);
      return donor.email;
    },
    says: ["如果不是您改的，请马上打电话", "If this was not you, please call us at once"],
  },
  {
    event: "account.change_password",
    template: "passwordChanged",
    happens: async ({ world, donor }) => {
      await changePassword(world.as(donor), {
        password: NEW,
        newPassword: PASSWORD,
        ...HERE,
        sessionId: undefined,
      });
      return donor.email;
    },
    says: ["如果不是您改的，请马上打电话", "If this was not you, please call us at once"],
  },
  ...STEP_LETTERS,
  {
    event: "account.ask_mail",
    template: "confirmMail",
    happens: async ({ world, donor, locale }) => {
      await askMailChange({ ...world.as(donor), locale }, { email: NEW_MAIL, password: PASSWORD, ...HERE });
      return NEW_MAIL;
    },
    says: ["60 分钟内有效", "holds for 60 minutes"],
    opens: "new-mail",
  },
  {
    event: "account.change_mail",
    template: "mailChanged",
    happens: async ({ world, donor }) => {
      await confirmMail(world.system, await sentLink(world, "confirmMail", NEW_MAIL));
      return donor.email;
    },
    says: ["刚刚改成了 n…@example.org", "changed to n…@example.org"],
  },
  {
    event: "invitation.make",
    template: "invited",
    happens: async ({ world, locale }) => {
      const admin = await aPerson(world, { role: "admin", scope: { kind: "city" } });
      await inviteStaff(
        { ...world.as(admin), locale },
        { email: "colleague@example.org", role: "auditor", where: { kind: "city" } },
      );
      return "colleague@example.org";
    },
    says: ["24 小时内有效，只能用一次", "24 hours and works once"],
    opens: "invitation",
  },
];
