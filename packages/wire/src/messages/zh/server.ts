import type { server as english } from '../en/server.ts';
import type { Translated } from '../translated.ts';

export const server = {
  nodeTooOld: (p) =>
    `“latchkey ${p.command}”需要 Node.js 22.12 或更新版本；当前是 ${p.version}。只与服务器通信的命令可以用当前版本。`,
  nodeTooOldFix: '请从 https://nodejs.org/ 安装新版 Node.js，或在已有新版的机器上运行这个命令。',
  notInstalled: '服务器没有和这个命令安装在一起。',
  notInstalledFix: '请运行：npm install @latchkey/server',
  listening: (p) => `Latchkey 正在监听 ${p.url}`,
  dataIn: (p) => `数据保存在 ${p.folder}`,
  notInitialised: (p) => `${p.folder} 中还没有安装：没有运营者账户。`,
  notInitialisedFix: (p) => `请先建立：latchkey init --data ${p.folder}`,
  setUp: '还没有人可以登录。请用此链接创建第一个用户（仅可使用一次，一天内有效，服务器重启后作废）：',
  stopWith: '按 Ctrl-C 停止。',
  stopping: '正在停止：先完成进行中的请求……',
  portTaken: (p) => `${p.host} 的端口 ${p.port} 已被其他程序占用。`,
  portTakenFix: '请用 --port 或 LATCHKEY_PORT 指定别的端口，或停止那个程序。',
  cannotListen: (p) => `服务器无法监听 ${p.host}:${p.port}：${p.problem}。`,
  cannotListenFix:
    '1024 以下的端口通常需要更高权限：请用 --port 指定别的端口。主机应为这台机器的地址：只供本机使用为 127.0.0.1，供所有地址使用为 0.0.0.0。',
  dataUnusable: (p) => `无法使用数据文件夹 ${p.folder}:${p.problem}。`,
  dataUnusableFix: '请用 --data 指定您有写权限的文件夹，并检查磁盘。',

  initialised: (p) => `已在 ${p.folder} 创建运营者账户“${p.account}”。`,
  operatorToken: '运营者的令牌',
  next: '接下来',
  nextServe: (p) => `latchkey serve --data ${p.folder}`,
  nextAccount: 'LATCHKEY_TOKEN=<运营者的令牌> latchkey account create NAME',
  alreadyInitialised: (p) => `${p.folder} 已有运营者账户；什么都没有改变。`,
  alreadyInitialisedFix: '它的令牌在创建时显示过，无法再次显示。要新建安装，请指定空文件夹。',

  configGood: '配置没有问题。',
  configBad: (p) => `配置有 ${p.count} 个问题：`,
} satisfies Translated<typeof english>;
