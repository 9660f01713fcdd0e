import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCurlCommand } from './read-curl-command.ts';
import { splitShellWords } from './split-shell-words.ts';

describe('splitShellWords', () => {
  it.each([
    ['curl https://a.example', ['curl', 'https://a.example']],
    [`a 'b c' "d e" f\\ g`, ['a', 'b c', 'd e', 'f g']],
    [`a''b ""`, ['ab', '']],
    [`"a \\"b\\" \\$c \\d"`, ['a "b" $c \\d']],
    [`$'it\\'s \\u0041\\x42\\n'`, ["it's AB\n"]],
    ['a \\\n  b', ['a', 'b']],
    [`'$HOME' $HOME`, ['$HOME', '$HOME']],
    ['', []],
  ])('splits %j as a shell does', (line, words) => {
    expect(splitShellWords(line)).toEqual(words);
  });

  it.each([`a 'b`, `a "b`, `$'b\\'`])('refuses the quote that %j leaves open', (line) => {
    expect(splitShellWords(line)).toBeUndefined();
  });

  it('never throws and gives back any words that were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(splitShellWords(line)).toEqual(words);
      }),
    );
    fc.assert(fc.property(fc.string(), (line) => void splitShellWords(line)));
  });
});

describe('readCurlCommand', () => {
  it('reads what a browser copies', () => {
    const command = [
      "curl 'https://api.example.com/styles/v1/acme/streets?fresh=1&access_token=pk.abc.def' \\",
      "  -H 'accept: */*' \\",
      "  -H 'origin: https://shop.example' \\",
      "  -H 'referer: https://shop.example/' \\",
      "  -H 'sec-fetch-site: cross-site' --compressed",
    ].join('\n');
    expect(readCurlCommand(command)).toEqual({
      method: 'GET',
      url: 'https://api.example.com/styles/v1/acme/streets?fresh=1',
      headers: {
        accept: '*/*',
        origin: 'https://shop.example',
        referer: 'https://shop.example/',
        'sec-fetch-site': 'cross-site',
      },
      token: 'pk.abc.def',
      transport: 'query',
    });
  });

  it('takes the token out of Authorization, so that it is not sent on as a header', () => {
    const request = readCurlCommand('curl -sS -XDELETE -H "Authorization: Bearer sk.a.b" localhost:8421/x');
    expect(request).toEqual({
      method: 'DELETE',
      url: 'http://localhost:8421/x',
      headers: {},
      token: 'sk.a.b',
      transport: 'header',
    });
  });

  it.each([
    ['curl https://a.example -d x=1', 'POST'],
    ['curl https://a.example --data-raw=x', 'POST'],
    ['curl -G -d x=1 https://a.example', 'GET'],
    ['curl -I https://a.example', 'HEAD'],
    ['curl -T file https://a.example', 'PUT'],
    ['curl -F file=@a https://a.example', 'POST'],
    ['curl --request patch --url https://a.example', 'PATCH'],
    ['curl -o out -w "%{http_code}" -A me https://a.example', 'GET'],
    ['/usr/bin/curl https://a.example', 'GET'],
  ])('reads the method of %s as %s', (command, method) => {
    expect(readCurlCommand(command)).toMatchObject({ method, url: 'https://a.example' });
  });

  it('reads --referer and --oauth2-bearer as the headers that they are', () => {
    const request = readCurlCommand('curl -e https://a.example/ --oauth2-bearer tk.a.b https://api.example');
    expect(request).toMatchObject({ headers: { Referer: 'https://a.example/' }, token: 'tk.a.b' });
  });

  it.each([
    ['wget https://a.example', 'not_curl'],
    ['', 'not_curl'],
    ['curl -H "a: b"', 'no_url'],
    ["curl 'https://a.example", 'unclosed_quote'],
  ])('says of %j that it is %s', (command, problem) => {
    expect(readCurlCommand(command)).toBe(problem);
  });
});
