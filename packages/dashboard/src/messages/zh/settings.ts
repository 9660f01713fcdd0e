import type { Translated } from '@latchkey/wire/messages';
import type { settings as english } from '../en/settings.ts';

export const settings: Translated<typeof english> = {
  title: '账户设置',
  description: '与整个账户有关的信息。',
  name: '名称',
  role: '您的角色',
  kind: '类型',
  kinds: { operator: '管理本系统', customer: '账户' },
  status: '状态',
  statuses: { active: '正常', suspended: '已停用' },
  defaultToken: '默认公开令牌',
  defaultTokenText: '随账户一起创建。它可以放在网页中：只能读取公开内容。',
  noDefaultToken: '默认令牌已被撤销。需要时请另建一个公开令牌。',
  leave: '退出账户',
  leaveText: '您创建的令牌会保留：它们属于账户。',
  leaveTitle: ({ name }) => `要退出 ${name} 吗？`,
  leaveConsequence: '您将不再看到此账户。只有所有者或管理员可以再次邀请您。',
  copyToken: '复制默认令牌',
};
