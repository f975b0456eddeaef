import "../../../app/http/page";
export const d = 1;
