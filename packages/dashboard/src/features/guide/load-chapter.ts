import type { Language } from '../../language/language-choice.ts';
import type { ChapterName } from '../../ui/guide-chapter-names.ts';
import type { Chapter } from './chapter.ts';

type Loader = () => Promise<{ readonly chapter: Chapter }>;

/** Each chapter in each language is a file of its own, fetched when it is read. */
const LOADERS = {
  en: {
    tokens: () => import('../../../../../docs/guide/en/tokens.md'),
    scopes: () => import('../../../../../docs/guide/en/scopes.md'),
    'url-restrictions': () => import('../../../../../docs/guide/en/url-restrictions.md'),
    rotation: () => import('../../../../../docs/guide/en/rotation.md'),
    managing: () => import('../../../../../docs/guide/en/managing.md'),
    'least-privilege': () => import('../../../../../docs/guide/en/least-privilege.md'),
    refusals: () => import('../../../../../docs/guide/en/refusals.md'),
  },
  zh: {
    tokens: () => import('../../../../../docs/guide/zh/tokens.md'),
    scopes: () => import('../../../../../docs/guide/zh/scopes.md'),
    'url-restrictions': () => import('../../../../../docs/guide/zh/url-restrictions.md'),
    rotation: () => import('../../../../../docs/guide/zh/rotation.md'),
    managing: () => import('../../../../../docs/guide/zh/managing.md'),
    'least-privilege': () => import('../../../../../docs/guide/zh/least-privilege.md'),
    refusals: () => import('../../../../../docs/guide/zh/refusals.md'),
  },
} as const satisfies Record<Language, Record<ChapterName, Loader>>;

const loaded = new Map<Loader, Promise<Chapter>>();

/** The same promise for the same chapter, so that a component can suspend on it. */
export function loadChapter(language: Language, name: ChapterName): Promise<Chapter> {
  const loader: Loader = LOADERS[language][name];
  const running = loaded.get(loader);
  if (running !== undefined) return running;
  const loading = loader().then(({ chapter }) => chapter);
  loading.catch(() => loaded.delete(loader));
  loaded.set(loader, loading);
  return loading;
}
