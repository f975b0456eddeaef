/** With what each sealed value of a call-back is authenticated. */
export const askedPlace = (id: string): string => `call_back.asked:${id}`;
export const saidPlace = (id: string): string => `call_back.said:${id}`;
