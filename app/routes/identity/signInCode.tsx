import { data, type HeadersFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textsReach } from "~/domain/identity/entryMessages.server";
import { AlongInput, AskCodeInput, EntryCodeInput } from "~/domain/identity/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { askCode, codeWaits, passCode } from "~/http/entryCode.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { searchOf } from "~/http/query.server";
import { safeBack } from "~/http/redirect.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Along } from "~/ui/identity/Along";
import { EntryCodePage } from "~/ui/identity/EntryCodePage";
import { GoOnPage } from "~/ui/identity/GoOnPage";
import { SignInStepPage } from "~/ui/identity/SignInStepPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "account.codeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        waits: await codeWaits(args, ctx),
        phoneToo: await textsReach(ctx),
        back: safeBack(searchOf(args.request).get("back"), ""),
        messages: messagesFor(ctx.locale, ["account", "identity", "demo"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(AskCodeInput, (ctx, { contact, ...along }) => askCode(args, ctx, contact, along)),
    // From the page that asks to sign in: what was typed before comes along.
    begin: form(AlongInput, (_ctx, along) => Promise.resolve(data({ along }))),
    enter: form(EntryCodeInput, async (ctx, { entryCode, ...way }) => {
      const { userId } = await passCode(args, ctx, entryCode, way);
      return enter(args, ctx, userId, { ...way, otherwise: paths(ctx.locale).home() });
    }),
  });

export default function SignInCode() {
  const t = useT();
  const at = paths(useLocale());
  const { waits, phoneToo, back } = useLoaderData<typeof loader>();
  const { sent, along, askedStep, goOn, reply } = useActionData<typeof action>() ?? {};
  if (askedStep) return <SignInStepPage asked={askedStep} reply={undefined} />;
  if (goOn) return <GoOnPage goOn={goOn} />;
  const typed = (name: "back" | "kept"): string | undefined => {
    const value = reply?.values[name];
    return typeof value === "string" ? value : along?.[name];
  };

  const backTo = typed("back") ?? back;
  const kept = typed("kept");
  return (
    <EntryCodePage
      title={t("account.codeTitle")}
      lead={t("account.codeLead")}
      does={t("account.codeEnter")}
      sent={sent ?? waits}
      phoneToo={phoneToo}
      byPassword={at.signIn(backTo || undefined)}
      isKept={Boolean(kept)}
      reply={reply}
    >
      <Along back={backTo} sealed={kept} />
    </EntryCodePage>
  );
}
