import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { changeLimit, limitsPage } from "~/domain/identity/changeLimit.server";
import { ChangeLimitInput } from "~/domain/identity/limitSchemas";
import { isAmount } from "~/domain/kernel/limitBounds";
import type { LimitName } from "~/domain/kernel/limits.server";
import { yuanText } from "~/domain/kernel/money";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { replyOf, replyTo } from "~/http/reply";
import { count, moment, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page } from "~/ui/primitives/Page";

export const loader = (args: RouteArgs) => load(args, async (ctx) => ({ limits: await limitsPage(ctx), messages: messagesFor(ctx.locale, ["limits"]) }));

export const action = (args: RouteArgs) =>
  act(args, ChangeLimitInput, async (ctx, input) => {
    await changeLimit(ctx, input);
    return doneAt(paths(ctx.locale).adminLimits(), "done.limitSet");
  });

export default function AdminLimits() {
  const t = useT();
  const locale = useLocale();
  const { limits } = useLoaderData<typeof loader>();
  const reply = replyOf(useActionData<typeof action>());
  const shown = (name: LimitName, value: number) => (isAmount(name) ? money(locale, BigInt(value)) : count(locale, value));
  return (
    <Page title={t("limits.title")} lead={t("limits.lead")}>
      <FormErrors reply={reply} />
      <ul className="grid gap-3">
        {limits.map((row) => (
          <li key={row.name}>
            <Card>
              <h2 className="text-3">{t(`limits.${row.name}`)}</h2>
              <p className="tabular text-4 font-bold">{shown(row.name, row.value)}</p>
              <p className="text-2 text-muted">
                {row.since ? t("limits.since", { time: moment(locale, row.since) }) : ""}
                {row.next ? ` · ${t("limits.next", { value: shown(row.name, row.next.value), time: moment(locale, row.next.from) })}` : ""}
              </p>
              <details className="mt-2" open={replyTo(reply, "name", row.name) !== undefined}>
                <summary className="min-h-tap font-semibold text-brand">{t("limits.change")}</summary>
                <Form method="post" className="mt-2 grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto] elder:grid-cols-1">
                  <input type="hidden" name="name" value={row.name} />
                  <TextField
                    name="value"
                    label={t("limits.newValue")}
                    hint={t("limits.between", { least: shown(row.name, row.least), most: shown(row.name, row.most) })}
                    maxLength={LENGTHS.amount}
                    inputMode={isAmount(row.name) ? "decimal" : "numeric"}
                    defaultValue={isAmount(row.name) ? yuanText(BigInt(row.value)) : String(row.value)}
                    reply={replyTo(reply, "name", row.name)}
                  />
                  <TextField name="validFrom" type="datetime-local" label={t("limits.from")} hint={t("limits.fromHint")} optional reply={replyTo(reply, "name", row.name)} />
                  <div className="self-end">
                    <Button look="secondary">{t("limits.set")}</Button>
                  </div>
                </Form>
              </details>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
