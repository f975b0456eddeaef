import { useActionData, useLoaderData } from "@remix-run/react";
import { changeLimit, limitsPage, storedLimit } from "~/domain/identity/changeLimit.server";
import { ChangeLimitInput } from "~/domain/identity/limitSchemas";
import { isAmount } from "~/domain/kernel/limitBounds";
import type { LimitName } from "~/domain/kernel/limits.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { count, moment, money } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { EditForm } from "~/ui/primitives/EditForm";
import { TextField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Page } from "~/ui/primitives/Page";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";

export const handle: PageHandle = { title: "limits.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => ({
    limits: (await limitsPage(ctx)).map(({ stored, ...row }) => ({ ...row, form: filled(stored) })),
    messages: messagesFor(ctx.locale, ["limits"]),
  }));

export const action = (args: RouteArgs) =>
  act(args, asOneOf("admin"), {
    default: form(ChangeLimitInput, (ctx, input, form) =>
      saveEdit(
        form,
        input,
        { save: (said) => changeLimit(ctx, said), stored: () => storedLimit(ctx, input.name) },
        () => doneAt(paths(ctx.locale).adminLimits(), "done.limitSet"),
      ),
    ),
  });

export default function AdminLimits() {
  const t = useT();
  const locale = useLocale();
  const { limits } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const shown = (name: LimitName, value: number) =>
    isAmount(name) ? money(locale, BigInt(value)) : count(locale, value);
  return (
    <Page title={t("limits.title")} lead={t("limits.lead")}>
      {limits.some((row) => replyTo(reply, "name", row.name)) ? null : <FormErrors reply={reply} />}
      <ul className="grid gap-3">
        {limits.map((row) => (
          <li key={row.name}>
            <Card>
              <h2 className="text-3">{t(`limits.${row.name}`)}</h2>
              <p className="tabular text-4 font-bold">{shown(row.name, row.value)}</p>
              <p className="text-2 text-muted">
                {row.since ? t("limits.since", { time: moment(locale, row.since) }) : ""}
                {row.next
                  ? ` · ${t("limits.next", { value: shown(row.name, row.next.value), time: moment(locale, row.next.from) })}`
                  : ""}
              </p>
              <details className="mt-2" open={replyTo(reply, "name", row.name) !== undefined}>
                <summary className="min-h-tap font-semibold text-brand">{t("limits.change")}</summary>
                <EditForm
                  filled={row.form}
                  reply={replyTo(reply, "name", row.name)}
                  className="mt-2 grid items-start gap-4 sm:grid-cols-[1fr_1fr_auto] elder:grid-cols-1"
                >
                  {(kept) => (
                    <>
                      <input type="hidden" name="name" value={row.name} />
                      <TextField
                        name="value"
                        label={t("limits.newValue")}
                        hint={t("limits.between", {
                          least: shown(row.name, row.least),
                          most: shown(row.name, row.most),
                        })}
                        maxLength={LENGTHS.amount}
                        inputMode={isAmount(row.name) ? "decimal" : "numeric"}
                        reply={kept}
                      />
                      <TextField
                        name="validFrom"
                        type="datetime-local"
                        label={t("limits.from")}
                        hint={t("limits.fromHint")}
                        optional
                        reply={kept}
                      />
                      <div className="self-end">
                        <Button look="secondary">{t("limits.set")}</Button>
                      </div>
                    </>
                  )}
                </EditForm>
              </details>
            </Card>
          </li>
        ))}
      </ul>
    </Page>
  );
}
