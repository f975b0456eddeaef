import { Converter } from "opencc-js";

const fromHongKong = Converter({ from: "hk", to: "cn" });
const fromTaiwan = Converter({ from: "tw", to: "cn" });

/**
 * Traditional characters, as written in Hong Kong, Macau or Taiwan, as simplified ones. Only to compare: a
 * name is shown as it was written.
 */
export const simplified = (text: string): string => fromTaiwan(fromHongKong(text));
