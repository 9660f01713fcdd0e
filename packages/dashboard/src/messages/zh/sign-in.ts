import type { Translated } from '@latchkey/wire/messages';
import type { signIn as english } from '../en/sign-in.ts';

export const signIn: Translated<typeof english> = {
  title: '登录',
  email: '电子邮箱',
  password: '密码',
  submit: '登录',
};
