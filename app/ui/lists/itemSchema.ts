import type { itemPage } from "~/domain/lists/items.server";

/** The item for search engines, as schema.org's GovernmentService or Service. Never a person. */
export function itemSchema(
  { item }: Pick<Awaited<ReturnType<typeof itemPage>>, "item">,
  place: { city: string; url: string; phone: string },
): string {
  const isGovernment = item.list === "government";
  const schema = {
    "@context": "https://schema.org",
    "@type": isGovernment ? "GovernmentService" : "Service",
    name: item.name,
    identifier: item.code,
    description: item.content,
    serviceType: item.category,
    provider: { "@type": isGovernment ? "GovernmentOrganization" : "Organization", name: item.provider },
    areaServed: { "@type": "AdministrativeArea", name: place.city },
    audience: { "@type": "Audience", audienceType: item.targetGroup },
    availableChannel: {
      "@type": "ServiceChannel",
      serviceUrl: item.url ?? place.url,
      servicePhone: { "@type": "ContactPoint", telephone: item.phone ?? place.phone },
    },
  };
  // A closing tag inside a text must not end the element.
  return JSON.stringify(schema).replaceAll("<", "\\u003c");
}
