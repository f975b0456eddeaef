import { useT } from "~/i18n/useT";
import { type Three, ThreeNumbers } from "../primitives/Numbers";
import { UnitDots } from "../primitives/UnitDots";
import { dotsOf } from "../primitives/unitWords";

/** How far the things of a wish have come: where each unit is, and the three numbers that are told apart. */
export function WishNumbers({ numbers, unit }: Readonly<{ numbers: Three; unit: string | undefined }>) {
  const t = useT();
  if (unit === undefined) return <p className="text-muted">{t("wishes.onlyMoney")}</p>;
  return (
    <div className="grid gap-5">
      <UnitDots units={dotsOf(numbers)} unit={unit} />
      <ThreeNumbers numbers={numbers} unit={unit} />
    </div>
  );
}
