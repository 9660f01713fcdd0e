import { useQueryClient } from '@tanstack/react-query';
import { clientFor } from '../api/client.ts';
import type { Language } from '../language/language-choice.ts';
import { useLanguage } from '../language/language-context.tsx';
import { sessionQuery } from './session-query.ts';

/** Changes the language here at once, and tells the server in which language to write to the person. */
export function useChangeLanguage(): (language: Language) => void {
  const { changeLanguage } = useLanguage();
  const queryClient = useQueryClient();
  return (language) => {
    changeLanguage(language);
    clientFor()
      .native.person.update({ language })
      .then(
        () => queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey }),
        // The page has its language; mails keep theirs until the next change.
        () => undefined,
      );
  };
}
