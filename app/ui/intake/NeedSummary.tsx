import type { MomentCorrection } from "~/domain/kernel/moments/entries.server";
import { aside, colon, count, day, list, moment, money } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { RequestKind, RequestOutcome } from "~db/schema/requests";
import { Corrections } from "../moments/Corrections";
import { TextLink } from "../primitives/Button";
import { Card, Facts, Tag } from "../primitives/Page";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
type Props = Readonly<{
  need: Readonly<{
    code: string;
    overCapReason: string | null;
    entitlementGap: Readonly<{ reason: string }> | null;
  }>;
  /** What the household is owed and does not get, by name and code. */
  gapItems: readonly string[];
  entitlements: Readonly<{ at: Date; by: string }> | undefined;
  words: Readonly<{ title: string; story: string }> | undefined;
  lines: readonly Readonly<{
    id: string;
    kind: string;
    itemHans: string;
    details: string | undefined;
    requested: bigint;
    unitPriceFen: bigint;
    unit: Names;
  }>[];
  town: Names;
  household: Readonly<{ id: string; code: string; heads: number }> | undefined;
  /** What the recipient asked about this wish. */
  requests: readonly Readonly<{
    id: string;
    kind: RequestKind;
    state: "open" | "done";
    outcome: RequestOutcome | null;
    occurredAt: Date;
  }>[];
  organisation:
    | (Names &
        Readonly<{
          creditCode: string;
          certificateNumber: string;
          certificateFrom: Date;
          certificateTo: Date;
        }>)
    | undefined;
  consents: readonly string[];
  cap: Readonly<{ over: boolean; valueFen: bigint; capFen: bigint }> | undefined;
  steps: readonly Readonly<{ event: string; occurredAt: Date; who: string | null }>[];
  /** What was put right of its visits' moments. */
  corrections: readonly MomentCorrection[];
  /** Stands in a part of the page that has its own h2. */
  inside?: boolean;
}>;

/** A need as its town and the city see it. */
export function NeedSummary({
  need,
  gapItems,
  entitlements,
  words,
  lines,
  town,
  household,
  requests,
  organisation,
  consents,
  cap,
  steps,
  corrections,
  inside = false,
}: Props) {
  const t = useT();
  const locale = useLocale();
  const Title = inside ? "h3" : "h2";
  const visit = (...events: readonly string[]) => {
    const step = steps.findLast(({ event }) => events.includes(event));
    return step && household
      ? [moment(locale, step.occurredAt), step.who].filter(Boolean).join(" · ")
      : undefined;
  };

  const visited = visit("need.draft", "need.edit");
  const verified = visit("need.verify");
  const budgetFen = lines.reduce((total, line) => total + line.requested * line.unitPriceFen, 0n);
  return (
    <Card>
      {words ? null : <p className="text-muted">{t("review.wordsErased")}</p>}
      <div lang="zh-Hans">
        {words ? (
          <>
            <Title className="text-4">{words.title}</Title>
            <p className="mt-1 max-w-measure whitespace-pre-line">{words.story}</p>
          </>
        ) : null}
        <ul className="mt-3 list-disc pl-6">
          {lines.map((line) => (
            <li key={line.id}>
              {line.kind === "money"
                ? `${line.itemHans} · ${money(locale, line.requested)}`
                : `${line.itemHans} × ${count(locale, line.requested)} ${line.unit.nameHans} · ${money(locale, line.unitPriceFen)}`}
              {line.details ? aside(locale, line.details) : ""}
            </li>
          ))}
        </ul>
      </div>
      <div className="mt-4 border-t border-line pt-4">
        <Facts
          rows={[
            [t("wishes.code"), need.code],
            [t("wishes.town"), nameIn(locale, town)],
            ...(household
              ? ([
                  [t("review.household"), `${household.code} · ${t("review.heads", { n: household.heads })}`],
                ] as const)
              : []),
            ...(visited ? ([[t("review.visitedOn"), visited]] as const) : []),
            ...(verified ? ([[t("review.verifiedOn"), verified]] as const) : []),
            ...(organisation
              ? ([
                  [t("wishes.forOrganisation"), nameIn(locale, organisation)],
                  [t("review.creditCode"), organisation.creditCode],
                  [
                    t("review.certificate"),
                    `${organisation.certificateNumber} · ${day(locale, organisation.certificateFrom)} → ${day(locale, organisation.certificateTo)}`,
                  ],
                  [t("review.budget"), money(locale, budgetFen)],
                ] as const)
              : []),
            ...(household
              ? requests.map(
                  (request) =>
                    [
                      t("households.askedHere"),
                      <Asked key={request.id} request={request} householdId={household.id} />,
                    ] as const,
                )
              : []),
            ...(household
              ? ([
                  [
                    t("review.consents"),
                    list(
                      locale,
                      consents.map((scope) => t(`intake.scope_${scope}` as MessageKey)),
                    ) || t("common.none"),
                  ],
                ] as const)
              : []),
            ...(household
              ? ([
                  [
                    t("review.entitlements"),
                    entitlements
                      ? `${t("common.yes")} · ${entitlements.by} · ${day(locale, entitlements.at)}`
                      : t("common.no"),
                  ],
                ] as const)
              : []),
            ...(need.entitlementGap
              ? ([
                  [
                    t("review.gap"),
                    list(locale, gapItems) +
                      colon(locale) +
                      t(`intake.gap_${need.entitlementGap.reason}` as MessageKey),
                  ],
                ] as const)
              : []),
            ...(cap
              ? ([
                  [
                    t("review.cap"),
                    t(cap.over ? "review.overCap" : "review.underCap", {
                      value: money(locale, cap.valueFen),
                      cap: money(locale, cap.capFen),
                    }),
                  ],
                ] as const)
              : []),
            ...(need.overCapReason
              ? ([[t("intake.overCapReason"), t(`intake.over_${need.overCapReason}` as MessageKey)]] as const)
              : []),
          ]}
        />
        <Corrections of={corrections} />
      </div>
    </Card>
  );
}

/** One request about this wish; its words, and what is to be done, stand on the household's page. */
function Asked({ request, householdId }: { request: Props["requests"][number]; householdId: string }) {
  const t = useT();
  const locale = useLocale();
  const open = request.state === "open";
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <TextLink to={paths(locale).household(householdId)}>{t(`households.request_${request.kind}`)}</TextLink>
      <Tag tone={open ? "wait" : "done"}>
        {t(
          open
            ? "households.requestOpen"
            : request.outcome
              ? `households.outcome_${request.outcome}`
              : "households.requestDone",
        )}
      </Tag>
      <span className="text-2 text-muted">{day(locale, request.occurredAt)}</span>
    </span>
  );
}
