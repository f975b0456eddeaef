import type { DeskSession } from "./state";

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The page where a demo donor "pays". It says in both languages that no money moves, and never resembles a
 * real payment page.
 */
export const payPage = (session: DeskSession): string => `<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>付款测试台 · Test desk</title>
<style>body{margin:0;font:1.125rem/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;background:#fff3d6;color:#2a2320}main{max-width:30rem;margin:0 auto;padding:1.5rem}
.card{background:#fff;border:3px dashed #7d5200;border-radius:1rem;padding:1.25rem}h1{font-size:1.5rem;margin:0 0 .5rem}.sum{font-size:2rem;font-weight:700}button{display:block;width:100%;min-height:3.75rem;margin-top:1rem;border-radius:.75rem;border:2px solid #7d5200;font:inherit;font-weight:700;background:#fff;color:#5c3c00}button.pay{background:#7d5200;color:#fff}</style></head>
<body><main><div class="card"><h1>付款测试台</h1><p>这里是演示用的测试台，<strong>不会收取任何费用</strong>。<br><span lang="en">This is a test desk. No money moves.</span></p>
<p>${escaped(session.name)}</p><p class="sum">¥${(session.amount / 100).toFixed(2)}</p>
<p>收款账户 <span lang="en">Account</span>：${escaped(session.account)}</p>
${
  session.status === "open"
    ? `<form method="post"><button class="pay" name="choice" value="pay">模拟付款成功 · <span lang="en">Pretend to pay</span></button><button name="choice" value="cancel">返回，不付款 · <span lang="en">Go back</span></button></form>`
    : `<p>这笔付款已经结束（${session.status}）。</p><p><a href="${escaped(session.successUrl)}">返回 · <span lang="en">Back</span></a></p>`
}
</div></main></body></html>`;
