export const work = {
  field: "我的登记",
  review: "审核与发布",
  point: "服务点",
  deliver: "我来送",
  deliveries: "配送",
  services: "上门服务",
  matching: "物资匹配",
  feedback: "回访审核",
  finance: "财务",
  moneyBook: "资金账",
  goodsBook: "物资账",
  audit: "查阅记录",
};
