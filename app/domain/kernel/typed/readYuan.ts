import type { Fen } from "~/domain/kernel/money";
import { folded } from "./signs";

const WHOLE = /(?<whole>\d{1,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})/.source;
const AMOUNT = new RegExp(
  `^(?:¥|RMB|CNY)?\\s*${WHOLE}(?:\\.(?<point>\\d{1,2}))?\\s*(?:元|圆|圓|块|塊|yuan)?$`,
  "i",
);
const WITH_MARK = new RegExp(`^¥?\\s*${WHOLE}\\s*[元圆圓块塊]\\s*(?<point>\\d{1,2})$`);

/**
 * An amount as people type yuan, in fen. A comma stands only before three digits (`1,200`), 元 or 块 only at
 * the end or as the decimal mark (`12元50` is 12.50, and `12元5` is 12.50 too, as it is said), one point, at
 * most two places, ￥ only in front; full width is folded (`￥１，２００．５０`). Zero is an amount.
 * Undefined for everything else, and never another amount than a reader would say: `45,50`, `20,00`, `0,500`,
 * `1.200,50`, `12.345`, `.5`, `12角`, `1万`, `-5`. It never throws.
 */
export function readYuan(typed: string): Fen | undefined {
  const plain = folded(typed);
  const { whole, point } = (AMOUNT.exec(plain) ?? WITH_MARK.exec(plain))?.groups ?? {};
  if (whole === undefined) return undefined;
  return BigInt(whole.replaceAll(",", "")) * 100n + BigInt((point ?? "").padEnd(2, "0"));
}
