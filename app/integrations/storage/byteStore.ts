/** Where bytes lie, under a name that is their own SHA-256. */
export type ByteStore = Readonly<{
  /** Safe to repeat, and to do twice at once: the same name always stands for the same bytes. */
  write: (sha256: string, bytes: Uint8Array) => Promise<void>;
  /** Undefined when there is nothing under that name. */
  read: (sha256: string) => Promise<Uint8Array | undefined>;
}>;

/** The same name in folder and bucket, so that moving from one to the other is a plain copy. */
export const storedPlaceOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256}`;
