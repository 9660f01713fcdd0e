import type { help as english } from '../en/help.ts';
import type { Translated } from '../translated.ts';

export const help = {
  usageTitle: '用法：',
  argumentsTitle: '参数：',
  optionsTitle: '选项：',
  globalOptionsTitle: '每个命令都有的选项：',
  commandsTitle: '命令：',
  examplesTitle: '示例：',
  defaultValue: (p) => `默认：${p.value}`,
  described: (p) => `${p.description}（${p.extra}）`,
  environmentVariable: (p) => `或 ${p.name}`,

  program: '自己托管的访问令牌：公开、秘密和临时；在进程内判定，吊销立即生效。',
  programMore:
    '退出码：“latchkey help exit-codes”。调用所用的令牌来自 LATCHKEY_TOKEN、--token-file 或“latchkey login”。',
  help: '显示某个命令的帮助；“exit-codes”列出退出码',
  exampleBegin: '开始：建立数据库，得到运营者的令牌',
  exampleServe: '运行服务器',
  exampleAccount: '创建账户（用运营者的令牌）',
  exampleToken: '为一个网站创建公开令牌（用账户的令牌）',

  serve: '运行服务器，直到被停止（Ctrl-C）。',
  servePort: '在另一个端口上为一个文件夹提供服务',
  serveConfig: '按配置文件提供服务',

  gateway: '运行供 nginx、Caddy 等网关在放行请求之前询问的门，直到被停止（Ctrl-C）。',
  gatewayConfig: '按配置文件运行',
  gatewayToken: '从文件读取跟随服务器所用的令牌',

  init: '建立数据库和运营者账户，并显示运营者的令牌，只此一次。',
  initOut: '把运营者的令牌存入文件',
  initJson: '供脚本使用：{"account", "operatorToken"}',

  login: '保存令牌供以后的命令使用，文件只有您能读取。',
  loginPaste: '按提示粘贴令牌',
  loginPipe: '从文件读取',
  logout: '删除“login”保存的令牌。',

  account: '账户：令牌所属。供运营者使用。',
  accountCreate: '创建账户，并附带默认公开令牌和拥有该账户全部权限的秘密令牌。',
  accountCreateShow: '创建账户并显示其秘密令牌',
  accountCreateOut: '创建只可拥有两项权限的账户，并把令牌存入文件',
  accountList: '列出账户。',
  accountListAll: '所有账户',
  accountSuspend: '停用账户：它的所有令牌都会被拒绝，直到恢复。',
  accountSuspendIt: '不经询问直接停用',
  accountResume: '恢复已停用的账户。',
  accountResumeIt: '让它的令牌重新有效',

  token: '您账户的令牌。',
  tokenCreate: '创建令牌。秘密或临时令牌只在此显示一次。',
  tokenCreatePublic: '供一个网站及其下所有页面使用的公开令牌',
  tokenCreateSecret: '供服务器使用的秘密令牌，存入文件',
  tokenCreateTemporary: '半小时有效的临时令牌',
  tokenList: '列出令牌，最新的在前。',
  tokenListSome: '备注中含有“deploy”的秘密令牌',
  tokenListJson: '所有 id，供脚本使用',
  tokenShow: '显示一个令牌：权限、适用范围、有效期。',
  tokenShowIt: '一个令牌的全部信息',
  tokenUpdate: '修改令牌；没有提到的保持不变。令牌文本不变。',
  tokenUpdateUrls: '替换可使用它的网站',
  tokenUpdateClear: '解除有效期和备注',
  tokenRevoke: '永久吊销令牌：立即被拒绝，由它创建的临时令牌也一样。',
  tokenRevokeAsk: '询问后吊销',
  tokenRevokeYes: '不经询问吊销两个',
  tokenRevokeWait: '查看每个验证器的应用进度，最多十秒',
  tokenRotate:
    '用权限相同的新令牌替换令牌。旧令牌在停用前仍然有效：宽限期默认 7 天，可另行指定，或等到无人使用。',
  tokenRotateGrace: '留两天时间，把新令牌换到各处',
  tokenRotateQuiet: '一天无人使用后停用旧令牌',
  tokenRotateLeaked: '密钥已泄露：立即替换，并查看每个验证器拒绝旧令牌',
  tokenRotateStatus: '显示轮换：旧令牌何时停用、在等什么、谁还在使用。',
  tokenRotateStatusIt: '用任一令牌的 id',
  tokenRotateChange: '修改旧令牌的停用时间，从现在算起。',
  tokenRotateChangeIt: '再给两天',
  tokenRotateUndo: '在旧令牌停用前撤销轮换。旧令牌保留，接替令牌被吊销或保留。',
  tokenRotateUndoIt: '回到旧令牌',
  tokenRotateUndoKeep: '两个都保留',
  tokenVerify: '询问令牌是否有效。无效时退出码为 7。除所问的令牌外不需要其他令牌。',
  tokenVerifyPipe: '从文件或管道读取：文本不会留在 shell 历史中',
  tokenVerifyEnvironment: '从环境变量读取',

  scopes: '列出令牌可拥有的权限。',
  scopesPublic: '只列出公开令牌可拥有的',

  explain:
    '说明一个请求是否会被允许，并显示每一项检查：哪一项最先失败，以及能让它通过的最小改动。被拒绝时退出码为 7。',
  explainById: '为什么这个页面上的令牌不起作用？',
  explainCurl: '粘贴一条 curl 命令',
  explainPipe: '令牌文本来自文件',

  verifiers: '显示各验证器：各自的进度，以及无法读取的记录。供运营者使用。',
  verifiersJson: '失去连接者的名称，用于脚本',

  audit: '显示谁改了什么，最新的在前。',
  auditToken: '对一个令牌做过什么',
  auditRevocations: '只看吊销',

  config: '配置文件。',
  configCheck: '检查配置，列出每个问题及其所在行。',
  configCheckIt: '重启之前检查',
} satisfies Translated<typeof english>;
