import type { ComponentType, PropsWithChildren } from 'react';
import SwaggerUI, { type SwaggerSystem } from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import './reference.css';

const nothing = () => null;

/**
 * Leaves away what the page says itself (title, servers) and what would send calls from it: this is for reading, and a page of this origin has
 * the reader's session. Links inside of buttons, which no reader can tell apart, become plain text.
 */
function calmParts({ React }: SwaggerSystem) {
  return {
    components: {
      InfoContainer: nothing,
      ServersContainer: nothing,
      SchemesContainer: nothing,
      AuthorizeBtnContainer: nothing,
      authorizeOperationBtn: nothing,
      CopyToClipboardBtn: nothing,
      JumpToPath: nothing,
      DeepLink: ({ text }: { readonly text: string }) => React.createElement('span', null, text),
    },
    wrapComponents: {
      // A schema without a title would be a button without a name.
      JSONSchema202012Accordion: (original: ComponentType<PropsWithChildren>) => (props: PropsWithChildren) =>
        React.createElement(
          original,
          props,
          props.children,
          React.createElement('span', { className: 'sr-only' }, 'Schema'),
        ),
    },
  };
}

followTheme();
SwaggerUI({
  url: '/openapi.json',
  dom_id: '#reference',
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 3,
  defaultModelRendering: 'model',
  supportedSubmitMethods: [],
  validatorUrl: null,
  plugins: [calmParts],
});

/** The library has a class for its dark colours; the theme is the reader's choice in the dashboard, or the system's. */
function followTheme(): void {
  const root = document.documentElement;
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const isDark = root.dataset.theme === undefined ? system.matches : root.dataset.theme === 'dark';
    root.classList.toggle('dark-mode', isDark);
  };
  system.addEventListener('change', apply);
  apply();
}
