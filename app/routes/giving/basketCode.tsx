import { data, type HeadersFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textsReach } from "~/domain/identity/entryMessages.server";
import { loadActor } from "~/domain/identity/queries.server";
import { AskCodeInput, EntryCodeInput } from "~/domain/identity/schemas";
import { hasSecondStep } from "~/domain/identity/secondStepOn.server";
import { actingAs } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { limit } from "~/domain/kernel/limits.server";
import { RequestKey } from "~/domain/kernel/requestKey";
import { act, load } from "~/http/answer.server";
import { readBasket } from "~/http/basket.server";
import type { RouteArgs } from "~/http/context.server";
import { enter } from "~/http/enter.server";
import { askCode, codeWaits, passCode } from "~/http/entryCode.server";
import { emptyBasket, holdBasket } from "~/http/holdBasket.server";
import { form } from "~/http/pageForm.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { anybody } from "~/http/who.server";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { EntryCodePage } from "~/ui/identity/EntryCodePage";
import { SignInStepPage } from "~/ui/identity/SignInStepPage";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "giving.byCodeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        waits: await codeWaits(args, ctx),
        phoneToo: await textsReach(ctx),
        hours: await limit(ctx.db, ctx, "holdHours"),
        requestKey: ctx.newId(),
        messages: messagesFor(ctx.locale, ["account", "identity", "giving", "demo"]),
      },
      { headers: PRIVATE_PAGE },
    ),
  );
export const headers: HeadersFunction = () => PRIVATE_PAGE;

const Asked = AskCodeInput.pick({ contact: true }).extend({ requestKey: RequestKey });
const Typed = EntryCodeInput.pick({ entryCode: true }).extend({ requestKey: RequestKey });

/** Whoever shows that a number or an address is theirs gives as its account: the basket is held at once. */
export const action = (args: RouteArgs) =>
  act(args, anybody, {
    default: form(Asked, (ctx, { contact, requestKey }) => askCode(args, ctx, contact, { requestKey })),
    enter: form(Typed, async (ctx, { entryCode, requestKey }) => {
      const { userId } = await passCode(args, ctx, entryCode);
      const basket = paths(ctx.locale).basket();
      const way = { otherwise: paths(ctx.locale).gifts() };
      if (readBasket(args.request).length === 0) return enter(args, ctx, userId, way);
      // Nobody is somebody before their second step: their basket waits for them.
      if (await hasSecondStep(ctx.db, userId)) return enter(args, ctx, userId, { ...way, back: basket });

      const giver = actingAs(ctx, await loadActor(ctx.db, userId));
      const held = await holdBasket(args, giver, requestKey).catch((error: unknown) => {
        // They are in, whatever became of it; the basket says why when it is sent from there.
        if (error instanceof DomainError) return undefined;
        throw error;
      });
      const entered = await enter(args, ctx, userId, { ...way, back: held?.next ?? basket });
      if (held && entered instanceof Response) entered.headers.append("Set-Cookie", emptyBasket(ctx));
      return entered;
    }),
  });

export default function BasketCode() {
  const t = useT();
  const at = paths(useLocale());
  const { waits, phoneToo, hours, requestKey } = useLoaderData<typeof loader>();
  const { sent, along, askedStep, reply } = useActionData<typeof action>() ?? {};
  if (askedStep) return <SignInStepPage asked={askedStep} reply={undefined} />;
  const typed = reply?.values["requestKey"];
  const key = along?.requestKey ?? (typeof typed === "string" ? typed : requestKey);
  return (
    <EntryCodePage
      title={t("giving.byCodeTitle")}
      lead={t("giving.byCodeLead", { hours })}
      does={t("giving.byCodeDo")}
      sent={sent ?? waits}
      phoneToo={phoneToo}
      byPassword={at.signIn(at.basket())}
      reply={reply}
    >
      <input type="hidden" name="requestKey" value={key} />
    </EntryCodePage>
  );
}
