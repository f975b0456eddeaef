import "./a";
export const b = 1;
