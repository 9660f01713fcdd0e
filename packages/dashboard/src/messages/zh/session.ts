import type { Translated } from '@latchkey/wire/messages';
import type { session as english } from '../en/session.ts';

export const session: Translated<typeof english> = {
  password: '密码',
  code: '应用中的验证码',
  codeHint: '身份验证器应用显示的六位数字。',
  confirm: '确认',
  usePassword: '改用密码',
  useCode: '改用验证码',
  stepUpTitle: '请确认是您本人',
  stepUpHint: '十分钟后会再次询问。',
  stepUpReasons: {
    secrets: '持有秘密令牌的人可以代表此账户操作，因此创建令牌需要确认。',
    widening: '此操作会扩大令牌的权限，因此需要确认。',
    bulk: '此操作会一次停用多个令牌，因此需要确认。',
    members: '此操作会改变谁可以代表此账户，因此需要确认。',
    security: '此操作会改变您的登录方式，因此需要确认。',
  },
  newPassword: '新密码',
  newPasswordHint: '至少 15 个字符。一句话或几个词语就很容易记住，不需要特殊符号。',
  newPasswordHintWithFactor: '至少 8 个字符，因为您启用了第二步验证。',
  roles: { owner: '所有者', admin: '管理员', developer: '开发者', viewer: '查看者' },
};
