import type { ComponentProps } from "react";
import { ownOf } from "~/domain/kernel/own";
import type { householdPage } from "~/domain/requests/householdPage.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { LinkButton } from "../primitives/Button";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Page } from "../primitives/Page";
import { replyTo } from "../primitives/replyTo";
import { AskForm } from "./AskForm";
import { Erased, ErasePart } from "./ErasePart";
import { HouseholdFacts } from "./HouseholdFacts";
import { OpenedRecord, OpenRecordForm } from "./RecordPart";
import { Requests } from "./Requests";

type Household = Awaited<ReturnType<typeof householdPage>> &
  Readonly<{
    /** The record's form, for those who may correct it. */
    correction: ComponentProps<typeof OpenedRecord>["correction"];
    /** Where in the list of requests its reader goes back to. */
    place: Readonly<{ town: string | undefined; after: string | undefined }>;
    now: string;
    answerDays: number;
    requestKey: string;
    momentKey: string;
  }>;

/** A household as each of the staff may see it: what is known of it, its record, what it asked for. */
export function WholeHousehold({ page, reply }: Readonly<{ page: Household; reply: Reply | undefined }>) {
  const t = useT();
  const at = paths(useLocale());
  const { household, opened, correction, needs, consents, requests, erased, may, now } = page;
  const replyFor = (intent: string) => replyTo(reply, "intent", intent);
  const isStaff = may.seeNeeds;
  // What no form of the page shows is said above them all.
  const shown: Readonly<Record<string, boolean>> = {
    request: may.ask,
    erase: may.erase,
    close: may.close && requests.some(({ id }) => id === reply?.values["requestId"]),
    correct: (opened !== undefined && correction !== undefined) || may.open,
  };
  const intent = reply?.values["intent"];
  const isShown = intent === undefined ? may.open && !opened : (ownOf(shown, String(intent)) ?? false);
  return (
    <Page
      title={t("households.recordTitle", { code: household.code })}
      crumbs={
        may.ask || may.close || may.erase
          ? [{ label: t("households.findTitle"), to: at.requests(page.place) }]
          : []
      }
    >
      {isShown ? null : <FormErrors reply={reply} />}
      {erased ? (
        <div className="mb-6">
          <Erased erased={erased} />
        </div>
      ) : null}
      {isStaff || may.erase || needs.length + consents.length > 0 ? (
        <div className="mb-6">
          <HouseholdFacts
            household={household}
            needs={needs}
            consents={consents}
            toNeed={isStaff ? at.fieldWish : undefined}
          />
        </div>
      ) : null}
      {isStaff && !household.erasedAt ? (
        <p className="mb-6 flex flex-wrap gap-3">
          {household.kind === "household" ? (
            <LinkButton look="secondary" to={at.sheet(household.id)}>
              {t("sheet.title")}
            </LinkButton>
          ) : null}
          {may.ask ? (
            <LinkButton look="secondary" to={at.newWish(household.id)}>
              {t("intake.anotherWish")}
            </LinkButton>
          ) : null}
        </p>
      ) : null}
      {opened ? <OpenedRecord opened={opened} correction={correction} reply={replyFor("correct")} /> : null}
      {may.open && !opened ? (
        <OpenRecordForm reply={intent === undefined ? reply : replyFor("correct")} />
      ) : null}
      {isStaff || may.erase ? (
        <Requests
          requests={requests}
          mayClose={may.close}
          toNeed={isStaff ? at.fieldWish : undefined}
          correcting={{ now, requestKey: page.momentKey, reply }}
          replyTo={(requestId) => replyTo(replyFor("close"), "requestId", requestId)}
        />
      ) : null}
      {may.ask ? (
        <AskForm
          key={requests.length}
          answerDays={page.answerDays}
          wishes={page.openWishes}
          now={now}
          requestKey={page.requestKey}
          reply={replyFor("request")}
        />
      ) : null}
      {may.erase ? (
        <ErasePart code={household.code} inTheWay={page.inTheWay} reply={replyFor("erase")} />
      ) : null}
    </Page>
  );
}
