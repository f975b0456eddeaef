import { createHash } from "node:crypto";

/** What an answer is known by: the same for the same bytes. */
export const tagOf = (content: string | Buffer): string =>
  `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`;

/** The same of what is sent in several encodings, or was made of parts that no byte of it need show. */
export const weakTagOf = (content: string | Buffer): string => `W/${tagOf(content)}`;

const strongly = (tag: string): string => tag.trim().replace(/^W\//, "");

/** Whether whoever asks says that they have what goes by this tag (RFC 9110 13.1.2: compared weakly). */
export const hasTag = (ifNoneMatch: string | null | undefined, tag: string): boolean =>
  !!ifNoneMatch && ifNoneMatch.split(",").some((known) => strongly(known) === strongly(tag));
