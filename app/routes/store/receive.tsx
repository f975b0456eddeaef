import { Form, useLoaderData } from "@remix-run/react";
import { lookUp } from "~/domain/delivery/lookUpQueries.server";
import { pointFor } from "~/domain/delivery/pointQueries.server";
import { LENGTHS } from "~/domain/kernel/typed/lengths";
import { load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { idInQuery } from "~/http/ids.server";
import { searchOf } from "~/http/query.server";
import { nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "~/ui/primitives/Button";
import { TextField } from "~/ui/primitives/Field";
import { EmptyState, Notice, Page } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { ExpectedCard } from "~/ui/store/ExpectedCard";
import { ThingCard } from "~/ui/store/ThingCard";
import { unitName } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.receiveTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) => {
    const point = await pointFor(ctx, idInQuery(args, "at"));
    const code = searchOf(args.request).get("code") ?? "";
    const found = code === "" ? undefined : await lookUp(ctx, point.id, code);
    return { point, code, found, messages: messagesFor(ctx.locale, ["store"]) };
  });

export default function Receive() {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const { point, code, found } = useLoaderData<typeof loader>();
  return (
    <Page
      title={t("store.receiveTitle")}
      lead={t("store.receiveLead")}
      crumbs={[{ label: nameIn(locale, point), to: at.point(point.id) }]}
    >
      <Form method="get" role="search" className="grid gap-3">
        <input type="hidden" name="at" value={point.id} />
        <TextField
          name="code"
          maxLength={LENGTHS.words}
          label={t("store.code")}
          defaultValue={code}
          autoComplete="off"
          required
        />
        <Button wide>{t("store.find")}</Button>
      </Form>
      {found ? (
        <div className="mt-8" aria-live="polite">
          {found.elsewhere.map((other) => (
            <Notice key={other.id} tone="wait">
              {t("store.acceptedElsewhere", { point: nameIn(locale, other) })}
            </Notice>
          ))}
          {found.expected.length + found.offered.length + found.elsewhere.length === 0 ? (
            <EmptyState title={t("store.notFound")}>{t("store.notFoundText")}</EmptyState>
          ) : null}
          <ul className="grid gap-6">
            {found.expected.map((row) => (
              <ExpectedCard key={`${row.pledge.id} ${row.purchase?.id ?? ""}`} row={row} pointId={point.id} />
            ))}
            {found.offered.map((row) => (
              <li key={row.offer.id} className="grid gap-3">
                <ThingCard icon={row.icon} name={row.offer.description}>
                  {t("store.claimedUnits", {
                    n: String(row.offer.quantity),
                    unit: unitName(locale, row.unit, row.offer.quantity),
                  })}{" "}
                  · {row.offer.code}
                  {row.offer.arrived > 0n
                    ? ` · ${t("store.leftUnits", { n: String(row.offer.quantity - row.offer.arrived), unit: unitName(locale, row.unit, row.offer.quantity - row.offer.arrived) })}`
                    : null}
                </ThingCard>
                <LinkButton wide to={at.countOffer(point.id, row.offer.id)}>
                  {t("store.takeThis")}
                </LinkButton>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Page>
  );
}
