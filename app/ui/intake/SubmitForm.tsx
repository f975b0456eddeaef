import { Form } from "@remix-run/react";
import type { ComponentProps } from "react";
import { NEEDED_SCOPES } from "~/domain/needs/neededScopes";
import type { staffNeed } from "~/domain/needs/staffQueries.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Button, LinkButton } from "../primitives/Button";
import { CheckField, ChoiceField, type Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Section } from "../primitives/Page";
import { ConsentFields } from "./ConsentFields";
import { EntitlementGap } from "./EntitlementGap";
import { OverCapReason } from "./OverCapReason";
import { PossibleDuplicates } from "./PossibleDuplicates";

type Draft = Pick<
  Awaited<ReturnType<typeof staffNeed>>,
  "need" | "household" | "consents" | "cap" | "entitlements"
> &
  Pick<ComponentProps<typeof PossibleDuplicates>, "duplicates"> &
  Pick<ComponentProps<typeof EntitlementGap>, "gap">;

/**
 * What stands between a draft and whoever reads it next: duplicates judged, entitlements looked at, consents
 * given.
 */
export function SubmitForm({ page, reply }: Readonly<{ page: Draft; reply: Reply | undefined }>) {
  const t = useT();
  const at = paths(useLocale());
  const missesConsents = !NEEDED_SCOPES.every((scope) => page.consents.includes(scope));
  return (
    <Section title={t("intake.submitTitle")}>
      <Form method="post" className="grid gap-4">
        <FormErrors reply={reply} />
        {page.duplicates.length > 0 ? (
          <>
            <PossibleDuplicates
              title={t("intake.duplicatesTitle")}
              duplicates={page.duplicates}
              see={at.fieldWish}
            />
            <ChoiceField
              name="judged"
              label={t("intake.judged")}
              options={[{ value: "different", label: t("intake.judgedDifferent") }]}
              reply={reply}
            />
          </>
        ) : null}
        {page.gap.length > 0 && page.household ? (
          <EntitlementGap gap={page.gap} householdId={page.household.id} reply={reply} />
        ) : null}
        {page.cap?.over && page.need.overCapReason === null ? <OverCapReason reply={reply} /> : null}
        {missesConsents ? (
          <ConsentFields
            held={page.consents}
            optional={false}
            isMore={page.consents.length > 0}
            reply={reply}
          />
        ) : null}
        {page.entitlements ? null : (
          <CheckField
            name="entitlementsChecked"
            label={t("intake.entitlementsChecked")}
            hint={t("intake.entitlementsHint")}
            reply={reply}
          />
        )}
        <div className="flex flex-wrap gap-3">
          <Button>{t("intake.submit")}</Button>
          <LinkButton look="secondary" to={at.editWish(page.need.id)}>
            {t("intake.editWish")}
          </LinkButton>
        </div>
      </Form>
    </Section>
  );
}
