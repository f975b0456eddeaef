export const intake = {
  atLeastOneLine: "請至少寫一樣東西。",
};
