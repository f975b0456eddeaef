const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is written as our ids are; what is not names nothing, and is not asked of the database. */
export const isUuid = (text: string): boolean => UUID.test(text);
