import type { Translated } from '@latchkey/wire/messages';
import type { guideTitles as english } from '../en/guide-titles.ts';

export const guideTitles: Translated<typeof english> = {
  guide: '访问令牌的工作方式',
  opensBeside: '（在新标签页中打开）',
  chapters: {
    tokens: '什么是令牌',
    scopes: '权限',
    'url-restrictions': '网址限制',
    rotation: '轮换',
    managing: '创建和管理令牌',
    'least-privilege': '最小权限',
    refusals: '请求被拒绝时',
  },
  questions: {
    tokens: '什么是令牌？',
    scopes: '什么是权限？',
    'url-restrictions': '网址限制能保护什么？',
    rotation: '轮换是怎样进行的？',
    managing: '怎样创建和管理令牌？',
    'least-privilege': '令牌的权利应该多小？',
    refusals: '请求为什么会被拒绝？',
  },
};
