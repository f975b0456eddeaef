export const demo = {
  mailTitle: "演示信箱",
  mailLead: "演示系统不向外发信，写给您的信都在这里。",
};
