import { data, redirect, type HeadersFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { StepCodeInput as StepCodeForm } from "~/domain/identity/schemas";
import { beginSecondStep, confirmSecondStep, mySecondStep, removeSecondStep, renewRecoveryCodes } from "~/domain/identity/secondStep.server";
import { act, load } from "~/http/answer.server";
import { stepDueOf, type RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { PRIVATE_PAGE } from "~/http/privatePage.server";
import { drawQr } from "~/http/qr.server";
import { replyOf, replyTo } from "~/http/reply";
import { steppedUp } from "~/http/stepUp.server";
import { small } from "~/http/smallForm.server";
import { signedIn } from "~/http/who.server";
import { day, moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { RecoveryCodes, recoveryCodesOf } from "~/ui/identity/RecoveryCodes";
import { StepCodeInput } from "~/ui/identity/StepCodeField";
import { Button } from "~/ui/primitives/Button";
import type { Reply } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Notice, Page, Section, Tag } from "~/ui/primitives/Page";
import { QrCode } from "~/ui/delivery/QrCode";

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const mine = await mySecondStep(ctx);
    const shown = mine.state === "begun" ? { state: mine.state, groups: mine.groups, qr: drawQr(mine.address) } : mine;
    const due = await stepDueOf(args);
    return data({ mine: shown, due: due && { at: due, isOver: due <= ctx.now() }, messages: messagesFor(ctx.locale, ["account", "identity"]) }, { headers: PRIVATE_PAGE });
  });
export const headers: HeadersFunction = () => PRIVATE_PAGE;

/** The codes, shown once. The code that was typed for them counts for what is grave as well. */
const codesOnce = async (args: RouteArgs, recoveryCodes: readonly string[]) => data({ recoveryCodes }, { headers: { "Set-Cookie": await steppedUp(args) } });

export const action = (args: RouteArgs) =>
  act(args, signedIn, StepCodeForm, async (ctx, { stepCode }) => codesOnce(args, await confirmSecondStep(ctx, stepCode)), {
    begin: async (ctx) => {
      await beginSecondStep(ctx);
      return redirect(paths(ctx.locale).mySecondStep());
    },
    renew: small(StepCodeForm, async (ctx, { stepCode }) => codesOnce(args, await renewRecoveryCodes(ctx, stepCode))),
    remove: small(StepCodeForm, async (ctx, { stepCode }) => {
      await removeSecondStep(ctx, stepCode);
      return doneAt(paths(ctx.locale).mySecondStep(), "done.stepRemoved");
    }),
  });

export default function MySecondStep() {
  const t = useT();
  const locale = useLocale();
  const { mine, due } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const reply = replyOf(answer);
  const codes = recoveryCodesOf(answer);
  const crumbs = [{ label: t("identity.meTitle"), to: paths(locale).me() }];
  if (codes) {
    return (
      <Page title={t("account.recoveryTitle")} lead={t("account.recoveryLead")} crumbs={crumbs}>
        <RecoveryCodes codes={codes} />
      </Page>
    );
  }
  return (
    <Page title={t("account.stepTitle")} lead={t("account.stepLead")} crumbs={crumbs}>
      {due ? (
        <div className="mb-5">
          <Notice tone="wait">{due.isOver ? t("account.stepNeeded") : t("account.stepSoon", { day: day(locale, due.at) })}</Notice>
        </div>
      ) : null}
      {mine.state === "off" ? (
        <Card>
          <p className="mb-4">{t("account.stepOff")}</p>
          <Form method="post">
            <FormErrors reply={reply} />
            <Button name="intent" value="begin">
              {t("account.stepBegin")}
            </Button>
          </Form>
        </Card>
      ) : null}
      {mine.state === "begun" ? <SetUp qr={mine.qr} groups={mine.groups} reply={reply} /> : null}
      {mine.state === "on" ? (
        <>
          <Card className="flex flex-wrap items-center gap-3">
            <Tag tone="done">{t("account.stepOn")}</Tag>
            <p>{t("account.stepSince", { time: moment(locale, mine.since) })}</p>
            <p>{t("account.recoveryLeft", { n: mine.left })}</p>
          </Card>
          <Section title={t("account.recoveryRenew")}>
            <CodeForm intent="renew" lead={t("account.recoveryRenewLead")} button={t("account.recoveryRenew")} reply={replyTo(reply, "intent", "renew")} />
          </Section>
          <Section title={t("account.stepRemove")}>
            <CodeForm intent="remove" lead={t("account.stepRemoveLead")} button={t("account.stepRemoveDo")} reply={replyTo(reply, "intent", "remove")} />
          </Section>
        </>
      ) : null}
    </Page>
  );
}

function SetUp({ qr, groups, reply }: { qr: Parameters<typeof QrCode>[0]["drawing"]; groups: string; reply: Reply | undefined }) {
  const t = useT();
  return (
    <>
      <p className="max-w-measure">{t("account.stepScan")}</p>
      <QrCode drawing={qr} label={t("account.stepQr")} />
      <p>{t("account.stepSecret")}</p>
      <p className="mt-1 mb-5 font-mono text-4 break-words select-all" translate="no">
        {groups}
      </p>
      <Form method="post" className="grid max-w-md gap-5">
        <FormErrors reply={reply} />
        <StepCodeInput reply={reply} digitsOnly />
        <Button>{t("account.stepConfirm")}</Button>
      </Form>
      <Form method="post" className="mt-4">
        <Button look="quiet" name="intent" value="begin">
          {t("account.stepAnew")}
        </Button>
      </Form>
    </>
  );
}

function CodeForm({ intent, lead, button, reply }: { intent: string; lead: string; button: string; reply: Reply | undefined }) {
  return (
    <Form method="post" className="grid max-w-md gap-4">
      <p>{lead}</p>
      <FormErrors reply={reply} />
      <StepCodeInput reply={reply} />
      <Button look="secondary" name="intent" value={intent}>
        {button}
      </Button>
    </Form>
  );
}
