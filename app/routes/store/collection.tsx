import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { recordCollectionOutcome } from "~/domain/giving/collecting/changeCollection.server";
import { collectionAtPoint } from "~/domain/giving/collecting/queries.server";
import { CollectionOutcomeInput } from "~/domain/giving/schemas";
import { act, load } from "~/http/answer.server";
import type { RouteArgs } from "~/http/context.server";
import { doneAt } from "~/http/done.server";
import { idFrom } from "~/http/ids.server";
import { form } from "~/http/pageForm.server";
import { asOneOf } from "~/http/who.server";
import { calendarDay } from "~/i18n/format";
import { langOfWords, nameIn } from "~/i18n/locales";
import { messagesFor } from "~/i18n/messages.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button } from "~/ui/primitives/Button";
import { ChoiceField } from "~/ui/primitives/Field";
import { FormErrors } from "~/ui/primitives/FormParts";
import { Card, Notice, Page, Section } from "~/ui/primitives/Page";
import type { PageHandle } from "~/ui/shell/pageHandle";
import { thing } from "~/ui/store/things";

export const handle: PageHandle = { title: "store.collectionTitle" };

export const loader = (args: RouteArgs) =>
  load(args, async (ctx) =>
    data(
      {
        collection: await collectionAtPoint(ctx, idFrom(args, "id")),
        messages: messagesFor(ctx.locale, ["store", "gifts"]),
      },
      { headers: { "Cache-Control": "private, no-store" } },
    ),
  );

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders;

export const action = (args: RouteArgs) =>
  act(args, asOneOf("storekeeper", "operator"), {
    default: form(CollectionOutcomeInput, async (ctx, input) => {
      const { pointId, giftCode } = await recordCollectionOutcome(ctx, idFrom(args, "id"), input);
      const at = paths(ctx.locale);
      // What was collected is counted next.
      return input.outcome === "collected"
        ? redirect(at.receive(pointId, giftCode))
        : doneAt(at.point(pointId), "done.collectionNoted");
    }),
  });

export default function Collection() {
  const t = useT();
  const locale = useLocale();
  const { collection } = useLoaderData<typeof loader>();
  const reply = useActionData<typeof action>()?.reply;
  const { point, where, things } = collection;
  return (
    <Page
      title={`${calendarDay(locale, collection.day)} ${t(`gifts.part_${collection.part}`)}`}
      lead={t("store.collectionDonor", {
        donor: collection.donorName ?? t("gifts.kindPerson"),
        code: collection.giftCode,
      })}
      crumbs={[{ label: nameIn(locale, point), to: paths(locale).point(point.id) }]}
    >
      <FormErrors reply={reply} />
      <Section title={t("store.collectionThings")}>
        <Card>
          <ul className="grid list-disc gap-1 pl-5" lang={langOfWords(locale)}>
            {things.map((one) => (
              <li key={one.itemHans + one.unit.code}>{thing(locale, one, one.quantity)}</li>
            ))}
          </ul>
        </Card>
      </Section>
      {where ? (
        <>
          <Section title={t("store.collectionWhere")}>
            <p className="text-4" lang="zh-Hans">
              {where.address}
            </p>
            <p>
              <a
                href={`tel:${where.phone}`}
                className="inline-flex min-h-tap items-center text-4 font-semibold text-brand underline"
              >
                {where.phone}
              </a>
            </p>
          </Section>
          <Form method="post" className="mt-8 grid gap-4">
            <ChoiceField
              name="outcome"
              label={t("store.collectionOutcome")}
              reply={reply}
              options={[
                { value: "collected", label: t("store.outcome_collected") },
                ...(collection.state === "asked"
                  ? [
                      { value: "not_home", label: t("gifts.outcome_not_home") },
                      { value: "cannot_come", label: t("store.outcome_cannot_come") },
                    ]
                  : []),
                { value: "brought", label: t("store.outcome_brought") },
              ]}
            />
            <Button wide>{t("store.collectionSave")}</Button>
          </Form>
        </>
      ) : (
        <div className="mt-6">
          <Notice>{t("store.collectionEnded")}</Notice>
        </div>
      )}
    </Page>
  );
}
