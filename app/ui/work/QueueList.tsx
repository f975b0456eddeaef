import type { QueueName } from "~/domain/workday/queueNames";
import { daysSince } from "~/i18n/format";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { Role } from "~db/schema/identity";
import { Link } from "../primitives/Link";
import { EmptyState, Section } from "../primitives/Page";
import { workLinks } from "../shell/workLinks";

type At = ReturnType<typeof paths>;
const WAY: Readonly<Record<QueueName, (at: At) => string>> = {
  carry: (at) => at.deliver(),
  callBacks: (at) => at.callBacks(),
  calls: (at) => at.calls(),
  requests: (at) => at.requests(),
  verify: (at) => at.review(),
  publish: (at) => at.review(),
  offers: (at) => at.matching(),
  proposals: (at) => at.matching(),
  feedback: (at) => at.feedback(),
  inspect: (at) => at.point(),
};

type Props = Readonly<{
  queues: readonly Readonly<{ name: QueueName; waiting: number; oldest: Date | null }>[];
  most: number;
  now: Date;
  roles: readonly Role[];
}>;

const TILE =
  "relative flex h-full min-h-24 flex-col justify-between gap-2 rounded-lg border-(length:--border) border-line-strong bg-surface p-4 hover:border-brand";

/** What waits for its reader, oldest first; below it the rooms of their roles. */
export function QueueList({ queues, most, now, roles }: Props) {
  const t = useT();
  const locale = useLocale();
  const at = paths(locale);
  const waiting = queues.filter((queue) => queue.waiting > 0);
  const done = queues.filter((queue) => queue.waiting === 0);
  const rooms = workLinks(roles, locale).filter(({ to }) => to !== at.work());
  return (
    <>
      <Section title={t("day.mine")}>
        {waiting.length === 0 ? <EmptyState title={t("day.nothing")} /> : null}
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 elder:grid-cols-1">
          {waiting.map(({ name, waiting: n, oldest }) => (
            <li key={name}>
              <div className={TILE}>
                <Link to={WAY[name](at)} className="text-4 font-semibold after:absolute after:inset-0">
                  {t(`day.queue_${name}`)}
                </Link>
                <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                  <span className="tabular text-6 font-bold text-brand">
                    {n < most ? n : t("day.andMore", { n: most })}
                  </span>
                  {oldest ? (
                    <span className="text-2 text-muted">
                      {daysSince(oldest, now) === 0
                        ? t("day.sinceToday")
                        : t("day.oldest", { n: daysSince(oldest, now) })}
                    </span>
                  ) : null}
                </p>
              </div>
            </li>
          ))}
        </ul>
        {done.length > 0 ? (
          <p className="mt-3 text-2 text-muted">
            {t("day.empty", { what: done.map(({ name }) => t(`day.queue_${name}`)).join(t("day.comma")) })}
          </p>
        ) : null}
      </Section>
      <Section title={t("day.rooms")}>
        <ul className="grid gap-2 sm:grid-cols-3 lg:grid-cols-4 elder:grid-cols-1">
          {rooms.map((room) => (
            <li key={room.to}>
              <Link
                to={room.to}
                className="flex min-h-tap items-center rounded-md border-(length:--border) border-line bg-surface px-4 hover:border-brand"
              >
                {t(room.label)}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
