import type { mail as english } from '../en/mail.ts';
import type { Translated } from '../translated.ts';

export const mail = {
  greeting: (p) => `${p.name}，您好：`,
  hello: '您好：',
  resetSubject: '设置新的 Latchkey 密码',
  reset: '有人（可能是您）请求设置新密码。请在一小时内打开：',
  resetIgnore: '如果不是您本人，请忽略此邮件：您的密码保持不变。',
  verifySubject: '确认您的 Latchkey 电子邮件地址',
  verify: '请在一天内确认此地址属于您：',
  verifyIgnore: '如果您在此没有账户，请忽略此邮件。',
  changedSubject: '您的 Latchkey 密码已更改',
  changed: '您的密码刚刚已更改，其他会话均已结束。如果不是您本人，请立即设置新密码：',
  factorSubject: '您的 Latchkey 第二重验证已更改',
  factorAdded: '今后登录时需要输入验证码。如果不是您本人，请立即设置新密码：',
  factorRemoved: '今后登录时不再需要验证码。如果不是您本人，请立即设置新密码：',
  invitedSubject: (p) => `邀请您加入 Latchkey 账户 ${p.account}`,
  invited: (p) => `${p.inviter} 邀请您以“${p.role}”身份加入账户 ${p.account}。请在七天内接受：`,
  invitedIgnore: '如果您不认识邀请人，请忽略此邮件。',
  roleOf: { owner: '所有者', admin: '管理员', developer: '开发者', viewer: '查看者' },
} satisfies Translated<typeof english>;
