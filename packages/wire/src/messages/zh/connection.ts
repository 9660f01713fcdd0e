import type { connection as english } from '../en/connection.ts';
import type { Translated } from '../translated.ts';

export const connection = {
  refused: (p) => `${p.url} 没有任何程序应答。`,
  refusedFix: (p) =>
    `服务器在那里运行吗？用“latchkey serve --data DIR”启动它，或用 --server 或 LATCHKEY_URL 给出正确的地址（现在是 ${p.url}）。`,
  unknownHost: (p) => `找不到主机 ${p.host}。`,
  unknownHostFix: '请检查 --server 或 LATCHKEY_URL 的拼写，以及网络。',
  timedOut: (p) => `${p.url} 没有及时应答。`,
  timedOutFix: '请重试；如果一直如此，请查看服务器的日志和“/readyz”。',
  unreachable: (p) => `无法连接 ${p.url}:${p.problem}。`,
  unreachableFix: '请检查 --server 或 LATCHKEY_URL、网络以及中间的代理。',
  notLatchkey: (p) => `${p.url} 应答的不是 Latchkey 服务器，或者中间有别的程序。`,
  notLatchkeyFix: '请检查 --server 或 LATCHKEY_URL：应为不带路径的地址。',

  noToken: '这个命令需要令牌，但没有给出。',
  noTokenFix: '请把它放进环境变量 LATCHKEY_TOKEN，用 --token-file FILE 指定文件，或用“latchkey login”保存。',
  tokenNotAccepted: '服务器不接受这个令牌：它不存在、已吊销或已过期。',
  tokenNotAcceptedFix: (p) => `令牌来自 ${p.source}。请换一个新的，或用“latchkey token verify”检查它。`,
  tokenMalformed: (p) => `来自 ${p.source} 的内容不是令牌。`,
  tokenMalformedFix: '令牌由点分隔的三部分组成，以 pk.、sk. 或 tk. 开头；请检查是否复制完整。',
  tokenOnCommandLine:
    '写在命令行里的令牌会留在 shell 历史中，也会被能列出进程的人看到。请用 LATCHKEY_TOKEN、--token-file 或“latchkey login”。',
  fileUnreadable: (p) => `无法读取 ${p.file}:${p.problem}。`,
  fileTooOpen: (p) => `${p.file} 存有令牌，却能被其他人读取。`,
  fileTooOpenFix: (p) => `请运行：chmod 600 ${p.file}`,
  fileNotCredentials: (p) => `${p.file} 不是凭据文件。`,
  fileNotCredentialsFix: '请用“latchkey login”重新写入。',
  sourceOption: '选项 --token',
  sourceEnvironment: 'LATCHKEY_TOKEN',

  notAllowed: (p) => `服务器拒绝了：${p.detail}`,
  lacksScope: (p) => `这个令牌没有权限 ${p.scope}。`,
  lacksScopeFix: (p) => `请使用有 ${p.scope} 的令牌。`,
  rateLimited: '请求太多，服务器要求放慢。',
  rateLimitedFix: (p) => `请在 ${p.seconds} 秒后重试。`,
  serverFailed: (p) => `服务器出错（状态 ${p.status}）。`,
  serverFailedFix: (p) => `请在服务器日志中查找请求 ${p.requestId}。`,
  unexpected: (p) => `出现了不该出现的错误：${p.problem}`,
  unexpectedFix: '请加上 LATCHKEY_DEBUG=1 再运行一次以查明位置，并报告它。',

  loggedIn: (p) => `已以 ${p.account} 登录 ${p.url}。令牌保存在 ${p.file}（只有您能读取）。`,
  loggedOut: (p) => `已删除 ${p.file}。令牌本身仍然有效：不再需要时请吊销它。`,
  notLoggedIn: '没有可删除的内容：这里没有保存凭据。',
  pipeToken: '请用管道传入：latchkey login < token.txt',
  pasteToken: (p) => `请粘贴用于 ${p.url} 的令牌`,
} satisfies Translated<typeof english>;
