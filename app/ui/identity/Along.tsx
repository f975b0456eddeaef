import type { Reply } from "../primitives/Field";

type Facts<Form> = Readonly<{ back: string; kept: Form | "lost" | undefined }>;

/**
 * What travels with a form that asks who somebody is: where it leads back to, and what was typed before,
 * sealed; from the page, or from its last answer.
 */
export function alongOf<Form extends Readonly<{ sealed: string }>>(
  { back, kept }: Facts<Form>,
  reply: Reply | undefined,
) {
  const typed = (name: string): string | undefined => {
    const value = reply?.values[name];
    return typeof value === "string" ? value : undefined;
  };

  const form = typeof kept === "object" ? kept : undefined;
  return { form, back: typed("back") ?? back, sealed: form?.sealed ?? typed("kept") };
}

/** The fields in which it travels. */
export const Along = ({ back, sealed }: { back: string; sealed: string | undefined }) => (
  <>
    <input type="hidden" name="back" value={back} />
    {sealed === undefined ? null : <input type="hidden" name="kept" value={sealed} />}
  </>
);
