export const demo = {
  mailTitle: "演示信箱",
  mailLead: "演示系統不向外發信，寫給您的信都在這裏。",
};
