import type { options as english } from '../en/options.ts';
import type { Translated } from '../translated.ts';

export const options = {
  help: '显示本帮助',
  version: '显示版本',
  server: '服务器地址',
  token: '调用所用的令牌（会出现在进程列表中：最好用环境变量或文件）',
  tokenFile: '存有调用所用令牌的文件；只能由您读取（否则用 LATCHKEY_TOKEN，再否则用“latchkey login”保存的）',
  json: '以 JSON 回答，供脚本使用',
  lang: '提示语言：en 或 zh（否则看 LATCHKEY_LANG，再看 LC_ALL 或 LANG）',
  noColor: '不用颜色（也可设 NO_COLOR）',

  config: '配置文件（否则用当前文件夹中的 latchkey.yaml，如果有）',
  data: '存放数据库的文件夹',
  port: '监听的端口；0 表示任意空闲端口',
  host: '监听的地址；0.0.0.0 允许其他机器访问',
  operator: '运营者账户的名称',
  out: '把密钥写入这个新文件（权限 600），而不是显示出来',
  yes: '不要求确认',

  accountName: '账户名：2 到 39 个 a-z、0-9 和“-”',
  allowance: '账户可拥有的权限，用逗号分隔（否则为全部）',
  limit: '最多这么多条，1 到 500',
  cursor: '从上一页结束处继续',
  all: '所有页',

  tokenId: '令牌的 id：以“c”开头的 25 个字符',
  note: '令牌的用途；最多 128 个字符',
  scopes:
    '令牌的权限，用逗号分隔（见“latchkey scopes”）；全为公开权限则为公开令牌（pk），含任何秘密权限则为秘密令牌（sk）',
  urls: '可使用它的网页或网站；可重复，最多 100 个',
  strictPaths: '如果条目带路径，而请求只能看到来源，则拒绝',
  noStrictPaths: '看不到路径时由来源决定',
  resources: '它可访问的 API 路径前缀，如 /styles/v1/acme；可重复',
  applications: '可使用它的移动应用，ios:BUNDLE 或 android:PACKAGE；可重复',
  addresses: '可使用它的 IP 地址或网段，如 203.0.113.0/24；可重复',
  expires: '何时结束：日期、时间，或从现在算起的时长（90d、12h）',
  temporary: '创建临时令牌（tk），在这段时间后结束，最长 1h，并随创建它的令牌一同失效',
  idempotencyKey: '同一个键和同一个请求绝不会创建第二个令牌',
  clear: '解除其中一项，使其不再限制令牌：urls、resources、applications、addresses、expires、note；可重复',

  filterText: '备注的一部分，或完整的 id',
  filterUsage: '只看 pk、sk 或 tk（临时令牌只有这样才显示）',
  filterStatus: 'active（有效）、expired（已过期）或 revoked（已吊销）',
  filterScope: '只看有这个权限的令牌',
  filterDefault: '只看默认公开令牌',
  filterNoDefault: '除默认公开令牌以外的全部',
  sortBy: 'created 或 modified；最新的在前',

  tokenText: '令牌；“-”或不写则从标准输入读取',
  fromFile: '从这个文件读取令牌',
  fromEnvironment: '从这个环境变量读取令牌',

  explainToken: '要解释的令牌文本；“-”从标准输入读取',
  explainId: '要解释的令牌 id，代替文本',
  method: '请求的方法',
  path: '请求在 API 上的路径，如 /styles/v1/acme/streets',
  url: '请求在 API 上的地址，代替 --path',
  header: '请求头，写法同 curl，如 "Origin: https://app.example.com"；可重复',
  address: '请求来自的 IP 地址',
  query: '令牌以 ?access_token= 传来，而不是在请求头中',
  needs: 'API 要求的权限，用逗号分隔（否则按路径查找）',
  curl: '加引号的完整 curl 命令，即浏览器“复制为 cURL”所得；从中读取方法、地址、请求头和令牌',

  auditAccount: '只看这个账户的记录（供运营者使用，否则显示所有账户）',
  auditSubject: '只看对这个令牌 id 或账户的操作',
  auditAction: '只看一种变更，如 token.revoke',
} satisfies Translated<typeof english>;
