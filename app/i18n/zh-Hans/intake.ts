export const intake = {
  atLeastOneLine: "请至少写一样东西。",
};
