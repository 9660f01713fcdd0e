import type { verifier as english } from '../en/verifier.ts';
import type { Translated } from '../translated.ts';

export const verifier = {
  name: '名称',
  state: '状态',
  since: '起始 / 截止',
  revision: '修订号',
  rejected: '无法读取的记录',
  version: '版本',
  stateOf: {
    applied: '最新',
    pending: '落后',
    unreachable: '无法连接，最迟服务至',
    expired: '已过期，拒绝起始于',
  },
  noneYet: '还没有验证器连接过。',
  rejectedRecord: (p) => `${p.name} 无法读取修订 ${p.revision}（${p.id}）：${p.reason}`,
  alarm: (p) => `${p.at}：数据库回到了过去；${p.revived} 个已吊销的令牌曾恢复，现已再次吊销。`,
  progressOf: {
    applied: (p) => `${p.name}：已应用`,
    pending: (p) => `${p.name}：已连接，尚未应用`,
    unreachable: (p) => `${p.name}：无法连接，最迟可能服务至 ${p.time}`,
    expired: (p) => `${p.name}：已过期，自 ${p.time} 起拒绝一切`,
  },
  complete: '所有验证器都已应用。',
  incomplete: (p) => `${p.seconds} 秒后仍有 ${p.pending} 个验证器可能在没有它的情况下判定。`,
  incompleteFix: (p) =>
    `请稍后再查：latchkey verifiers，或 GET /v1/receipts/${p.revision}（都需要 verifiers:read）。`,
} satisfies Translated<typeof english>;
