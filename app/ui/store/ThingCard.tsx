import type { ReactNode } from "react";
import { colon } from "~/i18n/format";
import { langOfWords } from "~/i18n/locales";
import { useLocale, useT } from "~/i18n/useT";
import { ObjectIcon } from "~/ui/icons/ObjectIcon";
import { Card } from "~/ui/primitives/Page";

/**
 * The thing at hand, large: its drawing, its name as it was written, size and colour for those who check it.
 */
export function ThingCard({
  icon,
  name,
  details,
  children,
}: {
  icon: string | null;
  name: string;
  details?: string | undefined;
  children?: ReactNode;
}) {
  const t = useT();
  const locale = useLocale();
  const lang = langOfWords(locale);
  return (
    <Card>
      <div className="flex items-center gap-4">
        <span className="shrink-0 rounded-md bg-brand-soft p-2 text-brand">
          <ObjectIcon name={icon} className="size-14" />
        </span>
        <div className="min-w-0">
          <p lang={lang} className="text-4 font-bold">
            {name}
          </p>
          {details ? (
            <p className="text-2">
              <span className="text-muted">{t("store.details") + colon(locale)}</span>
              <span lang="zh-Hans">{details}</span>
            </p>
          ) : null}
          {children ? <div className="mt-1 text-2 text-muted">{children}</div> : null}
        </div>
      </div>
    </Card>
  );
}
