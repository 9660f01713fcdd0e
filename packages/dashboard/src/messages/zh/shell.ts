import type { Translated } from '@latchkey/wire/messages';
import type { shell as english } from '../en/shell.ts';

export const shell: Translated<typeof english> = {
  skip: '跳到正文',
  openMenu: '打开菜单',
  closeMenu: '关闭菜单',
  sidebar: '账户与页面',
  mainNavigation: '主导航',
  account: '账户',
  accounts: '账户',
  switchAccount: '切换账户：',
  suspended: '已停用',
  suspendedTitle: '此账户已停用',
  suspendedText: '在本系统的管理者恢复此账户之前，它的所有令牌都会被拒绝。',
  operator: '运营者',
  tokens: '令牌',
  settings: '设置',
  person: '您：',
  language: '语言',
  theme: '外观',
  themes: { light: '浅色', dark: '深色', system: '跟随系统' },
  signOut: '退出登录',
  notFound: '这里没有内容',
  notFoundFix: '地址可能有误，内容可能已被删除，或者它属于您未加入的账户。',
  toStart: '回到首页',
};
