/** A wish for search engines, as schema.org's page with a DonateAction. Never a person. */
export const wishSchema = ({
  title,
  code,
  url,
  point,
}: Readonly<{ title: string; code: string; url: string; point: string | undefined }>) => ({
  "@context": "https://schema.org",
  "@type": "WebPage",
  name: title,
  identifier: code,
  url,
  potentialAction: {
    "@type": "DonateAction",
    recipient: { "@type": "Organization", name: point },
    target: url,
  },
});
