import { Link } from "@remix-run/react";
import { ruleWords } from "~/domain/rules/ruleWords";
import type { householdSheet } from "~/domain/screening/queries.server";
import { aside, count, day, list } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { AmountWorking } from "../finder/AmountWorking";
import { LinkButton } from "../primitives/Button";
import { Card, EmptyState, Section, Tag } from "../primitives/Page";

type Sheet = Extract<Awaited<ReturnType<typeof householdSheet>>, { facts: unknown }>;

/** What they receive, what they miss, what to ask, and what charity gave: one sheet, also on paper. */
export function SheetParts({ sheet }: { sheet: Sheet }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const lang = langOfWords(locale);
  const say = { t, locale, parameters: sheet.parameters };
  return (
    <>
      <Section title={t("sheet.gap") + aside(locale, count(locale, sheet.likely.length))}>
        {sheet.likely.length === 0 ? <EmptyState title={t("sheet.gapNone")} /> : null}
        <ul className="grid gap-3">
          {sheet.likely.map(({ item, part, working, papers }) => (
            <li key={item.code} className="break-inside-avoid">
              <Card>
                <h3 className="text-4">
                  <Link
                    to={at.listItem(item.list, item.code)}
                    lang={locale === "en" ? "en" : lang}
                    className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
                  >
                    {item.name}
                  </Link>
                </h3>
                {part ? (
                  <p className="text-2">{t("finder.because", { what: ruleWords(part, say) })}</p>
                ) : null}
                {working ? <AmountWorking working={working} /> : null}
                {papers.length > 0 ? (
                  <p className="mt-1 text-2" lang={lang}>
                    {t("sheet.papers", { what: list("zh-Hans", papers) })}
                  </p>
                ) : null}
                {sheet.mayRefer ? (
                  <p className="no-print mt-2">
                    <LinkButton
                      look="secondary"
                      to={at.newReferral({ household: sheet.household.id, item: item.code })}
                    >
                      {t("sheet.refer")}
                      <span className="sr-only" lang={locale === "en" ? "en" : lang}>
                        {item.name}
                      </span>
                    </LinkButton>
                  </p>
                ) : null}
              </Card>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("sheet.receives")}>
        {sheet.received.length + sheet.granted.length === 0 ? (
          <EmptyState title={t("sheet.receivesNone")} />
        ) : null}
        <ul className="list-disc pl-6" lang={lang}>
          {sheet.received.map((item) => (
            <li key={item.code}>{item.name}</li>
          ))}
          {sheet.granted.map((item) => (
            <li key={item.code}>
              {item.name}
              <span lang={locale} className="text-2 text-muted">
                {t("sheet.byRecognition")}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("sheet.charity")}>
        {sheet.gave.length === 0 ? <EmptyState title={t("sheet.charityNone")} /> : null}
        <ul className="list-disc pl-6" lang="zh-Hans">
          {sheet.gave.map((line) => (
            <li key={line.lineId}>
              {t("sheet.charityRow", {
                item: line.item,
                quantity: count(locale, line.quantity),
                day: day(locale, line.at),
              })}
            </li>
          ))}
        </ul>
      </Section>
      <details className="no-print mt-8 rounded-lg border-(length:--border) border-line bg-surface">
        <summary className="flex min-h-tap cursor-pointer items-center px-4 font-semibold">
          {t("sheet.maybe") + aside(locale, count(locale, sheet.maybe.length))}
        </summary>
        <ul className="grid gap-3 p-4">
          {sheet.maybe.map(({ item, part }) => (
            <li key={item.code}>
              <span lang={lang} className="font-semibold">
                {item.name}
              </span>
              {part ? (
                <span className="block text-2 text-muted">
                  {t("sheet.toAsk", { what: ruleWords(part, say) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
      {sheet.told.length > 0 ? (
        <Section title={t("sheet.told")}>
          <ul className="grid gap-2">
            {sheet.told.map((push) => (
              <li key={push.id} className="flex flex-wrap items-center gap-2">
                <span lang={lang}>{push.name}</span>
                <Tag tone={push.state === "interested" ? "done" : "info"}>
                  {t(`push.state_${push.state}`)}
                </Tag>
                <span className="text-2 text-muted">{day(locale, push.at)}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}
