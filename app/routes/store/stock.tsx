import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { writtenOff } from "~/domain/delivery/momentsWrittenOff.server";
import { pointFor } from "~/domain/delivery/pointQueries.server";
import { WriteOffInput } from "~/domain/delivery/schemas";
import { stockPage } from "~/domain/delivery/storeQueries.server";
import { writeOff } from "~/domain/delivery/writeOff.server";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { momentIntent } from "~/http/corrections.server";
import { doneAt } from "~/http/done.server";
import { idInQuery } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { localInput } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { FormErrors, RequestKey } from "~/ui/primitives/FormParts";
import { EmptyState, Page, Section } from "~/ui/primitives/Page";
import { Pagination } from "~/ui/primitives/Pagination";
import { replyTo } from "~/ui/primitives/replyTo";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { StockRow } from "~/ui/store/StockRow";
import { WriteOffFields } from "~/ui/store/WriteOffFields";
import { WrittenOffRow } from "~/ui/store/WrittenOffRow";

export const handle: PageHandle = { title: "store.stockTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const point = await pointFor(ctx, idInQuery(args, "at"));
    const { rows, next } = await stockPage(ctx, point.id, idInQuery(args, "before"));
    const off = rows.find((row) => row.lotId === idInQuery(args, "off"));
    return {
      point,
      rows,
      off,
      writtenOff: off ? [] : await writtenOff(ctx, point.id),
      next: next && paths(ctx.locale).stock(point.id, { before: next }),
      now: localInput(ctx.now()),
      requestKey: ctx.newId(),
      momentKey: ctx.newId(),
      messages: messagesFor(ctx.locale, ["store", "moments"]),
    };
  });

export const action = (args: RouteArgs) =>
  act(args, asOneOf("storekeeper", "operator"), {
    default: form(WriteOffInput, async (ctx, input) => {
      await writeOff(ctx, input);
      return doneAt(paths(ctx.locale).stock(input.pointId), "done.stockWrittenOff");
    }),
    ...momentIntent((at) => at.stock(idInQuery(args, "at"))),
  });

export default function Stock() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const {
    point,
    rows,
    off,
    writtenOff: gone,
    next,
    now,
    requestKey,
    momentKey,
  } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const isOfARow = gone
    .flatMap(({ moments }) => moments)
    .some(({ id, step }) => replyTo(replyTo(reply, "id", id), "step", step));
  const crumbs = [
    { label: nameIn(locale, point), to: at.point(point.id) },
    ...(off ? [{ label: t("store.stockTitle"), to: at.stock(point.id) }] : []),
  ];
  if (off)
    return (
      <Page
        title={t("store.writeOffTitle", { code: off.label })}
        lead={t("store.writeOffLead")}
        crumbs={crumbs}
      >
        <Form method="post" className="grid gap-5">
          <FormErrors reply={reply} />
          <WriteOffFields row={off} pointId={point.id} now={now} reply={reply} />
          <RequestKey value={requestKey} reply={reply} />
        </Form>
      </Page>
    );
  return (
    <Page title={t("store.stockTitle")} lead={t("store.stockLead")} crumbs={crumbs}>
      {isOfARow ? null : <FormErrors reply={reply} />}
      {rows.length === 0 ? <EmptyState title={t("store.stockEmpty")} /> : null}
      <ul className="grid gap-3">
        {rows.map((row) => (
          <StockRow key={row.lotId} row={row} writeOffAt={at.stock(point.id, { off: row.lotId })} />
        ))}
      </ul>
      <Pagination next={next} />
      {gone.length === 0 ? null : (
        <Section title={t("store.goneTitle")}>
          <ul className="grid gap-3">
            {gone.map((row) => (
              <WrittenOffRow key={row.id} row={row} now={now} requestKey={momentKey} reply={reply} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
