import { count } from "~/i18n/format";
import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";

type Told = Readonly<{ event: string; times: number }>;

const wordsOf = (event: string): MessageKey => `open.told_${event.replace(".", "_")}` as MessageKey;

/** What had to be put right, and what was late through us, each with how often. */
export function PutRight({ corrected, late }: { corrected: readonly Told[]; late: readonly Told[] }) {
  const t = useT();
  return (
    <div className="grid gap-x-12 gap-y-6 sm:grid-cols-2 elder:grid-cols-1">
      <Kind title={t("open.corrected")} told={corrected} none={t("open.correctedNone")} />
      <Kind title={t("open.late")} told={late} none={t("open.lateNone")} />
    </div>
  );
}

function Kind({ title, told, none }: { title: string; told: readonly Told[]; none: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <div>
      <h3 className="text-4">{title}</h3>
      {told.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <dl className="mt-1">
          {told.map(({ event, times }) => (
            <div key={event} className="flex justify-between gap-4 border-b border-line py-2">
              <dt>{t(wordsOf(event))}</dt>
              <dd className="tabular shrink-0 font-semibold">
                {t("open.times", { n: count(locale, times) })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
