import type { MessageKey } from "~/i18n/messages";
import { useT } from "~/i18n/useT";
import type { JointDaySide, JointDayState as State } from "~db/schema/giving";
import { Tag } from "../primitives/Page";

type Shown = Readonly<{ state: State; proposedSide: JointDaySide }>;

const words = ({ state, proposedSide }: Shown, reader: JointDaySide): MessageKey => {
  if (state !== "proposed") return `jointDays.${state}`;
  if (proposedSide !== reader) return "jointDays.waitsForYou";
  return reader === "donor" ? "jointDays.waitsForPoint" : "jointDays.waitsForDonor";
};

const TONES = { proposed: "wait", agreed: "done", held: "done", cancelled: "problem" } as const;

/** How a joint day stands, and whose answer it waits for, to its reader at one of the two sides. */
export function JointDayState({ jointDay, reader }: { jointDay: Shown; reader: JointDaySide }) {
  const t = useT();
  return <Tag tone={TONES[jointDay.state]}>{t(words(jointDay, reader))}</Tag>;
}
