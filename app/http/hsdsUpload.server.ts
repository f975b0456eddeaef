import { z } from "zod";
import { RequestKey } from "~/domain/kernel/requestKey";
import { say } from "~/i18n/messages";

/** What the form of an import brings. */
export const HsdsUpload = z.object({
  files: z
    .array(z.instanceof(File, { error: say("common.pleaseChoose") }))
    .min(1, say("common.pleaseChoose"))
    .max(100, say("common.tooMuch")),
  list: z.enum(["government", "social"], say("common.pleaseChoose")),
  publish: z.enum(["yes"]).optional(),
  seen: z.string().optional(),
  write: z.enum(["yes"]).optional(),
  requestKey: RequestKey.optional(),
});

/** The files with their bytes. */
export const bytesOf = (files: readonly File[]) =>
  Promise.all(
    files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
