import { useActionData, useLoaderData } from "@remix-run/react";
import { openRecord } from "~/domain/households/openRecord.server";
import { FactsInput } from "~/domain/screening/factsInput";
import { householdSheet, storedSheet } from "~/domain/screening/queries.server";
import { recordFacts } from "~/domain/screening/recordFacts.server";
import { afterConflict } from "~/http/afterConflict";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { filled, saveEdit } from "~/http/edit.server";
import { form, giveBackToLook, NothingTyped } from "~/http/pageForm.server";
import { drawQr } from "~/http/qr.server";
import { staff } from "~/http/who.server";
import { day, moment } from "~/i18n/format";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "~/ui/primitives/Button";
import { Notice, Page, Section } from "~/ui/primitives/Page";
import { PhoneLine } from "~/ui/primitives/PhoneLine";
import { PrintButton } from "~/ui/primitives/PrintButton";
import { FactsForm } from "~/ui/sheet/FactsForm";
import { OpenFirst } from "~/ui/sheet/OpenFirst";
import { SheetParts } from "~/ui/sheet/SheetParts";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { useRoot } from "~/ui/shell/useRoot";
import { QrCode } from "~/ui/store/QrCode";

export const handle: PageHandle = { title: "sheet.title" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const sheet = await householdSheet(ctx, args.params["id"] ?? "");
    const codes = sheet.opened ? sheet.likely.map((result) => result.item.code).slice(0, 12) : [];
    const link = ctx.publicUrl + paths(ctx.locale).lists({ only: codes.join(".") });
    const form = sheet.opened ? filled(sheet.facts.stored) : undefined;
    return {
      sheet,
      form,
      qr: codes.length > 0 ? drawQr(link) : undefined,
      messages: messagesFor(ctx.locale, ["sheet", "finder", "facts", "lists", "push", "households"]),
    };
  });

export const shouldRevalidate = afterConflict;

export const action = (args: RouteArgs) => {
  const householdId = args.params["id"] ?? "";
  return act(args, staff, {
    default: form(FactsInput, (ctx, input, typed) =>
      saveEdit(
        typed,
        input,
        { save: (said) => recordFacts(ctx, householdId, said), stored: () => storedSheet(ctx, householdId) },
        () => doneAt(paths(ctx.locale).sheet(householdId), "done.factsKept"),
      ),
    ),
    // What was typed before the record was open is not read yet: it comes back as it was.
    open: form(NothingTyped, async (ctx, _nothing, { intent: _pressed, ...typed }) => {
      await openRecord(ctx, { householdId, reason: "entitlements" });
      if (Object.keys(typed).length > 0) return giveBackToLook(typed);
      return doneAt(paths(ctx.locale).sheet(householdId), "done.recordOpened");
    }),
  });
};

export default function Sheet() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const phone = useRoot()?.place.phoneLine ?? "";
  const { sheet, form, qr } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  return (
    <Page
      title={t("sheet.title")}
      lead={`${t("sheet.household")} ${sheet.household.code}`}
      actions={sheet.opened ? <PrintButton /> : undefined}
    >
      {sheet.opened ? (
        <>
          <p className="no-print text-2 text-muted">
            {t("households.until", { time: moment(locale, sheet.opened.until) })}
          </p>
          {sheet.facts.stale ? <Notice tone="wait">{t("sheet.stale")}</Notice> : null}
          <SheetParts sheet={sheet} />
          {qr ? (
            <div className="mt-8 flex flex-wrap items-center gap-5">
              <QrCode drawing={qr} label={t("sheet.qr")} />
              <div className="min-w-0 flex-1">
                <p>{t("sheet.qr")}</p>
                <PhoneLine phone={phone} />
              </div>
            </div>
          ) : null}
          <div className="no-print">
            <Section title={t("sheet.factsTitle")}>
              <p className="mb-1 text-muted">{t("sheet.factsLead")}</p>
              <p className="mb-4 text-2 text-muted">
                {t(`sheet.factsFrom_${sheet.facts.origin}`, { day: day(locale, sheet.facts.recordedAt) })}
              </p>
              {form ? <FactsForm sheet={sheet} filled={form} reply={reply} /> : null}
            </Section>
          </div>
        </>
      ) : (
        <OpenFirst reply={reply} />
      )}
      <p className="no-print mt-8">
        <LinkButton look="quiet" to={at.household(sheet.household.id)}>
          {t("push.openFirst")}
        </LinkButton>
      </p>
    </Page>
  );
}
