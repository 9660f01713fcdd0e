import type { usage as english } from '../en/usage.ts';
import type { Translated } from '../translated.ts';

export const usage = {
  unknownCommand: (p) => `没有“${p.name}”这个命令。`,
  unknownOption: (p) => `这里没有“${p.name}”这个选项。`,
  missingArgument: (p) => `缺少参数 <${p.name}>。`,
  missingOption: (p) => `缺少选项“${p.flags}”。`,
  missingOptionValue: (p) => `选项“${p.flags}”后面需要一个值。`,
  excessArguments: '参数太多了。含有空格的值请加引号。',
  conflictingOptions: (p) => `“${p.first}”和“${p.second}”不能同时使用。`,
  badValue: (p) => `${p.name}：“${p.value}”${p.problem}。`,
  other: (p) => p.message,
  didYouMean: (p) => `您是不是想用${p.names.map((name) => `“${name}”`).join('或')}？`,

  notOneOf: (p) => `不在可选值之内：${p.values.join('、')}`,
  notPort: '不是端口；端口是 0 到 65535 的整数',
  notNumber: (p) => `不是 ${p.min} 到 ${p.max} 的整数`,
  notDuration: '不是时长；请写成 45s、30m、12h 或 90d',
  notMoment: '既不是日期（2027-01-31、2027-01-31T12:00:00Z），也不是从现在算起的时长（12h、90d）',
  notPast: '既不是日期（2027-01-31、2027-01-31T12:00:00Z）也不是多久以前（12h、7d）',
  notServerUrl: '不是服务器地址；请写成 http://127.0.0.1:8080 或 https://latchkey.example.com',
  notApplication: '不是应用；请写成 ios:com.example.app 或 android:com.example.app',
  notHeader: '不是请求头；请像 curl 那样写成 "Name: value"',
  notAccountName: '不是账户名：2 到 39 个 a-z、0-9 和“-”，首尾须为字母或数字，不能有“--”',
  notTokenId: '不是令牌 id;id 是以“c”开头的 25 个字符（见“latchkey token list”）',
  tokenTextNotId:
    '这是令牌的文本，不是它的 id。id 是以“c”开头的 25 个字符；可用“latchkey token verify”或“latchkey token list”查到。',
  unknownLanguage: (p) => `不是可用的语言；可用的有 ${p.languages.join('、')}`,
  nothingToChange: '没有要修改的内容：请至少给出一个选项，例如 --note 或 --scopes。',
  needsYes: '没有终端可供确认；要继续请加 --yes。',
  cancelled: '已取消，什么都没有改变。',
} satisfies Translated<typeof english>;
