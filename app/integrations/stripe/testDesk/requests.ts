import type { MiddlewareHandler } from "hono";

/** A request of our Stripe client as the desk received it: everything but the key. */
export type DeskRequest = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

const KEPT = 500;

/** Writes down each request before it is answered; of very many the last ones are kept. */
export const noteRequests =
  (requests: DeskRequest[]): MiddlewareHandler =>
  async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    const { authorization: _key, ...headers } = c.req.header();
    requests.push({ method: c.req.method, path: pathname + search, headers, body: await c.req.text() });
    requests.splice(0, requests.length - KEPT);
    await next();
  };
