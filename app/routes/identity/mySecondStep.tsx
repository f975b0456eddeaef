import { data, type HeadersFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { myAccount } from "~/domain/identity/changeAccount.server";
import { CHALLENGE_MINUTES } from "~/domain/identity/passkeyKeys.server";
import {
  addPasskey,
  beginPasskey,
  MOST_PASSKEYS,
  myPasskeys,
  removePasskey,
} from "~/domain/identity/passkeys.server";
import {
  AddPasskeyInput,
  BeginPasskeyInput,
  BeginStepInput,
  RemovePasskeyInput,
  StepCodeInput as StepCodeForm,
  StepProofInput,
} from "~/domain/identity/schemas";
import {
  beginSecondStep,
  confirmSecondStep,
  mySecondStep,
  recoveryCodesLeft,
  removeApp,
  removeSecondStep,
  renewRecoveryCodes,
} from "~/domain/identity/secondStep.server";
import { act, load } from "~/http/answer.server";
import { type RouteArgs, sessionsFor, stepDueOf } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { button, form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { drawQr } from "~/http/qr.server";
import { steppedUp } from "~/http/stepUp.server";
import { signedIn } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { MakePasskeyPage } from "~/ui/identity/MakePasskeyPage";
import { RecoveryCodes } from "~/ui/identity/RecoveryCodes";
import { SecondStepPage } from "~/ui/identity/SecondStepPage";
import { Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.stepTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const mine = await mySecondStep(ctx);
    const app =
      mine.state === "begun" ? { state: mine.state, groups: mine.groups, qr: drawQr(mine.address) } : mine;
    const passkeys = await myPasskeys(ctx);
    const due = await stepDueOf(args);
    return data(
      {
        app,
        passkeys,
        isOn: app.state === "on" || passkeys.length > 0,
        left: await recoveryCodesLeft(ctx),
        hasPassword: (await myAccount(ctx)).hasPassword,
        due: due && { at: due, isOver: due <= ctx.now() },
        most: MOST_PASSKEYS,
        messages: messagesFor(ctx.locale, ["account", "identity"]),
      },
      { headers: PRIVATE_PAGE },
    );
  });
export const headers: HeadersFunction = () => PRIVATE_PAGE;

/**
 * The codes, shown once; none where others go on. What was shown for them counts for what is grave as well.
 */
const codesOnce = async (args: RouteArgs, recoveryCodes: readonly string[]) =>
  data({ recoveryCodes }, { headers: { "Set-Cookie": await steppedUp(args) } });

export const action = (args: RouteArgs) => {
  const here = { clientAddress: args.context.clientAddress };
  const sessionId = sessionsFor(args.context.runtime).idOf(args.request) ?? "";
  return act(args, signedIn, {
    default: form(StepCodeForm, async (ctx, { stepCode }) => {
      const codes = await confirmSecondStep(ctx, stepCode);
      return codes ? codesOnce(args, codes) : doneAt(paths(ctx.locale).mySecondStep(), "done.stepAppAdded");
    }),
    begin: form(BeginStepInput, async (ctx, { password }) => {
      await beginSecondStep(ctx, { password, ...here });
      return redirect(paths(ctx.locale).mySecondStep());
    }),
    beginPasskey: form(BeginPasskeyInput, async (ctx, { password, name }) =>
      data({
        makePasskey: {
          options: await beginPasskey(ctx, sessionId, { password, ...here }),
          name,
          minutes: CHALLENGE_MINUTES,
        },
      }),
    ),
    addPasskey: form(AddPasskeyInput, async (ctx, { name, passkey }) => {
      const codes = await addPasskey(ctx, { sessionId, name, answer: passkey });
      return codes ? codesOnce(args, codes) : doneAt(paths(ctx.locale).mySecondStep(), "done.passkeyAdded");
    }),
    removePasskey: form(RemovePasskeyInput, async (ctx, { passkeyId }) => {
      await removePasskey(ctx, passkeyId);
      return doneAt(paths(ctx.locale).mySecondStep(), "done.passkeyRemoved");
    }),
    removeApp: button(async (ctx) => {
      await removeApp(ctx);
      return doneAt(paths(ctx.locale).mySecondStep(), "done.stepAppRemoved");
    }),
    renew: form(StepProofInput, async (ctx, { proof }) =>
      codesOnce(args, await renewRecoveryCodes(ctx, proof, sessionId)),
    ),
    remove: form(StepProofInput, async (ctx, { proof }) => {
      await removeSecondStep(ctx, proof, sessionId);
      return doneAt(paths(ctx.locale).mySecondStep(), "done.stepRemoved");
    }),
  });
};

export default function MySecondStep() {
  const t = useT();
  const at = paths(useLocale());
  const shown = useLoaderData<typeof loader>();
  const { recoveryCodes, makePasskey, reply } = useActionData<typeof action>() ?? {};
  const crumbs = [{ label: t("identity.meTitle"), to: at.me() }];
  if (recoveryCodes) {
    return (
      <Page title={t("account.recoveryTitle")} lead={t("account.recoveryLead")} crumbs={crumbs}>
        <RecoveryCodes codes={recoveryCodes} />
      </Page>
    );
  }

  if (makePasskey) return <MakePasskeyPage making={makePasskey} />;
  return <SecondStepPage shown={shown} reply={reply} />;
}
