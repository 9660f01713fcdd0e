import type { account as english } from '../en/account.ts';
import type { Translated } from '../translated.ts';

export const account = {
  name: '账户',
  kind: '类型',
  status: '状态',
  allowance: '可拥有',
  created: '创建时间',
  everyScope: '全部权限',
  kindOf: { operator: '运营者', customer: '客户' },
  statusOf: { active: '正常', suspended: '已停用' },
  secretToken: '秘密令牌',
  defaultToken: '公开令牌',
  made: (p) => `已创建账户 ${p.name}。`,
  noneYet: '还没有账户。',
  confirmSuspend: (p) => `停用 ${p.name}？它的所有令牌都会被拒绝。`,
  suspended: (p) => `账户 ${p.name} 已停用：它的令牌会被拒绝。`,
  resumed: (p) => `账户 ${p.name} 已恢复：它的令牌重新有效。`,
  secretAlreadyShown: '这个键以前用过：账户已存在，它的秘密令牌不会再次显示。',

  sequence: '序号',
  at: '时间',
  actor: '操作者',
  action: '操作',
  subject: '对象',
  changes: '改动',
  noAudit: '没有记录。',
  actionOf: {
    'account.create': '创建账户',
    'account.suspend': '停用账户',
    'account.resume': '恢复账户',
    'token.create': '创建令牌',
    'token.update': '修改令牌',
    'token.revoke': '吊销令牌',
  },
} satisfies Translated<typeof english>;
