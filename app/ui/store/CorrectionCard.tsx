import { Form } from "@remix-run/react";
import { langOfWords, nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { AskFirst } from "~/ui/primitives/AskFirst";
import { Button } from "~/ui/primitives/Button";
import { Card } from "~/ui/primitives/Page";
import { thingName } from "./things";

type Names = Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
export type WaitingCorrection = Readonly<{
  correction: Readonly<{ id: string; was: bigint; shall: bigint; reason: string }>;
  itemHans: string | null;
  itemHant: string | null;
  offered: string | null;
  giftCode: string | null;
  point: Names;
  mine: boolean;
}>;

/** A miscount that waits for a second person; whoever found it can take it back. */
export function CorrectionCard({ row }: { row: WaitingCorrection }) {
  const t = useT();
  const locale = useLocale();
  const { correction } = row;
  return (
    <li>
      <Card>
        <p className="font-semibold" lang={langOfWords(locale)}>
          {row.itemHans === null ? row.offered : thingName(locale, row)}
        </p>
        <p>{t("store.correctionFromTo", { was: String(correction.was), shall: String(correction.shall) })}</p>
        <p className="text-2 text-muted">
          {[t(`store.correct_${correction.reason}` as MessageKey), nameIn(locale, row.point), row.giftCode]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {row.mine ? <p className="text-2 text-muted">{t("store.correctionMine")}</p> : null}
        <Form method="post" className="mt-3 flex flex-wrap gap-3">
          <input type="hidden" name="correctionId" value={correction.id} />
          {row.mine ? (
            <Button look="quiet" name="intent" value="withdrawCorrection">
              {t("store.correctionWithdraw")}
            </Button>
          ) : (
            <>
              <Button name="intent" value="approveCorrection">
                {t("store.correctionAgree")}
              </Button>
              <AskFirst
                name="intent"
                value="rejectCorrection"
                label={t("store.correctionDisagree")}
                says={t("store.correctionDisagreeSays")}
              />
            </>
          )}
        </Form>
      </Card>
    </li>
  );
}
