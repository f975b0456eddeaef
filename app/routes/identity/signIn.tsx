import { data, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { checkPassword } from "~/domain/identity/accounts.server";
import { demoAccounts, readInstallation } from "~/domain/identity/queries.server";
import { DemoInput, SignInInput } from "~/domain/identity/schemas";
import type { UseCaseContext } from "~/domain/kernel/context.server";
import { DomainError } from "~/domain/kernel/errors";
import { act, load } from "~/http/answer.server";
import { nowSignedIn, sessionsFor, type RouteArgs } from "~/http/context.server";
import { openKept } from "~/http/keptForm.server";
import { safeBack } from "~/http/redirect.server";
import { replyOf } from "~/http/reply";
import { signInFacts } from "~/http/signInPage.server";
import { small } from "~/http/smallForm.server";
import { messagesFor } from "~/i18n/messages.server";
import { paths } from "~/paths";
import { GoOnPage, type GoOn } from "~/ui/identity/GoOnPage";
import { SignInPage } from "~/ui/identity/SignInPage";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const back = safeBack(new URL(args.request.url).searchParams.get("back"), "");
    return { facts: await signInFacts(args, ctx, { back }), messages: messagesFor(ctx.locale, ["identity"]) };
  });

export const action = (args: RouteArgs) =>
  act(
    args,
    SignInInput,
    async (ctx, input) => {
      const { userId } = await checkPassword(ctx, { ...input, clientAddress: args.context.clientAddress });
      return enter(args, ctx, userId, { ...input, otherwise: paths(ctx.locale).home() });
    },
    {
      demo: small(DemoInput, async (ctx, { userId, ...way }) => {
        if (!(await readInstallation(ctx.db)).isDemo) throw new DomainError("NOT_FOUND");
        const account = (await demoAccounts(ctx.db)).find((known) => known.userId === userId);
        if (!account) throw new DomainError("NOT_FOUND");
        return enter(args, ctx, account.userId, { ...way, otherwise: paths(ctx.locale).me() });
      }),
    },
  );

type Way = Readonly<{ back?: string | undefined; kept?: string | undefined; drop?: string | undefined; otherwise: string }>;

/** Signed in: back to where they came from, or on with what they had typed. Somebody else's form is handed to nobody. */
async function enter(args: RouteArgs, ctx: UseCaseContext, userId: string, { back, kept, drop, otherwise }: Way) {
  const { runtime } = args.context;
  const form = kept === undefined || drop !== undefined ? undefined : openKept(ctx, kept);
  if (form?.owner !== undefined && form.owner !== userId) throw new DomainError("KEPT_FOR_ANOTHER");
  const headers = { "Set-Cookie": await sessionsFor(runtime).start(userId, runtime.now()) };
  if (!form) return redirect(safeBack(back, otherwise), { headers });
  await nowSignedIn(args, userId);
  const goOn: GoOn = { address: form.address, fields: form.fields, files: form.files };
  return data({ goOn }, { headers });
}

const goOnOf = (answer: unknown): GoOn | undefined => (typeof answer === "object" && answer !== null && "goOn" in answer ? (answer.goOn as GoOn) : undefined);

export default function SignIn() {
  const { facts } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const goOn = goOnOf(answer);
  return goOn ? <GoOnPage goOn={goOn} /> : <SignInPage facts={facts} reply={replyOf(answer)} />;
}
