import { createContext } from "react";

/**
 * What the fields of a page that came back with errors are called. The list of errors at the top of a form is
 * written before the fields themselves: the server therefore writes such a page twice, and the second time
 * the list knows what the first one collected here.
 */
export const FieldLabels = createContext<Map<string, string> | undefined>(undefined);

/** Where the list of errors at the top of a form leads to: the field itself, by its name. */
export const errorTarget = (name: string): string => `field-${name}`;
