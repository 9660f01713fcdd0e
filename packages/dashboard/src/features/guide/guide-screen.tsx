import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { type MouseEvent, type ReactElement, use } from 'react';
import { useLanguage } from '../../language/language-context.tsx';
import { CHAPTERS, type ChapterName, isChapterName } from '../../ui/guide-chapter-names.ts';
import { useGuideTitles } from '../../ui/guide-link.tsx';
import { Page } from '../../ui/page.tsx';
import type { ChapterPart } from './chapter.ts';
import './guide.css';
import { loadChapter } from './load-chapter.ts';
import { Shown } from './shown.tsx';
import { useGuideTexts } from './texts.ts';

const PREFIX = '/dashboard/guide/';

/** One chapter of "How access tokens work", with the list of all beside it. */
export function GuideScreen(): ReactElement {
  const { language } = useLanguage();
  const titles = useGuideTitles();
  const { chapter: named } = useParams({ strict: false });
  const name: ChapterName = named !== undefined && isChapterName(named) ? named : 'tokens';
  const chapter = use(loadChapter(language, name));
  return (
    <Page title={chapter.title} above={titles.guide} width="wide">
      <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,44rem)_14rem]">
        <article className="min-w-0">
          {chapter.parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a chapter never move
            <Part key={`${name}-${index}`} part={part} />
          ))}
          <Neighbours name={name} />
        </article>
        <aside className="flex flex-col gap-6 text-sm lg:sticky lg:top-8 lg:order-last lg:self-start">
          <ChapterList />
          <SectionList sections={chapter.sections} />
        </aside>
      </div>
    </Page>
  );
}

function Part({ part }: { readonly part: ChapterPart }): ReactElement {
  const navigate = useNavigate();
  if (part.kind === 'show') return <Shown name={part.name} />;
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const chapter = link?.getAttribute('href')?.slice(PREFIX.length);
    if (chapter === undefined || !isChapterName(chapter)) return;
    event.preventDefault();
    void navigate({ to: '/guide/$chapter', params: { chapter } });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links inside are links without this; it only spares a reload
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      className="guide-text"
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made of our own Markdown at build time, see build/read-chapter.ts
      dangerouslySetInnerHTML={{ __html: part.html }}
    />
  );
}

function ChapterList(): ReactElement {
  const texts = useGuideTexts();
  const titles = useGuideTitles();
  return (
    <nav aria-label={texts.contents}>
      <p className="mb-1.5 text-xs font-medium text-faint">{texts.contents}</p>
      <ol className="flex flex-col gap-0.5">
        {CHAPTERS.map((chapter) => (
          <li key={chapter}>
            <Link
              to="/guide/$chapter"
              params={{ chapter }}
              className="block rounded-md px-2 py-1 text-soft hover:bg-hover hover:text-ink"
              activeProps={{ className: 'bg-hover font-medium text-ink', 'aria-current': 'page' }}
            >
              {titles.chapters[chapter]}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function SectionList({
  sections,
}: {
  readonly sections: readonly { readonly id: string; readonly title: string }[];
}): ReactElement {
  const texts = useGuideTexts();
  return (
    <nav aria-label={texts.onThisPage} className="hidden lg:block">
      <p className="mb-1.5 text-xs font-medium text-faint">{texts.onThisPage}</p>
      <ul className="flex flex-col gap-0.5 border-l border-line">
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} className="block px-3 py-0.5 text-soft hover:text-ink">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Neighbours({ name }: { readonly name: ChapterName }): ReactElement {
  const texts = useGuideTexts();
  const titles = useGuideTitles();
  const at = CHAPTERS.indexOf(name);
  const previous = CHAPTERS[at - 1];
  const next = CHAPTERS[at + 1];
  const look = 'flex flex-col rounded-lg border border-line bg-panel px-4 py-3 hover:bg-hover';
  return (
    <div className="mt-10 grid gap-3 sm:grid-cols-2">
      {previous === undefined ? (
        <span />
      ) : (
        <Link to="/guide/$chapter" params={{ chapter: previous }} className={look}>
          <span className="flex items-center gap-1 text-xs text-soft">
            <ArrowLeft aria-hidden className="size-3" /> {texts.previous}
          </span>
          <span className="font-medium">{titles.chapters[previous]}</span>
        </Link>
      )}
      {next !== undefined && (
        <Link to="/guide/$chapter" params={{ chapter: next }} className={`${look} sm:items-end`}>
          <span className="flex items-center gap-1 text-xs text-soft">
            {texts.next} <ArrowRight aria-hidden className="size-3" />
          </span>
          <span className="font-medium">{titles.chapters[next]}</span>
        </Link>
      )}
    </div>
  );
}
