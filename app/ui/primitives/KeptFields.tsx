import type { Reply } from "./Field";

/**
 * What was typed into another form of the page, which has to wait for this one first: goes along, seen by
 * nobody.
 */
export const KeptFields = ({ reply, but }: { reply: Reply | undefined; but: readonly string[] }) =>
  Object.entries(reply?.values ?? {})
    .filter(([name]) => !but.includes(name))
    .flatMap(([name, values]) =>
      [values]
        .flat()
        .map((value, index) => <input key={`${name} ${index}`} type="hidden" name={name} value={value} />),
    );
