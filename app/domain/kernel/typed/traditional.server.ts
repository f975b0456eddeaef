import { Converter } from "opencc-js";

const toHongKong = Converter({ from: "cn", to: "hk" });

/**
 * What the converter leaves as few people write it, or takes for another word (天后 is a goddess, 籤 a lot
 * that is drawn), and the everyday words for which readers of traditional characters say something else. They
 * hold for the portal's own words and for what people wrote alike, so that one page says one thing.
 */
const WORDS: readonly (readonly [string, string])[] = [
  ["户", "戶"],
  ["説", "說"],
  ["牀", "床"],
  ["羣", "群"],
  ["衞", "衛"],
  ["卹", "恤"],
  ["週歲", "周歲"],
  ["天后", "天後"],
  ["銷燬", "銷毀"],
  ["聯系", "聯繫"],
  ["籤好", "簽好"],
  ["一起籤", "一起簽"],
  ["併發布", "並發佈"],
  ["發布", "發佈"],
  ["視頻", "視像"],
  ["信息", "資訊"],
  ["短信", "短訊"],
  ["鏈接", "連結"],
  ["“", "「"],
  ["”", "」"],
];

/**
 * Prose in traditional characters as read in Hong Kong and Macau. Never for names: 余 is a surname and not
 * 餘.
 */
export const traditional = (prose: string, keep: readonly (string | undefined)[] = []): string => {
  const names = keep.filter((name): name is string => name !== undefined && name !== "");
  // Names are set aside as private-use characters, which the converter leaves alone.
  const set = names.reduce(
    (text, name, index) => text.replaceAll(name, String.fromCharCode(0xe000 + index)),
    prose,
  );
  const words = WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), toHongKong(set));
  return names.reduce(
    (text, name, index) => text.replaceAll(String.fromCharCode(0xe000 + index), name),
    words,
  );
};
