export const demo = {
  mailTitle: "演示信箱",
  mailLeadTo: "演示系统不向外发信。寄到 {email} 的注册信在这里。",
  open: "打开演示信箱",
  mailLead: "演示系统不向外发信，写给您的信都在这里。",
};
