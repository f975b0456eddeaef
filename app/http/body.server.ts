/**
 * The form that a request carries, read to so many bytes and no further.
 * @returns `too much` when it is larger, `unreadable` when it is no form at all
 */
export async function readBody(request: Request, mostBytes: number): Promise<FormData | "too much" | "unreadable"> {
  const announced = /^\d+$/.exec(request.headers.get("content-length") ?? "")?.[0];
  if (announced !== undefined && BigInt(announced) > mostBytes) return "too much";
  const bytes = await bytesUpTo(request, mostBytes);
  if (bytes === undefined) return "too much";
  const type = request.headers.get("content-type") ?? "";
  return new Response(new Blob(bytes), { headers: { "Content-Type": type } }).formData().catch(() => "unreadable" as const);
}

async function bytesUpTo({ body }: Request, most: number): Promise<Uint8Array<ArrayBuffer>[] | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>> | null)?.getReader();
  for (let read = 0; reader !== undefined;) {
    const { done, value } = await reader.read();
    if (done) break;
    read += value.byteLength;
    if (read > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return chunks;
}
