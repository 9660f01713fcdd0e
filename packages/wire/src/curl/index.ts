export {
  type CurlProblem,
  type DescribedRequest,
  describeRequest,
  readCurlCommand,
  readHeader,
} from './read-curl-command.ts';
