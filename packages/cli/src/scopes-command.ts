import { connect } from './connection/connect.ts';
import { answer, type Context } from './context.ts';
import { examplesText, localisedCommand } from './help.ts';
import { drawTable } from './terminal/table.ts';

/** `latchkey scopes`: the installation's catalogue, public scopes first. Needs no token. */
export function scopesCommand(context: Context) {
  const { text, terminal } = context;
  return localisedCommand('scopes', terminal, text)
    .description(text.help.scopes)
    .option('--public', text.help.scopesPublic, false)
    .addHelpText('after', examplesText(text, [['latchkey scopes --public', text.help.scopesPublic]]))
    .action(async (chosen) => {
      const { ask } = await connect(context, 'no token');
      const catalogue = await ask(({ native }) => native.scopes());
      const scopes = catalogue.scopes
        .filter((scope) => scope.public || !chosen.public)
        .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
      const { scopeName, scopeKind, scopeDescription, scopeKindOf } = text.token;
      answer(context, { scopes }, (paint) =>
        drawTable(
          [scopeName, scopeKind, scopeDescription],
          scopes.map((scope) => [
            scope.id,
            scope.public
              ? scopeKindOf.public
              : scope.operatorOnly
                ? scopeKindOf.operator
                : scopeKindOf.secret,
            scope.description,
          ]),
          paint,
        ),
      );
    });
}

function rank(scope: { readonly public: boolean; readonly operatorOnly: boolean }): number {
  if (scope.public) return 0;
  return scope.operatorOnly ? 2 : 1;
}
