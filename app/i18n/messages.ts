import type { zhHans } from "./zh-Hans/catalogues";

type Catalogues = typeof zhHans;
export type Namespace = keyof Catalogues;

/** Every message of the product, as `namespace.key`: a misspelt key does not compile. */
export type MessageKey = { [N in Namespace]: `${N}.${Extract<keyof Catalogues[N], string>}` }[Namespace];

/** A translation of one namespace: exactly the keys of the Chinese original. */
export type Translation<N extends Namespace> = { readonly [K in keyof Catalogues[N]]: string };

/** The messages of some namespaces in one language, as they travel with a page. */
export type Messages = Readonly<Record<string, string>>;

/** Marks a key as a message where only its text is stored (zod messages, tables). */
export const say = (key: MessageKey): MessageKey => key;
