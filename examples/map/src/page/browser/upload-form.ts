import { element } from './element.ts';
import { callApi, type Refusal } from './refusal.ts';

export interface UploadFormParts {
  /** The URL to post a file of this name to, without its token. */
  readonly urlOf: (fileName: string) => string;
  readonly token: () => string;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly onUploaded: (bounds: readonly [number, number, number, number]) => void;
}

/** Sends a chosen file with the token in a header: it may be a secret one. */
export function uploadForm({ urlOf, token, onRefusal, onUploaded }: UploadFormParts): void {
  const note = element('upload-note', HTMLElement);
  const input = element('file', HTMLInputElement);
  const form = element('upload-form', HTMLFormElement);
  const say = (text: string, verdict: 'good' | 'bad') => {
    note.textContent = text;
    note.className = `hint ${verdict}`;
  };
  const send = async (file: File) => {
    const answer = await callApi(urlOf(file.name.replace(/\.(geo)?json$/i, '')), {
      method: 'POST',
      headers: { 'content-type': 'application/geo+json', authorization: `Bearer ${token()}` },
      body: file,
    });
    if (!answer.ok) {
      say(`${answer.refusal.message} ${answer.refusal.detail ?? ''}`, 'bad');
      onRefusal(answer.refusal);
      return;
    }
    // The shape is the API's own, see src/api/upload-routes.ts.
    const { name, features, bounds } = JSON.parse(answer.text) as {
      name: string;
      features: number;
      bounds: [number, number, number, number];
    };
    say(`“${name}” is uploaded (features: ${features}).`, 'good');
    form.reset();
    onUploaded(bounds);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const file = input.files?.[0];
    if (file === undefined) return;
    const button = form.querySelector('button');
    if (button !== null) button.disabled = true;
    void send(file).finally(() => {
      if (button !== null) button.disabled = false;
    });
  });
}
