import type { MessageKey } from "~/i18n/messages";
import { useLocale, useT } from "~/i18n/useT";
import { paths } from "~/paths";
import type { Role } from "~db/schema/identity";
import { Link } from "../primitives/Link";
import { Card } from "../primitives/Page";

type At = ReturnType<typeof paths>;
type Task = Readonly<{ label: MessageKey; to: (at: At) => string }>;

const SAFE: Task = { label: "day.first_secondStep", to: (at) => at.mySecondStep() };
const HELP: Task = { label: "day.first_lists", to: (at) => at.helpMe() };
/** The first things to try in a role, beside a second step. */
const OF_ROLE: Partial<Readonly<Record<Role, Task>>> = {
  caseworker: { label: "day.first_visit", to: (at) => at.field() },
  town_reviewer: { label: "day.first_verify", to: (at) => at.review() },
  operator: { label: "day.first_match", to: (at) => at.matching() },
  storekeeper: { label: "day.first_inspect", to: (at) => at.point() },
  courier: { label: "day.first_carry", to: (at) => at.deliver() },
};

/** Three things to begin with; gone after the first days in a role. */
export function FirstTasks({ roles }: { roles: readonly Role[] }) {
  const t = useT();
  const at = paths(useLocale());
  const [own] = roles.flatMap((role) => OF_ROLE[role] ?? []);
  return (
    <div className="mt-6">
      <Card>
        <h2 className="text-4">{t("day.firstTitle")}</h2>
        <p className="text-2 text-muted">{t("day.firstLead")}</p>
        <ol className="mt-2 list-decimal pl-6">
          {[SAFE, own, HELP].map((task) =>
            task ? (
              <li key={task.label}>
                <Link
                  to={task.to(at)}
                  className="inline-flex min-h-tap items-center text-brand underline underline-offset-4"
                >
                  {t(task.label)}
                </Link>
              </li>
            ) : null,
          )}
        </ol>
      </Card>
    </div>
  );
}
