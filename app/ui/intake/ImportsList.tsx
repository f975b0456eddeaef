import { moment } from "~/i18n/format";
import { nameIn } from "~/i18n/locales";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Section, Tag } from "../primitives/Page";
import { StaffList } from "../primitives/StaffList";

export const importTone = (state: string) =>
  state === "done" ? "done" : state === "failed" ? "problem" : state === "stopped" ? "info" : "wait";

type Shown = Readonly<{
  id: string;
  state: string;
  total: number;
  turned: number;
  createdAt: Date;
  town: Readonly<{ nameHans: string; nameHant: string; nameEn: string }>;
}>;

/** The last imports of many wishes, with how far each is. */
export function ImportsList({ imports }: { imports: readonly Shown[] }) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  if (imports.length === 0) return null;
  return (
    <Section title={t("intake.importLast")}>
      <StaffList
        rows={imports.map((one) => ({
          key: one.id,
          to: at.importJob(one.id),
          title: nameIn(locale, one.town),
          meta: `${moment(locale, one.createdAt)} · ${t("intake.importTurned", { n: one.turned, total: one.total })}`,
          tag: <Tag tone={importTone(one.state)}>{t(`intake.importJob_${one.state}` as MessageKey)}</Tag>,
        }))}
      />
    </Section>
  );
}
