import { useEffect } from 'react';
import { chosenLanguage } from '../language/language-choice.ts';
import { useLanguage } from '../language/language-context.tsx';
import { useSession } from './use-session.ts';

/** In a browser where nobody chose a language, whoever signs in reads the one that they chose elsewhere. */
export function useLanguageOfPerson(): void {
  const { language, changeLanguage } = useLanguage();
  const { person } = useSession();
  const wanted = chosenLanguage() === undefined ? (person.language ?? language) : language;
  useEffect(() => {
    if (wanted !== language) changeLanguage(wanted);
  }, [wanted, language, changeLanguage]);
}
