import { aForeignService } from "../factories/hsds";

const WHO = [
  "独居老人",
  "高龄老人",
  "失能老人",
  "残疾人",
  "残疾儿童",
  "困境儿童",
  "留守儿童",
  "低保家庭",
  "单亲家庭",
  "重病患者",
  "退役军人",
  "流动妇女",
] as const;
const WHAT = [
  "助餐",
  "助浴",
  "康复训练",
  "居家护理",
  "心理辅导",
  "课后托管",
  "法律咨询",
  "就业指导",
  "辅助器具租借",
  "家居改造",
  "探访关爱",
  "节日慰问",
  "陪同就医",
] as const;
const WHERE = ["东城", "西城", "南湾", "北岭", "河口", "山前", "新桥", "古渡"] as const;

/** One of many services, each with a name of its own and texts of usual length. */
export function aService(index: number) {
  const who = WHO[index % WHO.length] ?? "";
  const what = WHAT[Math.floor(index / WHO.length) % WHAT.length] ?? "";
  const where = WHERE[Math.floor(index / (WHO.length * WHAT.length)) % WHERE.length] ?? "";
  const name = `${where}${who}${what}第 ${index + 1} 站`;
  const description = `为${where}片区的${who}提供${what}，由社工先上门了解需要，再商定服务的次数和时间。${"每次服务后都有记录，家属可以查看。".repeat(3)}`;
  return aForeignService(name, {
    description,
    eligibility_description: `${where}片区的${who}，经社区或社工站推荐。`,
  });
}
