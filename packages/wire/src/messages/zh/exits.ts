import type { exits as english } from '../en/exits.ts';
import type { Translated } from '../translated.ts';

export const exits = {
  title: '退出码',
  code: '代码',
  meaning: '含义',
  done: '完成',
  failed: '不该出现的失败：程序缺陷、磁盘已满',
  usage: '用法错误：未知的命令或选项、格式不对的值、错误的设置',
  refused: '已理解但被拒绝：服务器的规则不允许，或已经存在',
  unauthorised: '没有令牌、令牌不被接受，或缺少权限',
  notFound: '没有这个令牌或账户',
  unavailable: '无法连接服务器、服务器过载或要求等待',
  negative: '所问之事的答案是否定的：令牌无效、请求会被拒绝',
  cancelled: '在提示处取消，或无人可问',
} satisfies Translated<typeof english>;
