export const work = {
  field: "我的登記",
  review: "審核與發佈",
  point: "服務點",
  deliver: "我來送",
  deliveries: "配送",
  services: "上門服務",
  matching: "物資匹配",
  feedback: "回訪審核",
  finance: "財務",
  moneyBook: "資金賬",
  goodsBook: "物資賬",
  audit: "查閲記錄",
};
