/** In a page's data: something in its address could not be read. */
export const UNREAD = "addressUnread";
