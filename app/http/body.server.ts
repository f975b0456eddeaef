/** What is typed on a page, whole: our longest form filled to every limit is far below. */
export const MOST_TYPED_BYTES = 256 * 1024;
/** A bound above the fields of any page: no page makes a form with more. */
const MOST_FIELDS = 2_000;
const LONGEST_NAME = 100;
/**
 * `household.person.name`, `lines[3].item`: a field of ours with at most 200 rows ([0] to [199]), no word of
 * the library that reads forms, and nothing that every object has.
 */
const NAME = /^[A-Za-z0-9][\w-]*(?:\[1?\d{1,2}\]|\.[A-Za-z0-9][\w-]*)*$/;
const ON_EVERY_OBJECT = new Set(["prototype", ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Why a body was not read: larger than was let in, of a kind that no page sends (415), or no form of ours
 * (broken, more fields or rows than any page has, names that no page gives).
 */
export type Unread = "too much" | "no form" | "unreadable";

/**
 * The form that a request carries, read to so many bytes and no further, and bounded before anything builds
 * on its names: what comes back has at most 2,000 fields, no name longer than 100 signs, no row above the
 * 200th, and none of the reading library's own controls.
 *
 * @param mostBytes of typed fields, at most MOST_TYPED_BYTES are read in any case; more only where files
 *   come along (multipart)
 */
export async function readBody(request: Request, mostBytes: number): Promise<FormData | Unread> {
  const type = request.headers.get("content-type") ?? "";
  const kind = type.split(";", 1)[0]?.trim().toLowerCase();
  if (kind !== "application/x-www-form-urlencoded" && kind !== "multipart/form-data") return "no form";
  const most = kind === "multipart/form-data" ? mostBytes : Math.min(mostBytes, MOST_TYPED_BYTES);
  const announced = /^\d+$/.exec(request.headers.get("content-length") ?? "")?.[0];
  if (announced !== undefined && BigInt(announced) > most) return "too much";
  // Of a body that says how long it is the server takes no more than that: a short one needs no stream.
  const isShort = announced !== undefined && BigInt(announced) <= MOST_TYPED_BYTES;
  const bytes = isShort ? [await request.bytes()] : await bytesUpTo(request, most);
  if (bytes === undefined) return "too much";
  const form = kind === "multipart/form-data" ? await partsOf(bytes, type) : pairsOf(bytes);
  return form && isBounded(form) ? form : "unreadable";
}

const partsOf = (bytes: Uint8Array<ArrayBuffer>[], type: string): Promise<FormData | undefined> =>
  new Response(new Blob(bytes), { headers: { "Content-Type": type } }).formData().catch(() => undefined);

/** As the platform reads it, without its streams: most of what is sent is a handful of short fields. */
function pairsOf(bytes: readonly Uint8Array[]): FormData {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(Buffer.concat(bytes).toString("utf8")))
    form.append(name, value);
  return form;
}

/** Whether its fields are as many, and called as, a page of ours could have them. */
function isBounded(form: FormData): boolean {
  let fields = 0;
  for (const name of form.keys()) {
    fields += 1;
    if (
      fields > MOST_FIELDS ||
      name.length > LONGEST_NAME ||
      !NAME.test(name) ||
      name.split(/[.[\]]+/).some((part) => ON_EVERY_OBJECT.has(part))
    )
      return false;
  }

  return true;
}

/** A body as text, for what is no form; undefined when it is larger. */
export async function readText(request: Request, mostBytes: number): Promise<string | undefined> {
  const bytes = await bytesUpTo(request, mostBytes);
  return bytes && new Response(new Blob(bytes)).text();
}

async function bytesUpTo({ body }: Request, most: number): Promise<Uint8Array<ArrayBuffer>[] | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = body?.getReader();
  for (let read = 0; reader !== undefined;) {
    const { done, value } = await reader.read();
    if (done) break;
    read += value.byteLength;
    if (read > most) {
      // The rest stays on the wire; the server takes it off once it has answered.
      reader.releaseLock();
      return undefined;
    }

    chunks.push(value);
  }

  return chunks;
}
