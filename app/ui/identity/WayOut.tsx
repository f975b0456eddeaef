import { Link } from "@remix-run/react";
import type { InTheWay } from "~/domain/ending/leave.server";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import { Section } from "../primitives/Page";
import { roleKey } from "../shell/roleKey";

/** What has to end before somebody can leave, each with the way to its page. */
export function WayOut({ inTheWay }: { inTheWay: readonly InTheWay[] }) {
  const t = useT();
  const at = paths(useLocale());
  const pageOf = ({ kind, code }: InTheWay): string | undefined =>
    kind === "role" ? undefined : kind === "gift" ? at.gift(code) : at.gifts();
  return (
    <Section title={t("account.inTheWay")}>
      <ul className="grid gap-2">
        {inTheWay.map((matter) => {
          const words =
            matter.kind === "role"
              ? t("account.inTheWay_role", { role: t(roleKey(matter.code)) })
              : t(`account.inTheWay_${matter.kind}`, { code: matter.code });
          const to = pageOf(matter);
          return (
            <li key={`${matter.kind} ${matter.code}`}>
              {to === undefined ? (
                words
              ) : (
                <Link
                  to={to}
                  className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
                >
                  {words}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
