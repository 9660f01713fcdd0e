export type { FeedAck, FeedAckAnswer, OfferedTombstone, RejectedRecord } from './ack.ts';
export { formatAck, formatAckAnswer, MAX_ACK_ENTRIES, parseAck, parseAckAnswer } from './ack.ts';
export type { Cursor } from './cursor.ts';
export { formatCursor, parseCursor } from './cursor.ts';
export type { FeedBye, FeedEventName, FeedHeartbeat, FeedHello } from './event.ts';
export { formatBye, formatChange, formatHeartbeat, formatHello } from './event.ts';
export type { LineListener, LineReader } from './line-reader.ts';
export { createLineReader } from './line-reader.ts';
export type { ParsedChange } from './parse-event.ts';
export { parseBye, parseChange, parseHeartbeat, parseHello } from './parse-event.ts';
export type { ParsedRecord, UnreadableRecord } from './parse-record.ts';
export { parseDigest, parseRecord } from './parse-record.ts';
export type { FeedAccount, FeedRecord, FeedToken, FeedTombstone } from './record.ts';
export { formatRecord } from './record.ts';
export type { SnapshotEnd, SnapshotLine } from './snapshot.ts';
export { formatSnapshotEnd, parseSnapshotLine } from './snapshot.ts';
export { createSnapshotParser } from './snapshot-parser.ts';
export type { SseEvent, SseReader } from './sse.ts';
export { createSseReader, formatSse, MAX_EVENT_BYTES } from './sse.ts';
export type { BoundedToken, StalenessBounds } from './staleness.ts';
export { boundSecondsOf, longestBound, parseStaleness, shortestBound } from './staleness.ts';
export type { ReportedRefusal, UsageBatch, UsageBatchAnswer } from './usage-batch.ts';
export {
  formatUsageBatch,
  formatUsageBatchAnswer,
  MAX_USAGE_REFUSALS,
  MAX_USAGE_ROWS,
  parseUsageBatch,
  parseUsageBatchAnswer,
} from './usage-batch.ts';
