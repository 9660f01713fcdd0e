import { Link } from '@tanstack/react-router';
import { BookOpen } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { defineTexts } from '../language/define-texts.ts';
import type { ChapterName } from './guide-chapter-names.ts';

/** What the chapters of the guide are called, in its menu and wherever a link leads to one. */
export const useGuideTitles = defineTexts({
  en: async () => (await import('../messages/en/guide-titles.ts')).guideTitles,
  zh: async () => (await import('../messages/zh/guide-titles.ts')).guideTitles,
});

export interface GuideLinkProps {
  readonly chapter: ChapterName;
  /** Left out: a question that the chapter answers, such as "What are scopes?". */
  readonly children?: ReactNode;
}

/** Leads to a chapter of the guide from where a newcomer would hesitate. Opens beside the page, so that nothing typed is lost. */
export function GuideLink({ chapter, children }: GuideLinkProps): ReactElement {
  const titles = useGuideTitles();
  return (
    <Link
      to="/guide/$chapter"
      params={{ chapter }}
      target="_blank"
      className="inline-flex items-center gap-1 text-sm text-accent-ink underline underline-offset-2"
    >
      <BookOpen aria-hidden className="size-3.5 shrink-0" />
      {children ?? titles.questions[chapter]}
      <span className="sr-only"> {titles.opensBeside}</span>
    </Link>
  );
}
