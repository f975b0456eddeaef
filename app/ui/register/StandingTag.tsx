import type { Standing } from "~/domain/register/states";
import { useT } from "~/i18n/useT";
import { Tag } from "../primitives/Page";

const TONES = {
  proposed: "wait",
  rejected: "problem",
  ended: "problem",
  to_come: "info",
  in_force: "done",
  lapsed: "problem",
  replaced: "info",
} as const;

/** How an entry of the register stands today. */
export function StandingTag({ standing }: { standing: Standing }) {
  const t = useT();
  return <Tag tone={TONES[standing]}>{t(`register.standing_${standing}`)}</Tag>;
}
