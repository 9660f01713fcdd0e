import type { rotation as english } from '../en/rotation.ts';
import type { Translated } from '../translated.ts';

export const rotation = {
  old: '旧令牌',
  successor: '接替令牌',
  started: '开始时间',
  retiresAt: '停用时间',
  retired: '已停用',
  untilQuiet: '无人使用后停用',
  untilQuietFor: (p) => `连续 ${p.duration} 无人使用时；不早于 ${p.time}`,
  waitsFor: '正在等待',
  waitsForUse: (p) => `它仍被使用，最近一次为 ${p.time}`,
  waitsForVerifiers: (p) => `${p.count} 个验证器尚未报告其使用情况；最迟到 ${p.time}`,
  waitsForExpired: '接替令牌已过期：请修改其有效期，或撤销轮换',
  lastUsed: '旧令牌最近使用',
  lastUsedNever: '据验证器的报告，从未使用',
  usedByTitle: '此后仍在使用旧令牌的：',
  usedByNobody: '据验证器的报告，此后无人使用旧令牌。',
  service: '服务',
  origin: '网站',
  client: '客户端',
  address: '地址',
  lastSeen: '最近',
  next: (p) => `请在使用旧令牌的地方换上新令牌，再查看谁仍在使用旧的：latchkey token rotate status ${p.old}`,
  retiredNow: (p) => `从现在起 ${p.old} 会被拒绝。`,
  confirmAtOnce: (p) =>
    `不留宽限期就替换令牌 ${p.id}${p.note === '' ? '' : `（${p.note}）`}？它会立即失效，且无法恢复。`,
  confirmUndo: (p) => `撤销轮换？${p.old} 保留，接替它的 ${p.successor} 永久失效。`,
  undone: (p) => `${p.old} 保留。已吊销 ${p.successor}。`,
  undoneKept: (p) => `${p.old} 保留，${p.successor} 也保留。`,
  changed: (p) => `已修改 ${p.old} 的停用时间。`,
  needsTerm: '请说明旧令牌何时停用：--grace 或 --until-quiet。',
} satisfies Translated<typeof english>;
