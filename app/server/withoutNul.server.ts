/**
 * A rendered chunk without the zero bytes that React 18 leaves in it: it fills buffers of fixed size, and
 * where a character of several bytes no longer fits, it sends the buffer with its last bytes unwritten. HTML
 * knows no such character, so all of them go.
 */
export const withoutNul = (chunk: Uint8Array): Uint8Array =>
  chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk;
