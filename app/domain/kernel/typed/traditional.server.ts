import { Converter } from "opencc-js";

const toHongKong = Converter({ from: "cn", to: "hk" });

/** Of each character the form that most readers type, where the converter takes one that few do. */
const VARIANTS = new Map<string, string>([
  ["户", "戶"],
  ["説", "說"],
  ["閲", "閱"],
  ["悦", "悅"],
  ["脱", "脫"],
  ["税", "稅"],
  ["鋭", "銳"],
  ["蜕", "蛻"],
  ["兑", "兌"],
  ["牀", "床"],
  ["羣", "群"],
  ["衞", "衛"],
  ["卹", "恤"],
  ["啓", "啟"],
  ["卧", "臥"],
  ["温", "溫"],
  ["藴", "蘊"],
  ["醖", "醞"],
  ["麪", "麵"],
  ["枴", "拐"],
  ["賬", "帳"],
]);
const VARIANT = new RegExp(`[${[...VARIANTS.keys()].join("")}]`, "g");

/**
 * What the converter takes for another word (天后 is a goddess, 籤 a lot that is drawn), and the everyday
 * words for which readers of traditional characters say something else. They hold for the portal's own words
 * and for what people wrote alike, so that one page says one thing.
 */
const WORDS: readonly (readonly [string, string])[] = [
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
  ["質量", "品質"],
  ["屏幕", "螢幕"],
  ["登錄", "登入"],
  ["打印", "列印"],
  ["志願者", "義工"],
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
  const typed = toHongKong(set).replace(VARIANT, (variant) => VARIANTS.get(variant) ?? variant);
  const words = WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), typed);
  return names.reduce(
    (text, name, index) => text.replaceAll(String.fromCharCode(0xe000 + index), name),
    words,
  );
};
