import type { Translated } from '@latchkey/wire/messages';
import type { ui as english } from '../en/ui.ts';

export const ui: Translated<typeof english> = {
  close: '关闭',
  cancel: '取消',
  save: '保存',
  retry: '重试',
  copy: '复制',
  copied: '已复制',
  dismiss: '关闭提示',
  loading: '正在加载……',
  showPassword: '显示',
  hidePassword: '隐藏',
  errorTitle: '操作未成功',
  unreachable: '无法连接服务器。',
  unreachableFix: '请检查网络连接，然后重试。',
  timeout: '服务器响应超时。',
  unexpected: '服务器返回了本页面无法识别的内容。',
  unexpectedFix: '请刷新页面：它的版本可能比服务器旧。',
  broken: '页面出现了错误。',
  brokenFix: '请刷新页面。如果问题再次出现，请告知本系统的管理者。',
  tryAgainIn: ({ seconds }) => `请在 ${seconds} 秒后重试。`,
  requestId: ({ id }) => `请求编号 ${id}`,
  refusedTitle: '您无权查看此内容',
  utc: ({ moment }) => `${moment} UTC（协调世界时）`,
};
