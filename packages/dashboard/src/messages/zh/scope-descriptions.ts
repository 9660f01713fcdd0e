import { defaultCatalogue } from '@latchkey/core';

/** The scopes that ship, in Chinese. */
const CHINESE: Readonly<Record<string, string>> = {
  'scopes:list': '列出账户可以拥有的权限。',
  'tokens:read': '列出和读取账户的令牌，并查询请求被拒绝的原因。',
  'tokens:write': '创建、修改和吊销账户的令牌。',
  'statistics:read': '读取账户的令牌的使用次数。',
  'audit:read': '读取账户的令牌的所有变更记录。',
  'accounts:read': '列出和读取这个安装的所有账户。',
  'accounts:write': '创建、停用和恢复账户。',
  'verifiers:read': '查看已连接的验证器及其已应用的变更。',
  'verifiers:sync': '以验证器的身份接收令牌变更。',
  'styles:tiles': '读取由样式绘制的栅格瓦片。',
  'styles:read': '读取样式。',
  'fonts:read': '读取字体。',
  'datasets:read': '读取数据集。',
  'vision:read': '读取并使用视觉模型。',
  'map:read': '读取地图文档。',
  'map:write': '创建、修改和删除地图文档。',
  'user:read': '读取账户的资料。',
  'user:write': '修改账户的资料。',
  'uploads:read': '读取上传的状态。',
  'uploads:list': '列出账户的上传。',
  'uploads:write': '上传文件以供处理，并删除上传。',
  'fonts:list': '列出账户的字体。',
  'fonts:write': '添加和删除字体。',
  'fonts:metadata': '读取字体的元数据。',
  'styles:write': '创建、修改和删除样式。',
  'styles:list': '列出账户的样式。',
  'styles:download': '下载样式及其使用的一切。',
  'styles:protect': '保护样式不被修改，以及解除保护。',
  'datasets:list': '列出账户的数据集。',
  'datasets:write': '创建、修改和删除数据集。',
  'tilesets:list': '列出账户的瓦片集。',
  'tilesets:read': '读取瓦片集及其元数据。',
  'tilesets:write': '创建、修改和删除瓦片集。',
  'downloads:read': '下载 SDK 和供开发者使用的其他文件。',
  'offline:read': '读取离线区域。',
  'offline:write': '创建、修改和删除离线区域。',
  'user-feedback:read': '读取用户发送的反馈。',
  'user-feedback:write': '修改用户反馈的状态。',
  'analytics:read': '读取账户使用情况的分析。',
};

/**
 * What a scope allows, in Chinese where it is one of those that ship and the operator has not described it otherwise; else as the
 * operator described it.
 */
export function scopeDescriptions(id: string, description: string): string {
  const isShipped = defaultCatalogue.get(id)?.description === description;
  return (isShipped ? CHINESE[id] : undefined) ?? description;
}
