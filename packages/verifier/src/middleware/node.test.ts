import { latchkeyNode } from './node.ts';
import { describeAdapter, describeIdentity } from './testing/adapter-suite.ts';

describeAdapter({
  name: 'node:http',
  listen: (verifier, options) => {
    const middleware = latchkeyNode(verifier, options);
    return (request, response) => {
      middleware(request, response, () => response.end(describeIdentity(request.latchkey)));
    };
  },
  knownGaps: {},
});
