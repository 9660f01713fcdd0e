import type { common as english } from '../en/common.ts';
import type { Translated } from '../translated.ts';

export const common = {
  yes: '是',
  none: '无',
  never: '永不',
  unrestricted: '不限',
  more: '还有更多，查看下一页请加',
  warning: '警告：',
  error: '错误：',
  list: (values) => values.join(', '),
} satisfies Translated<typeof english>;
