export const delivery = {
  notBelowZero: "不能小於 0。",
};
