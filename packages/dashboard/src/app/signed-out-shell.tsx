import { Outlet } from '@tanstack/react-router';
import { Languages, SunMoon } from 'lucide-react';
import type { ReactElement } from 'react';
import { LANGUAGES } from '../language/language-choice.ts';
import { useLanguage } from '../language/language-context.tsx';
import { NAME_OF_LANGUAGE } from '../language/name-of-language.ts';
import { THEMES, useTheme } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { Menu, MenuChoice } from '../ui/menu.tsx';
import { useShellTexts } from './texts.ts';

/** What stands around the pages of the way in. */
export function SignedOutShell(): ReactElement {
  const texts = useShellTexts();
  const { language, changeLanguage } = useLanguage();
  const [theme, chooseTheme] = useTheme();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 md:px-6">
        <span className="flex items-center gap-2.5 font-semibold tracking-[-0.01em]">
          <Logo /> Latchkey
        </span>
        <div className="flex gap-1">
          <Menu
            align="end"
            trigger={
              <Button kind="quiet" size="small">
                <Languages aria-hidden className="size-4" />
                <span className="sr-only">{texts.language}: </span>
                {NAME_OF_LANGUAGE[language]}
              </Button>
            }
          >
            <MenuChoice
              label={texts.language}
              value={language}
              options={LANGUAGES.map((value) => ({
                value,
                label: <span lang={value}>{NAME_OF_LANGUAGE[value]}</span>,
              }))}
              onChoose={changeLanguage}
            />
          </Menu>
          <Menu
            align="end"
            trigger={
              <Button kind="quiet" size="small">
                <SunMoon aria-hidden className="size-4" />
                <span className="sr-only">{texts.theme}: </span>
                <span className="max-sm:sr-only">{texts.themes[theme]}</span>
              </Button>
            }
          >
            <MenuChoice
              label={texts.theme}
              value={theme}
              options={THEMES.map((value) => ({ value, label: texts.themes[value] }))}
              onChoose={chooseTheme}
            />
          </Menu>
        </div>
      </header>
      <main className="flex flex-1 flex-col items-center px-4 pt-[6vh] pb-16">
        <div className="w-full max-w-[26rem] rounded-lg border border-line bg-panel p-5 shadow-card sm:p-7">
          <Outlet />
        </div>
      </main>
    </div>
  );
}
