import { Form, useLoaderData } from "@remix-run/react";
import { pointPage } from "~/domain/delivery/pointQueries.server";
import { collectionsAt } from "~/domain/giving/collecting/queries.server";
import { jointDaysAt } from "~/domain/giving/jointDayQueries.server";
import { MOST_LISTED } from "~/domain/kernel/waiting";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { counted } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { JointDayList } from "~/ui/giving/JointDayList";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { SelectField } from "~/ui/primitives/Field";
import { EmptyState, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { CollectionList } from "~/ui/store/CollectionList";
import { DeliveryList } from "~/ui/store/DeliveryList";
import { CorrectionsToDecide, ParcelsToInspect, WishesToPack } from "~/ui/store/PointWork";

export const handle: PageHandle = { title: "store.homeTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const page = await pointPage(ctx, idInQuery(args, "at"));
    const [jointDays, collections] = await Promise.all([
      jointDaysAt(ctx, page.point.id),
      collectionsAt(ctx, page.point.id),
    ]);
    return {
      ...page,
      jointDays,
      collections,
      now: ctx.now(),
      messages: messagesFor(ctx.locale, ["store", "handover", "jointDays", "gifts"]),
    };
  });

export default function PointHome() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const {
    point,
    points,
    jointDays,
    collections,
    corrections,
    toInspect,
    toPack,
    packed,
    out,
    toTakeBack,
    now,
  } = useLoaderData<typeof loader>();
  const many = (rows: readonly unknown[]) => counted(locale, rows.length, MOST_LISTED);
  const idle =
    jointDays.length +
      collections.length +
      corrections.length +
      toInspect.length +
      toPack.length +
      packed.length +
      out.length +
      toTakeBack.length ===
    0;
  return (
    <Page title={nameIn(locale, point)} lead={t("store.homeLead")}>
      <div className="grid gap-3 sm:grid-cols-2">
        <LinkButton wide to={at.receive(point.id)}>
          {t("store.receive")}
        </LinkButton>
        <LinkButton wide look="secondary" to={at.stock(point.id)}>
          {t("store.stock")}
        </LinkButton>
      </div>
      {idle ? (
        <div className="mt-6">
          <EmptyState title={t("store.nothingToDo")}>{t("store.nothingToDoText")}</EmptyState>
        </div>
      ) : null}
      {collections.length > 0 ? (
        <Section title={`${t("store.collections")} · ${many(collections)}`}>
          <CollectionList rows={collections} />
        </Section>
      ) : null}
      {jointDays.length > 0 ? (
        <Section title={`${t("jointDays.title")} · ${many(jointDays)}`}>
          <JointDayList rows={jointDays} to={at.pointJointDay} />
        </Section>
      ) : null}
      {corrections.length > 0 ? (
        <Section title={`${t("store.corrections")} · ${many(corrections)}`}>
          <CorrectionsToDecide corrections={corrections} />
        </Section>
      ) : null}
      {toInspect.length > 0 ? (
        <Section title={`${t("store.toInspect")} · ${many(toInspect)}`}>
          <ParcelsToInspect toInspect={toInspect} />
        </Section>
      ) : null}
      {toPack.length > 0 ? (
        <Section title={`${t("store.toPack")} · ${many(toPack)}`}>
          <WishesToPack point={point} toPack={toPack} />
        </Section>
      ) : null}
      {packed.length > 0 ? (
        <Section title={`${t("store.packed")} · ${many(packed)}`}>
          <DeliveryList rows={packed} to={at.storeParcel} />
        </Section>
      ) : null}
      {toTakeBack.length > 0 ? (
        <Section title={`${t("store.toTakeBack")} · ${many(toTakeBack)}`}>
          <DeliveryList rows={toTakeBack} to={at.storeParcel} showCourier />
        </Section>
      ) : null}
      {out.length > 0 ? (
        <Section title={`${t("store.out")} · ${many(out)}`}>
          <DeliveryList rows={out} to={at.storeParcel} showCourier now={now} />
        </Section>
      ) : null}
      {points.length > 1 ? (
        <Form method="get" className="mt-10 grid gap-3">
          <SelectField
            name="at"
            label={t("store.choosePoint")}
            defaultValue={point.id}
            options={points.map((row) => ({
              value: row.point.id,
              label: `${nameIn(locale, row.point)}${row.waiting > 0 ? ` · ${counted(locale, row.waiting, MOST_LISTED)}` : ""}`,
            }))}
          />
          <Button look="secondary">{t("store.switch")}</Button>
        </Form>
      ) : null}
    </Page>
  );
}
