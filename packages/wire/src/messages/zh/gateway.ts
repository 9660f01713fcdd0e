import type { gateway as english } from '../en/gateway.ts';
import type { Translated } from '../translated.ts';

export const gateway = {
  notInstalled: '网关没有和这个命令安装在一起。',
  notInstalledFix: '请运行：npm install @latchkey/gateway',
  listening: (p) => `门正在监听 ${p.url}`,
  proxyListening: (p) => `反向代理正在监听 ${p.url}`,
  following: (p) => `它们跟随服务器 ${p.server}`,
  nobodyTrusted: 'gateway.trustedProxies 为空，所有请求都会被拒绝：请列出 nginx 或 Caddy 发问所用的地址。',
  noTokenFix:
    '它需要有 verifiers:sync 权限的令牌：用 --token-file、LATCHKEY_TOKEN，或 latchkey.yaml 中的 gateway.tokenFile。',
  portTakenFix: '请用 --port、LATCHKEY_GATEWAY_PORT 或 gateway.port 指定别的端口，或停止那个程序。',
  proxyPortTakenFix: '请用 LATCHKEY_GATEWAY_PROXY_PORT 或 gateway.proxy.port 指定别的端口，或停止那个程序。',
  upstreamsUnfit: (p) => `反向代理与各服务不符：${p.problem}。`,
  upstreamsUnfitFix: '请改正 gateway.proxy.upstreams，或用 gateway.proxy.upstream 为其余服务指定上游。',
  cannotListen: (p) => `网关无法监听 ${p.host}:${p.port}：${p.problem}。`,
  noServices: (p) => `不知道各路由需要哪些权限：${p.problem}。`,
  noServicesFix: '请先启动服务器，或用 --server 指定它，或把 services 写入网关的 latchkey.yaml。',
} satisfies Translated<typeof english>;
