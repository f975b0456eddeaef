import { createContext } from "react";

/** The nonce of this response's policy; known on the server only. */
export const NonceContext = createContext<string | undefined>(undefined);
