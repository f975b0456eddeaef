import { useT } from "~/i18n/useT";
import { type Three, ThreeNumbers } from "../primitives/Numbers";
import { UnitDots } from "../primitives/UnitDots";

/** How far the things of a wish have come: where each unit is, and the three numbers that are told apart. */
export function WishNumbers({ numbers, unit }: Readonly<{ numbers: Three; unit: string | undefined }>) {
  const t = useT();
  if (unit === undefined) return <p className="text-muted">{t("wishes.onlyMoney")}</p>;
  const { claimed, received, delivered, requested } = numbers;
  const units = {
    delivered,
    atPoint: received - delivered,
    promised: claimed - received,
    waiting: requested - claimed,
  };
  return (
    <div className="grid gap-5">
      <UnitDots units={units} unit={unit} />
      <ThreeNumbers numbers={numbers} unit={unit} />
    </div>
  );
}
