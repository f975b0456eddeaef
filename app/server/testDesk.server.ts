/**
 * Hands requests under /test-desk/ to the local Stripe test desk, so that a phone in the same network reaches
 * its payment page under the portal's own address. Present only when STRIPE_EMULATOR_URL is set.
 */
export function proxyToTestDesk(deskUrl: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const body = request.method === "GET" || request.method === "HEAD" ? null : await request.text();
    const answer = await fetch(new URL(url.pathname + url.search, deskUrl), {
      method: request.method,
      headers: {
        "content-type": request.headers.get("content-type") ?? "text/plain",
        "accept-language": request.headers.get("accept-language") ?? "zh-CN",
      },
      body,
      redirect: "manual",
    });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  };
}
