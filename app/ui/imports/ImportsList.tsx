import { moment } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { Section, Tag } from "../primitives/Page";
import { StaffList } from "../primitives/StaffList";

export const importTone = (state: string) =>
  state === "done" ? "done" : state === "failed" ? "problem" : state === "stopped" ? "info" : "wait";

type Shown = Readonly<{ id: string; state: string; total: number; turned: number; createdAt: Date }>;

/** The last imports that the worker writes or wrote, with how far each is. */
export function ImportsList<Import extends Shown>({
  imports,
  titleOf,
  to,
}: {
  imports: readonly Import[];
  titleOf: (one: Import) => string;
  to: (id: string) => string;
}) {
  const t = useT();
  const locale = useLocale();
  if (imports.length === 0) return null;
  return (
    <Section title={t("imports.last")}>
      <StaffList
        rows={imports.map((one) => ({
          key: one.id,
          to: to(one.id),
          title: titleOf(one),
          meta: `${moment(locale, one.createdAt)} · ${t("imports.turned", { n: one.turned, total: one.total })}`,
          tag: <Tag tone={importTone(one.state)}>{t(`imports.state_${one.state}` as MessageKey)}</Tag>,
        }))}
      />
    </Section>
  );
}
