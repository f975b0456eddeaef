type Field = Readonly<{ name: string; kind: "number" | "amount" | "day" | "moment" }>;
/**
 * One form of a page that posts: where to, its fields of numbers, amounts, days and moments, and what it
 * sends as it stands.
 */
export type PageForm = Readonly<{
  fields: readonly Field[];
  sent: Readonly<Record<string, string>>;
  intent: string;
}>;

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`, "i").exec(tag)?.[1]?.replaceAll("&quot;", '"').replaceAll("&amp;", "&");

function kindOf(tag: string): Field["kind"] | undefined {
  if (/\stype="hidden"/.test(tag)) return undefined;
  if (/\stype="date"/.test(tag)) return "day";
  if (/\stype="datetime-local"/.test(tag)) return "moment";
  if (/\s(?:inputmode="numeric"|type="number")/i.test(tag)) return "number";
  return /\sinputmode="decimal"/i.test(tag) ? "amount" : undefined;
}

function formOf(inner: string): Omit<PageForm, "intent"> {
  const fields: Field[] = [];
  const sent: Record<string, string> = {};
  for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, "name");
    if (name === undefined) continue;
    const kind = kindOf(tag);
    if (kind !== undefined) fields.push({ name, kind });
    if (!/\stype="(?:radio|checkbox)"/.test(tag) || /\schecked\b/.test(tag))
      sent[name] = attribute(tag, "value") ?? "";
  }

  for (const [, tag = "", options = ""] of inner.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? "";
    sent[attribute(tag, "name") ?? ""] = attribute(chosen, "value") ?? "";
  }

  for (const [, tag = "", text = ""] of inner.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    sent[attribute(tag, "name") ?? ""] = text;
  return { fields, sent };
}

/** The forms of a page that post, once for each of its buttons' intents. */
export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, tag = ""]) => /method="post"/i.test(tag))
    .flatMap(([, , inner = ""]) => {
      const form = formOf(inner);
      const buttons = [...inner.matchAll(/<button\b[^>]*>/g)].map(([tag]) =>
        attribute(tag, "name") === "intent" ? (attribute(tag, "value") ?? "") : "",
      );
      return [...new Set(buttons.length === 0 ? [""] : buttons)].map((intent) => ({
        ...form,
        intent: intent === "" ? (form.sent["intent"] ?? "") : intent,
      }));
    });
}

/**
 * What people and browsers send, by the kind of field it is typed into: whether it can be read. Blanks, width
 * and invisible signs never matter.
 */
export const AWKWARD: Readonly<Record<Field["kind"], Readonly<Record<string, boolean>>>> = {
  number: {
    "５": true,
    " 5 ": true,
    "5\0": true,
    "\u202d5": true,
    "0x10": false,
    "1e3": false,
    "45,50": false,
    "12元50": false,
    "20,00": false,
    "-1": false,
    "2026-02-31T10:00": false,
  },
  amount: {
    "５": true,
    " 5 ": true,
    "5\0": true,
    "\u202d5": true,
    "12元50": true,
    "0x10": false,
    "1e3": false,
    "45,50": false,
    "20,00": false,
    "-1": false,
    "0026-11-28T10:00": false,
  },
  day: {
    "２０２６-１１-２８": true,
    " 2026-11-28 ": true,
    "2026-11-28\0": true,
    "\u202d2026-11-28": true,
    "0026-11-28": false,
    "2026-02-31": false,
    "2026-13-45": false,
    "0x10": false,
    "1e3": false,
    "12元50": false,
    "-1": false,
  },
  moment: {
    "２０２６-１１-２７Ｔ１０：００": true,
    " 2026-11-27T10:00 ": true,
    "2026-11-27T10:00\0": true,
    "\u202d2026-11-27T10:00": true,
    "0026-11-28T10:00": false,
    "2026-02-31T10:00": false,
    "2026-13-45T99:99": false,
    "0x10": false,
    "1e3": false,
    "20,00": false,
    "-1": false,
  },
};
