/** `latchkey gateway`. */
export const gateway = {
  notInstalled: 'The gateway is not installed beside this command.',
  notInstalledFix: 'Run: npm install @latchkey/gateway',
  listening: (p: { url: string }) => `The doors listen on ${p.url}`,
  proxyListening: (p: { url: string }) => `The reverse proxy listens on ${p.url}`,
  following: (p: { server: string }) => `They follow the server at ${p.server}`,
  nobodyTrusted:
    'gateway.trustedProxies is empty, so every request is refused: list the addresses from which nginx or Caddy ask.',
  noTokenFix:
    'It needs a token with the scope verifiers:sync: --token-file, LATCHKEY_TOKEN, or gateway.tokenFile in latchkey.yaml.',
  portTakenFix: 'Name another with --port, LATCHKEY_GATEWAY_PORT or gateway.port, or stop the other program.',
  proxyPortTakenFix:
    'Name another with LATCHKEY_GATEWAY_PROXY_PORT or gateway.proxy.port, or stop the other program.',
  upstreamsUnfit: (p: { problem: string }) => `The reverse proxy does not fit the services: ${p.problem}.`,
  upstreamsUnfitFix: 'Mend gateway.proxy.upstreams, or set gateway.proxy.upstream for all other services.',
  cannotListen: (p: { host: string; port: number; problem: string }) =>
    `The gateway cannot listen on ${p.host}:${p.port}: ${p.problem}.`,
  noServices: (p: { problem: string }) => `It is not known which scopes the routes need: ${p.problem}.`,
  noServicesFix:
    'Start the server first, name it with --server, or write services into the latchkey.yaml of the gateway.',
};
