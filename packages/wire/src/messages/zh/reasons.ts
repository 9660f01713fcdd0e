import type { reasons as english } from '../en/reasons.ts';
import type { Translated } from '../translated.ts';

export const reasons = {
  no_token: {
    sentence: '请求没有带令牌。',
    fix: '以“Authorization: Bearer <令牌>”或查询参数 access_token 发送令牌。',
  },
  malformed_request: {
    sentence: '请求携带令牌的方式可以有不止一种解读。',
    fix: '只发送一个令牌，只发一次：要么在一个 Authorization 请求头中，要么在查询参数 access_token 中。',
  },
  malformed_token: {
    sentence: '文本不是令牌：令牌以 pk.、sk. 或 tk. 开头，由三部分组成。',
    fix: '请从头到尾重新复制整个令牌。',
  },
  secret_in_query: {
    sentence: '秘密令牌出现在 URL 中，日志和其他网站都能看到，而这个 API 拒绝这样做。',
    fix: '请以“Authorization: Bearer <令牌>”发送，并更换它：它可能已被看到。',
  },
  unknown_token: {
    sentence: '没有这个令牌。',
    fix: '请与账户中的令牌比较，或创建新的。',
  },
  bad_record: {
    sentence: '令牌的记录无法读取，因此拒绝。',
    fix: '请这个 API 的运营者查看验证器，它会报告这条记录。',
  },
  revoked: {
    sentence: '令牌已被吊销。',
    fix: '请使用别的令牌，或创建新的；吊销的令牌不会恢复。',
  },
  expired: {
    sentence: '令牌已过期。',
    fix: '请创建新的令牌。',
  },
  replica_stale: {
    sentence: '验证器太久没有收到令牌服务器的消息，不能为这个令牌作答。',
    fix: '请几秒后重试；如果持续如此，运营者需要恢复与令牌服务器的连接。',
  },
  account_suspended: {
    sentence: '令牌所属的账户已停用。',
    fix: '请这个 API 的运营者恢复该账户。',
  },
  unsupported_restriction: {
    sentence: '令牌有这个验证器不认识的限制，因此拒绝。',
    fix: '请这个 API 的运营者更新验证器，或从令牌上去掉该限制。',
  },
  insufficient_scope: {
    sentence: '令牌没有权限 {scope}。',
    fix: '请使用有 {scope} 的令牌，或给这个令牌加上 {scope}。',
  },
  resource_not_allowed: {
    sentence: '令牌只限于这个 API 的其他资源。',
    fix: '请把这个资源的路径加入令牌的 resources。',
  },
  origin_opaque: {
    sentence: '页面没有自己的来源（“Origin: null”）：沙箱框架、本地文件，或跨站重定向。',
    fix: '请从网址提供页面，并且不经重定向调用 API，或使用没有网址限制的令牌。',
  },
  evidence_missing: {
    sentence: '令牌只限于某些网页，而请求没有说明来自哪个页面。',
    fix: '让页面发送自己的地址（Referrer-Policy: strict-origin-when-cross-origin）；在浏览器之外请使用别的令牌。',
  },
  evidence_malformed: {
    sentence: '说明请求来自哪个页面或应用的请求头不能唯一解读。',
    fix: '请像浏览器或 SDK 那样发送 Origin、Referer 和应用请求头，各一次。',
  },
  path_not_visible: {
    sentence: '令牌要求页面的路径，而浏览器只显示来源。',
    fix: '请从令牌的网址中去掉路径，或让页面和 API 同源。',
  },
  url_not_allowed: {
    sentence: '令牌只限于其他网址，不包括请求来自的网址。',
    fix: '请把页面的地址加入令牌的网址。',
  },
  application_not_allowed: {
    sentence: '令牌只限于其他移动应用，不包括请求所称的应用。',
    fix: '请把应用的 bundle identifier 或包名加入令牌，或在请求中发送它。',
  },
  address_not_allowed: {
    sentence: '令牌只限于其他网络地址，不包括请求来自的地址。',
    fix: '请把 API 看到的地址加入令牌的地址；如在代理之后，请把代理配置为受信任。',
  },
  rate_limited: {
    sentence: '这个令牌的请求太多。',
    fix: '请等待 Retry-After 给出的时间，并减少请求。',
  },
} satisfies Translated<typeof english>;
