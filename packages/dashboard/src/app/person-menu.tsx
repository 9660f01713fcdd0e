import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, CircleUserRound, LogOut, UserRoundCog } from 'lucide-react';
import type { ReactElement } from 'react';
import { clientFor } from '../api/client.ts';
import { describeFailure } from '../api/describe-failure.ts';
import { LANGUAGES } from '../language/language-choice.ts';
import { useLanguage } from '../language/language-context.tsx';
import { NAME_OF_LANGUAGE } from '../language/name-of-language.ts';
import { useChangeLanguage } from '../session/use-change-language.ts';
import { useSession } from '../session/use-session.ts';
import { THEMES, useTheme } from '../theme/theme.ts';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { useUiTexts } from '../ui/texts.ts';
import { useToast } from '../ui/toast.tsx';
import { useShellTexts } from './texts.ts';

/** Language, theme and the way out. */
export function PersonMenu(): ReactElement {
  const texts = useShellTexts();
  const ui = useUiTexts();
  const { person } = useSession();
  const { language } = useLanguage();
  const changeLanguageEverywhere = useChangeLanguage();
  const [theme, chooseTheme] = useTheme();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const toast = useToast();
  const signOut = useMutation({
    mutationFn: () => clientFor().native.session.signOut(),
    async onSuccess() {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
    },
    onError: (error) => toast({ kind: 'problem', text: describeFailure(error, ui).title }),
  });
  return (
    <Menu
      side="top"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover"
        >
          <CircleUserRound aria-hidden className="size-5 shrink-0 text-soft" />
          <span className="min-w-0 flex-1">
            <span className="sr-only">{texts.person}</span>
            <span className="block truncate">{person.name}</span>
            <span className="block truncate text-xs text-soft">{person.email}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-soft" />
        </button>
      }
    >
      <MenuItem asChild>
        <Link to="/me">
          <UserRoundCog aria-hidden />
          {texts.profile}
        </Link>
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{texts.language}</MenuLabel>
      <MenuChoice
        label={texts.language}
        value={language}
        options={LANGUAGES.map((value) => ({
          value,
          label: <span lang={value}>{NAME_OF_LANGUAGE[value]}</span>,
        }))}
        onChoose={changeLanguageEverywhere}
      />
      <MenuSeparator />
      <MenuLabel>{texts.theme}</MenuLabel>
      <MenuChoice
        label={texts.theme}
        value={theme}
        options={THEMES.map((value) => ({ value, label: texts.themes[value] }))}
        onChoose={chooseTheme}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => signOut.mutate()}>
        <LogOut aria-hidden />
        {texts.signOut}
      </MenuItem>
    </Menu>
  );
}
