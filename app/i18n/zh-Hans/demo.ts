export const demo = {
  mailTitle: "演示信箱",
  mailLeadTo: "演示系统不向外发信。发到 {email} 的注册信和验证码在这里。",
  textTitle: "短信",
  open: "打开演示信箱",
  mailLead: "演示系统不向外发信，写给您的信都在这里。",
};
