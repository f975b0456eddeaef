import type { listItems } from "~db/schema/directory";

/**
 * An item's texts as its form shows them; a traditional name that is made from the other is left empty, so
 * that it follows.
 */
export function itemFormValues(
  item: typeof listItems.$inferSelect,
  hantIsMade: boolean,
): Readonly<Record<string, string | readonly string[]>> {
  return {
    category: item.category,
    name: item.name,
    nameHant: hantIsMade ? "" : item.nameHant,
    nameEn: item.nameEn === item.name ? "" : item.nameEn,
    targetGroup: item.targetGroup,
    content: item.content,
    standard: item.standard ?? "",
    provider: item.provider,
    situations: item.situations,
    audiences: item.audiences,
    townCodes: item.townCodes,
    howToApply: item.howToApply ?? "",
    papers: item.papers.join("\n"),
    place: item.place ?? "",
    phone: item.phone ?? "",
    hours: item.hours ?? "",
    url: item.url ?? "",
    ownerId: item.ownerId ?? "",
  };
}
