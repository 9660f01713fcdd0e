import type { server as english } from '../en/server.ts';
import type { Translated } from '../translated.ts';

export const server = {
  nodeTooOld: (p) => `运行服务器需要 Node.js 22.12 或更新版本；当前是 ${p.version}。其他命令可以用当前版本。`,
  nodeTooOldFix: '请从 https://nodejs.org/ 安装新版 Node.js，或在已有新版的机器上运行这个命令。',
  notInstalled: '服务器没有和这个命令安装在一起。',
  notInstalledFix: '请运行：npm install @latchkey/server',
  listening: (p) => `Latchkey 正在监听 ${p.url}`,
  dataIn: (p) => `数据保存在 ${p.folder}`,
  notInitialised: '还没有运营者账户，因此无人能创建账户。',
  notInitialisedFix: (p) => `请停止服务器并运行：latchkey init --data ${p.folder}`,
  stopWith: '按 Ctrl-C 停止。',
  stopping: '正在停止：先完成进行中的请求……',
  stopped: '已停止。',
  portTaken: (p) => `${p.host} 的端口 ${p.port} 已被其他程序占用。`,
  portTakenFix: '请用 --port 或 LATCHKEY_PORT 指定别的端口，或停止那个程序。',
  portForbidden: (p) => `当前用户不能监听 ${p.host}:${p.port}。`,
  portForbiddenFix: '1024 以下的端口通常需要更高权限；请用 --port 指定别的端口。',
  hostUnknown: (p) => `${p.host} 不是这台机器的地址。`,
  hostUnknownFix: '只供本机使用请写 127.0.0.1，供所有地址使用请写 0.0.0.0。',
  dataUnusable: (p) => `无法使用数据文件夹 ${p.folder}:${p.problem}。`,
  dataUnusableFix: '请用 --data 指定您有写权限的文件夹，并检查磁盘。',
  startFailed: (p) => `服务器无法启动：${p.problem}`,

  initialised: (p) => `已在 ${p.folder} 创建运营者账户“${p.account}”。`,
  operatorToken: '运营者的令牌',
  next: '接下来',
  nextServe: (p) => `latchkey serve --data ${p.folder}`,
  nextAccount: 'LATCHKEY_TOKEN=<运营者的令牌> latchkey account create NAME',
  alreadyInitialised: (p) => `${p.folder} 已有运营者账户；什么都没有改变。`,
  alreadyInitialisedFix: '它的令牌在创建时显示过，无法再次显示。要新建安装，请指定空文件夹。',

  configGood: '配置没有问题。',
  configFile: '文件',
  configDefaults: '没有文件：只有默认值和 LATCHKEY_*',
  configBad: (p) => `配置有 ${p.count} 个问题：`,
} satisfies Translated<typeof english>;
