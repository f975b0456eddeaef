import { createHash } from "node:crypto";
import { z } from "zod";
import { OTHER_ENCODINGS, type OtherEncoding } from "~/domain/kernel/tables/decodeText";
import type { ReadTable, TableShape } from "~/domain/kernel/tables/table";
import { say } from "~/i18n/messages";
import type { AskedLetters, TableAnswer } from "~/ui/tables/tableAnswer";
import { readTableAside } from "./aside.server";

/** What a form brings of a table: the file, and whether somebody said how its letters are written. */
export const TABLE_FIELDS = {
  file: z.instanceof(File, { error: say("common.pleaseChoose") }),
  letters: z.string().max(100, say("common.tooLong")).optional(),
};

/**
 * Reads an uploaded table away from the main thread. An answer about the letters of one file counts for that
 * file alone.
 * @returns the table, or what the page says or asks instead
 */
export async function uploadedTable(
  { file, letters }: { file: File; letters?: string | undefined },
  shape: TableShape,
): Promise<Readonly<{ table: ReadTable }> | Readonly<{ shown: TableAnswer }>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const digest = createHash("sha256").update(bytes).digest("base64url");
  const reading = await readTableAside(
    { name: file.name, bytes, encoding: encodingOf(letters, digest) },
    shape,
  );
  if (reading.kind === "table") return { table: reading };
  if (reading.kind === "trouble") return { shown: { trouble: reading.trouble } };
  const asked: AskedLetters = reading.samples.map((sample) => ({
    ...sample,
    value: `${sample.encoding}:${digest}`,
  }));
  return { shown: { asked } };
}

function encodingOf(letters: string | undefined, digest: string): OtherEncoding | undefined {
  const encoding = OTHER_ENCODINGS.find((known) => known === letters?.slice(0, letters.indexOf(":")));
  return encoding !== undefined && letters === `${encoding}:${digest}` ? encoding : undefined;
}
