/** What the chapters of the guide are called. */
export const guideTitles = {
  guide: 'How access tokens work',
  opensBeside: '(opens in a new tab)',
  chapters: {
    tokens: 'What a token is',
    scopes: 'Scopes',
    'url-restrictions': 'URL restrictions',
    rotation: 'Rotation',
    managing: 'Making and managing tokens',
    'least-privilege': 'Least privilege',
    refusals: 'When a request is refused',
  },
  questions: {
    tokens: 'What is a token?',
    scopes: 'What are scopes?',
    'url-restrictions': 'What do URL restrictions protect?',
    rotation: 'How does rotation work?',
    managing: 'How do I make and manage tokens?',
    'least-privilege': 'How small should a token be?',
    refusals: 'Why are requests refused?',
  },
};
