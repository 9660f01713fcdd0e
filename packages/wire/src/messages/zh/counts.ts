import type { counts as english } from '../en/counts.ts';
import type { Translated } from '../translated.ts';

export const counts = {
  at: '时间（UTC）',
  count: '请求数',
  last: '最后一次',
  lastUsed: '最后使用',
  lastRefused: '最后被拒绝',
  kind: '判定',
  kindOf: { allowed: '允许', refused: '拒绝' },
  dimension: {
    account: '账户',
    token: '令牌',
    service: '服务',
    scope: '所需权限',
    outcome: '结果',
    kind: '判定',
    origin: '来源',
    client: '客户端',
    address: '地址',
  },
  untold: '未提供',
  other: '其他',
  none: '这段时间内没有计数。验证器每十秒报告一次。',
  nobody: '最近 30 天内没有已知的使用者。',
  usersOfWhat: '需要一个令牌：用 --token-id 指定',
} satisfies Translated<typeof english>;
