import { z } from "zod";

/** The key under which a form is sent: what is sent under it again is not done twice. */
export const RequestKey = z.uuid();
