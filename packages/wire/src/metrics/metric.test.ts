import { expect, test } from 'vitest';
import { createHistogram } from './histogram.ts';
import { formatMetrics } from './metric.ts';

test('figures are written as Prometheus reads them, whatever stands in a label', () => {
  const lag = createHistogram([0.5, 1]);
  for (const seconds of [0.5, 0.75, 2]) lag.observe(seconds);
  const text = formatMetrics([
    { kind: 'gauge', name: 'a_seconds', help: 'An age.', samples: [{ value: 1.5 }] },
    {
      kind: 'counter',
      name: 'b_total',
      help: 'Of \\ and\nlines.',
      samples: [{ labels: { name: 'a "b" \\ \n c', other: '地图' }, value: 2 }],
    },
    {
      kind: 'histogram',
      name: 'c_seconds',
      help: 'A lag.',
      samples: [{ labels: { door: 'x' }, figures: lag.read() }],
    },
  ]);
  expect(text).toBe(`# HELP a_seconds An age.
# TYPE a_seconds gauge
a_seconds 1.5
# HELP b_total Of \\\\ and\\nlines.
# TYPE b_total counter
b_total{name="a \\"b\\" \\\\ \\n c",other="地图"} 2
# HELP c_seconds A lag.
# TYPE c_seconds histogram
c_seconds_bucket{door="x",le="0.5"} 1
c_seconds_bucket{door="x",le="1"} 2
c_seconds_bucket{door="x",le="+Inf"} 3
c_seconds_sum{door="x"} 3.25
c_seconds_count{door="x"} 3
`);
});
