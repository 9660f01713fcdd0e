import type { start as english } from '../en/start.ts';
import type { Translated } from '../translated.ts';

export const start = {
  starting: '正在启动服务器和地图 API……',
  running: 'Latchkey 正在运行，后面是一个小型地图 API。',
  openDashboard: '控制台：令牌、用量、成员',
  openMap: '一张地图，所用的公开令牌只在 localhost 上有效',
  openScopes: '每个 API 需要哪些权限',
  openApi: 'Latchkey 自身的 API（OpenAPI 3.1）',

  signIn: '登录控制台：',
  email: '邮箱',
  password: '密码',
  inFile: (p) => `保存在 ${p.file} 中`,

  tokensMade: (p) =>
    `以下令牌在首次运行时创建，只显示这一次。它们保存在 ${p.folder} 中只有您能读取的文件里：`,
  tokensKept: '令牌保存在只有您能读取的文件里：',
  operatorToken: '运营者的秘密令牌：创建和停用账户',
  accountToken: '账户“demo”的秘密令牌：该账户可做的一切',

  tryIt: '请在另一个终端中试试：',
  curlAllowed: '允许：这个令牌可以读取瓦片。',
  curlRefused: '拒绝，回答中说明了原因：这个令牌只在 localhost 的页面上有效。',
  curlRevoke: '吊销：此后第一条命令立即被拒绝。',
  cli: '在这个文件夹中用命令行做同样的事：',

  portFix: '请停止那个程序，或选择别的端口：LATCHKEY_PORT=9420 npm start（地图：MAP_PORT、MAP_PAGE_PORT）。',
  dataFix: '请选择别的文件夹：LATCHKEY_DATA_DIR=/some/folder npm start',
  tokenLost: (p) => `已有安装，但存有其令牌的文件 ${p.file} 不见了。`,
  passwordLost: (p) => `已有安装，但存有控制台密码的文件 ${p.file} 不见了。`,
  tokenDead: (p) => `${p.file} 中的令牌已失效：它被吊销了，或属于别的数据。`,
  beginAnew: (p) => `请放回正确的文件，或移走 ${p.folder} 以重新开始。`,
} satisfies Translated<typeof english>;
