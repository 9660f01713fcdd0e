import type { Translated } from '@latchkey/wire/messages';
import type { tokenCreate as english } from '../en/token-create.ts';

export const tokenCreate: Translated<typeof english> = {
  title: '新建令牌',
  description: ({ account }) => `属于账户 ${account}。`,
  back: '令牌',

  purpose: '它用来做什么？',
  purposeHint: '选择用途，就会选好所需的权限，不多不少。之后仍可修改。',
  presets: {
    map: { title: '在网页中显示地图', text: '样式、瓦片和字体，由每位访问者的浏览器读取。' },
    page: { title: '在网页或应用中读取公开数据', text: '这里的 API 允许任何人读取的一切。' },
    send: {
      title: ({ service }) => `${service}：从服务器写入`,
      text: ({ service }) => `API“${service}”的全部功能，供您的程序使用。`,
    },
    upload: { title: '从服务器上传数据', text: '发送文件，查看进度，以及再删除。' },
    tokens: { title: '用程序管理令牌', text: '列出、创建和吊销这个账户的令牌。' },
    figures: { title: '读取使用数据', text: '这个账户的令牌被使用的次数，用于报表。' },
    own: { title: '其他用途', text: '自己选择权限。' },
  },
  makes: { pk: '得到公开令牌', sk: '得到秘密令牌' },

  name: '名称',
  nameHint: '凭它找到这个令牌：谁在用，用在哪里。账户中的每个人都能看到。',
  namePlaceholder: '商店地图，生产环境',
  optional: '可选',

  scopes: '它可以做什么？',
  scopesHint: '对 API 的每个请求都需要该 API 要求的权限。只给需要的，不要多给。',
  noScopes: '没有选择权限。',
  chosenScopes: ({ count }) => `${count} 项权限`,
  changeScopes: '修改权限',
  hideScopes: '完成',
  wherePublic: '它可以用在哪里？',
  wherePublicHint: '任何人都能从您的网页中读出公开令牌。在这里写明您的网页，它在别人的网页上就没有用。',
  whereSecret: '它可以用在哪里？',
  whereSecretHint: '秘密令牌由服务器使用，而服务器没有页面地址。请在下面按网络地址限制。',
  anywhere: '还没有网址：任何网页都可以使用这个令牌，包括从您的网页复制它的网页。',
  anywhereSecret: '没有网址：对服务器而言没有问题。一旦有网址，就只有那些页面上的浏览器可以使用它。',
  addUrlsAnyway: '仍要限制到网页',

  oversize: ({ purpose }) => `超出“${purpose}”的需要`,
  oversizeSecret: ({ scopes }) =>
    `${scopes} 使令牌成为秘密令牌，因此不能放在网页中。若两者都需要，请创建两个令牌。`,
  oversizeExtra: ({ scopes }) => `令牌一旦泄露，这些权限也随之泄露：${scopes}。去掉它们不会影响这个用途。`,
  leaveOut: () => '去掉',

  willBe: {
    none: '这将是没有权限的公开令牌：只能用于不要求权限的 API。',
    pk: '这将是公开令牌。它可以放在网页中；您随时可以再次查看。',
    sk: '这将是秘密令牌，只显示一次。请放在服务器上，不要放在网页或应用中。',
  },
  create: '创建令牌',
  mayNot: '您的角色不能创建令牌',
  mayNotText: ({ role }) => `作为${role}，您可以查看这个账户的令牌。所有者或管理员可以给您开发者角色。`,

  readyPublic: '您的公开令牌',
  readyPublicText: '把它放进您的网页或应用。以后可以在列表中再次找到。',
  readySecret: '您的秘密令牌，只显示一次',
  readySecretText: '请立即保存：密码管理器、密钥存储或服务器的环境变量。没有人能再次显示它。',
  token: '令牌',
  copyToken: '复制令牌',
  download: '下载 .env',
  downloaded: '已下载',
  stored: '我已保存',
  done: '完成',
  leaveUnstored: '令牌只在此刻显示。还没有保存就离开吗？',
  alreadyShown: '令牌已创建，但无法显示其文本',
  alreadyShownText:
    '服务器的回答在途中丢失了。没有人知道的文本没有用处：请吊销这个令牌，或轮换以得到新的文本。',
  toToken: '打开令牌',
  warnings: '关于它的网址',
};
