import type { Translated } from '@latchkey/wire/messages';
import type { tokenForm as english } from '../en/token-form.ts';
import { scopeDescriptions } from './scope-descriptions.ts';

const FAULTS: Readonly<Record<string, string>> = {
  empty: '没有内容。请写主机名，例如 app.example.com。',
  too_long: '太长（最多 255 个字符）。请写短一些的路径。',
  too_many: '一个令牌最多 100 个网址。同一主机只写一次，即包括其所有子域名和路径。',
  wildcard: '通配符只能是整个第一段，例如 *.example.com。主机名本身已包括其所有子域名。',
  characters: '含有网址中不能有的字符。请重新输入。',
  percent_encoding: '主机名中有百分号编码。请直接写主机名。',
  scheme: '协议只能是 http 或 https，或运营者允许的应用协议。',
  userinfo: '含有用户名或密码。请去掉 @ 及其前面的部分。',
  query: '含有查询参数。请去掉 ? 及其后面的部分。',
  fragment: '含有片段。请去掉 # 及其后面的部分。',
  host: '不是主机名。请写主机名，例如 app.example.com。',
  trailing_dot: '主机名以点结尾。请去掉最后的点。',
  ip_form: '不是规范的 IP 地址。请写成 203.0.113.7 或 [2001:db8::1]。',
  port: '端口不是 1 到 65535 之间的数。请改正或去掉。',
  path: '路径没有唯一的含义。请不要写空段、点段或编码的斜杠，例如 /maps/city。',
};

const PLAIN_FAULTS: Readonly<Record<string, string>> = {
  addresses: '不是可用的 IP 地址或范围。请写 203.0.113.7、10.0.0.0/8 或 2001:db8::/32；不能是所有地址。',
  resources: '不是可用的路径。请以斜杠开头，不带通配符和查询参数，例如 /styles/v1/acme；不能只写 /。',
  ios: '不是 iOS 的 bundle identifier。请写全，例如 com.example.app；不能用通配符。',
  android: '不是 Android 的包名。请写全，例如 com.example.app；不能用通配符。',
};

const WARNINGS: Readonly<Record<string, (entry: string) => string>> = {
  saved_as: (entry) => `保存为 ${entry}。`,
  duplicate: () => '列出了不止一次；只保存一次。',
  path_advisory: () =>
    '带有路径：浏览器通常只显示页面的来源，页面也可以伪造路径，因此路径只是建议，不是屏障。',
  insecure_http: () => '使用 http：网络途中的任何人都可以在那里放置页面。',
  mixed_scripts: () => '主机名混用了不同文字的字母：请确认这是您要的主机。',
  localhost_with_others: () => '与公开网站并列：任何访问者自己机器上的页面也可以使用这个令牌。',
  public_suffix: () => '这是共享的域名：在其下有网站的任何人都会被放行。',
};

export const tokenForm: Translated<typeof english> = {
  public: '公开',
  secret: '秘密',
  publicScopes: '公开权限',
  publicScopesHint: '读取人人可见的内容。只有这些权限的令牌是公开的：可以放在网页中。',
  secretScopes: '秘密权限',
  secretScopesHint: '修改内容，或读取非公开的内容。只要有一项，令牌就是秘密的：应当放在服务器上。',
  management: '令牌与账户',
  findScope: '查找权限',
  noScopeFits: ({ text }) => `没有与“${text}”相符的权限。`,
  chosenOf: ({ chosen, all }) => `${chosen} / ${all}`,
  operatorOnly: '仅运营者',
  opens: '可用于',
  opensNothing: '这里配置的 API 都不要求它。',
  scope: ({ id, description }) => scopeDescriptions(id, description),

  urlField: '添加网址',
  urlPlaceholder: 'https://app.example.com',
  urlFieldHint: '一个网址，或粘贴一组：以逗号、空格或换行分隔。主机名也包括其子域名。',
  add: '添加',
  entries: '可以使用令牌的网页',
  entriesCount: ({ count, limit }) => `${count} / ${limit}`,
  removeEntry: ({ entry }) => `移除 ${entry}`,
  removeAll: '全部移除',
  repeated: ({ count }) => `其中 ${count} 个已在列表中。`,
  fault: ({ code, written, reason, fix }) => {
    const text = FAULTS[code];
    return text === undefined ? `${reason} ${fix}` : `“${written}”${text}`;
  },
  plainFault: ({ kind, written, reason, fix }) => {
    const text = PLAIN_FAULTS[kind];
    return text === undefined ? `${reason} ${fix}` : `“${written}”${text}`;
  },
  warning: ({ code, entry, detail }) => WARNINGS[code]?.(entry) ?? detail,
  notTaken: ({ count }) => `${count} 个没有添加：`,
  cannotCheck: '服务器暂时无法检查共享域名；保存令牌时会检查。',
  strictPaths: '拒绝看不到路径的页面',
  strictPathsHint: '跨源时浏览器只显示页面的主机名，因此无法检查路径。选中后，这样的请求会被拒绝。',

  testTitle: '测试网址',
  testField: '页面的地址',
  testHint: '在这个浏览器中用验证器的代码判断，不会发送任何内容。',
  testPlaceholder: 'https://app.example.com/map',
  noAddress: '这不是网页的地址。',
  allowed: '允许',
  refused: '拒绝',
  requestKind: {
    fetch: 'fetch、地图瓦片、字体',
    image: '图片、脚本、链接',
    same_origin: '页面和 API 在同一主机',
    no_referrer: '图片，且页面隐藏自己的地址',
  },
  verdict: {
    admits: '相符',
    other_host: '主机不同',
    subdomains_only: '只限子域名，不含主机本身',
    other_scheme: '协议不同',
    other_port: '端口不同',
    other_path: '路径不同',
  },
  refusedBecause: {
    url_not_allowed: '页面不在列表中。',
    path_not_visible: '浏览器只显示主机名，而这里要求路径。',
    evidence_missing: '浏览器没有说明是哪个页面。',
    other: '地址没有唯一的含义。',
  },
  testWorksAnywhere: '没有网址，因此任何页面都可以使用令牌。',

  more: '更多限制',
  moreHint: '网络地址、API 的部分、移动应用、有效期。',
  addresses: '网络地址',
  addressesHint: 'API 所看到的调用者地址：203.0.113.7、10.0.0.0/8、2001:db8::/32。适用于地址固定的服务器。',
  resources: '资源',
  resourcesHint: '令牌可以访问的 API 路径的开头：/styles/v1/acme/streets。',
  iosApps: 'iOS 应用',
  iosAppsHint: 'Bundle identifier：com.example.app。由应用自己声明，可以伪造。',
  androidApps: 'Android 应用',
  androidAppsHint: '包名：com.example.app。由应用自己声明，可以伪造。',
  expires: '有效期',
  expiresHint: '过期后令牌会被拒绝。凡是能预知结束时间的用途，请选择一个期限。',
  never: '永不过期',
  inDays: ({ days }) => `${days} 天后`,
  inYear: '一年后',
  atDate: '指定日期……',
  expiryDate: '日期和时间',
  expiryPast: '请选择将来的时间。',
  expiresAt: '有效期至',
};
