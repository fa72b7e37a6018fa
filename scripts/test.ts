import { addCounts, report } from './count.ts';
import { runTests } from './run-tests.ts';
import { runStaticChecks } from './static-checks.ts';

// In order of what a mistake costs to find; all of them run, so that one failure does not hide the next.
const counts = [await runStaticChecks()];
for (const project of ['unit', 'server', 'simulator', 'structure', 'browsers']) counts.push(await runTests(project));
report(addCounts(counts));
