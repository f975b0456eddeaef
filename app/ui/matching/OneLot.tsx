import type { ComponentProps } from "react";
import { nameIn } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import type { Reply } from "../primitives/Field";
import { FormErrors } from "../primitives/FormParts";
import { Page } from "../primitives/Page";
import { Pagination } from "../primitives/Pagination";
import { LotCard } from "./LotCard";

type One = ComponentProps<typeof LotCard>["row"] & Readonly<{ next: string | undefined; back: string }>;

/** One lot by itself, with everybody it could serve, page by page. */
export function OneLot({ one, reply }: { one: One; reply: Reply | undefined }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Page
      title={t("matching.oneLot", { label: nameIn(locale, one.kind) })}
      crumbs={[{ label: t("matching.title"), to: one.back }]}
    >
      <FormErrors reply={reply} />
      <ul className="mt-4">
        <LotCard row={one} />
      </ul>
      <Pagination next={one.next} />
    </Page>
  );
}
