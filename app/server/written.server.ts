/** The same to the built pages and to the server that hands them out. */
const WRITTEN = Symbol.for("hongxin.written");

/** An answer with this page, for `writtenBytes` to find beside its body, where it would be a stream. */
export const writtenPage = (html: string, init: ResponseInit): Response =>
  Object.assign(new Response(html, init), { [WRITTEN]: html });

/** The bytes of an answer, which is read by nobody else then; undefined where it has no body. */
export async function writtenBytes(response: Response): Promise<Buffer<ArrayBuffer> | undefined> {
  const html: unknown = Reflect.get(response, WRITTEN);
  if (typeof html === "string") return Buffer.from(html);
  return response.body === null ? undefined : Buffer.from(await response.arrayBuffer());
}
