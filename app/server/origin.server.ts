const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that changes something comes from another site. Remix checks only documents; this covers
 * every route. Webhooks are signed instead. Over plain http (a demo, also from a phone in the same network)
 * the address people type is the only one that counts, so Origin is compared with Host; over https with the
 * public address.
 */
export function refusesOrigin(request: Request, publicUrl: string): boolean {
  const url = new URL(request.url);
  if (SAFE_METHODS.has(request.method) || url.pathname.startsWith("/webhooks/")) return false;
  const origin = request.headers.get("origin");
  // A browser that was told to send no referrer names no origin with its forms either, but says that it is
  // ours.
  if (origin === null || origin === "null") return request.headers.get("sec-fetch-site") !== "same-origin";
  const expected = publicUrl.startsWith("https:")
    ? new URL(publicUrl).origin
    : `http://${request.headers.get("host") ?? ""}`;
  return origin !== expected;
}
